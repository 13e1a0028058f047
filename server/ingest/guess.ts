/** What single cells look like: the same shapes that `values.ts` and `dates.ts` read in SQL, for proposals over samples; pure. */
import type { DateOrder, TimeNumbers } from './dates.ts';
import { isBlank } from './text.ts';
import type { DecimalMark } from './values.ts';

const number =
  /^[-+]?[¥￥$€£]?(\d{1,3}([,，]\d{3})+|\d+)([.．]\d+)?(e[+-]?\d+)?\s*(万亿|千万|百万|亿|億|万|萬|千|k|w|mn|m|b|bn)?[+]?[次元人回]?$/iu;
const dotted = /^[-+]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+)$/u;
const date = /^(\d{4})([-/.年])(\d{1,2})\2?月?(\d{1,2})?[日号]?/u;
const compactDate = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/u;
const triple = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})(?![-/.\d])/u;
const englishDate = /^([a-z]{3,9}\.?\s+\d{1,2},\s*\d{4}|\d{1,2}[-\s][a-z]{3,9}[-\s,]+(\d{4}|\d{2}))(?!\d)/iu;
const yearlessDate = /^\d{1,2}(月\d{1,2}[日号]?|[-/]\d{1,2})(?![-/\d])/u;

const tidy = (text: string) => text.normalize('NFKC').trim();
const filledOf = (cells: readonly (string | null)[]) =>
  cells.filter((c): c is string => !isBlank(c)).map((c) => tidy(c));

export function looksLikeNumber(text: string): boolean {
  const t = tidy(text);
  return number.test(t) || dotted.test(t);
}

export function looksLikeTime(text: string): boolean {
  const t = tidy(text);
  return (
    date.test(t) ||
    compactDate.test(t) ||
    triple.test(t) ||
    englishDate.test(t) ||
    /^\d{1,2}月\d{1,2}[日号]?(?!\d)/u.test(t)
  );
}

export type CellType = 'integer' | 'number' | 'date' | 'timestamp' | 'text';

/** The narrowest type that all filled cells fit; text where there is none. */
export function typeOfCells(cells: readonly (string | null)[]): CellType {
  const filled = filledOf(cells);
  if (filled.length === 0) return 'text';
  if (filled.every(looksLikeTime)) return filled.some((c) => /\d[T ]\d{1,2}:\d/u.test(c)) ? 'timestamp' : 'date';
  if (filled.every(looksLikeNumber)) return filled.every((c) => /^[-+]?\d+$/u.test(c)) ? 'integer' : 'number';
  return 'text';
}

export interface DateOrders {
  /** The first cell that can only be read in an order; null where none needs one. */
  readonly sample: string | null;
  /** Orders in which every such cell is a date. */
  readonly fitting: readonly DateOrder[];
}

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy', 'ydm'];
/** Years that two digits are believed to stand for. */
const BELIEVED = { from: 2010, to: 2039 };

/** Whether dates whose year is not first with four digits put day, month or year first. */
export function dateOrdersOf(cells: readonly (string | null)[]): DateOrders {
  const found = filledOf(cells)
    .map((c) => triple.exec(c))
    .filter((m) => m !== null);
  const [first] = found;
  if (!first) return { sample: null, fitting: [] };
  return { sample: first[0], fitting: ORDERS.filter((order) => found.every((m) => fits(m, order))) };
}

function fits(match: RegExpExecArray, order: DateOrder): boolean {
  const part = (name: string) => Number(match[order.indexOf(name) + 1]);
  const four = match[3]?.length === 4;
  if (four && !order.endsWith('y')) return false;
  const year = part('y') + (four ? 0 : 2000);
  if (!four && (year < BELIEVED.from || year > BELIEVED.to)) return false;
  const day = new Date(Date.UTC(year, part('m') - 1, part('d')));
  return day.getUTCMonth() === part('m') - 1 && day.getUTCDate() === part('d');
}

/** The first cell that gives a day and a month without a year, or null. */
export function yearlessOf(cells: readonly (string | null)[]): string | null {
  return filledOf(cells).find((c) => yearlessDate.test(c)) ?? null;
}

