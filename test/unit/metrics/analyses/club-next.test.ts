import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clubNextAnswer, clubNextParams, forecastParams } from '../../../../server/contract/analyses-outlook.ts';
import { clubNext } from '../../../../server/metrics/analyses/club-next.ts';
import { forecast } from '../../../../server/metrics/analyses/series/forecast.ts';
import { crossingAhead, normal, probabilityOf } from '../../../../server/metrics/forecasting/crossing.ts';
import type { Outlook } from '../../../../server/metrics/forecasting/forecast.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import type { Holidays } from '../../../../server/vocabulary/holidays.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type FixtureRow, openFixture, withEngine } from '../fixture.ts';

const NO_HOLIDAYS: Holidays = new Map();
const FIRST = '2025-08-01';

/** 1,000 a day, a little more on even days. */
const steady = (series: string, from: number, to: number, views = 1000): FixtureRow[] =>
  Array.from({ length: to - from }, (_, i) => ({
    series,
    day: addDays(FIRST, from + i),
    views: views + ((from + i) % 2) * 20,
  }));

describe('a worked example', () => {
  const day = (at: number, mean: number, low80: number, high80: number): Outlook => ({
    day: `2025-11-0${at}`,
    mean,
    low80,
    high80,
    low95: low80 / 2,
    high95: high80 * 1.5,
  });
  const days = [day(1, 30, 20, 60), day(2, 20, 15, 40), day(3, 10, 10, 20)];

  test('the dates are those on which the sums get there', () => {
    expect(crossingAhead(950, 1000, days)).toEqual({
      date: '2025-11-02',
      date_low: '2025-11-01',
      date_high: null,
    });
  });

  test('the probability is one half where the centre just gets there, and between the ends along the logarithm', () => {
    expect(probabilityOf(50, days.slice(0, 2))).toBeCloseTo(0.5, 6);
    expect(probabilityOf(50, days.slice(0, 1))).toBeCloseTo(0.172, 3);
    expect(probabilityOf(60, days.slice(0, 1))).toBeCloseTo(0.1, 4);
    expect(probabilityOf(20, days.slice(0, 1))).toBeCloseTo(0.9, 4);
  });

  test('the probability never leaves 0 to 1, and falls as more is needed', () => {
    const chances = [-5, 0, 1, 10, 50, 100, 1000, 1e12].map((needed) => probabilityOf(needed, days));
    expect(chances[0]).toBe(1);
    for (const [i, chance] of chances.entries()) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(chances[i - 1] ?? 1);
    }
    const nothing = [{ day: '2025-11-01', mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 }];
    expect(probabilityOf(10, nothing)).toBe(0);
  });

  test('Φ is the normal distribution', () => {
    expect([0, 1.281552, -1.959964].map((z) => Number(normal(z).toFixed(4)))).toEqual([0.5, 0.9, 0.025]);
  });
});

describe('series below a threshold', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: ['near', 'far', 'over', 'opened', 'young', 'ended', 'hopeless'].map((id) => ({
        id,
        release: FIRST,
        producers: ['house'],
        genres: ['urban'],
      })),
      rows: [
        ...steady('near', 0, 60),
        ...steady('far', 0, 60, 900),
        ...steady('over', 0, 60, 2000),
        ...steady('opened', 0, 60, 10),
        { series: 'opened', day: FIRST, kind: 'opening', views: 98_700 },
        ...steady('young', 50, 60, 6000),
        ...steady('ended', 0, 40, 1600),
        ...steady('hopeless', 0, 60, 5),
      ],
    });
  });
  afterAll(() => warehouse.close());

  const ask = (query: Record<string, string>) =>
    withEngine(warehouse, (engine) => clubNext(engine, clubNextParams.parse(query), NO_HOLIDAYS));

  test('come by the day on which they are expected, those too young at the end', async () => {
    const answer = await ask({ threshold: '65000', days: '8' });
    expect(clubNextAnswer.parse(answer)).toEqual(answer);
    expect(answer.rows.map(({ series, no_forecast }) => [series, no_forecast])).toEqual([
      ['near', null],
      ['far', null],
      ['young', 'not_enough_data'],
    ]);
    const [near, far] = answer.rows;
    expect(near).toMatchObject({
      producer: 'house',
      cumulative_views: 60_600,
      needed: 4400,
      days_at_pace: 5,
      primary_genre: 'urban',
    });
    expect([near?.date, far?.date].toSorted()).toEqual([near?.date, far?.date]);
    for (const row of [near, far]) {
      expect((row?.date_low ?? '9') <= (row?.date ?? '')).toBe(true);
      expect((row?.date ?? '9') <= (row?.date_high ?? '9999')).toBe(true);
    }
    expect(near?.probability).toBeGreaterThan(far?.probability ?? 1);
  });

  test('are foreseen as the forecast of each foresees it', async () => {
    const { rows } = await ask({ threshold: '100000', limit: '50' });
    const own = await withEngine(warehouse, (engine) =>
      forecast(engine, forecastParams.parse({ series: 'near', horizon: '90' }), NO_HOLIDAYS),
    );
    expect(own.next_milestone).toMatchObject({ threshold: 100_000 });
    const near = rows.find(({ series }) => series === 'near');
    const { threshold: _, ...dates } = own.next_milestone ?? { threshold: 0 };
    expect(near).toMatchObject(dates);
    expect(rows.map(({ series }) => series)).toContain('near');
  });

  test('the probability is one half where `days` end on the expected day', async () => {
    const [row] = (await ask({ threshold: '65000' })).rows;
    const until = [3, 4, 5, 6, 7].map(async (days) => (await ask({ threshold: '65000', days: String(days) })).rows[0]);
    const chances = (await Promise.all(until)).map((one) => one?.probability ?? 0);
    const crossing = chances.findIndex((chance) => chance >= 0.5);
    expect(addDays(addDays(FIRST, 59), [3, 4, 5, 6, 7][crossing] ?? 0)).toBe(row?.date);
  });

  test('rows after `to` are not known yet', async () => {
    const [row] = (await ask({ threshold: '50000', to: addDays(FIRST, 44) })).rows;
    expect([row?.series, row?.cumulative_views]).toEqual(['near', 45_440]);
  });

  test('openings count', async () => {
    const { rows } = await ask({ threshold: '100000' });
    expect(rows.map(({ series, needed }) => [series, needed])).toContainEqual(['opened', 100]);
  });

  test('`limit` cuts the list, and the answer says so', async () => {
    const { rows, meta } = await ask({ threshold: '65000', limit: '1' });
    expect([rows.length, meta.truncated]).toEqual([1, true]);
  });
});
