import type { ImportOptions } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { isExtraRow, saysUnit, unitIn, unitsOf } from '../cells/extra-rows.ts';
import { looksLikeNumber, looksLikeTime } from '../cells/guess.ts';
import { refuseWide } from './limits.ts';
import { cannotBeHeader, NO_SUCH_ROW, noHeaderRowIn, notForFormat } from './messages.ts';
import { recordsOf, sampledCell, type TextRecord } from './records.ts';

export interface TextShape extends TableShape {
  readonly delimiter: string;
}

export interface TableShape {
  /** From 1; null if there is no header. */
  readonly headerRow: number | null;
  readonly skip: number;
  readonly top: readonly Pick<TextRecord, 'line' | 'fields'>[];
  readonly columns: readonly string[];
  /** As written; for a blank cell the one above, if it is filled. */
  readonly names: readonly string[];
  /** The row right above the names, which may group the columns; null if it does not. */
  readonly upper: readonly string[] | null;
  /** The unit in a line above the table, as in `单位：万`; null if there is none. */
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
  readonly headerRow?: number | undefined;
}

/**
 * @param head decoded beginning of the file, without a byte order mark
 * @param whole if not, the last record may be partial and is left out
 * @returns null if the text holds no table, or no record begins on the given header line
 * @throws ProblemError `unreadable_file` for too many columns
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

/** A row that may group columns: as wide as the names below, and more than a title. */
function rowAbove(records: readonly TextRecord[], named: TextRecord): readonly string[] | null {
  const above = records[records.indexOf(named) - 1];
  if (above?.fields.length !== named.fields.length || above.fields.some(saysUnit)) return null;
  const cells = above.fields.map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '').length > 1 ? cells : null;
}

/**
 * The second row, if the first only groups its columns (`抖音,,快手,` over `播放量,点赞,播放量,点赞`): it names numbers, and the
 * first has blanks there, or repeats a name.
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

function numbersUnder(column: number, below: readonly TextRecord[]): boolean {
  const filled = below.map(({ fields }) => fields[column] ?? '').filter((cell) => !isBlank(cell));
  const numbers = filled.filter(looksLikeNumber).length;
  return filled.length > 0 && numbers * 2 > filled.length && !filled.some((cell) => looksLikeTime(cell));
}

/** So many dates side by side are no row of data. */
const SEVERAL = 2;

/** Whether the dates and numbers of a row head columns of numbers: it is a header then. */
function headNumbers(cells: readonly string[], rows: readonly TextRecord[]): boolean {
  // A repeated header from a joined export.
  const below = rows.filter(({ fields }) => !fields.every((cell, i) => cell.trim() === cells[i]?.trim()));
  const odd = cells.flatMap((cell, i) => (!isBlank(cell) && (looksLikeNumber(cell) || looksLikeTime(cell)) ? [i] : []));
  const texts = odd.map((i) => cells[i]?.trim() ?? '');
  if (new Set(texts).size < SEVERAL || !(texts.every(looksLikeTime) || followEachOther(texts))) return false;
  const heads = (i: number) => numbersUnder(i, below) || below.every(({ fields }) => isBlank(fields[i]));
  return odd.every(heads) && odd.some((i) => numbersUnder(i, below));
}

/** So many numbers in a row are days of a month. */
const DAYS_IN_ROW = 7;

/** Whether `10.1`, `10.2` … or `1`, `2` … are days, or `202509`, `202510` … months: consecutive ones. */
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

/** A unit in a row of its own is read like one in brackets: `播放量(万)`. */
function withUnit(name = '', unit: string | null = null): string {
  return name !== '' && unit !== null && !/[（([【]/u.test(name) ? `${name}(${unit})` : name;
}

function read(head: string, whole: boolean, delimiter: string, headerRow = 0): TextRecord[] {
  const all = recordsOf(head, delimiter);
  const records = all
    .slice(0, all.findIndex(({ line }) => line >= headerRow) + LOOKED_AT + 50)
    .map((record) => ({ ...record, fields: record.fields.map(sampledCell) }));
  return whole || records.length < 2 ? records : records.slice(0, -1);
}

/** From the first row as wide as most, or the given header: rows above are titles. */
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

const scoreOf = (count: number, rows: number, width: number) =>
  rows === 0 ? 0 : (count / rows) * Math.log2(1 + Math.min(width, 64));

/**
 * The first row as wide as the table. Titles above are narrower, or a spreadsheet padded them with delimiters to the
 * same width, with one filled cell.
 */
function firstRow(records: readonly TextRecord[], width: number): number {
  const filled = (r: TextRecord) => r.fields.filter((f) => f.trim() !== '').length;
  const wide = (r: TextRecord) => r.fields.length === width;
  const padded = records
    .slice(0, TITLES)
    .findIndex((r) => wide(r) && filled(r) * 2 >= width && (width < 3 || filled(r) > 1) && !r.fields.some(saysUnit));
  return padded >= 0 ? padded : records.findIndex((r) => wide(r) && filled(r) > 0);
}

const TITLES = 12;

/** A header has no number or time in it, unless it heads numbers, and few blanks. */
function isHeader(cells: readonly string[], below: readonly TextRecord[]): boolean {
  const filled = cells.filter((c) => !isBlank(c));
  if (filled.length * 2 < cells.length) return false;
  if (filled.some((c) => looksLikeNumber(c) || looksLikeTime(c)) && !headNumbers(cells, below)) return false;
  // In a table of texts, a first row whose texts come again below is data, unless the whole line is a repeated header.
  const others = below.filter((r) => !r.fields.every((f, i) => f.trim() === cells[i]?.trim()));
  const again = cells.filter((cell, i) => others.some((r) => r.fields[i] === cell && !isBlank(cell))).length;
  return again * 2 < filled.length;
}

function linesOf(raw: string): number {
  return raw.split(/\r\n|\r|\n/u).length;
}

/** No two equal, ignoring case as the engine does; without NUL and halves of characters, which SQL cannot hold. */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((written, i) => {
    const name = Buffer.from(written.replaceAll('\0', '')).toString() || `column${i + 1}`;
    let unique = name;
    // Continues after the last number of this name: a header of many equal names is not counted again for each.
    let n = seen.get(name.toLowerCase()) ?? 1;
    while (seen.has(unique.toLowerCase())) unique = `${name}_${++n}`;
    seen.set(name.toLowerCase(), n);
    seen.set(unique.toLowerCase(), seen.get(unique.toLowerCase()) ?? 1);
    return unique;
  });
}

const HEADER_ROW = 'options.header_row';

/** For formats with names of their own. @throws ProblemError `invalid_request` if a header row is chosen */
export function refuseHeaderRow({ header_row }: ImportOptions, format: 'Parquet' | 'JSON'): void {
  if (header_row === undefined) return;
  throw new ProblemError('invalid_request', noHeaderRowIn(format), [
    { path: HEADER_ROW, message: notForFormat(format) },
  ]);
}

export const noSuchRow = (headerRow: number) =>
  new ProblemError('invalid_request', cannotBeHeader(headerRow), [{ path: HEADER_ROW, message: NO_SUCH_ROW }]);
