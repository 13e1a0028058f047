import { hookFor } from '../../data/useWords.ts';
import { genresWords } from '../../figures/genres/words.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '题材',
    title_format: '形态',
    subtitle: '需求在哪里超过供给，典型（中位）剧集播放多少，谁在增长。',
    by: '划分方式',
    by_primary_genre: '按题材',
    by_format: '按形态',
    table_title: '全部题材',
    table_title_format: '全部形态',
    few_peers: '仅 {{count}} 部活跃剧集，数值仅供参考',
    head_active: '活跃剧集',
    head_new: '新上线',
    head_opportunity: '机会指数',
    head_supply: '供给占比',
    head_demand: '需求占比',
    per_series: '部均播放量',
    median_d30: '中位首30天播放',
    median_d30_definition: '所选时间内活跃、且上线满30天的剧集在首30天内播放量的中位数：消除上线早晚的影响。',
  },
  en: {
    title: 'Genres',
    title_format: 'Formats',
    subtitle: 'Where demand exceeds supply, what a typical (median) series earns in views, and who is growing.',
    by: 'Split by',
    by_primary_genre: 'By genre',
    by_format: 'By format',
    table_title: 'All genres',
    table_title_format: 'All formats',
    few_peers_one: 'Of {{count}} active series only',
    few_peers_other: 'Of {{count}} active series only',
    head_active: 'Active',
    head_new: 'New',
    head_opportunity: 'Opportunity',
    head_supply: 'Supply',
    head_demand: 'Demand',
    per_series: 'Views per series',
    median_d30: 'Median first 30 days',
    median_d30_definition:
      'Median of the views in the first 30 days, over the series that are active in the chosen time and at least that old: takes away the advantage of having been released early.',
  },
});

export const useGenresWords = hookFor(words);
export const useFigureWords = hookFor(genresWords);
