import { defineWords } from '../../web/i18n/defineWords.ts';

/** Of files that the server makes and no figure has. */
export const renderWords = defineWords({
  zh: {
    brief: '微短剧行业简报：{{when}}',
    brief_subtitle: '{{count}} 项发现，图表可在 PowerPoint 中编辑',
    market: '市场概况：{{when}}',
    market_compared: '与{{compared}}相比',
    market_alone: '所选时段',
    measure: '指标',
    now: '本期',
    before: '前期',
    change: '变化',
  },
  en: {
    brief: 'Micro-drama industry brief: {{when}}',
    brief_subtitle: '{{count}} findings; charts can be edited in PowerPoint',
    market: 'The market: {{when}}',
    market_compared: 'Compared with {{compared}}',
    market_alone: 'Within these days',
    measure: 'Measure',
    now: 'Now',
    before: 'Before',
    change: 'Change',
  },
});
