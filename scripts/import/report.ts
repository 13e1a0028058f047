/** What the command prints when a file, and when all files have ended. */
import type { DryRun, ImportRecord } from '../../server/contract/imports.ts';

const count = (n: number) => n.toLocaleString('en');

export function sayImport(name: string, record: ImportRecord): string[] {
  const days = record.from ? `, ${record.from} to ${record.to}` : '';
  return [
    `${name}: ${count(record.rows_committed)} rows committed as ${record.kind} of “${record.source}”${days}`,
    ...(record.rows_rejected > 0
      ? [
          `  ${count(record.rows_rejected)} of ${count(record.rows_read)} rows rejected; GET /api/v1/imports/${record.import_id}/rejects lists them`,
        ]
      : []),
    ...record.warnings.map((w) => `  ${w.code} (${count(w.count)}): ${w.detail}`),
  ];
}

export function sayDryRun(name: string, dry: DryRun): string[] {
  return [
    `${name}: ${count(dry.new)} new, ${count(dry.changed)} changed, ${count(dry.identical)} identical, ${count(dry.rejected)} rejected; nothing was changed`,
    ...dry.changed_samples.map((s) => `  ${s.key}: ${s.before} → ${s.after}`),
    ...dry.reject_samples.map((r) => `  line ${r.line}, ${r.column || 'whole line'}: ${r.reason}`),
    ...dry.warnings.map((w) => `  ${w.code} (${count(w.count)}): ${w.detail}`),
  ];
}

export interface Ended {
  readonly name: string;
  /** The import, what a dry run found, or why it failed. */
  readonly record?: ImportRecord;
  readonly dry?: DryRun;
  readonly failure?: string;
}

/** One row per file, and their sums. */
export function summary(ends: readonly Ended[]): string {
  const rows = ends.map(({ name, record, dry, failure }) => [
    name,
    failure === undefined ? (record ? record.kind : 'dry run') : 'failed',
    count(record?.rows_read ?? dry?.rows_read ?? 0),
    count(record?.rows_committed ?? (dry ? dry.new + dry.changed : 0)),
    count(record?.rows_unchanged ?? dry?.identical ?? 0),
    count(record?.rows_rejected ?? dry?.rejected ?? 0),
    (record ?? dry)?.from ? `${(record ?? dry)?.from} to ${(record ?? dry)?.to}` : '',
  ]);
  const sum = (i: number) => count(rows.reduce((total, row) => total + Number((row[i] ?? '0').replaceAll(',', '')), 0));
  const failed = ends.filter((end) => end.failure !== undefined).length;
  const total = [`${ends.length} files`, failed > 0 ? `${failed} failed` : '', sum(2), sum(3), sum(4), sum(5), ''];
  return table(
    ['file', 'as', 'rows', ends.some((e) => e.dry) ? 'to write' : 'committed', 'unchanged', 'rejected', 'days'],
    [...rows, total],
  );
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
