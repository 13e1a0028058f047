import type { MeasureInfo } from '../../../server/contract/catalog.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { paceFactor } from '../../charts/frame.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import type { TrendWindow } from '../../filters/trend.ts';
import { toNumber } from '../../i18n/numbers.ts';

export interface Course {
  /** One per period; null where there is none, or none that can be read beside whole ones. */
  values: (number | null)[];
  /** The last one is of a cut period. */
  partial: boolean;
}

/**
 * The course of a headline. A period that the data cut would look like a fall: what adds up over days stands at its pace so
 * far, a share stays as it is, a number of series is left out. One that the range cuts at its start is left out, unless it is
 * a share.
 */
export function courseOf(
  answer: Answer | undefined,
  { id, unit, additive }: Pick<MeasureInfo, 'id' | 'unit' | 'additive'>,
  { range, grain }: TrendWindow,
  asOf: string,
): Course {
  const rows = answer?.rows ?? [];
  const periods = rows.map(({ period }) => String(period));
  const cut = new Set(answer?.meta.partial_periods);
  const last = periods.length - 1;
  const partial = { periods: [...cut], asOf: lastDrawnDay(asOf, range.to), adds: additive };
  const factor = paceFactor({ periods, grain, partial });
  const values = rows.map((row, at) => {
    const cell = row[id];
    const value = typeof cell === 'boolean' ? null : toNumber(cell);
    if (value === null || unit === 'fraction' || !cut.has(periods[at] ?? '')) return value;
    return at === last && factor !== null ? value * factor : null;
  });
  return { values, partial: cut.has(periods[last] ?? '') && values[last] !== null };
}

/** How many crossed in each period; of one that the data cut there is no saying yet. */
export function crossingsOf(
  answer: Answer | undefined,
  days: readonly (string | null)[],
  { grain }: TrendWindow,
): (number | null)[] {
  const cut = new Set(answer?.meta.partial_periods);
  return (answer?.rows ?? []).map(({ period }) => {
    const start = String(period);
    const key = grain === 'month' ? start.slice(0, 7) : start;
    return cut.has(start) ? null : days.filter((day) => day?.startsWith(key) === true).length;
  });
}
