import { isBlank } from '../../vocabulary/text.ts';
import type { DateOrder, TimeNumbers } from './dates.ts';
import { bareNumber, type DecimalMark, readNumber } from './numbers.ts';
import { type FoundShape, shapeOf } from './times.ts';

const tidy = (text: string) => text.normalize('NFKC').trim();
const filledOf = (cells: readonly (string | null)[]) =>
  cells.filter((c): c is string => !isBlank(c)).map((c) => tidy(c));

/** `100JPY` is the header of a column of rates, not a price. */
export const looksLikeNumber = (text: string): boolean =>
  readNumber(text) !== null && !/^\s*\d+\s?[A-Z]{3}\s*$/u.test(text);

/** What could be a date or a number is a date only if it has eight digits; `10.1` and a yearless month are none. */
export function looksLikeTime(text: string): boolean {
  if (!/[\d０-９元]/u.test(text)) return false;
  const found = /^\s*\d+\s*$/u.test(text) && text.trim().length !== 8 ? null : shapeOf(text);
  return found !== null && !(found.kind === 'yearless' && (found.part('1') !== '' || found.part('d') === ''));
}

export type CellType = 'integer' | 'number' | 'date' | 'timestamp' | 'text';

export function typeOfCells(cells: readonly (string | null)[]): CellType {
  const filled = filledOf(cells);
  if (filled.length === 0) return 'text';
  if (filled.every(looksLikeTime)) return filled.some((c) => shapeOf(c)?.timed === true) ? 'timestamp' : 'date';
  if (filled.every(looksLikeNumber)) return filled.every((c) => /^[-+]?\d+$/u.test(c)) ? 'integer' : 'number';
  return 'text';
}

export interface DateOrders {
  readonly sample: string | null;
  readonly fitting: readonly DateOrder[];
}

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy', 'ydm'];
/** Years that two digits may mean. */
const BELIEVED = { from: 2010, to: 2039 };

/** Whether dates put day, month or year first, if no year of four digits comes first. */
export function dateOrdersOf(cells: readonly (string | null)[]): DateOrders {
  const found = shapesOf(cells).filter(({ shape }) => shape.kind === 'ordered');
  const [first] = found;
  if (!first) return { sample: null, fitting: [] };
  return { sample: first.cell, fitting: ORDERS.filter((order) => found.every(({ shape }) => fits(shape, order))) };
}

const shapesOf = (cells: readonly (string | null)[]): { cell: string; shape: FoundShape }[] =>
  filledOf(cells).flatMap((cell) => {
    const shape = shapeOf(cell);
    return shape ? [{ cell, shape }] : [];
  });

function fits({ part: written }: FoundShape, order: DateOrder): boolean {
  const part = (name: string) => Number(written(String(order.indexOf(name) + 1)));
  const four = written('3').length === 4;
  if (four && !order.endsWith('y')) return false;
  const year = part('y') + (four ? 0 : 2000);
  if (!four && (year < BELIEVED.from || year > BELIEVED.to)) return false;
  const day = new Date(Date.UTC(year, part('m') - 1, part('d')));
  return day.getUTCMonth() === part('m') - 1 && day.getUTCDate() === part('d');
}

export function yearlessOf(cells: readonly (string | null)[]): string | null {
  return shapesOf(cells).find(({ shape }) => shape.kind === 'yearless')?.cell ?? null;
}

/** The month or week that every filled cell states; null if they differ or there is none. */
export function spanOfCells(cells: readonly (string | null)[]): 'month' | 'week' | null {
  const shapes = shapesOf(cells);
  if (shapes.length === 0 || shapes.length < filledOf(cells).length) return null;
  const all = (span: 'month' | 'week') => shapes.every(({ shape }) => shape.span === span);
  return all('month') ? 'month' : all('week') ? 'week' : null;
}

/** A cell such as `Oct-25` that could be a day or a month. Months repeat the year, days repeat the month. */
export function monthOrDayOf(cells: readonly (string | null)[]): string | null {
  const found = shapesOf(cells).filter(
    ({ shape }) => shape.part('n') !== '' && shape.part('y').length === 2 && shape.part('d') === '',
  );
  const months = new Set(found.map(({ shape }) => shape.part('n')));
  const years = new Set(found.map(({ shape }) => shape.part('y')));
  return years.size > months.size ? (found[0]?.cell ?? null) : null;
}

export function latestFullDate(cells: readonly (string | null)[]): string | null {
  const days = shapesOf(cells).flatMap(({ shape }) => (shape.kind === 'day' && shape.day !== null ? [shape.day] : []));
  return days.sort().at(-1) ?? null;
}

export function timeNumbersOf(cells: readonly (string | null)[]): TimeNumbers | null {
  const filled = filledOf(cells);
  if (filled.length === 0) return null;
  const all = (pattern: RegExp) => filled.every((c) => pattern.test(c));
  // Days of a spreadsheet from 1982 to 2064; times since 1970 from 2001 to 2033.
  if (all(/^[3-5]\d{4}(\.\d+)?$/u)) return 'excel';
  if (all(/^1\d{9}(\.\d+)?$/u)) return 'seconds';
  if (all(/^1\d{12}$/u)) return 'milliseconds';
  if (all(/^1\d{15}$/u)) return 'microseconds';
  return all(/^1\d{18}$/u) ? 'nanoseconds' : null;
}

/**
 * The decimal mark, if some cell can be read only so and none only the other way, else null.
 * @param counts whole numbers without a unit: `1.234` is then no fraction if every point has three digits after it
 */
export function decimalMarkOf(
  cells: readonly (string | null)[],
  counts: boolean,
): { mark: DecimalMark; sample: string } | null {
  const { filled, comma, point } = marksOf(cells);
  if (comma && !point) return { mark: 'comma', sample: comma };
  const thousands = filled.find((c) => /^\d{1,3}\.\d{3}$/u.test(c));
  return counts && !point && thousands ? { mark: 'comma', sample: thousands } : null;
}

export function marksOf(cells: readonly (string | null)[]) {
  const filled = filledOf(cells).map(bareNumber);
  const only = (pattern: RegExp) => filled.find((c) => pattern.test(c));
  const point =
    only(/^[-+]?\d{1,3}(,\d{2,3})*,\d{3}\.\d+$|^[-+]?\d{1,3}(,\d{2,3})+,\d{3}$/u) ??
    only(/^\d+\.(\d{1,2}|\d{4,})\D*$/u);
  const commas = filled.filter((c) => /^[-+]?\d+,(\d{1,2}|\d{4,})\D*$/u.test(c));
  // One odd cell among many such as 1,234 is a slip.
  const comma =
    only(/^[-+]?\d{1,3}(\.\d{3})+,\d+$|^[-+]?\d{1,3}(\.\d{3}){2,}$/u) ??
    (commas.length > filled.filter((c) => /^\d{1,3},\d{3}$/u.test(c)).length ? commas[0] : undefined);
  return { filled, comma, point };
}

const clock = /^(?:(?:上午|下午)\s*)?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?$/iu;

export function isClock({ cells }: { readonly cells: readonly (string | null)[] }): boolean {
  const filled = filledOf(cells);
  return filled.length > 0 && filled.every((c) => clock.test(c));
}

/** Whether every time of day is midnight: dates that an export wrote as timestamps. */
export function allMidnight(cells: readonly (string | null)[]): boolean {
  const times = cells.filter((c): c is string => !isBlank(c));
  return times.length > 0 && times.every((c) => /[T ]0?0:00(:00(\.0+)?)?$/u.test(c.trim()));
}
