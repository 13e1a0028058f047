import { fitDecay } from './decay-fit.ts';
import type { Moment, Point } from './points.ts';
import { conformalQuantile } from './robust.ts';

/** In views. */
export interface Outlook {
  readonly day: string;
  readonly mean: number;
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** Gives the centre on the log scale for a day after the last point. */
export type Model = (points: readonly Point[]) => (moment: Moment) => number;

/** Chosen by the backtest (docs/analyses/forecast.md): shorter loses on plain decay, longer after a turn. */
const HALF_LIFE = 10;
/** Older days weigh less than a hundredth. */
const MEMORY = 84;
const LEVEL_HALF_LIFE = 2;
/** Weight of "no correction" among the latest days. */
const LEVEL_PRIOR = 0.5;
const LEVEL_CLIP = 3;

interface Fitted {
  readonly centre: (moment: Moment) => number;
  readonly sigma: number;
}

/** Lifts `fitDecay` to the last days: their mean residual, the latest weighing most, cut at 3 σ. */
function fitted(points: readonly Point[]): Fitted {
  const last = points.at(-1);
  const recent = points.filter(({ at }) => last !== undefined && at > last.at - MEMORY);
  const decay = fitDecay(recent, HALF_LIFE);
  let sum = 0;
  let weight: number = LEVEL_PRIOR;
  for (const point of recent.slice(-14)) {
    const w = 0.5 ** (((last?.at ?? 0) - point.at) / LEVEL_HALF_LIFE);
    const bound = LEVEL_CLIP * decay.sigma;
    sum += w * Math.max(-bound, Math.min(bound, point.log - decay.at(point)));
    weight += w;
  }
  return { centre: (moment) => decay.at(moment) + sum / weight, sigma: decay.sigma };
}

/** Without intervals. */
export const decayModel: Model = (points) => fitted(points).centre;

/** The level wanders: variance grows by this part of the daily noise's per day. */
const GROWTH_PER_DAY = 0.1;
/** Deviation of the decay's power: the error grows with ln(age then / age now). Young large hits bend most. */
const POWER_DEVIATION = 0.4;
/** Student's t, 10 degrees of freedom: a level that may turn has heavy tails. */
const EXPECTED = { p80: 1.372184, p95: 2.228139 };
/** In held-out days, against the series' own past errors. */
const TRUST_IN_EXPECTED = 20;
/** A larger past error only says that the series turned once. */
const WILDEST = 6;
const INNER = { every: 3, reach: 28, horizon: 14, least: 7 };

/** Of the log error of a day ahead. */
function deviation(sigma: number, last: Moment, moment: Moment): number {
  const wandering = sigma * Math.sqrt(1 + GROWTH_PER_DAY * (moment.at - last.at));
  return Math.hypot(wandering, POWER_DEVIATION * Math.log(moment.age / last.age));
}

/**
 * Forecasts made every third day of the last four weeks give the multiples: 80 and 95 % quantiles of their errors,
 * mixed with Student's t (split conformal prediction). `mean` is the log centre: half of the days lie above it.
 */
export function forecast(points: readonly Point[], ahead: readonly Moment[]): Outlook[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const { centre, sigma } = fitted(points);
  const { p80, p95 } = multiples(points);
  return ahead.map((moment) => {
    const middle = centre(moment);
    const spread = deviation(sigma, last, moment);
    const views = (log: number) => Math.max(0, Math.expm1(log));
    return {
      day: moment.day,
      mean: views(middle),
      low80: views(middle - p80 * spread),
      high80: views(middle + p80 * spread),
      low95: views(middle - p95 * spread),
      high95: views(middle + p95 * spread),
    };
  });
}

/** That 80 and 95 % of past errors stayed within. */
function multiples(points: readonly Point[]): { p80: number; p95: number } {
  const errors: number[] = [];
  const n = points.length;
  for (let count = n - 2; count >= Math.max(INNER.least, n - INNER.reach); count -= INNER.every) {
    const { centre, sigma } = fitted(points.slice(0, count));
    const origin = points[count - 1];
    if (origin === undefined) continue;
    for (const point of points.slice(count, count + INNER.horizon)) {
      const spread = deviation(sigma, origin, point);
      errors.push(Math.min(Math.abs(point.log - centre(point)) / spread, WILDEST));
    }
  }
  if (errors.length === 0) return EXPECTED;
  const mix = (p: number, expected: number) =>
    (errors.length * conformalQuantile(errors, p) + TRUST_IN_EXPECTED * expected) / (errors.length + TRUST_IN_EXPECTED);
  const p80 = mix(0.8, EXPECTED.p80);
  return { p80, p95: Math.max(p80, mix(0.95, EXPECTED.p95)) };
}
