import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anomaliesAnswer, anomaliesParams } from '../../../../../server/contract/analyses-outlook.ts';
import { anomalies } from '../../../../../server/metrics/analyses/series/anomalies.ts';
import { gapsOf, judge } from '../../../../../server/metrics/forecasting/anomalies.ts';
import { pointsOf } from '../../../../../server/metrics/forecasting/points.ts';
import { MAD_TO_SIGMA, mad, median } from '../../../../../server/metrics/forecasting/robust.ts';
import { addDays } from '../../../../../server/metrics/language/calendar.ts';
import { type Holidays, loadOutlookTables } from '../../../../../server/vocabulary/holidays.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import { type FixtureRow, openFixture, withEngine } from '../../fixture.ts';
import { seeded } from '../../random-dataset.ts';

const { holidays } = loadOutlookTables();
const FIRST = '2025-08-01';
const DAYS = 60;
const dayOf = (i: number) => addDays(FIRST, i);

/** Views of day i: falling as age^−0.6, with noise of some 5 %. */
function calm(seed: number, scale = 1e6): number[] {
  const random = seeded(seed);
  return Array.from({ length: DAYS }, (_, i) => Math.round(scale * (i + 1) ** -0.6 * (0.92 + 0.16 * random())));
}

const rowsOf = (series: string, views: readonly number[], more: Partial<FixtureRow> = {}): FixtureRow[] =>
  views.map((value, i) => ({ series, day: dayOf(i), views: value, ...more }));
const ask = (warehouse: Warehouse, query: Record<string, string>, known: Holidays = holidays) =>
  withEngine(warehouse, (engine) => anomalies(engine, anomaliesParams.parse(query), known));

describe('days that stand out in a small log', () => {
  const calmViews = calm(3);
  const wild = calmViews.map((views, i) => (i === 30 ? views * 5 : i === 40 ? Math.round(views / 6) : views));
  const usualOf30 = calmViews[30] ?? 0;
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: ['calm', 'wild', 'holes', 'flat', 'young', 'chart', 'halves', 'rare', 'rush'].map((id) => ({
        id,
        release: FIRST,
      })),
      rows: [
        ...rowsOf('calm', calmViews),
        // A fifth of it on another platform, but the spike on Douyin alone.
        ...rowsOf(
          'wild',
          wild.map((views, i) => (i === 30 ? views - usualOf30 / 5 : Math.round(views * 0.8))),
          { platform: 'douyin' },
        ),
        ...rowsOf(
          'wild',
          wild.map((views, i) => (i === 30 ? usualOf30 / 5 : Math.round(views * 0.2))),
        ),
        ...rowsOf('holes', calm(5)).filter((_, i) => i !== 20 && i !== 21 && i !== 35),
        ...rowsOf(
          'flat',
          calm(1).map(() => 500),
        ),
        ...rowsOf('young', calm(6)).slice(0, 13),
        ...rowsOf('chart', calm(7), { source: 'top' }).filter((_, i) => i % 9 !== 4),
        // One of two sources is silent on a day: half of the views are missing.
        ...rowsOf('halves', calm(8), { source: 'a' }),
        ...rowsOf('halves', calm(9), { source: 'b', region: 'US' }).filter((_, i) => i !== 25),
        ...rowsOf(
          'rush',
          calm(12).map((views, i) => (i === 0 ? views * 9 : i === 12 ? views * 3 : views)),
        ),
        ...rowsOf('rare', calm(10, 8)).filter((_, i) => i % 3 !== 1),
      ],
    });
    await warehouse.write((session) =>
      session.run({ text: `UPDATE source SET coverage = 'chart' WHERE id = 'top'`, values: [] }),
    );
  });
  afterAll(() => warehouse.close());

  test('noise is not an anomaly', async () => {
    expect(await ask(warehouse, { series: 'calm' })).toMatchObject({ rows: [], not_judged: [], series_examined: 1 });
  });

  test('a day of five times the level is a spike and one of a sixth a drop, with what was expected', async () => {
    const { rows } = await ask(warehouse, { series: 'wild' });
    expect(rows.map((row) => [row.day, row.kind])).toEqual(
      expect.arrayContaining([
        [dayOf(30), 'spike'],
        [dayOf(40), 'drop'],
      ]),
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(Math.abs(row.z ?? 0)).toBeGreaterThan(4);
      const usual = calmViews[row.day === dayOf(30) ? 30 : 40] ?? 0;
      expect((row.expected ?? 0) / usual).toBeGreaterThan(0.9);
      expect((row.expected ?? 0) / usual).toBeLessThan(1.1);
    }
  });

  test('a launch is no anomaly, a day after it may be', async () => {
    const { rows } = await ask(warehouse, { series: 'rush' });
    expect(rows.map(({ day, kind }) => [day, kind])).toEqual([[dayOf(12), 'spike']]);
  });

  test('platforms say where it was: their views add up to the day, their expected views to the expected', async () => {
    const [spike] = (await ask(warehouse, { series: 'wild' })).rows.filter(({ kind }) => kind === 'spike');
    if (!spike) throw new Error('no spike');
    expect(spike.by_platform.map(({ platform }) => platform)).toEqual(['douyin', 'hongguo']);
    expect(spike.by_platform.reduce((sum, { views }) => sum + Number(views), 0)).toBe(spike.views);
    expect(spike.by_platform.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(spike.expected ?? 0, 6);
    expect(spike.deviation).toBeCloseTo(Number(spike.views) / (spike.expected ?? 0) - 1, 12);
    expect(spike.by_platform.reduce((sum, { part }) => sum + (part ?? 0), 0)).toBeCloseTo(1, 9);
    const [douyin, hongguo] = spike.by_platform;
    expect(douyin?.part).toBeGreaterThan(0.9);
    expect(Number(douyin?.views) / (douyin?.expected ?? 1)).toBeGreaterThan(4);
    expect(Number(hongguo?.views) / (hongguo?.expected ?? 1)).toBeLessThan(1.3);
  });

  test('missing days are gaps of their source, two in a row one gap, and no fall', async () => {
    const { rows } = await ask(warehouse, { series: 'holes' });
    expect(rows.map(({ day, days, kind, source, views, z }) => [day, days, kind, source, views, z])).toEqual([
      [dayOf(20), 2, 'gap', 'file', null, null],
      [dayOf(35), 1, 'gap', 'file', null, null],
    ]);
    expect(rows[0]?.expected).toBeGreaterThan(0);
  });

  test('a day on which one of two sources is silent is its gap, though half of the views are there', async () => {
    const { rows } = await ask(warehouse, { series: 'halves' });
    expect(rows.map(({ day, kind, source }) => [day, kind, source])).toEqual([[dayOf(25), 'gap', 'b']]);
  });

  test.each(['chart', 'rare'])(
    '%s: silence of a chart, or of a source with a few views a day, says nothing',
    async (series) => {
      expect((await ask(warehouse, { series })).rows.filter(({ kind }) => kind === 'gap')).toEqual([]);
    },
  );

  test('without spread or with under 14 days nothing is judged, and it says so', async () => {
    expect((await ask(warehouse, { series: 'young' })).not_judged).toEqual([
      { series: 'young', reason: 'not_enough_data' },
    ]);
    expect((await ask(warehouse, { series: 'flat' })).not_judged).toEqual([{ series: 'flat', reason: 'no_spread' }]);
  });

  test('without a series the largest are looked at, the strongest day first; more are truncated', async () => {
    const all = await ask(warehouse, {});
    expect(all.rows[0]?.kind).toBe('drop');
    expect(all).toMatchObject({ series_examined: 9, meta: { truncated: false } });
    const strengths = all.rows.map(({ z }) => Math.abs(z ?? 0));
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
    expect(await ask(warehouse, { top: '2' })).toMatchObject({ series_examined: 2, meta: { truncated: true } });
    const douyin = JSON.stringify([{ dimension: 'platform', op: 'in', values: ['douyin'] }]);
    expect((await ask(warehouse, { filters: douyin })).series_examined).toBe(1);
  });

  test('the answer is what the contract says, no more and no less', async () => {
    const answer = await ask(warehouse, {});
    expect(answer.rows.some(({ kind }) => kind === 'gap') && answer.not_judged.length > 0).toBe(true);
    expect(anomaliesAnswer.parse(answer)).toEqual(answer);
  });

  test('from and to choose the days that are shown and do not move what was expected', async () => {
    const spike = (await ask(warehouse, { series: 'wild' })).rows.find(({ kind }) => kind === 'spike');
    const { rows } = await ask(warehouse, { series: 'wild', from: dayOf(30), to: dayOf(30) });
    expect(rows).toEqual([spike]);
  });
});

