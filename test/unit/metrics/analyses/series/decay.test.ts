import { describe, expect, test } from 'vitest';
import { decayParams } from '../../../../../server/contract/analyses-depth.ts';
import { decay } from '../../../../../server/metrics/analyses/series/decay.ts';
import { addDays, daysBetween } from '../../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { randomDataset } from '../../random-dataset.ts';
import { groupBy, type OracleRow, oracleRows, releaseDayOf, viewsOf, within } from '../oracle.ts';
import { randomFixture } from '../random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string | string[]>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => decay(engine, decayParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const EXAMPLE: Fixture = {
  series: [{ id: 'a', title: '甲', release: '2025-08-01' }, { id: 'b' }, { id: 'zero' }, { id: 'none' }],
  rows: [
    { series: 'a', day: '2025-07-31', views: 9000 },
    { series: 'a', day: '2025-08-01', views: 100 },
    { series: 'a', day: '2025-08-02', views: 300 },
    { series: 'a', day: '2025-08-04', views: 20 },
    { series: 'a', day: '2025-08-05', views: 4 },
    { series: 'a', day: '2025-08-06', views: 0 },
    { series: 'a', day: '2025-08-06', views: 8000, kind: 'opening' },
    { series: 'b', day: '2025-08-03', views: 7 },
    { series: 'zero', day: '2025-08-03', views: 0 },
  ],
};

test('a worked example: the mean of the days so far, a gap skipped', async () => {
  const { rows } = await once(EXAMPLE, { series: ['a'] });
  // Means: 100, 200, (gap), 140, 106, 424 / 5 = 84.8 on day 6: the first at most 100.
  expect(rows).toEqual([
    {
      series: 'a',
      series_label: '甲',
      peak_day: '2025-08-02',
      peak_views: 200,
      half_life_days: 4,
      half_life_reason: null,
    },
  ]);
});

test('one day has a peak and no half-life; zeros and silence have neither; the largest comes first', async () => {
  const { rows } = await once(EXAMPLE, { series: ['none', 'zero', 'b', 'a'] });
  expect(
    rows.map((row) => [row.series, row.peak_day, row.peak_views, row.half_life_days, row.half_life_reason]),
  ).toEqual([
    ['a', '2025-08-02', 200, 4, null],
    ['b', '2025-08-03', 7, null, 'peak_on_last_day'],
    ['none', null, null, null, 'no_views'],
    ['zero', null, null, null, 'no_views'],
  ]);
});

test.each([
  ['on the last day with rows', [10, 20, 90], 'peak_on_last_day'],
  ['so near it that its own days are in every later mean', [90, 20, 90, 60, 60], 'too_recent'],
  ['with a week after it in which views stayed high', [90, 50, 50, 50, 50, 50, 50, 50], 'not_reached'],
  ['that was halved within the week', [90, 0, 0], null],
])('a peak %s', async (_name, views, reason) => {
  const rows = views.map((each, i) => ({ series: 'a', day: addDays('2025-08-01', i), views: each }));
  // Another series goes on: the last day is the series' own.
  rows.push({ series: 'b', day: '2025-09-30', views: 1 });
  const answer = await once({ series: [{ id: 'a' }, { id: 'b' }], rows }, { series: ['a'] });
  expect(answer.rows[0]?.half_life_reason).toBe(reason);
});

test('of equal means the earliest day is the peak, and half of it exactly is half', async () => {
  const { rows } = await once(
    {
      series: [{ id: 'a' }],
      rows: [30, 30, 30, 0, 0, 0].map((views, i) => ({ series: 'a', day: addDays('2025-08-01', i), views })),
    },
    {},
  );
  // Means: 30, 30, 30, 22.5, 18, 15.
  expect(rows[0]).toMatchObject({ peak_day: '2025-08-01', peak_views: 30, half_life_days: 5 });
});

test('the mean reaches back seven days and no further', async () => {
  const { rows } = await once(
    {
      series: [{ id: 'a' }],
      rows: [70, 0, 0, 0, 0, 0, 0, 14].map((views, i) => ({ series: 'a', day: addDays('2025-08-01', i), views })),
    },
    { from: '2025-08-02' },
  );
  // From the 2nd on all means are 0 until the 8th: 14 / 7.
  expect(rows[0]).toMatchObject({ peak_day: '2025-08-08', peak_views: 2 });
});

test('an unknown series is named', async () => {
  await expect(once(EXAMPLE, { series: 'nobody' })).rejects.toMatchObject({ code: 'unknown_member' });
});

/** Peak and half-life the slow way: every day's mean summed afresh. */
function decayOf(rows: readonly OracleRow[]) {
  const release = rows[0] ? releaseDayOf(rows[0].info) : null;
  // A row that states no views says nothing of the day's.
  const stated = rows.filter((row) => row.kind !== 'opening' && row.views !== undefined);
  const own = stated.filter((row) => release === null || row.day >= release);
  const days = [...new Set(own.map((row) => row.day))].sort();
  const means = days.map((day) => {
    const recent = within(own, addDays(day, -6), day);
    return { day, mean: viewsOf(recent) / new Set(recent.map((row) => row.day)).size };
  });
  const top = Math.max(0, ...means.map(({ mean }) => mean));
  const peak = means.find(({ mean }) => mean === top);
  if (peak === undefined || top === 0) return [null, null, null];
  const half = means.find(({ day, mean }) => day > peak.day && mean <= top / 2);
  return [peak.day, expect.closeTo(top, 9), half === undefined ? null : daysBetween(peak.day, half.day)];
}

describe('against plain means over all rows', () => {
  const fixtures = [randomFixture(17), randomFixture(18), randomDataset(61), randomDataset(62), randomDataset(63)];
  const cases = fixtures.flatMap((fixture, n) =>
    [[], [{ dimension: 'platform' as const, op: 'in' as const, values: ['hongguo'] }]].map(
      (filters) => [`dataset ${n} ${JSON.stringify(filters)}`, fixture, filters] as const,
    ),
  );
  test.each(cases)('%s', async (_name, fixture, filters) => {
    const { rows } = await once(fixture, { top: '500', filters: JSON.stringify(filters) });
    const series = [...groupBy(oracleRows(fixture, filters), (row) => [row.series])]
      .filter(([, own]) => viewsOf(own) > 0)
      .toSorted(([a, x], [b, y]) => viewsOf(y) - viewsOf(x) || (a < b ? -1 : 1));
    expect(rows.map((row) => [row.series, row.peak_day, row.peak_views, row.half_life_days])).toEqual(
      series.map(([id, own]) => [id, ...decayOf(own)]),
    );
    expect(rows.some((row) => row.half_life_days !== null)).toBe(true);
  });
});
