/** What the first part of a delimited file tells of the whole: delimiter, header and columns. */
import type { ImportOptions } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { isExtraRow, saysUnit, unitIn, unitsOf } from '../cells/extra-rows.ts';
import { looksLikeNumber, looksLikeTime } from '../cells/guess.ts';
import { refuseWide } from './limits.ts';
import { cannotBeHeader, NO_SUCH_ROW, noHeaderRowIn, notForFormat } from './messages.ts';
import { recordsOf, type TextRecord } from './records.ts';

export interface TextShape extends TableShape {
  readonly delimiter: string;
}

export interface TableShape {
  /** Physical line of the header, from 1; null if the file has none. */
  readonly headerRow: number | null;
  readonly skip: number;
  /** The first records of the file, what stands above the table too. */
  readonly top: readonly Pick<TextRecord, 'line' | 'fields'>[];
  readonly columns: readonly string[];
  /** The columns' names as they stand there, the one above if a cell is blank: blank if neither says one. */
  readonly names: readonly string[];
  /** What stands right above the names in a row as wide, which may group the columns; null if nothing does. */
  readonly upper: readonly string[] | null;
  /** What a line above the table says its numbers are counted in, as in `单位：万`; null if none does. */
  readonly unit: { readonly line: number; readonly text: string } | null;
  readonly rows: readonly (readonly (string | null)[])[];
}

const DELIMITERS = [',', '\t', ';', '|'] as const;
const LOOKED_AT = 200;
/** Records of `top`, and of these below the first of the table. */
const TOP = 20;
const TOP_BELOW = 8;

export interface SaidOfTable {
  readonly delimiter?: string | undefined;
  /** Line of the header, from 1; 0 if there is none. */
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
  const lower = headerRow === undefined ? lowerHeader(rows) : null;
  const headed = headerRow === undefined ? lower !== null || isHeader(first.fields, rows.slice(1)) : headerRow > 0;
  const named = lower ?? first;
  const below = rows.slice(lower ? 2 : 1);
  const [next] = below;
  const units = headed && next?.fields.length === first.fields.length ? unitsOf(next.fields) : null;
  const last = units && next ? next : named;
  const upper = headed ? rowAbove(records, named) : null;
  const header = headed ? named.fields.map((name, i) => name.trim() || (upper?.[i] ?? '')) : [];
  const names = first.fields.map((_, i) => withUnit(header[i], units?.[i]));
  const data = headed ? below.slice(units ? 1 : 0) : rows;
  return {
    headerRow: headed ? named.line : null,
    upper,
    names,
    top: records.slice(0, Math.max(TOP, records.indexOf(first) + 1 + TOP_BELOW)),
    skip: headed ? last.line - 1 + linesOf(last.raw) : first.line - 1,
    unit: unitAbove(records.slice(0, records.indexOf(first))),
    columns: uniqueNames(names.map((name, i) => name || `column${i + 1}`)),
    rows: data
      .filter((r) => r.fields.length === first.fields.length && !isExtraRow(r.fields, header))
      .slice(0, LOOKED_AT)
      .map((r) => r.fields.map((f) => (f === '' ? null : f))),
  };
}

/** A row that may name groups of columns: as wide as the names below it, with more than a title in it. */
function rowAbove(records: readonly TextRecord[], named: TextRecord): readonly string[] | null {
  const above = records[records.indexOf(named) - 1];
  if (above?.fields.length !== named.fields.length || above.fields.some(saysUnit)) return null;
  const cells = above.fields.map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '').length > 1 ? cells : null;
}

/**
 * The second row, if the first one only groups its columns (`抖音,,快手,` over `播放量,点赞,播放量,点赞`): it names what
 * numbers stand under, and the first is blank there, or names one thing more than once.
 */
function lowerHeader([first, second, ...below]: readonly TextRecord[]): TextRecord | null {
  if (!first || second?.fields.length !== first.fields.length) return null;
  const cells = second.fields.map((cell) => cell.trim());
  const upper = first.fields.map((cell) => cell.trim());
  const filled = cells.flatMap((cell, i) => (isBlank(cell) ? [] : [i]));
  const names = filled.map((i) => cells[i] ?? '');
  if (filled.length < 2 || cells.every((cell, i) => cell === upper[i])) return null;
  if (names.some(looksLikeNumber) || upper.some(looksLikeNumber)) return null;
  if (names.some(looksLikeTime) && !headNumbers(cells, below)) return null;
  const groups = filled.some((i) => upper[i] === '') || new Set(names).size < names.length;
  const over = filled.filter((i) => numbersUnder(i, below) && upper[i] !== cells[i]);
  return groups && over.length > 1 ? second : null;
}

