import type { Moment, Point } from './points.ts';
import { MAD_TO_SIGMA, weightedMedian } from './robust.ts';
import { solve } from './solve.ts';

/**
 * ln(1 + views) = level + power · ln(age) + rate · age + weekday + holiday + noise: vertical dramas fall about as
 * age^−0.6, and promotion ends after some weeks. Least squares that forget (a day counts half after `halfLife` days, so
 * a late hit is followed), resist (Huber weights beyond 1.5 σ, σ = weighted MAD · 1.4826) and start from `PRIOR`
 * (ridge; Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", §3.4.1), as fourteen days alone cannot
 * tell power, rate and weekday apart.
 */
export interface DecayFit {
  at(moment: Moment): number;
  /** Of daily noise on the log scale. */
  readonly sigma: number;
}

/** Before any data, from public figures (docs/analyses/forecast.md). */
const PRIOR = {
  power: { mean: -0.6, deviation: 0.15 },
  /** Per day: −0.015 halves views in some 46 days. */
  rate: { mean: -0.015, deviation: 0.01 },
  /** Some ±4 %. */
  weekday: { mean: 0, deviation: 0.04 },
  holiday: { mean: 0, deviation: 0.3 },
  sigma: { mean: 0.15, days: 3 },
} as const;

const ROUNDS = 4;
const HUBER = 1.5;
const LEAST_SIGMA = 0.02;
const WEEKDAYS = 7;
const COEFFICIENTS = 4 + WEEKDAYS;

/** @param halfLife days after which a day counts half; Infinity: all alike */
export function fitDecay(points: readonly Point[], halfLife: number): DecayFit {
  const last = points.at(-1);
  if (last === undefined) throw new Error('a fit needs at least one day');
  const rows = points.map((point) => featuresOf(point, last));
  const memory = points.map((point) => 0.5 ** ((last.at - point.at) / halfLife));
  let sigma: number = PRIOR.sigma.mean;
  let resist = points.map(() => 1);
  let beta: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const weights = memory.map((weight, i) => (weight * (resist[i] ?? 1)) / sigma ** 2);
    beta = solve(...normalEquations(rows, points, weights));
    const residuals = rows.map((row, i) => (points[i]?.log ?? 0) - dot(row, beta));
    sigma = spreadOf(residuals, memory);
    resist = residuals.map((r) => Math.min(1, (HUBER * sigma) / Math.max(Math.abs(r), 1e-12)));
  }
  return { at: (moment) => dot(featuresOf(moment, last), beta), sigma };
}

/** Level, power, rate, holiday, weekdays; ages relative to the last day, which parts them better. */
function featuresOf(moment: Moment, last: Moment): number[] {
  const row = new Array<number>(COEFFICIENTS).fill(0);
  row[0] = 1;
  row[1] = Math.log(moment.age) - Math.log(last.age);
  row[2] = moment.age - last.age;
  row[3] = moment.holiday ? 1 : 0;
  row[4 + moment.weekday] = 1;
  return row;
}

const PRIORS = [
  { mean: 0, deviation: 1e3 },
  PRIOR.power,
  PRIOR.rate,
  PRIOR.holiday,
  ...Array.from({ length: WEEKDAYS }, () => PRIOR.weekday),
];

/** Xᵀ W X + P and Xᵀ W y + P m; P and m are the priors' precision and mean. */
function normalEquations(
  rows: readonly number[][],
  points: readonly Point[],
  weights: readonly number[],
): [number[][], number[]] {
  const left = PRIORS.map(({ deviation }, i) => PRIORS.map((_, j) => (i === j ? deviation ** -2 : 0)));
  const right = PRIORS.map(({ mean, deviation }) => mean / deviation ** 2);
  for (const [n, row] of rows.entries()) {
    const weight = weights[n] ?? 0;
    const y = points[n]?.log ?? 0;
    for (const [i, x] of row.entries()) {
      const line = left[i];
      if (x === 0 || line === undefined) continue;
      right[i] = (right[i] ?? 0) + weight * x * y;
      for (const [j, other] of row.entries()) line[j] = (line[j] ?? 0) + weight * x * other;
    }
  }
  return [left, right];
}

/** Weighted median, drawn towards the prior as if that were some days. */
function spreadOf(residuals: readonly number[], memory: readonly number[]): number {
  const days = memory.reduce((sum, weight) => sum + weight, 0);
  const middle = weightedMedian(residuals.map((r, i) => ({ value: Math.abs(r), weight: memory[i] ?? 0 })));
  const own = Math.max(MAD_TO_SIGMA * middle, LEAST_SIGMA);
  const { mean, days: trust } = PRIOR.sigma;
  return Math.sqrt((own ** 2 * days + mean ** 2 * trust) / (days + trust));
}

const dot = (row: readonly number[], beta: readonly number[]): number =>
  row.reduce((sum, x, i) => (x === 0 ? sum : sum + x * (beta[i] ?? 0)), 0);