test('a holiday that lifts each of its days alike is expected where it is known', () => {
  const views = calm(11).map((value, i) => (dayOf(i) >= '2025-09-10' && dayOf(i) <= '2025-09-13' ? value * 2 : value));
  const days = views.map((value, i) => ({ day: dayOf(i), views: value }));
  const most = (isHoliday: (day: string) => boolean) => {
    const made = pointsOf(days, FIRST, isHoliday);
    const judged = made && judge(made.points);
    if (!judged || typeof judged === 'string') throw new Error('not judged');
    return Math.max(...judged.z.map((z) => Math.abs(z ?? 0)));
  };
  expect(most(() => false)).toBeGreaterThan(4);
  expect(most((day) => day >= '2025-09-10' && day <= '2025-09-13')).toBeLessThan(4);
});

test('the lunar calendar moves the Spring Festival', () => {
  expect(holidays.get('2025-01-29')?.id).toBe('spring_festival');
  expect(holidays.get('2026-01-29')).toBeUndefined();
  expect(holidays.get('2026-02-17')?.id).toBe('spring_festival');
});

test('robust z by hand: 1.4 from the median of 0.1, over 1.4826 · 0.1', () => {
  const residuals = [-0.1, 0, 0, 0.1, 0.1, 0.2, 1.5];
  const z = residuals.map((r) => (r - median(residuals)) / (MAD_TO_SIGMA * mad(residuals)));
  expect([z[0]?.toFixed(2), z.at(-1)?.toFixed(2)]).toEqual(['-1.35', '9.44']);
});

test('gaps by hand: at ten views a day silence tells, at nine it may be zero', () => {
  const days = (views: number) => [1, 2, 3, 6, 7].map((d) => ({ day: `2025-09-0${d}`, views }));
  expect(gapsOf(days(10))).toEqual([{ from: '2025-09-04', days: 2 }]);
  expect(gapsOf(days(9))).toEqual([]);
});