/** Whether what is filled in a column is mostly numbers, and no times. */
function numbersUnder(column: number, below: readonly TextRecord[]): boolean {
  const filled = below.map(({ fields }) => fields[column] ?? '').filter((cell) => !isBlank(cell));
  const numbers = filled.filter(looksLikeNumber).length;
  return filled.length > 0 && numbers * 2 > filled.length && !filled.some((cell) => looksLikeTime(cell));
}

/** This many dates side by side are no row of data. */
const SEVERAL = 2;

/** Whether the dates and numbers of a row are dates that head columns of numbers: then it is a header all the same. */
function headNumbers(cells: readonly string[], rows: readonly TextRecord[]): boolean {
  // As the header of an export that was joined to this one.
  const below = rows.filter(({ fields }) => !fields.every((cell, i) => cell.trim() === cells[i]?.trim()));
  const odd = cells.flatMap((cell, i) => (!isBlank(cell) && (looksLikeNumber(cell) || looksLikeTime(cell)) ? [i] : []));
  const texts = odd.map((i) => cells[i]?.trim() ?? '');
  if (new Set(texts).size < SEVERAL || !(texts.every(looksLikeTime) || followEachOther(texts))) return false;
  const heads = (i: number) => numbersUnder(i, below) || below.every(({ fields }) => isBlank(fields[i]));
  return odd.every(heads) && odd.some((i) => numbersUnder(i, below));
}

/** So many numbers in a row are days of a month. */
const DAYS_IN_ROW = 7;

/**
 * Whether `10.1`, `10.2` … or `1`, `2` … are days, or `202509`, `202510` … months, one after the other: elsewhere these
 * are numbers.
 */
function followEachOther(texts: readonly string[]): boolean {
  const days = texts.map((text) => /^(\d{1,2})\.(\d{1,2})$/u.exec(text));
  const months = texts.map((text) => /^(20[1-3]\d)(0[1-9]|1[0-2])$/u.exec(text));
  const places = [
    days.map((found) => found && Date.UTC(2024, Number(found[1]) - 1, Number(found[2])) / DAY),
    days.map((found) => found && Date.UTC(2024, Number(found[2]) - 1, Number(found[1])) / DAY),
    months.map((found) => found && Number(found[1]) * 12 + Number(found[2])),
    texts.map((text) => (texts.length >= DAYS_IN_ROW && /^(?:[1-9]|[12]\d|3[01])$/u.test(text) ? Number(text) : null)),
  ];
  return places.some((place) =>
    place.every((at, i) => at !== null && (i === 0 || Math.abs(at - (place[i - 1] ?? Number.NaN)) === 1)),
  );
}

const DAY = 86_400_000;

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

/** How much rows are like a table: many of one large width. */
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

/** A header names things: none of its cells is a number or a time, unless it heads numbers, and few are empty. */
function isHeader(cells: readonly string[], below: readonly TextRecord[]): boolean {
  const filled = cells.filter((c) => !isBlank(c));
  if (filled.length * 2 < cells.length) return false;
  if (filled.some((c) => looksLikeNumber(c) || looksLikeTime(c)) && !headNumbers(cells, below)) return false;
  // A table of texts only: a first row whose texts come again below is data.
  // The whole line again is the header of an export that was joined to this one.
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

const HEADER_ROW = 'options.header_row';

/** Formats that name their columns themselves. @throws ProblemError `invalid_request` if a header row is named all the same */
export function refuseHeaderRow({ header_row }: ImportOptions, format: 'Parquet' | 'JSON'): void {
  if (header_row === undefined) return;
  throw new ProblemError('invalid_request', noHeaderRowIn(format), [
    { path: HEADER_ROW, message: notForFormat(format) },
  ]);
}

/** No row begins where the header is said to be. */
export const noSuchRow = (headerRow: number) =>
  new ProblemError('invalid_request', cannotBeHeader(headerRow), [{ path: HEADER_ROW, message: NO_SUCH_ROW }]);
