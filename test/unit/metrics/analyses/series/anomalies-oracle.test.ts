import { expect, test } from 'vitest';
import { judge } from '../../../../../server/metrics/forecasting/anomalies.ts';
import { fitDecay } from '../../../../../server/metrics/forecasting/decay-fit.ts';
import { type Point, pointsOf } from '../../../../../server/metrics/forecasting/points.ts';
import { seeded } from '../../random-dataset.ts';

/**
 * A second reading of docs/analyses/anomalies.md beside the server's: only the decay fit, which the forecast has tests
 * of, is shared. The calendar is the platform's, the medians are found by counting.
 */

const DAY = 86_400_000;
const RELEASE = Date.parse('2025-09-20');
const dayOf = (i: number) => new Date(RELEASE + i * DAY).toISOString().slice(0, 10);
const isHoliday = (day: string) => day >= '2025-10-01' && day <= '2025-10-08';

/** Days with holes, ties, zeros, spikes and drops; released on the first of them or some days before. */
function randomSeries(seed: number): { days: { day: string; views: number }[]; release: number } {
  const random = seeded(seed);
  const scale = 10 ** (1 + 5 * random());
  const release = random() < 0.5 ? 0 : -Math.floor(random() * 20);
  const days = Array.from({ length: 16 + Math.floor(random() * 60) }, (_, i) => {
    const wild = random() < 0.08 ? 8 ** (random() < 0.5 ? 1 : -1) : 1;
    return { day: dayOf(i), views: Math.floor(scale * (i - release + 1) ** -0.7 * (0.7 + 0.6 * random()) * wild) };
  }).filter((_, i) => i === 0 || random() > 0.07);
  return { days, release };
}

/** The middle by counting how many values lie below and not above each: no sorting. */
function middleOf(values: readonly number[]): number {
  const n = values.length;
  const ranked = (rank: number) =>
    values.find((v) => values.filter((w) => w < v).length <= rank && values.filter((w) => w <= v).length > rank) ??
    Number.NaN;
  return n % 2 === 1 ? ranked((n - 1) / 2) : (ranked(n / 2 - 1) + ranked(n / 2)) / 2;
}

const written = (day: string, views: number, first: string, release: number): Point => ({
  day,
  at: (Date.parse(day) - Date.parse(first)) / DAY,
  age: (Date.parse(day) - (RELEASE + release * DAY)) / DAY + 1,
  weekday: (new Date(day).getUTCDay() + 6) % 7,
  holiday: isHoliday(day),
  views,
  log: Math.log(1 + views),
});

function oracle(points: readonly Point[]): { z: (number | null)[]; expected: number[] } {
  const later = points.filter(({ age }) => age !== 1);
  const decay = fitDecay(later, Number.POSITIVE_INFINITY);
  const left = later.map((point) => ({ at: point.at, x: Math.log(point.age), y: point.log - decay.at(point) }));
  const judged = later.map((point) => {
    const near = left.filter(({ at }) => at >= point.at - 7 && at <= point.at + 7 && at !== point.at);
    const x = Math.log(point.age);
    if (near.length < 3) return { log: decay.at(point), leverage: Math.sqrt(2) };
    const slopes: number[] = [];
    for (let i = 1; i < near.length; i++)
      for (const earlier of near.slice(0, i)) {
        const other = near[i];
        if (other) slopes.push((other.y - earlier.y) / (other.x - earlier.x));
      }
    const slope = middleOf(slopes);
    let [mean, square] = [0, 0];
    for (const one of near) mean += one.x / near.length;
    for (const one of near) square += (one.x - mean) * (one.x - mean);
    const lift = middleOf(near.map((one) => one.y - slope * one.x)) + slope * x;
    return {
      log: decay.at(point) + lift,
      leverage: (1 + 1 / near.length + ((x - mean) * (x - mean)) / square) ** 0.5,
    };
  });
  const r = later.map((point, i) => (point.log - (judged[i]?.log ?? Number.NaN)) / (judged[i]?.leverage ?? Number.NaN));
  const middle = middleOf(r);
  const spread = 1.4826 * middleOf(r.map((one) => Math.abs(one - middle)));
  const z = r.map((one) => (one - middle) / spread);
  return {
    z: points.length > later.length ? [null, ...z] : z,
    expected: judged.map(({ log }) => Math.max(0, Math.exp(log) - 1)),
  };
}

test.each(Array.from({ length: 40 }, (_, i) => i + 1))('robust z and level of random series %i', (seed) => {
  const { days, release } = randomSeries(seed);
  const first = days[0]?.day ?? '';
  const made = pointsOf(days, dayOf(release), isHoliday);
  const wanted = days.map(({ day, views }) => written(day, views, first, release));
  expect(made?.points).toEqual(wanted.map((point) => ({ ...point, log: expect.closeTo(point.log, 10) })));
  const judgement = judge(made?.points ?? []);
  if (typeof judgement === 'string') throw new Error(judgement);
  const { z, expected } = oracle(wanted);
  const close = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));
  expect(judgement.z).toEqual(z.map(close));
  const levels = wanted.filter(({ age }) => age > 1).map((point) => judgement.expected(point));
  levels.forEach((level, i) => {
    expect(level / ((expected[i] ?? 0) + 1)).toBeCloseTo((expected[i] ?? 0) / ((expected[i] ?? 0) + 1), 6);
  });
});
