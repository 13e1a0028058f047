import { defineWords } from '../../i18n/defineWords.ts';
import * as shared from './parts/words.ts';

/** Words of the page of files and of what leads from page to page of the data. */
export const { useWords } = defineWords('data', {
  zh: {
    ...shared.zh,
    title: '数据',
    sections: '数据的各个页面',
    files_and_history: '文件与记录',
    names: '名称归并',
    subtitle: '导入平台导出的播放数据；每次导入都可整体撤销，重复的文件会被识别。',
    coverage_whole: '各来源的日期没有缺口',
    coverage_gaps: '各来源合计缺{{days}}的数据',
    coverage_subtitle: '按数据来源与日期，全部日志',
    coverage_definition:
      '有数据：文件直接给出当天的行。估算：当天只有由多日数据（周表、跳过的快照）均摊而来的行。缺口：该来源首末两日之间，当天一行也没有。',
    coverage_stated: '有数据',
    coverage_estimated: '估算',
    coverage_gap: '缺口',
    coverage_empty: '导入数据后，这里显示每个来源哪些天有数据、哪些天缺失。',
    first_day: '首日',
    last_day: '末日',
    storage_rows: '计入的行',
    storage_hidden: '被覆盖的行',
    storage_snapshots: '累计值快照',
    storage_series: '剧集',
    storage_database: '数据库占用',
    storage_free: '磁盘剩余',
  },
  en: {
    ...shared.en,
    title: 'Data',
    sections: 'Pages of the data',
    files_and_history: 'Files and history',
    names: 'Names',
    subtitle:
      'Import what platforms export. Every import can be undone as a whole, and a file you already sent is recognised.',
    coverage_whole: 'No source has missing days',
    coverage_gaps: '{{days}} are missing between the days that sources have',
    coverage_subtitle: 'By source and day, the whole log',
    coverage_definition:
      'Stated: a file has rows of the day. Estimated: the day has only rows spread over several days (weekly tables, skipped snapshots). Missing: no row at all, between the first and last day of the source.',
    coverage_stated: 'Stated',
    coverage_estimated: 'Estimated',
    coverage_gap: 'Missing',
    coverage_empty: 'Once files are imported, this shows which days each source has and which are missing.',
    first_day: 'First day',
    last_day: 'Last day',
    storage_rows: 'Rows that count',
    storage_hidden: 'Rows replaced',
    storage_snapshots: 'Counter snapshots',
    storage_series: 'Series',
    storage_database: 'Database on disk',
    storage_free: 'Disk free',
  },
});
