import { hookFor } from '../../data/useWords.ts';
import { growthWords } from '../../figures/growth/words.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '增长',
    subtitle: '谁在增长，增长来自更多的剧还是每部剧更多的播放，谁升谁降。',
    by: '划分方式',
    measure: '指标',
    currency: '币种',
    converted_into: '折算为',
    base: '基期',
    base_option: '{{base}} = 100',
    split_effect: '供给与强度',
    split_activity: '新旧剧集',
    split_label: '分解方式',
    movers_table: '全部变化',
    contribution_definition: '变化 ÷ 对比期合计 × 100，单位为个百分点。',
    rank_change_definition: '对比期排名 − 当前排名；正数为上升。',
  },
  en: {
    title: 'Growth',
    subtitle: 'Who grows, whether growth comes from more series or from more views per series, and who rose or fell.',
    by: 'Split by',
    measure: 'Measure',
    currency: 'Currency',
    converted_into: 'Converted into',
    base: 'Base',
    base_option: '{{base}} = 100',
    split_effect: 'Supply, intensity',
    split_activity: 'New, returning',
    split_label: 'Decompose by',
    movers_table: 'All changes',
    contribution_definition: 'Change ÷ total of the compared period × 100, in percentage points.',
    rank_change_definition: 'Rank before − rank now; above zero is a rise.',
  },
});

export const useGrowthWords = hookFor(words);
export const useFigureWords = hookFor(growthWords);
