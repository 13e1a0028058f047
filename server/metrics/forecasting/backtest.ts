import { powerLaw, seasonalNaive } from './baselines.ts';
import { forecast, type Model } from './forecast.ts';
import type { Point } from './points.ts';

/** First origin of a backtest, how many there are, days each forecasts (docs/analyses/forecast.md). */
export const FIRST_ORIGIN = 14;
export const ORIGINS = 5;
export const HORIZON = 14;

/** Errors are of views, pooled over all held-out days. */
export interface Backtest {
  /** Mean |error| over the seasonal-naive forecast's; null if that made no error. */
  readonly mase: number | null;
  /** The same of a power law. */
  readonly mase_power_law: number | null;
  /** Held-out days inside the interval. */
  readonly coverage80: number;
  readonly coverage95: number;
  readonly folds: number;
  readonly held_out_days: number;
  readonly beats_naive: boolean;
  readonly beats_power_law: boolean;
}

/** Five, evenly from 14 to 14 before the end; fewer if they coincide. */
export function originsOf(days: number): number[] {
  if (days <= FIRST_ORIGIN) return [];
  const last = Math.max(FIRST_ORIGIN, days - HORIZON);
  const all = Array.from({ length: ORIGINS }, (_, i) =>
    Math.round(FIRST_ORIGIN + ((last - FIRST_ORIGIN) * i) / (ORIGINS - 1)),
  );
  return [...new Set(all)];
}

function heldOut(points: readonly Point[], count: number): Point[] {
  const origin = points[count - 1];
  return points.slice(count).filter(({ at }) => origin !== undefined && at <= origin.at + HORIZON);
}

/** Rolling-origin (Hyndman, Koehler, "Another look at measures of forecast accuracy", 2006, for MASE). */
export function backtest(points: readonly Point[]): Backtest | null {
  const errors = { own: 0, naive: 0, power: 0 };
  const inside = { p80: 0, p95: 0 };
  let days = 0;
  let folds = 0;
  for (const count of originsOf(points.length)) {
    const past = points.slice(0, count);
    const coming = heldOut(points, count);
    if (coming.length === 0) continue;
    folds += 1;
    days += coming.length;
    forecast(past, coming).forEach((day, i) => {
      const actual = coming[i]?.views ?? 0;
      errors.own += Math.abs(day.mean - actual);
      inside.p80 += Number(day.low80 <= actual && actual <= day.high80);
      inside.p95 += Number(day.low95 <= actual && actual <= day.high95);
    });
    errors.naive += errorOf(seasonalNaive, past, coming);
    errors.power += errorOf(powerLaw, past, coming);
  }
  if (folds === 0) return null;
  const over = (error: number) => (errors.naive > 0 ? error / errors.naive : null);
  return {
    mase: over(errors.own),
    mase_power_law: over(errors.power),
    coverage80: inside.p80 / days,
    coverage95: inside.p95 / days,
    folds,
    held_out_days: days,
    beats_naive: errors.own < errors.naive,
    beats_power_law: errors.own < errors.power,
  };
}

/** Σ |error| in views. */
function errorOf(model: Model, past: readonly Point[], coming: readonly Point[]): number {
  const expected = model(past);
  return coming.reduce((sum, point) => sum + Math.abs(Math.max(0, Math.expm1(expected(point))) - point.views), 0);
}
