import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    tick: '选择{{name}}作对比',
    bar: '已选的对比项',
    one: '已选{{name}}，再选一项即可对比',
    ready: '已选{{count}}项',
    too_many: '已选{{count}}项，一次最多对比{{most}}项，请再去掉{{over}}项',
    compare: '对比{{count}}项',
    clear: '取消选择',
    compare_with: '对比',
    find_series: '查找剧名或拼音',
    find_producer: '查找承制方或拼音',
    find_primary_genre: '查找题材或拼音',
    counted: '播放量，{{range}}',
    no_match: '没有匹配的名称',
    failed: '未能载入，请重试。',
    searching: '查找中',
  },
  en: {
    tick: 'Tick {{name}} to compare',
    bar: 'Ticked to compare',
    one: '{{name}} is ticked: tick another to compare',
    ready: '{{count}} ticked',
    too_many: '{{count}} ticked; {{most}} at most can be compared, so untick {{over}}',
    compare: 'Compare {{count}}',
    clear: 'Clear',
    compare_with: 'Compare with',
    find_series: 'Find a series',
    find_producer: 'Find a producer',
    find_primary_genre: 'Find a genre',
    counted: 'Views, {{range}}',
    no_match: 'No such name',
    failed: 'Could not load. Try again.',
    searching: 'Searching',
  },
});

export const useCompareWords = hookFor(words);
