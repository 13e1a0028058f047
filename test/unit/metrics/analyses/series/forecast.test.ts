import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forecastAnswer, forecastParams } from '../../../../../server/contract/analyses-outlook.ts';
import { forecast } from '../../../../../server/metrics/analyses/series/forecast.ts';
import { HORIZON, originsOf } from '../../../../../server/metrics/forecasting/backtest.ts';
import { powerLaw, seasonalNaive } from '../../../../../server/metrics/forecasting/baselines.ts';
import { forecast as outlookOf } from '../../../../../server/metrics/forecasting/forecast.ts';
import { nextMilestone, nextThreshold } from '../../../../../server/metrics/forecasting/next-milestone.ts';
import { daysAfter, pointsOf } from '../../../../../server/metrics/forecasting/points.ts';
import { conformalQuantile, mad, median, weightedMedian } from '../../../../../server/metrics/forecasting/robust.ts';
import { solve } from '../../../../../server/metrics/forecasting/solve.ts';
import { addDays, daysBetween } from '../../../../../server/metrics/language/calendar.ts';
import type { Holidays } from '../../../../../server/vocabulary/holidays.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import { type FixtureRow, openFixture, withEngine } from '../../fixture.ts';
import { seeded } from '../../random-dataset.ts';

const NO_HOLIDAYS: Holidays = new Map();
const FIRST = '2025-08-01';
const ask = (warehouse: Warehouse, query: Record<string, string>) =>
  withEngine(warehouse, (engine) => forecast(engine, forecastParams.parse(query), NO_HOLIDAYS));

/** A million views on the first day, falling as age^−0.6, with weekdays and a little noise. */
function decaying(series: string, days: number, seed = 1): (FixtureRow & { day: string; views: number })[] {
  const random = seeded(seed);
  return Array.from({ length: days }, (_, i) => {
    const day = addDays(FIRST, i);
    const weekend = new Date(day).getUTCDay() % 6 === 0 ? 1.04 : 0.98;
    return { series, day, views: Math.round(1e6 * (i + 1) ** -0.6 * weekend * (0.9 + 0.2 * random())) };
  });
}