const range =
  /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})[日号]?\s*(?:~+|至|到|—+|–|-+|to)\s*(?:(\d{4})[-/.年]?)?(\d{1,2})[-/.月]?(\d{1,2})[日号]?$/iu;

/** First and last day of a cell such as `2026-03-02~2026-03-08` (ISO), or null. */
export function rangeOf(cell: string): { readonly from: string; readonly to: string } | null {
  const text = tidy(cell);
  // 2026-12-12 is a day, and 20261212 is one.
  if (text.length < 12) return null;
  const found = range.exec(text);
  if (!found) return null;
  const [, year, m1, d1, later, m2, d2] = found;
  const iso = (y: number, m = '', d = '') => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const from = iso(Number(year), m1, d1);
  const to = iso(Number(later ?? year), m2, d2);
  const end = later === undefined && to < from ? iso(Number(year) + 1, m2, d2) : to;
  return [from, end].every((day) => !Number.isNaN(Date.parse(day))) ? { from, to: end } : null;
}

/** The latest of the cells that are whole dates with the year first, ISO, or null. */
export function latestFullDate(cells: readonly (string | null)[]): string | null {
  const days = filledOf(cells).flatMap((c) => {
    const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/u.exec(c) ?? /^(20\d{2})(\d{2})(\d{2})$/u.exec(c);
    return m ? [`${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`] : [];
  });
  return days.sort().at(-1) ?? null;
}

/** What plain numbers in a column of times are, if all of its cells plainly are; else null. */
export function timeNumbersOf(cells: readonly (string | null)[]): TimeNumbers | null {
  const filled = filledOf(cells);
  if (filled.length === 0) return null;
  const all = (pattern: RegExp) => filled.every((c) => pattern.test(c));
  // 1982 to 2064 in days of a spreadsheet; 2001 to 2033 in seconds and milliseconds.
  if (all(/^[3-5]\d{4}(\.\d+)?$/u)) return 'excel';
  if (all(/^1\d{9}(\.\d+)?$/u)) return 'seconds';
  return all(/^1\d{12}$/u) ? 'milliseconds' : null;
}

/**
 * Whether a column of numbers has decimal commas: some cell can only be read so and none only with a decimal point.
 * @param counts the column holds whole numbers without a unit: then `1.234` cannot be a fraction, if every cell with a
 *   point has just three digits after it
 */
export function decimalMarkOf(
  cells: readonly (string | null)[],
  counts: boolean,
): { mark: DecimalMark; sample: string } | null {
  const filled = filledOf(cells);
  const only = (pattern: RegExp) => filled.find((c) => pattern.test(c));
  const point = only(/^[-+]?\d{1,3}(,\d{3})+\.\d+$|^[-+]?\d{1,3}(,\d{3}){2,}$/u) ?? only(/^\d+\.(\d{1,2}|\d{4,})\D*$/u);
  const commas = filled.filter((c) => /^[-+]?\d+,(\d{1,2}|\d{4,})\D*$/u.test(c));
  // One odd cell among many such as 1,234 is a slip, not another way of writing.
  const comma =
    only(/^[-+]?\d{1,3}(\.\d{3})+,\d+$|^[-+]?\d{1,3}(\.\d{3}){2,}$/u) ??
    (commas.length > filled.filter((c) => /^\d{1,3},\d{3}$/u.test(c)).length ? commas[0] : undefined);
  if (comma && !point) return { mark: 'comma', sample: comma };
  const thousands = only(/^\d{1,3}\.\d{3}$/u);
  return counts && !point && thousands ? { mark: 'comma', sample: thousands } : null;
}

const clock = /^(?:(?:上午|下午)\s*)?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?$/iu;

/** True when every filled cell is a time of day without a date. */
export function isClock({ cells }: { readonly cells: readonly (string | null)[] }): boolean {
  const filled = filledOf(cells);
  return filled.length > 0 && filled.every((c) => clock.test(c));
}

/** True when every time of day is midnight: a date that an export wrote as a timestamp. */
export function allMidnight(cells: readonly (string | null)[]): boolean {
  const times = cells.filter((c): c is string => !isBlank(c));
  return times.length > 0 && times.every((c) => /[T ]0?0:00(:00(\.0+)?)?$/u.test(c.trim()));
}
