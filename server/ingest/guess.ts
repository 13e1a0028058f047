/** What single cells look like: the same shapes that `values.ts` reads in SQL, for proposals over samples; pure. */
import { isBlank } from './text.ts';

const number =
  /^[-+]?[¥￥$]?(\d{1,3}([,，]\d{3})+|\d+)([.．]\d+)?(e[+-]?\d+)?\s*(万亿|千万|百万|亿|万|千|k|w|m|b|bn)?[次元人]?$/iu;
const date = /^(\d{4})([-/.年])(\d{1,2})\2?月?(\d{1,2})?日?/u;
const compactDate = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/u;
const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/u;

export function looksLikeNumber(text: string): boolean {
  return number.test(text.normalize('NFKC').trim());
}

export function looksLikeTime(text: string): boolean {
  const t = text.normalize('NFKC').trim();
  return date.test(t) || compactDate.test(t) || dayFirst.test(t);
}

export type CellType = 'integer' | 'number' | 'date' | 'timestamp' | 'text';

/** The narrowest type that all filled cells fit; text where there is none. */
export function typeOfCells(cells: readonly (string | null)[]): CellType {
  const filled = cells.filter((c): c is string => !isBlank(c)).map((c) => c.normalize('NFKC').trim());
  if (filled.length === 0) return 'text';
  if (filled.every(looksLikeTime)) return filled.some((c) => /\d[T ]\d{1,2}:\d/u.test(c)) ? 'timestamp' : 'date';
  if (filled.every(looksLikeNumber)) return filled.every((c) => /^[-+]?\d+$/u.test(c)) ? 'integer' : 'number';
  return 'text';
}

/** Whether dates with the year last put the day or the month first; null where the samples leave it open. */
export function dateOrderOf(cells: readonly (string | null)[]): 'dmy' | 'mdy' | null {
  for (const cell of cells) {
    const match = dayFirst.exec(cell?.normalize('NFKC').trim() ?? '');
    if (match && Number(match[1]) > 12) return 'dmy';
    if (match && Number(match[2]) > 12) return 'mdy';
  }
  return null;
}

/** True when every time of day is midnight: a date that an export wrote as a timestamp. */
export function allMidnight(cells: readonly (string | null)[]): boolean {
  const times = cells.filter((c): c is string => !isBlank(c));
  return times.length > 0 && times.every((c) => /[T ]0?0:00(:00(\.0+)?)?$/u.test(c.trim()));
}