describe('forecasts of a small log', () => {
  const plain = decaying('plain', 60);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: ['plain', 'gaps', 'young', 'oneday', 'ended', 'zeros', 'before', 'silent', 'turned'].map((id) => ({
        id,
        release: FIRST,
      })),
      rows: [
        ...plain,
        ...decaying('gaps', 60).filter((_, i) => i % 5 !== 3),
        ...decaying('young', 60).slice(47),
        { series: 'oneday', day: addDays(FIRST, 59), views: 5 },
        ...decaying('ended', 45),
        ...plain.map(({ day }) => ({ series: 'zeros', day, views: 0 })),
        { series: 'before', day: addDays(FIRST, 59), kind: 'opening', views: 900 },
        ...plain.map(({ day, views }, i) => ({ series: 'turned', day, views: i >= 45 ? 0 : views })),
      ],
    });
  });
  afterAll(() => warehouse.close());

  test('a series that falls as age^−0.6 is expected to go on so, within a tenth', async () => {
    const { rows, reason, origin } = await ask(warehouse, { series: 'plain', horizon: '14' });
    expect([rows.length, reason, origin]).toEqual([14, null, addDays(FIRST, 59)]);
    for (const [i, row] of rows.entries()) {
      expect(row.day).toBe(addDays(FIRST, 60 + i));
      const truth = 1e6 * (61 + i) ** -0.6;
      expect(row.mean / truth).toBeGreaterThan(0.85);
      expect(row.mean / truth).toBeLessThan(1.15);
    }
  });

  test('intervals enclose each other and widen with the horizon', async () => {
    const { rows } = await ask(warehouse, { series: 'plain', horizon: '28' });
    const width = (row: (typeof rows)[number]) => row.high80 / row.low80;
    for (const [i, row] of rows.entries()) {
      expect(row.low95).toBeLessThan(row.low80);
      expect(row.low80).toBeLessThan(row.mean);
      expect(row.mean).toBeLessThan(row.high80);
      expect(row.high80).toBeLessThan(row.high95);
      const before = rows[i - 1];
      if (before) expect(width(row)).toBeGreaterThan(width(before));
    }
  });

  test.each(['plain', 'gaps'])(
    'the backtest of %s is what forecasts cut at five earlier days would have shown',
    async (series) => {
      const rows = series === 'plain' ? plain : decaying('gaps', 60).filter((_, i) => i % 5 !== 3);
      const { backtest } = await ask(warehouse, { series });
      const cuts = [0, 1, 2, 3, 4].map((i) => Math.round(14 + ((rows.length - 28) * i) / 4));
      const sums = { own: 0, naive: 0, days: 0, in80: 0, in95: 0 };
      for (const cut of cuts) {
        const past = rows.slice(0, cut);
        const last = past.at(-1)?.day ?? '';
        const made = await ask(warehouse, { series, to: last, horizon: '14' });
        expect(made.origin).toBe(last);
        for (const { day, views } of rows.filter((row) => row.day > last && daysBetween(last, row.day) <= 14)) {
          const row = made.rows.find((one) => one.day === day);
          if (!row) throw new Error(`no forecast of ${day}`);
          // The latest day with rows a whole number of weeks earlier, seen at the cut.
          const same = past.filter((one) => daysBetween(one.day, day) % 7 === 0).at(-1) ?? past.at(-1);
          sums.own += Math.abs(row.mean - views);
          sums.naive += Math.abs(Number(same?.views) - views);
          sums.in80 += Number(row.low80 <= views && views <= row.high80);
          sums.in95 += Number(row.low95 <= views && views <= row.high95);
          sums.days += 1;
        }
      }
      expect(backtest).toMatchObject({ folds: 5, held_out_days: sums.days, beats_naive: true });
      expect(backtest?.mase).toBeCloseTo(sums.own / sums.naive, 8);
      expect(backtest?.coverage80).toBeCloseTo(sums.in80 / sums.days, 12);
      expect(backtest?.coverage95).toBeCloseTo(sums.in95 / sums.days, 12);
      expect(backtest?.mase).toBeLessThan(1);
    },
  );

  test('rows after `to` change nothing', async () => {
    const to = addDays(FIRST, 39);
    const cut = await ask(warehouse, { series: 'plain', to });
    const alone = await openFixture({ series: [{ id: 'plain', release: FIRST }], rows: plain.slice(0, 40) });
    const expected = await ask(alone, { series: 'plain' });
    await alone.close();
    expect([cut.rows, cut.next_milestone, cut.backtest]).toEqual([
      expected.rows,
      expected.next_milestone,
      expected.backtest,
    ]);
  });

  test.each([
    ['young', 'not_enough_data', 13],
    ['oneday', 'not_enough_data', 1],
    ['ended', 'ended', 45],
    ['before', 'no_rows', 0],
    ['silent', 'no_rows', 0],
  ])('of %s there is none, with the reason %s', async (series, code, days) => {
    const answer = await ask(warehouse, { series });
    expect(answer).toMatchObject({ rows: [], next_milestone: null, backtest: null, days_of_data: days });
    expect(answer.reason).toMatchObject({ code, text: { en: expect.any(String), zh: expect.any(String) } });
  });

  test('a series of zeros is expected to stay at zero, and the error of a perfect rival is no divisor', async () => {
    const { rows, backtest } = await ask(warehouse, { series: 'zeros' });
    for (const row of rows) expect(row.mean).toBeLessThan(1);
    expect(backtest).toMatchObject({ mase: null, beats_naive: false });
  });

  test('after a fall to zero nothing is negative, infinite or above what was', async () => {
    const { rows } = await ask(warehouse, { series: 'turned' });
    for (const row of rows) {
      expect(row.low95).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(row.high95)).toBe(true);
      expect(row.mean).toBeLessThan(1000);
    }
  });

  test('the sum so far counts openings; an unknown series is refused', async () => {
    expect((await ask(warehouse, { series: 'before' })).cumulative_views).toBe(900);
    await expect(ask(warehouse, { series: 'nobody' })).rejects.toMatchObject({ code: 'unknown_member' });
  });

  test.each(['plain', 'young'])('the answer of %s is what the contract says, no more and no less', async (series) => {
    const answer = await ask(warehouse, { series });
    expect(forecastAnswer.parse(answer)).toEqual(answer);
  });

  test('the same question has the same answer', async () => {
    const [a, b] = [await ask(warehouse, { series: 'gaps' }), await ask(warehouse, { series: 'gaps' })];
    expect([a.rows, a.backtest]).toEqual([b.rows, b.backtest]);
  });
});

/** Half of ln(high / low) of the 80 % interval per day ahead, of a decay cut after so many days. */
function widths(days: number, ahead: number): number[] {
  const known = decaying('any', days).map(({ day, views }) => ({ day, views }));
  const made = pointsOf(known, FIRST, () => false);
  const last = known.at(-1);
  if (made === null || last === undefined) throw new Error('no points');
  const outlook = outlookOf(made.points, daysAfter(last.day, ahead, made.origin));
  return outlook.map(({ low80, high80 }) => Math.log(high80 / low80) / 2);
}

