import { defineWords } from '../../i18n/defineWords.ts';

export const seriesWords = defineWords({
  zh: {
    total: '累计播放量',
    day: '日期',
    daily: '每日播放量',
    weekly: '每周播放量',
    cumulative: '累计播放量与里程碑',
    curve_subtitle: '播放次数，{{range}}',
    platforms: '平台分布',
    regions: '地区分布',
    shares_subtitle: '播放量占比，所选时间',
    no_curve: '没有逐日数据',
  },
  en: {
    total: 'Cumulative views',
    day: 'Day',
    daily: 'Views per day',
    weekly: 'Views per week',
    cumulative: 'Cumulative views and milestones',
    curve_subtitle: 'Views, {{range}}',
    platforms: 'Platforms',
    regions: 'Regions',
    shares_subtitle: 'Share of views in the chosen time',
    no_curve: 'No daily data',
  },
});
