import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    menu: '图表菜单：{{title}}',
    export: '导出',
    png: 'PNG 图片 1280 × 720',
    png2: 'PNG 图片 2560 × 1440',
    svg: 'SVG 矢量图',
    csv: 'CSV 数据',
    copy_link: '复制链接',
    copied: '链接已复制',
    show_table: '显示为表格',
    show_chart: '显示为图表',
    show_definition: '显示定义',
    hide_definition: '收起定义',
    failed: '未能导出：{{reason}}',
    span: '在图上选择时间范围：方向键移动，按住 Shift 扩展，回车设为页面的时间范围',
    none: '未选择',
  },
  en: {
    menu: 'Chart menu: {{title}}',
    export: 'Export',
    png: 'PNG picture, 1280 × 720',
    png2: 'PNG picture, 2560 × 1440',
    svg: 'SVG drawing',
    csv: 'CSV data',
    copy_link: 'Copy link',
    copied: 'Link copied',
    show_table: 'Show as table',
    show_chart: 'Show as chart',
    show_definition: 'Show definition',
    hide_definition: 'Hide definition',
    failed: 'Could not export: {{reason}}',
    span: 'Choose a span of time: arrow keys move, Shift with them extends, Enter makes it the page’s range',
    none: 'nothing chosen',
  },
});

export const useChartWords = hookFor(words);
