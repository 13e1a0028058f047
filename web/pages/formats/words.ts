import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '形态与 AI',
    subtitle: '播放在形态之间如何流动，各形态有多少剧在播，AI 制作占了供给与播放的多少。',
    format: '形态',
    count: '统计对象',
    count_views: '播放',
    count_series: '部数',
    table_title: '全部形态',
  },
  en: {
    title: 'Formats and AI',
    subtitle:
      'How views move between formats, how many series of each are ongoing, and how much of both is made by AI.',
    format: 'Format',
    count: 'What is counted',
    count_views: 'Views',
    count_series: 'Series',
    table_title: 'All formats',
  },
});

export const useFormatsWords = hookFor(words);
