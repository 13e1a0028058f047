/** What the command prints when a file, and when all files have ended. */
import type { DryRun, ImportRecord } from '../../server/contract/imports.ts';
import type { Problem } from '../../server/contract/problem.ts';
import type { Language } from '../../server/wording.ts';
import type { Skipped } from './files.ts';

const count = (n: number) => n.toLocaleString('en');
const rowsOf = (n: number) => `${count(n)} ${n === 1 ? 'row' : 'rows'}`;

const KINDS = { log: '播放数据', catalog: '剧集目录', rates: '汇率' } as const;

const warningLines = (warnings: ImportRecord['warnings'], language: Language) =>
  warnings.map(({ code, count: n, detail }) =>
    language === 'zh'
      ? `  ${code}${n > 0 ? `（${count(n)}）` : ''}：${detail.zh}`
      : `  ${code}${n > 0 ? ` (${count(n)})` : ''}: ${detail.en}`,
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
    `${name}: ${rowsOf(record.rows_committed)} committed as ${record.kind} of “${record.source}”${days}`,
    ...(record.rows_rejected > 0
      ? [
          `  ${count(record.rows_rejected)} of ${rowsOf(record.rows_read)} rejected; GET /api/v1/imports/${record.import_id}/rejects lists them`,
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
    ...dry.changed_samples.map(({ label: { [language]: s } }) =>
      language === 'zh' ? `  ${s.key}：${s.before} → ${s.after}` : `  ${s.key}: ${s.before} → ${s.after}`,
    ),
    ...dry.reject_samples.map(({ line, column, reason }) =>
      language === 'zh'
        ? `  第 ${line} 行${column && `“${column}”列`}：${reason.zh}`
        : `  line ${line}, ${column || 'whole line'}: ${reason.en}`,
    ),
    ...warningLines(dry.warnings, language),
  ];
}

/**
 * @param importId of the same bytes
 * @param saved the profile that was saved all the same
 */
export function sayAlready(
  name: string,
  importId: string,
  language: Language = 'en',
  saved: string | null = null,
): string {
  return language === 'zh'
    ? `${name}：此前已导入（导入编号 ${importId}），${saved === null ? '未做改动' : `没有写入任何行，设置已存为“${saved}”`}；如需再次导入，请加 --force`
    : `${name}: already imported, as import ${importId}; ${saved === null ? 'nothing was changed' : `no row was changed, the settings are saved as “${saved}”`}, and --force imports it once more`;
}

export function saySkipped({ path, why }: Skipped, language: Language): string {
  const zh = language === 'zh';
  if (why === 'broken_link')
    return zh ? `${path}：链接指向的文件不存在，已跳过` : `${path}: skipped, as the link leads nowhere`;
  return zh ? `${path}：文件夹无法读取，已跳过` : `${path}: skipped, as the folder may not be read`;
}

export const sayNotBegun = (name: string, language: Language): string =>
  language === 'zh' ? `${name}：未开始` : `${name}: not begun`;

/** Files of this run whose rows another file of it changed: they were taken for one source, though both may be right. */
export function sayClashes(ends: readonly Ended[], language: Language = 'en'): string[] {
  return ends.flatMap(({ name, record }, at) => {
    const changed = record?.warnings.find(({ code }) => code === 'rows_changed');
    const other = ends.slice(0, at).find((end) => end.record && changed?.detail.en.includes(end.record.import_id));
    if (!record || !changed || !other) return [];
    return [
      language === 'zh'
        ? `请注意：“${name}”与本次导入的“${other.name}”同属来源“${record.source}”，前者的 ${count(changed.count)} 行取代了后者的同一记录。若两者来自不同来源或平台，请撤销“${name}”的导入，再用 --source 或 --platform 指定后重新导入。`
        : `Watch out: “${name}” changed ${rowsOf(changed.count)} of “${other.name}”, as both are of the source “${record.source}”. If they are of different sources or platforms, undo it and import it with --source or --platform.`,
    ];
  });
}

export interface Ended {
  readonly name: string;
  /** The import, what a dry run found, the import of the same bytes, or why it failed. */
  readonly record?: ImportRecord;
  readonly dry?: DryRun;
  readonly already?: string;
  readonly failure?: string;
  /** Why, for programs, if it is a refusal. */
  readonly problem?: Pick<Problem, 'code' | 'detail'> | undefined;
  /** Left when the command was ended. */
  readonly notBegun?: true;
}

/** What became of a file, as one line for programs. */
export function jsonLine({ name, record, dry, already, failure, problem, notBegun }: Ended): string {
  const said =
    (record && { status: record.status, import: record }) ??
    (dry && { status: 'dry_run', dry_run: dry }) ??
    (already !== undefined ? { status: 'already_imported', import_id: already } : undefined) ??
    (notBegun ? { status: 'not_begun' } : { status: 'failed', error: problem ?? { detail: failure } });
  return JSON.stringify({ file: name, ...said });
}

const SUMMARY = {
  en: {
    failed: 'failed',
    dry: 'dry run',
    to: 'to',
    files: (n: number) => `${n} ${n === 1 ? 'file' : 'files'}`,
    leftOut: (n: number) => `${n} not begun`,
    notBegun: 'not begun',
    failures: (n: number) => `${n} failed`,
    already: 'there already',
    skips: (n: number) => `${n} there already`,
    header: ['file', 'as', 'rows', 'new', 'changed', 'unchanged', 'replaced', 'rejected', 'days'],
  },
  zh: {
    failed: '失败',
    dry: '试运行',
    to: '至',
    files: (n: number) => `${n} 个文件`,
    leftOut: (n: number) => `${n} 个未开始`,
    notBegun: '未开始',
    failures: (n: number) => `${n} 个失败`,
    already: '已有',
    skips: (n: number) => `${n} 个已有`,
    header: ['文件', '内容', '行数', '新增', '变更', '未变', '取代', '拒绝', '日期'],
  },
} as const;

/** One row per file, and their sums. */
export function summary(ends: readonly Ended[], language: Language = 'en'): string {
  const words = SUMMARY[language];
  const rows = ends.map((end) => {
    const { name, record, dry } = end;
    const { fresh, changed, unchanged, replaced } = countsOf(end);
    return [
      name,
      kindOf(end, language),
      count(record?.rows_read ?? dry?.rows_read ?? 0),
      ...[fresh, changed, unchanged, replaced, record?.rows_rejected ?? dry?.rejected ?? 0].map(count),
      (record ?? dry)?.from ? `${(record ?? dry)?.from} ${words.to} ${(record ?? dry)?.to}` : '',
    ];
  });
  const sum = (i: number) => count(rows.reduce((total, row) => total + Number((row[i] ?? '0').replaceAll(',', '')), 0));
  const failed = ends.filter((end) => end.failure !== undefined).length;
  const already = ends.filter((end) => end.already !== undefined).length;
  const left = ends.filter((end) => end.notBegun).length;
  const told = [
    failed > 0 ? words.failures(failed) : '',
    already > 0 ? words.skips(already) : '',
    left > 0 ? words.leftOut(left) : '',
  ];
  const total = [
    words.files(ends.length),
    told.filter(Boolean).join(language === 'zh' ? '，' : ', '),
    ...[2, 3, 4, 5, 6, 7].map(sum),
    '',
  ];
  return table(words.header, [...rows, total]);
}

function kindOf({ record, dry, already, notBegun }: Ended, language: Language): string {
  const words = SUMMARY[language];
  if (notBegun) return words.notBegun;
  if (record) return language === 'zh' ? KINDS[record.kind] : record.kind;
  if (already !== undefined) return words.already;
  return dry ? words.dry : words.failed;
}

/** What became of the rows. `replaced`: rows of other imports that no longer count, though this file does not state them. */
function countsOf({ record, dry }: Ended): { fresh: number; changed: number; unchanged: number; replaced: number } {
  const told = (code: string) => (record ?? dry)?.warnings.find((warning) => warning.code === code)?.count ?? 0;
  const replaced = told('rows_replaced');
  if (dry) return { fresh: dry.new, changed: dry.changed, unchanged: dry.identical, replaced };
  const changed = told('rows_changed');
  const unchanged = record?.rows_unchanged ?? 0;
  // Lines that state one key are one row, and may be more rows than are new.
  return { fresh: Math.max(0, (record?.rows_committed ?? 0) - changed - unchanged), changed, unchanged, replaced };
}

/** Columns padded to their widest cell, as wide as a terminal shows them; numbers to the right. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, i) => Math.max(...[name, ...rows.map((row) => row[i] ?? '')].map(cellsOf)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - cellsOf(cell));
        return i >= 2 && i <= 7 ? space + cell : cell + space;
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
