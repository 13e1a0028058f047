import { defineWords } from '../i18n/defineWords.ts';

export const figureWords = defineWords({
  zh: {
    empty: '当前筛选下没有数据',
    empty_text: '可放宽时间范围，或移除部分筛选条件。',
    missing_base: '{{names}}在{{base}}的数据过少，不能作为起点，未画出。',
    move_base: '基期移至{{base}}',
    logarithmic: '，对数刻度',
    off: '未设对比',
    off_text: '在筛选栏选择对比周期后，这里显示涨跌。',
    uncomparable: '没有可比的上一周期',
    uncomparable_text: '对比期（{{range}}）早于最早的数据（{{since}}）。',
    compare: '与上一周期对比',
    compare_range: '看{{range}}，对比{{compared}}',
    clear: '清除筛选',
    all: '看全部数据',
  },
  en: {
    empty: 'No data for these filters',
    empty_text: 'Widen the time range, or remove some filters.',
    missing_base: 'Not drawn, having too little {{base}} to start from: {{names}}.',
    move_base: 'Move the base to {{base}}',
    logarithmic: ', logarithmic scale',
    off: 'No comparison chosen',
    off_text: 'Choose what to compare with in the filter bar to see who rose and who fell.',
    uncomparable: 'No earlier period to compare with',
    uncomparable_text: 'It would be {{range}}, which reaches back before the first data ({{since}}).',
    compare: 'Compare with the period before',
    compare_range: 'See {{range}} against {{compared}}',
    clear: 'Clear filters',
    all: 'See all data',
  },
});
