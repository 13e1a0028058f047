import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    open: '打开{{name}}',
    filter: '只看{{name}}',
    exclude: '排除{{name}}',
    compare: '与{{name}}对比',
    rows: '查看背后的数据',
    menu: '{{name}}的菜单',
    rows_title: '{{name}}：背后的数据',
    rows_count_one: '数字来自 {{shown}} 行数据，出自以下导入的文件：',
    rows_count_other: '数字来自 {{shown}} 行数据，出自以下导入的文件：',
    rows_none: '没有任何导入的文件涉及这些数据。',
    rows_more: '另有 {{count}} 个文件',
    file: '文件',
    source: '来源',
    days: '日期',
    count: '行数',
    series: '查看其中的剧集',
    hint: '要用键盘打开其中的项目，请在图表菜单中选择“显示为表格”：表中每行可打开，按 Shift+F10 有菜单。',
  },
  en: {
    open: 'Open {{name}}',
    filter: 'Filter to {{name}}',
    exclude: 'Exclude {{name}}',
    compare: 'Compare with {{name}}',
    rows: 'Show rows behind it',
    menu: 'Menu of {{name}}',
    rows_title: 'Rows behind {{name}}',
    rows_count_one: 'The number rests on {{shown}} row of these imported files:',
    rows_count_other: 'The number rests on {{shown}} rows of these imported files:',
    rows_none: 'No imported file speaks of it.',
    rows_more_one: 'and {{count}} more file',
    rows_more_other: 'and {{count}} more files',
    file: 'File',
    source: 'Source',
    days: 'Days',
    count: 'Rows',
    series: 'List its series',
    hint: 'To open what it shows by keyboard, choose “Show as table” in the chart menu: each row opens, and has a menu with Shift+F10.',
  },
});

export const useMarkWords = hookFor(words);
