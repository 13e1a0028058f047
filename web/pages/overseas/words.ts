import { hookFor } from '../../data/useWords.ts';
import { overseasWords } from '../../figures/overseas/words.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '出海',
    subtitle: '海外播放在哪里、占多少，各地看什么，与国内相比走势如何。',
    split: '划分方式',
    table_title: '海外地区排行',
    rank: '排名',
    median: '中位播放',
  },
  en: {
    title: 'Overseas',
    subtitle:
      'Where views overseas are, how much of all they make, what each region watches, and how it compares with home.',
    split: 'Split by',
    table_title: 'Overseas regions',
    rank: 'Rank',
    median: 'Median views',
  },
});

export const useOverseasWords = hookFor(words);
export const useFigureWords = hookFor(overseasWords);
