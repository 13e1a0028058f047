/** How a short date would be read: for the example beside the choice of the order, never for the import itself. */

export type DateOrder = 'ymd' | 'dmy' | 'mdy' | 'ydm';
export const DATE_ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy', 'ydm'];

const SHORT = /^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?!\d)/u;

/** The date, ISO, that a text means in this order; null where it means none. */
export function readDate(text: string, order: DateOrder): string | null {
  const found = SHORT.exec(text);
  if (found === null) return null;
  const parts = new Map([...order].map((part, at) => [part, found[at + 1] ?? '']));
  const [year = '', month = '', day = ''] = [parts.get('y'), parts.get('m'), parts.get('d')];
  if (month.length > 2 || day.length > 2 || (year.length !== 2 && year.length !== 4)) return null;
  const full = year.length === 2 ? `20${year}` : year;
  const iso = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** The first sample whose parts could stand in another order than year, month, day; null where none can. */
export function shortDate(samples: readonly string[]): string | null {
  return samples.find((text) => SHORT.test(text) && !/^\s*\d{4}[./-]\d{1,2}[./-]\d{1,2}/u.test(text)) ?? null;
}

/** The orders in which every short sample is a date. */
export function fittingOrders(samples: readonly string[]): DateOrder[] {
  const short = samples.filter((text) => SHORT.test(text));
  return DATE_ORDERS.filter((order) => short.length > 0 && short.every((text) => readDate(text, order) !== null));
}
