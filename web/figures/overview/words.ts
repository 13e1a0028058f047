import { defineWords } from '../../i18n/defineWords.ts';

export const overviewWords = defineWords({
  zh: {
    formats: '各形态播放量',
    formats_subtitle: '按{{grain}}，{{range}}',
    grain_day: '日',
    grain_week: '周',
    grain_month: '月',
    genre_movers: '哪些题材在涨，哪些在跌',
    producer_movers: '哪些承制方在涨，哪些在跌',
    movers_subtitle: '播放量变化，{{range}}对比{{compared}}',
    member: '名称',
    before: '此前',
    now: '本期',
    growth: '增长',
    contribution: '拉动',
  },
  en: {
    formats: 'Views by format',
    formats_subtitle: 'By {{grain}}, {{range}}',
    grain_day: 'day',
    grain_week: 'week',
    grain_month: 'month',
    genre_movers: 'Which genres rose, which fell',
    producer_movers: 'Which producers rose, which fell',
    movers_subtitle: 'Change in views, {{range}} against {{compared}}',
    member: 'Name',
    before: 'Before',
    now: 'Now',
    growth: 'Growth',
    contribution: 'Contribution',
  },
});
