import { describe, expect, test } from 'vitest';
import { cohortsParams } from '../../../../../server/contract/analyses-depth.ts';
import type { DimensionFilter } from '../../../../../server/contract/query.ts';
import { cohorts } from '../../../../../server/metrics/analyses/series/cohorts.ts';
import { daysBetween } from '../../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { randomDataset } from '../../random-dataset.ts';
import { groupBy, oracleRows, releaseDayOf, viewsOf } from '../oracle.ts';
import { randomFixture } from '../random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => cohorts(engine, cohortsParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const EXAMPLE: Fixture = {
  series: [
    { id: 'a', release: '2025-08-01' },
    { id: 'b', release: '2025-08-04' },
    { id: 'silent', release: '2025-08-05' },
    { id: 'old', release: '2025-07-20' },
    { id: 'undated' },
  ],
  rows: [
    { series: 'old', day: '2025-08-01', views: 999 },
    { series: 'undated', day: '2025-08-01', views: 999 },
    { series: 'a', day: '2025-08-01', views: 60 },
    { series: 'a', day: '2025-08-07', views: 40 },
    { series: 'a', day: '2025-08-08', views: 30 },
    { series: 'b', day: '2025-08-03', views: 500 },
    { series: 'b', day: '2025-08-04', views: 100 },
    { series: 'b', day: '2025-08-04', views: 700, kind: 'opening' },
    { series: 'b', day: '2025-08-18', views: 20 },
    { series: 'b', day: '2025-08-20', views: 0 },
  ],
};

test('a worked example: two series, three weeks, the last not yet whole', async () => {
  const answer = await once(EXAMPLE, {});
  // Week 0: a 60 + 40, b 100. Week 1: a 30 (its day 7). Week 2: b 20 (its day 14). as_of is b's day 16.
  const shared = { cohort: '2025-08-01', series: 2 };
  expect(answer.rows).toEqual([
    { ...shared, week: 0, views: 200, views_per_series: 100, retention: 1, complete: true },
    { ...shared, week: 1, views: 30, views_per_series: 15, retention: 0.15, complete: true },
    { ...shared, week: 2, views: 20, views_per_series: 10, retention: 0.1, complete: false },
  ]);
  expect(answer.meta.partial_periods).toEqual(['2025-08-01']);
  expect(answer.meta.notes.map((note) => note.code)).toEqual(['no_release_date', 'released_before_log']);
});

test('weeks asked for are a limit, and a range chooses releases without cutting their views', async () => {
  const answer = await once(EXAMPLE, { weeks: '1', from: '2025-08-01', to: '2025-08-03' });
  expect(answer.rows.map((row) => [row.week, row.series, row.views])).toEqual([[0, 1, 100]]);
});

test('a range that starts before the log does not bring back what was released before it', async () => {
  const answer = await once(EXAMPLE, { from: '2025-01-01' });
  expect([...new Set(answer.rows.map((row) => row.cohort))]).toEqual(['2025-08-01']);
  expect(answer.meta.notes.map((note) => note.code)).toContain('released_before_log');
});

test('a cohort without views in week 0 has no retention', async () => {
  const answer = await once(
    {
      series: [{ id: 'a', release: '2025-08-01' }],
      rows: [
        { series: 'a', day: '2025-08-01', views: 0 },
        { series: 'a', day: '2025-08-08', views: 5 },
      ],
    },
    {},
  );
  expect(answer.rows.map((row) => row.retention)).toEqual([null, null]);
});

describe('against plain sums over all rows', () => {
  const filters: DimensionFilter[][] = [
    [],
    [{ dimension: 'platform', op: 'in', values: ['douyin', 'reelshort'] }],
    [{ dimension: 'market', op: 'not_in', values: ['overseas'] }],
    [{ dimension: 'genre', op: 'in', values: ['urban'] }],
  ];
  const cases = [randomFixture(8), randomFixture(9), randomDataset(41), randomDataset(42)].flatMap((fixture, n) =>
    filters.map((chosen) => [`dataset ${n} ${JSON.stringify(chosen)}`, fixture, chosen] as const),
  );
  test.each(cases)('%s', async (_name, fixture, chosen) => {
    const answer = await once(fixture, { filters: JSON.stringify(chosen), weeks: '60' });
    const days = oracleRows(fixture)
      .map((row) => row.day)
      .sort();
    const [start, end] = [days[0] ?? '', days.at(-1) ?? ''];
    const members = [...groupBy(oracleRows(fixture, chosen), (row) => [row.series]).values()].flatMap((rows) => {
      const release = rows[0] ? releaseDayOf(rows[0].info) : null;
      return release !== null && release >= start && release <= end ? [{ release, rows }] : [];
    });
    const byMonth = groupBy(members, ({ release }) => [`${release.slice(0, 7)}-01`]);
    expect([...new Set(answer.rows.map((row) => row.cohort))]).toEqual([...byMonth.keys()].sort());
    for (const [cohort, own] of byMonth) {
      const cells = answer.rows.filter((row) => row.cohort === cohort);
      const lived = own.map(({ release }) => daysBetween(release, end));
      expect(cells.map((row) => row.week)).toEqual(
        Array.from({ length: Math.floor(Math.max(...lived) / 7) + 1 }, (_, i) => i),
      );
      for (const cell of cells) {
        const views = own.map(({ release, rows }) =>
          viewsOf(rows.filter((row) => Math.floor(daysBetween(release, row.day) / 7) === cell.week)),
        );
        const sum = views.reduce((a, b) => a + b, 0);
        expect(cell).toMatchObject({ series: own.length, views: sum, views_per_series: sum / own.length });
        expect(cell.complete).toBe(lived.every((age) => age >= cell.week * 7 + 6));
      }
      // No view of the cohort's life is lost or told twice.
      const life = own.reduce((sum, { release, rows }) => sum + viewsOf(rows.filter((r) => r.day >= release)), 0);
      expect(cells.reduce((sum, cell) => sum + Number(cell.views), 0)).toBe(life);
    }
  });
});