test('at the same noise intervals widen with ln(age then / age now): a young series may turn further than an old one', () => {
  const [young = [], old = []] = [widths(14, 28), widths(200, 28)];
  const growth = (width: readonly number[]) => Math.sqrt((width[27] ?? 0) ** 2 - (width[0] ?? 0) ** 2);
  expect(growth(young)).toBeGreaterThan(2 * growth(old));
  // Tripling its age, a power that is off by 0.4 alone would move it by 0.4 · ln 3.
  expect(young[27]).toBeGreaterThan(0.4 * Math.log(3));
});

describe('the next milestone, worked by hand', () => {
  // 950 so far; expected 30, 20, 10 a day, at least 20, 15, 10, at most 60, 40, 20. 1,000 is reached on the second day
  // (950 + 30 + 20), at the earliest on the first (950 + 60), at the latest after the third (950 + 45 = 995).
  const days = [
    [30, 20, 60],
    [20, 15, 40],
    [10, 10, 20],
  ].map(([mean = 0, low80 = 0, high80 = 0], i) => ({
    day: `2025-11-0${i + 1}`,
    mean,
    low80,
    high80,
    low95: 0,
    high95: 1e9,
  }));
  test('dates are the first day on which each sum is there; null where it is not within the days', () => {
    expect(nextMilestone(950, days)).toEqual({
      threshold: 1000,
      date: '2025-11-02',
      date_low: '2025-11-01',
      date_high: null,
    });
  });

  test.each([
    [0, 1],
    [1, 2],
    [2, 3],
    [4.9, 5],
    [5, 10],
    [999_999_999, 1e9],
    [1e9, 2e9],
    [3_396_772_356, 5e9],
  ])('after %d comes %d', (count, next) => expect(nextThreshold(count)).toBe(next));
});

describe('what the forecast is measured against, worked by hand', () => {
  const made = pointsOf(
    [10, 20, 30, 40, 50, 60, 70, 11].map((views, i) => ({ day: addDays('2025-09-01', i), views })),
    null,
    () => false,
  );
  if (!made) throw new Error('no points');
  const { points, origin } = made;

  test('seasonal naive: the latest same weekday, again in the second week', () => {
    const expected = daysAfter('2025-09-08', 9, origin).map((day) =>
      Math.round(Math.expm1(seasonalNaive(points)(day))),
    );
    expect(expected).toEqual([20, 30, 40, 50, 60, 70, 11, 20, 30]);
  });

  test('seasonal naive: where that day has no row the week before, else the last day', () => {
    const holes = points.filter(({ at }) => at !== 1 && at !== 7);
    const model = seasonalNaive(holes);
    const expected = daysAfter('2025-09-07', 2, origin).map((day) => Math.round(Math.expm1(model(day))));
    expect(expected).toEqual([10, 70]);
  });

  test('a power law is found where there is one', () => {
    const exact = points.map((point) => ({ ...point, log: 3 - 0.5 * Math.log(point.age) }));
    const model = powerLaw(exact);
    for (const day of daysAfter('2025-09-08', 5, origin))
      expect(model(day)).toBeCloseTo(3 - 0.5 * Math.log(day.age), 10);
  });

  test.each([
    [14, []],
    [15, [14]],
    [28, [14]],
    [30, [14, 15, 16]],
    [100, [14, 32, 50, 68, 86]],
  ])('a series of %d days is cut at %j', (days, cuts) => {
    expect(originsOf(days)).toEqual(cuts);
    for (const cut of originsOf(days)) expect(cut + HORIZON <= days || cut === 14).toBe(true);
  });
});

describe('the arithmetic under it', () => {
  test('medians, by hand', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), mad([1, 1, 2, 2, 4, 6, 9])]).toEqual([2, 2.5, 1]);
    expect(
      weightedMedian([
        { value: 1, weight: 1 },
        { value: 9, weight: 3 },
      ]),
    ).toBe(9);
    expect(median([])).toBeNaN();
  });

  test('a conformal quantile of nine is the eighth at 80 %, and the largest where there are too few', () => {
    const nine = [9, 1, 8, 2, 7, 3, 6, 4, 5];
    expect([conformalQuantile(nine, 0.8), conformalQuantile(nine, 0.95), conformalQuantile([3], 0.8)]).toEqual([
      8, 9, 3,
    ]);
  });

  test('Cholesky solves what multiplying back gives', () => {
    const a = [
      [4, 1, 0.5],
      [1, 3, 0.2],
      [0.5, 0.2, 2],
    ];
    const x = solve(a, [1, 2, 3]);
    const back = a.map((row) => row.reduce((sum, cell, i) => sum + cell * (x[i] ?? 0), 0));
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(i + 1, 12);
    });
  });
});
