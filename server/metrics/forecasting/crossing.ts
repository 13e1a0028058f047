import type { Day } from '../../contract/query.ts';
import type { Outlook } from './forecast.ts';

/** Null dates: not within the days looked ahead. */
export interface CrossingAhead {
  readonly date: Day | null;
  /** Of the 80 % interval. */
  readonly date_low: Day | null;
  readonly date_high: Day | null;
}

/** Both ends sum the ends of the intervals, as if all days erred together: the span is rather too wide. */
export function crossingAhead(cumulative: number, threshold: number, days: readonly Outlook[]): CrossingAhead {
  const reach = (of: (day: Outlook) => number): Day | null => {
    let sum = cumulative;
    for (const day of days) {
      sum += of(day);
      if (sum >= threshold) return day.day;
    }
    return null;
  };
  return {
    date: reach((day) => day.mean),
    date_low: reach((day) => day.high80),
    date_high: reach((day) => day.low80),
  };
}

/** Normal quantiles of the ends of the 95 % and 80 % intervals and of the centre. */
const KNOTS = [
  { z: -1.959964, of: (day: Outlook) => day.low95 },
  { z: -1.281552, of: (day: Outlook) => day.low80 },
  { z: 0, of: (day: Outlook) => day.mean },
  { z: 1.281552, of: (day: Outlook) => day.high80 },
  { z: 1.959964, of: (day: Outlook) => day.high95 },
] as const;

/**
 * The chance that the days sum to what is needed, all of them erring together: on the log scale of the sum, straight
 * between the ends of the intervals and on beyond them. So it is 0.5 if the centre just gets there, 0.1 if only the
 * upper end of the 80 % interval does (docs/analyses/club-next.md).
 */
export function probabilityOf(needed: number, days: readonly Outlook[]): number {
  if (needed <= 0) return 1;
  const knots = KNOTS.map(({ z, of }) => ({
    z,
    log: Math.log(
      Math.max(
        1,
        days.reduce((sum, day) => sum + of(day), 0),
      ),
    ),
  }));
  const wanted = Math.log(Math.max(1, needed));
  const above = knots.findIndex(({ log }) => log >= wanted);
  const at = above < 0 ? knots.length - 1 : Math.max(1, above);
  const [from, to] = [knots[at - 1], knots[at]];
  if (from === undefined || to === undefined) return 0;
  const width = to.log - from.log;
  if (width <= 0) return wanted <= to.log ? 1 - normal(from.z) : 0;
  return 1 - normal(from.z + ((wanted - from.log) / width) * (to.z - from.z));
}

/** Φ, to 7.5e-8 (Abramowitz, Stegun, "Handbook of Mathematical Functions", 26.2.17). */
export function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}
