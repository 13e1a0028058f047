/** What the first part of a delimited file tells of the whole; pure. */

import { isExtraRow, saysUnit, unitIn, unitsOf } from './extra-rows.ts';
import { looksLikeNumber, looksLikeTime } from './guess.ts';
import { refuseWide } from './limits.ts';
import { recordsOf, type TextRecord } from './records.ts';
import { isBlank } from './text.ts';

export interface TextShape extends TableShape {
  readonly delimiter: string;
}

export interface TableShape {
  /** Physical line of the header, from 1; null where the file has none. */
  readonly headerRow: number | null;
  /** Physical lines before the first row of data. */
  readonly skip: number;
  /** The first records of the file, what stands above the table too. */
  readonly top: readonly Pick<TextRecord, 'line' | 'fields'>[];
  readonly columns: readonly string[];
  /** What a line above the table says its numbers are counted in, as in `单位：万`; null where none does. */
  readonly unit: { readonly line: number; readonly text: string } | null;
  /** The first rows of data, as text; null for an empty cell. */
  readonly rows: readonly (readonly (string | null)[])[];
}

const DELIMITERS = [',', '\t', ';', '|'] as const;
const LOOKED_AT = 200;
/** Records of `top`, and of these below the first of the table. */
const TOP = 20;
const TOP_BELOW = 8;

/** What the user knows of a table. */
export interface SaidOfTable {
  readonly delimiter?: string | undefined;
  /** Line of the header, from 1; 0 where there is none. */
  readonly headerRow?: number | undefined;
}

/**
 * Finds delimiter, header and columns.
 * @param head decoded beginning of the file, without a byte order mark
 * @param whole true when `head` is the whole file; else its last record may be cut and is left out
 * @returns null when the text holds no table, or no record begins on the line that is said to be its header
 * @throws ProblemError `unreadable_file` for a table of too many columns
 */
export function sniffText(head: string, whole: boolean, said: SaidOfTable = {}): TextShape | null {
  const { delimiter, headerRow } = said;
  const shapes = (delimiter ? [delimiter] : DELIMITERS).map((d) => {
    const records = read(head, whole, d, headerRow);
    return { d, records, ...tableOf(records, headerRow) };
  });
  const best = shapes.reduce((a, b) => (b.score > a.score ? b : a));
  refuseWide(best.rows[0]?.fields.length ?? 0);
  const shape = shapeOf(best.records, best.rows, headerRow);
  return shape && { delimiter: best.d, ...shape };
}

/** The same for the first rows of a sheet, all of one width. */
export function sniffRecords(records: readonly TextRecord[], headerRow?: number): TableShape | null {
  return shapeOf(records, tableOf(records, headerRow).rows, headerRow);
}

function shapeOf(
  records: readonly TextRecord[],
  rows: readonly TextRecord[],
  headerRow: number | undefined,
): TableShape | null {
  const [first] = rows;
  if (!first) return null;
  const headed = headerRow === undefined ? isHeader(first.fields, rows.slice(1)) : headerRow > 0;
  const [, second] = rows;
  const units = headed && second?.fields.length === first.fields.length ? unitsOf(second.fields) : null;
  const last = units && second ? second : first;
  const header = headed ? first.fields.map((name) => name.trim()) : [];
  const data = rows.slice(headed ? (units ? 2 : 1) : 0);
  return {
    headerRow: headed ? first.line : null,
    top: records.slice(0, Math.max(TOP, records.indexOf(first) + 1 + TOP_BELOW)),
    skip: headed ? last.line - 1 + linesOf(last.raw) : first.line - 1,
    unit: unitAbove(records.slice(0, records.indexOf(first))),
    columns: uniqueNames(first.fields.map((_, i) => withUnit(header[i], units?.[i]) || `column${i + 1}`)),
    rows: data
      .filter((r) => r.fields.length === first.fields.length && !isExtraRow(r.fields, header))
      .slice(0, LOOKED_AT)
      .map((r) => r.fields.map((f) => (f === '' ? null : f))),
  };
}

/** The last line of titles that says a unit. */
function unitAbove(titles: readonly TextRecord[]): TableShape['unit'] {
  const said = titles.flatMap(({ line, fields }) => {
    const text = unitIn(fields.join(' '));
    return text === null ? [] : [{ line, text }];
  });
  return said.at(-1) ?? null;
}

