/**
 * A copy that the engine can read of a table that is no delimited text: a sheet, or lines of JSON. Its first column is
 * the row's place in the source, so that a reject names it exactly.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from './limits.ts';

export interface SourceRow {
  /** Line of the file or row of the sheet, from 1. */
  readonly line: number;
  /** By column; what is left out at the end is empty. */
  readonly cells: readonly (string | null)[];
}

export interface RowSource {
  /** Columns known so far: more may turn up while the rows are read. */
  width(): number;
  /** All rows from the first one, some at a time. Called anew where columns turned up late. */
  rows(): AsyncIterable<readonly SourceRow[]>;
}

export interface TableCopy {
  readonly path: string;
  /** The first rows. */
  readonly sample: readonly SourceRow[];
  readonly rows: number;
  /** Cells that are not empty, by column. */
  readonly filled: readonly number[];
}

export const SAMPLED = 250;
/** More columns come of keys that are ids, or of a sheet that is no table. */
const MOST_COLUMNS = 2000;
const FLUSH = 1 << 20;

/**
 * @param to path to write to; nothing is left there where it fails
 * @throws ProblemError `unpacked_too_large`, `disk_full`, `unsupported_format` for a table of thousands of columns
 */
export async function copyTable(
  source: RowSource,
  to: string,
  limits: ImportLimits,
  signal?: AbortSignal,
): Promise<TableCopy> {
  try {
    for (;;) {
      const copy = await writeRows(source, to, new UnpackGuard(limits, dirname(to), null), signal);
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
      if (source.width() > MOST_COLUMNS)
        throw new ProblemError('unsupported_format', {
          en: `This table has more than ${MOST_COLUMNS.toLocaleString('en')} columns. Put one series and one day in each row, and import that.`,
          zh: `表格超过 ${MOST_COLUMNS.toLocaleString('en')} 列。请整理为每行一部剧、一天的数据后导入。`,
        });
      if (rows === 0) filled = Array.from({ length: source.width() }, () => 0);
      // Columns turned up late: the rest is read only to know them all.
      if (source.width() > filled.length) continue;
      for (const row of batch) {
        text += lineOf(row, filled);
        rows++;
        if (sample.length < SAMPLED) sample.push(row);
      }
      if (text.length < FLUSH) continue;
      await write(file, text, guard);
      text = '';
    }
    await write(file, text, guard);
  } finally {
    await file.close();
  }
  return { path: to, sample, rows, filled };
}

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
  // The engine's texts hold no NUL.
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function write(file: FileHandle, text: string, guard: UnpackGuard): Promise<void> {
  const bytes = Buffer.from(text);
  guard.count(bytes.length);
  await guard.room();
  await file.writeFile(bytes);
}
