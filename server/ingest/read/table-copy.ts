/** A copy of a sheet or of JSON for the engine. Its first column is the row's place in the source, for rejects. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { visible } from '../../vocabulary/text.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from './limits.ts';
import { LONGER_THAN_5_MILLION, rowTooLong, tooManyColumns } from './messages.ts';
import { sampledCell } from './records.ts';

export interface SourceRow {
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

export interface RowSource {
  /** More columns may turn up while rows are read. */
  width(): number;
  /** All rows in pieces. Called again if columns turned up late. */
  rows(): AsyncIterable<readonly SourceRow[]>;
}

export interface TableCopy {
  readonly path: string;
  readonly sample: readonly SourceRow[];
  readonly rows: number;
  readonly filled: readonly number[];
}

export const SAMPLED = 250;
/** More columns come from keys that are ids, or from a sheet that is no table. */
export const MOST_COLUMNS = 2000;
const FLUSH = 1 << 20;
/** Characters of a row in the copy; the engine reads at most 16 MB. */
const LONGEST_ROW = 5_500_000;

/**
 * @param to path; nothing is left there if it fails @param packed bytes if the file is packed
 * @throws ProblemError `unpacked_too_large`, `disk_full`, `unsupported_format` for thousands of columns,
 * `unreadable_file` for a row of millions of characters
 */
export async function copyTable(
  source: RowSource,
  to: string,
  limits: ImportLimits,
  signal?: AbortSignal,
  packed: number | null = null,
): Promise<TableCopy> {
  try {
    for (;;) {
      const copy = await writeRows(source, to, new UnpackGuard(limits, dirname(to), packed), signal);
      if (source.width() === copy.filled.length) return copy;
    }
  } catch (cause) {
    await rm(to, { force: true });
    if (signal?.aborted) throw new Cancelled({ cause });
    throw isDiskFull(cause) ? diskFull(cause) : cause;
  }
}

async function writeRows(source: RowSource, to: string, guard: UnpackGuard, signal?: AbortSignal): Promise<TableCopy> {
  let filled: number[] = [];
  const sample: SourceRow[] = [];
  let rows = 0;
  const file = await open(to, 'w');
  try {
    let text = '';
    for await (const batch of source.rows()) {
      signal?.throwIfAborted();
      if (source.width() > MOST_COLUMNS) throw new ProblemError('unsupported_format', tooManyColumns(MOST_COLUMNS));
      if (rows === 0) filled = Array.from({ length: source.width() }, () => 0);
      // Columns turned up late: the rest is read only to find all of them.
      if (source.width() > filled.length) continue;
      for (const given of batch) {
        const row = { line: given.line, cells: given.cells.map((cell) => (cell ? visible(cell) : cell)) };
        const line = lineOf(row, filled);
        if (line.length > LONGEST_ROW) throw longRow(row.line);
        text += line;
        rows++;
        if (sample.length < SAMPLED) sample.push(sampled(row));
        if (text.length < FLUSH) continue;
        await write(file, text, guard);
        text = '';
      }
    }
    await write(file, text, guard);
  } finally {
    await file.close();
  }
  return { path: to, sample, rows, filled };
}

const longRow = (line: number) =>
  new ProblemError('unreadable_file', rowTooLong(line), [{ path: `line ${line}`, message: LONGER_THAN_5_MILLION }]);

const sampled = ({ line, cells }: SourceRow): SourceRow => ({
  line,
  cells: cells.map((cell) => (cell ? sampledCell(cell) : cell)),
});

function lineOf({ line, cells }: SourceRow, filled: number[]): string {
  let text = String(line);
  for (let i = 0; i < filled.length; i++) {
    const cell = cells[i] ?? '';
    if (cell !== '') filled[i] = (filled[i] ?? 0) + 1;
    text += `,${quoted(cell)}`;
  }
  return `${text}\n`;
}

function quoted(cell: string): string {
  // The engine's texts cannot hold NUL.
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function write(file: FileHandle, text: string, guard: UnpackGuard): Promise<void> {
  const bytes = Buffer.from(text);
  guard.count(bytes.length);
  await guard.room();
  await file.writeFile(bytes);
}
