/** What the command prints when a file, and when all files have ended. */
import type { DryRun, ImportRecord } from '../../server/contract/imports.ts';
import type { Language } from '../../server/wording.ts';

const count = (n: number) => n.toLocaleString('en');

const KINDS = { log: '播放数据', catalog: '剧集目录', rates: '汇率' } as const;

const warningLines = (warnings: ImportRecord['warnings'], language: Language) =>
  warnings.map(({ code, count: n, detail }) =>
    language === 'zh' ? `  ${code}（${count(n)}）：${detail.zh}` : `  ${code} (${count(n)}): ${detail.en}`,
  );

function importInChinese(name: string, record: ImportRecord): string[] {
  const days = record.from ? `，${record.from} 至 ${record.to}` : '';
  const { rows_committed, rows_rejected, rows_read, import_id } = record;
  return [
    `${name}：已从来源“${record.source}”导入${KINDS[record.kind]} ${count(rows_committed)} 行${days}`,
    ...(rows_rejected > 0
      ? [`  ${count(rows_read)} 行中拒绝 ${count(rows_rejected)} 行；明细见 GET /api/v1/imports/${import_id}/rejects`]
      : []),
    ...warningLines(record.warnings, 'zh'),
  ];
}

export function sayImport(name: string, record: ImportRecord, language: Language = 'en'): string[] {
  if (language === 'zh') return importInChinese(name, record);
  const days = record.from ? `, ${record.from} to ${record.to}` : '';
  return [
    `${name}: ${count(record.rows_committed)} rows committed as ${record.kind} of “${record.source}”${days}`,
    ...(record.rows_rejected > 0
      ? [
          `  ${count(record.rows_rejected)} of ${count(record.rows_read)} rows rejected; GET /api/v1/imports/${record.import_id}/rejects lists them`,
        ]
      : []),
    ...warningLines(record.warnings, 'en'),
  ];
}

export function sayDryRun(name: string, dry: DryRun, language: Language = 'en'): string[] {
  return [
    language === 'zh'
      ? `${name}：新增 ${count(dry.new)}，变更 ${count(dry.changed)}，相同 ${count(dry.identical)}，拒绝 ${count(dry.rejected)}；没有写入任何数据`
      : `${name}: ${count(dry.new)} new, ${count(dry.changed)} changed, ${count(dry.identical)} identical, ${count(dry.rejected)} rejected; nothing was changed`,
    ...dry.changed_samples.map((s) => `  ${s.key}: ${s.before} → ${s.after}`),
    ...dry.reject_samples.map(({ line, column, reason }) =>
      language === 'zh'
        ? `  第 ${line} 行${column && `“${column}”列`}：${reason.zh}`
        : `  line ${line}, ${column || 'whole line'}: ${reason.en}`,
    ),
    ...warningLines(dry.warnings, language),
  ];
}

export interface Ended {
  readonly name: string;
  /** The import, what a dry run found, or why it failed. */
  readonly record?: ImportRecord;
  readonly dry?: DryRun;
  readonly failure?: string;
}

const SUMMARY = {
  en: {
    failed: 'failed',
    dry: 'dry run',
    to: 'to',
    files: (n: number) => `${n} files`,
    failures: (n: number) => `${n} failed`,
    header: (dry: boolean) => ['file', 'as', 'rows', dry ? 'to write' : 'committed', 'unchanged', 'rejected', 'days'],
  },
  zh: {
    failed: '失败',
    dry: '试运行',
    to: '至',
    files: (n: number) => `${n} 个文件`,
    failures: (n: number) => `${n} 个失败`,
    header: (dry: boolean) => ['文件', '内容', '行数', dry ? '将写入' : '已写入', '未变', '拒绝', '日期'],
  },
} as const;

/** One row per file, and their sums. */
export function summary(ends: readonly Ended[], language: Language = 'en'): string {
  const words = SUMMARY[language];
  const rows = ends.map(({ name, record, dry, failure }) => [
    name,
    failure !== undefined ? words.failed : record ? (language === 'zh' ? KINDS[record.kind] : record.kind) : words.dry,
    count(record?.rows_read ?? dry?.rows_read ?? 0),
    count(record?.rows_committed ?? (dry ? dry.new + dry.changed : 0)),
    count(record?.rows_unchanged ?? dry?.identical ?? 0),
    count(record?.rows_rejected ?? dry?.rejected ?? 0),
    (record ?? dry)?.from ? `${(record ?? dry)?.from} ${words.to} ${(record ?? dry)?.to}` : '',
  ]);
  const sum = (i: number) => count(rows.reduce((total, row) => total + Number((row[i] ?? '0').replaceAll(',', '')), 0));
  const failed = ends.filter((end) => end.failure !== undefined).length;
  const total = [
    words.files(ends.length),
    failed > 0 ? words.failures(failed) : '',
    sum(2),
    sum(3),
    sum(4),
    sum(5),
    '',
  ];
  return table(words.header(ends.some((end) => end.dry)), [...rows, total]);
}

/** Columns padded to their widest cell, as wide as a terminal shows them; numbers to the right. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, i) => Math.max(...[name, ...rows.map((row) => row[i] ?? '')].map(cellsOf)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - cellsOf(cell));
        return i >= 2 && i <= 5 ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** Chinese characters take two places. */
const cellsOf = (text: string) =>
  [...text].reduce(
    (n, c) =>
      n +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(c)
        ? 2
        : 1),
    0,
  );
