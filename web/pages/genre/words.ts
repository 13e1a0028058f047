import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    back: '全部题材',
    missing: '没有这个题材',
    missing_text: '剧集目录中没有以它为主题材的剧集。它可能来自一次已撤销的导入，或地址有误。',
    subtitle: '以它为主题材的剧集，{{range}}',
    subtitle_compared: '以它为主题材的剧集，{{range}}，对比{{compared}}',
    ignored: '本页只看{{name}}，筛选栏中的主题材筛选在此不起作用。',
    share: '占{{whole}}的{{share}}',
    opportunity: '机会指数',
    opportunity_detail: '需求占比{{demand}}，供给占比{{supply}}',
    new_series: '新上线{{count}}部',
    of_series: '{{count}}部活跃剧集',
    median_d30: '首30天播放中位数',
    median_d30_detail: '期内活跃、上线满30天的{{count}}部',
    median_d30_definition:
      '所选时间内活跃、且上线满30天的剧集在首30天内播放量的中位数：消除上线早晚的影响。下方按上线天数的曲线是另一批剧集：数据起点以来上线的全部剧集。',
    none: '{{when}}没有播放',
    none_text: '这个题材在所选时间和筛选条件下没有播放。可放宽时间范围，或移除部分筛选条件。',
    show_all: '查看全部数据',
    top_series: '播放最多的剧集',
    top_producers: '播放最多的承制方',
    top_producers_text: '{{range}}，只计该题材',
    producer: '承制方',
    share_here: '占该题材',
    growth: '增长',
    all_producers: '在承制方页查看全部',
  },
  en: {
    back: 'All genres',
    missing: 'No such genre',
    missing_text:
      'No series of the catalogue has it as its primary genre. It may come from an import that was undone, or the address is mistyped.',
    subtitle: 'Series with this primary genre, {{range}}',
    subtitle_compared: 'Series with this primary genre, {{range}}, vs {{compared}}',
    ignored: 'This page is about {{name}} alone: the filter bar’s filter of primary genres does not count here.',
    share: '{{share}} of {{whole}}',
    opportunity: 'Opportunity index',
    opportunity_detail: 'demand {{demand}}, supply {{supply}}',
    new_series: '{{count}} new',
    of_series: 'of {{count}} active series',
    median_d30: 'Median first 30 days',
    median_d30_detail_one: 'of {{count}} active in the range and 30 days old',
    median_d30_detail_other: 'of {{count}} active in the range and 30 days old',
    median_d30_definition:
      'Median of the views in the first 30 days, over the series that are active in the chosen time and at least that old: takes away the advantage of having been released early. The curves by age below are of another set: all released since the data begin.',
    none: 'No views {{when}}',
    none_text:
      'This genre has no views in the chosen time within the filters. Widen the time range, or remove some filters.',
    show_all: 'Show all data',
    top_series: 'Most viewed series',
    top_producers: 'Most viewed producers',
    top_producers_text: '{{range}}, this genre alone',
    producer: 'Producer',
    share_here: 'Share of genre',
    growth: 'Growth',
    all_producers: 'All of them in Producers',
  },
});

export const useGenreWords = hookFor(words);