/** A unit that stands in a row of its own is read like one in brackets: `播放量(万)`. */
function withUnit(name = '', unit: string | null = null): string {
  return name !== '' && unit !== null && !/[（([【]/u.test(name) ? `${name}(${unit})` : name;
}

function read(head: string, whole: boolean, delimiter: string, headerRow = 0): TextRecord[] {
  const all = recordsOf(head, delimiter);
  const records = all.slice(0, all.findIndex(({ line }) => line >= headerRow) + LOOKED_AT + 50);
  return whole || records.length < 2 ? records : records.slice(0, -1);
}

/** The rows from the first one as wide as most are, or from the one that is said to be the header: what stands above is a title. */
function tableOf(records: readonly TextRecord[], headerRow = 0): { score: number; rows: TextRecord[] } {
  if (headerRow > 0) return tableBelow(records, headerRow);
  const widths = new Map<number, number>();
  for (const { fields } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  let width = 1;
  let count = 0;
  for (const [w, n] of widths) if (n * Math.min(w, 4) > count * Math.min(width, 4)) [width, count] = [w, n];
  const start = firstRow(records, width);
  const rows = start < 0 ? [] : records.slice(start);
  return { score: scoreOf(count, records.length, width), rows };
}

function tableBelow(records: readonly TextRecord[], headerRow: number): { score: number; rows: TextRecord[] } {
  const at = records.findIndex(({ line }) => line === headerRow);
  const rows = at < 0 ? [] : records.slice(at);
  const width = rows[0]?.fields.length ?? 0;
  return { score: scoreOf(rows.filter(({ fields }) => fields.length === width).length, rows.length, width), rows };
}

/** How much rows are like a table: many of one width, and that a large one. */
const scoreOf = (count: number, rows: number, width: number) =>
  rows === 0 ? 0 : (count / rows) * Math.log2(1 + Math.min(width, 64));

/**
 * The first row as wide as the table. Above it may stand titles: narrower lines, or lines padded with delimiters to the
 * table's width by the spreadsheet that wrote the file, in which one cell is filled and the rest are blank.
 */
function firstRow(records: readonly TextRecord[], width: number): number {
  const filled = (r: TextRecord) => r.fields.filter((f) => f.trim() !== '').length;
  const wide = (r: TextRecord) => r.fields.length === width;
  const padded = records
    .slice(0, TITLES)
    .findIndex((r) => wide(r) && filled(r) * 2 >= width && (width < 3 || filled(r) > 1) && !r.fields.some(saysUnit));
  return padded >= 0 ? padded : records.findIndex((r) => wide(r) && filled(r) > 0);
}

/** Lines at the most that may stand above a header. */
const TITLES = 12;

/** A header names things: none of its cells is a number or a time, and few are empty. */
function isHeader(cells: readonly string[], below: readonly TextRecord[]): boolean {
  const filled = cells.filter((c) => !isBlank(c));
  if (filled.length * 2 < cells.length || filled.some((c) => looksLikeNumber(c) || looksLikeTime(c))) return false;
  // A table of texts only: a first row whose texts come again below is data.
  // The whole line once more is the header of an export that was joined to this one.
  const others = below.filter((r) => !r.fields.every((f, i) => f.trim() === cells[i]?.trim()));
  const again = cells.filter((cell, i) => others.some((r) => r.fields[i] === cell && !isBlank(cell))).length;
  return again * 2 < filled.length;
}

function linesOf(raw: string): number {
  return raw.split(/\r\n|\r|\n/u).length;
}

/**
 * Names no two of which are equal, whatever their case: the engine's names are case-blind. Without what no statement
 * and no JSON can hold: NUL, and halves of characters.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((written, i) => {
    const name = Buffer.from(written.replaceAll('\0', '')).toString() || `column${i + 1}`;
    let unique = name;
    // Where the last one of this name left off: a header of many equal names is not counted through for each.
    let n = seen.get(name.toLowerCase()) ?? 1;
    while (seen.has(unique.toLowerCase())) unique = `${name}_${++n}`;
    seen.set(name.toLowerCase(), n);
    seen.set(unique.toLowerCase(), seen.get(unique.toLowerCase()) ?? 1);
    return unique;
  });
}
