/** A copy of a wide table with a row for each thing across (`wide.ts`, `wide-rates.ts`). */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isBlank } from '../../vocabulary/text.ts';
import { unpivotInThread } from './large-file.ts';
import type { Layout, LayoutGroup, Unpivoted, Unpivoting } from './layout.ts';
import type { OpenedFile, Opening } from './opened.ts';
import { checkQuotes } from './quotes.ts';
import { RecordReader, type TextRecord } from './records.ts';
import { brokenRecord, keepReject, nothingRefused, type Refused } from './refused.ts';
import { copyTable, type RowSource, type SourceRow } from './table-copy.ts';
import { rateText } from './wide-rates.ts';

/** Smaller files are copied faster than a thread starts. */
const SMALL = 1 << 20;

/** @throws ProblemError as `copyTable`, and `unreadable_file` for a quote that swallows lines */
export async function unpivot(
  desk: Opening,
  { file, inspected }: OpenedFile,
  layout: Layout,
  extraRows: boolean,
): Promise<Unpivoted> {
  const job: Unpivoting = {
    path: file.path,
    delimiter: file.text?.delimiter ?? null,
    after: inspected.shape?.skip ?? 0,
    positions: file.columns.map(({ sql }) => Number(sql.slice(1)) + (file.text ? 0 : 1)),
    names: inspected.shape?.names ?? [],
    layout,
    extraRows,
    to: `${desk.scratch}.across`,
  };
  const { size } = await stat(file.path);
  return size > SMALL ? unpivotInThread(desk, job) : unpivotHere(desk, job);
}

export async function unpivotHere(desk: Pick<Opening, 'limits' | 'signal'>, job: Unpivoting): Promise<Unpivoted> {
  if (job.delimiter !== null) await checkQuotes(job.path, job.delimiter, desk.signal);
  const source = new RowsAcross(job);
  const copy = await copyTable(source, job.to, desk.limits, desk.signal, (await stat(job.path)).size);
  return { copy, refused: source.refused };
}

class RowsAcross implements RowSource {
  refused: Refused = nothingRefused();

  constructor(private readonly job: Unpivoting) {}

  width(): number {
    return this.job.layout.columns.length;
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    this.refused = nothingRefused();
    const reader = new RecordReader(this.job.delimiter ?? ',');
    for await (const chunk of createReadStream(this.job.path, { encoding: 'utf8' }))
      for (const record of reader.push(String(chunk))) yield this.rowsOf(record);
    for (const record of reader.end()) yield this.rowsOf(record);
  }

  private rowsOf(record: TextRecord): SourceRow[] {
    const { delimiter, after, positions, names, layout, extraRows } = this.job;
    const line = delimiter === null ? Number(record.fields[0]) : record.line;
    if (line <= after) return [];
    const fault = delimiter === null ? null : brokenRecord(record, positions.length);
    const cell = (at: number) => record.fields[positions[at] ?? -1] ?? '';
    if (fault) {
      // Its cells cannot be split, so it gives no row; when it returns mended it has the columns of rows.
      const raw = layout.columns.map(() => '').join(',');
      keepReject(this.refused, { line, column: '', value: record.raw.slice(0, 200), reason: fault, raw });
      return [];
    }
    const cells = positions.map((_, at) => cell(at));
    if (extraRows && cells.every((text) => text.trim() === '')) return [{ line, cells: layout.columns.map(() => '') }];
    const again = cells.filter((text, at) => text.trim() !== '' && text.trim() === names[at]).length;
    if (extraRows && again * 2 > cells.length) return [{ line, cells: layout.columns.map(({ name }) => name) }];
    return layout.groups
      .filter(({ filled }) => filled.some((at) => holdsAnything(cell(at))))
      .map((group) => ({ line, cells: cellsOf(group, cell) }));
  }
}

/** Most cells are numbers: this is the fast way. */
const holdsAnything = (cell: string) => (cell >= '0' && cell < ':') || !isBlank(cell);

function cellsOf({ cells, filled, per }: LayoutGroup, cell: (at: number) => string): (string | null)[] {
  return cells.map((from) => {
    if (typeof from !== 'number') return from;
    return per !== undefined && filled.includes(from) ? rateText(cell(from), per) : cell(from);
  });
}
