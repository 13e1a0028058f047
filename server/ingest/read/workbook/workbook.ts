/** A workbook (XLSX): its sheets, and a copy of one for the engine. */
import { rm } from 'node:fs/promises';
import type { ImportOptions } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { typeOfCells } from '../../cells/guess.ts';
import type { ImportLimits } from '../limits.ts';
import { AS_GIVEN } from '../messages.ts';
import { noSuchRow, sniffRecords, type TableShape } from '../sniff.ts';
import type { SampledColumn } from '../source.ts';
import { copyTable, SAMPLED, type SourceRow, type TableCopy } from '../table-copy.ts';
import { WorkbookArchive } from './archive.ts';
import { MOST_LIKE_A_TABLE, NO_SHEETS, NO_SUCH_SHEET, ONLY_SHEET, sheetEmpty, sheetNotFound } from './messages.ts';
import { readParts, type SheetPart, type WorkbookParts } from './parts.ts';
import { SheetRows, type ShortCells } from './sheet.ts';

export interface SheetFacts {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: number | null;
}

export interface OtherSheet {
  readonly name: string;
  readonly rows: number | null;
  readonly columns: readonly SampledColumn[];
}

export interface OpenedWorkbook {
  readonly sheets: readonly SheetFacts[];
  readonly sheet: string;
  readonly reason: Label;
  readonly others: readonly OtherSheet[];
  readonly copy: TableCopy;
  readonly shape: TableShape;
  /** Position in the copy of each column; empty columns are left out. */
  readonly positions: readonly number[];
  readonly short: ReadonlyMap<number, Readonly<ShortCells>>;
}

/**
 * @param scratch path for the copy; nothing is left there if it fails
 * @throws ProblemError `unsupported_format`, `unreadable_file`, `unpacked_too_large`, `invalid_request` for a missing
 * sheet
 * or header row
 */
export async function openWorkbook(
  path: string,
  scratch: string,
  limits: ImportLimits,
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<OpenedWorkbook> {
  const archive = await WorkbookArchive.open(path, limits);
  try {
    const parts = await readParts(archive);
    const looks = [];
    for (const sheet of parts.sheets) looks.push(await lookAt(archive, sheet, parts));
    const chosen = choose(looks, options.sheet);
    await chosen.reader.findMerges(signal);
    const copy = await copyTable(chosen.reader, scratch, limits, signal, archive.packed);
    const { shape, positions } = tableOf(copy.sample, copy.filled, options.header_row);
    if (!shape) {
      await rm(copy.path, { force: true });
      throw options.header_row && copy.rows > 0
        ? noSuchRow(options.header_row)
        : new ProblemError('unreadable_file', sheetEmpty(chosen.sheet.name));
    }
    return {
      sheets: looks.map(({ sheet, rows }) => ({ name: sheet.name, hidden: sheet.hidden, rows })),
      sheet: chosen.sheet.name,
      reason: chosen.reason,
      others: looks.flatMap(({ sheet, other }) =>
        other && !sheet.hidden && sheet.name !== chosen.sheet.name ? [other] : [],
      ),
      copy,
      shape,
      positions,
      short: chosen.reader.short,
    };
  } finally {
    archive.close();
  }
}

interface Look {
  readonly sheet: SheetPart;
  readonly reader: SheetRows;
  readonly rows: number | null;
  /** How much it is like a table; 0 if it is none. */
  readonly score: number;
  readonly other: OtherSheet | null;
}

/** The beginning of a sheet is enough. */
async function lookAt(archive: WorkbookArchive, sheet: SheetPart, parts: WorkbookParts): Promise<Look> {
  const reader = new SheetRows(archive, sheet, parts);
  const sample: SourceRow[] = [];
  let whole = true;
  for await (const rows of reader.rows()) {
    sample.push(...rows);
    whole = sample.length < SAMPLED;
    if (!whole) break;
  }
  const filled = Array.from({ length: reader.width() }, (_, i) => sample.filter((row) => row.cells[i]).length);
  const { shape } = tableOf(sample.slice(0, SAMPLED), filled);
  const rows = whole ? sample.length : reader.lastRow;
  const columns = shape?.columns.length ?? 0;
  const full = filled.reduce((sum, n) => sum + n, 0) / Math.max(1, sample.length * columns);
  const score =
    columns < 2 || shape?.rows.length === 0
      ? 0
      : full * Math.log2(1 + Math.min(columns, 64)) * Math.log10(1 + (rows ?? SAMPLED));
  if (!shape || score === 0) return { sheet, reader, rows, score, other: null };
  const below = rows === null ? null : rows - sample.filter(({ line }) => line <= shape.skip).length;
  const cellsOf = (i: number) => shape.rows.map((row) => row[i] ?? null);
  const named = shape.columns.map((name, i) => ({ name, type: typeOfCells(cellsOf(i)), cells: cellsOf(i) }));
  return { sheet, reader, rows, score, other: { name: sheet.name, rows: below, columns: named } };
}

function choose(looks: readonly Look[], asked: string | undefined): Look & { reason: Label } {
  if (asked !== undefined) {
    const found = looks.find(({ sheet }) => sheet.name.trim().toLowerCase() === asked.trim().toLowerCase());
    if (found) return { ...found, reason: AS_GIVEN };
    const names = looks.map(({ sheet }) => sheet.name);
    throw new ProblemError('invalid_request', sheetNotFound(asked, names), [
      { path: 'options.sheet', message: NO_SUCH_SHEET },
    ]);
  }
  const visible = looks.filter(({ sheet }) => !sheet.hidden);
  const [best] = [...(visible.some((l) => l.score > 0) ? visible : looks)].sort((a, b) => b.score - a.score);
  if (!best) throw new ProblemError('unreadable_file', NO_SHEETS);
  return { ...best, reason: looks.length === 1 ? ONLY_SHEET : MOST_LIKE_A_TABLE };
}

function tableOf(
  sample: readonly SourceRow[],
  filled: readonly number[],
  headerRow?: number,
): { shape: TableShape | null; positions: number[] } {
  const positions = [...filled.keys()].filter((i) => (filled[i] ?? 0) > 0);
  const records = sample.map(({ line, cells }) => ({
    line,
    fields: positions.map((i) => cells[i] ?? ''),
    raw: '',
    quote: null,
  }));
  return { shape: positions.length === 0 ? null : sniffRecords(records, headerRow), positions };
}
