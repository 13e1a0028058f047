import type { Day } from '../../contract/query.ts';
import { addDays, daysBetween } from '../language/calendar.ts';
import { fitDecay } from './decay-fit.ts';
import type { Moment, Point } from './points.ts';
import { MAD_TO_SIGMA, mad, median } from './robust.ts';

/** From docs/analyses/anomalies.md. */
export const STANDS_OUT = 4;
/** Days with rows; with fewer no level is expected. */
export const LEAST_JUDGED = 14;
/** Days on either side that give a day's level. */
export const NEIGHBOURS = 7;
const LEAST_NEIGHBOURS = 3;
/** A spread of a thousandth is the fit's own rounding. */
const LEAST_SPREAD = 0.001;

export interface Judgement {
  expected(moment: Moment): number;
  /** Robust z of ln(1 + views); null for the day of release. */
  readonly z: readonly (number | null)[];
}

/**
 * Expected ln(1 + views) = `fitDecay` without forgetting + a line through the days within a week, the day itself left
 * out: a slow lift is level, a single day is not. z = (r − median r) / (1.4826 · MAD r), r over its leverage (Iglewicz,
 * Hoaglin, "How to Detect and Handle Outliers", 1993). Release days are left out: a launch's rush says nothing of later
 * days. A code instead if there are too few days, or MAD is 0.
 */
export function judge(points: readonly Point[]): Judgement | 'not_enough_data' | 'no_spread' {
  if (points.length < LEAST_JUDGED) return 'not_enough_data';
  const later = points.filter(({ age }) => age > 1);
  const decay = fitDecay(later, Number.POSITIVE_INFINITY);
  const residuals = later.map((point) => ({
    at: point.at,
    x: Math.log(point.age),
    y: point.log - decay.at(point),
  }));
  const levelOf = (moment: Moment) => {
    const near = residuals.filter(({ at }) => at !== moment.at && Math.abs(at - moment.at) <= NEIGHBOURS);
    const lift = robustLine(near, Math.log(moment.age));
    return { log: decay.at(moment) + lift.y, leverage: lift.leverage };
  };
  const offOf = (point: Point) => {
    const { log, leverage } = levelOf(point);
    return (point.log - log) / leverage;
  };
  const off = later.map(offOf);
  const spread = MAD_TO_SIGMA * mad(off);
  if (spread < LEAST_SPREAD) return 'no_spread';
  const middle = median(off);
  return {
    expected: (moment) => Math.max(0, Math.expm1(levelOf(moment).log)),
    z: points.map((point) => (point.age > 1 ? (offOf(point) - middle) / spread : null)),
  };
}

/**
 * Theil-Sen line (Sen, JASA 1968) over ln(age), at x, and leverage √(1 + 1/n + (x − x̄)² / Σ(x − x̄)²). A quarter of
 * wild points cannot turn it.
 */
function robustLine(near: readonly { x: number; y: number }[], x: number): { y: number; leverage: number } {
  const n = near.length;
  if (n < LEAST_NEIGHBOURS) return { y: 0, leverage: Math.SQRT2 };
  const slopes = near.flatMap((a, i) => near.slice(i + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  const slope = median(slopes);
  const mean = near.reduce((sum, point) => sum + point.x, 0) / n;
  const around = near.reduce((sum, point) => sum + (point.x - mean) ** 2, 0);
  return {
    y: median(near.map((point) => point.y - slope * point.x)) + slope * x,
    leverage: Math.sqrt(1 + 1 / n + (x - mean) ** 2 / around),
  };
}

/** Consecutive silent days of a source. */
export interface Gap {
  readonly from: Day;
  readonly days: number;
}

/** Views a day at which silence is no zero: with ten expected, none comes once in 22,000 days (Poisson). */
const SPOKEN = 10;

/** Between a source's first and last day of a series. */
export function gapsOf(days: readonly { readonly day: Day; readonly views: number }[]): Gap[] {
  return days.flatMap((day, i) => {
    const before = days[i - 1];
    if (before === undefined) return [];
    const missing = daysBetween(before.day, day.day) - 1;
    if (missing === 0) return [];
    const near = days.slice(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS).map(({ views }) => views);
    return median(near) >= SPOKEN ? [{ from: addDays(before.day, 1), days: missing }] : [];
  });
}
