import { defineWords } from '../../i18n/defineWords.ts';

export const coverageWords = defineWords({
  zh: {
    whole: '各来源的日期没有缺口',
    gaps: '各来源合计缺{{days}}的数据',
    subtitle: '按数据来源与日期，全部日志',
    definition:
      '有数据：文件直接给出当天的行。估算：当天只有由多日数据（周表、跳过的快照）均摊而来的行。缺口：该来源首末两日之间，当天一行也没有；只记录新剧上线初期的来源，没有新剧的日子不算缺口。',
    launches_note: '{{list}}只记录新剧上线初期，空白是没有新剧上线的日子，不是缺口。',
    kind: '来源性质',
    kind_census: '全量',
    kind_chart: '榜单',
    kind_launches: '仅上线初期',
    stated: '有数据',
    estimated: '估算',
    gap: '缺口',
    empty: '导入数据后，这里显示每个来源哪些天有数据、哪些天缺失。',
    first_day: '首日',
    last_day: '末日',
    none: '还没有数据来源',
    source: '数据来源',
    rows: '行数',
  },
  en: {
    whole: 'No source has missing days',
    gaps_one: '{{days}} is missing between the days that sources have',
    gaps_other: '{{days}} are missing between the days that sources have',
    subtitle: 'By source and day, the whole log',
    definition:
      'Stated: a file has rows of the day. Estimated: the day has only rows spread over several days (weekly tables, skipped snapshots). Missing: no row at all, between the first and last day of the source; in a source of launches only, days without launches are not missing.',
    launches_note:
      '{{list}} has only the first days of new series: its blank days are days without launches, none is missing.',
    kind: 'What it is',
    kind_census: 'All series',
    kind_chart: 'Ranking',
    kind_launches: 'Launches only',
    stated: 'Stated',
    estimated: 'Estimated',
    gap: 'Missing',
    empty: 'Once files are imported, this shows which days each source has and which are missing.',
    first_day: 'First day',
    last_day: 'Last day',
    none: 'No source yet',
    source: 'Source',
    rows: 'Rows',
  },
});
