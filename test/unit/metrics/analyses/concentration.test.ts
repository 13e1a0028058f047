import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concentrationParams } from '../../../../server/contract/analyses-depth.ts';
import { concentration } from '../../../../server/metrics/analyses/concentration.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { randomDataset } from '../random-dataset.ts';
import { groupBy, membersOf, oracleRows, viewsOf, within } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => concentration(engine, concentrationParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

/** The figures from their other definitions: Gini as half the mean difference over the mean. */
function figuresOf(values: readonly number[]) {
  const total = values.reduce((sum, value) => sum + value, 0);
  const sorted = values.toSorted((a, b) => b - a);
  const top = (n: number) => sorted.slice(0, n).reduce((sum, value) => sum + value, 0) / total;
  const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((sum, d) => sum + d, 0);
  return {
    hhi: values.reduce((sum, value) => sum + ((100 * value) / total) ** 2, 0),
    cr4: top(4),
    cr10: top(10),
    gini: differences / (2 * values.length * total),
    members: values.length,
  };
}

test('a worked example: 50, 30 and 20 of 100 views', async () => {
  const answer = await once(
    {
      series: [
        { id: 'a', producers: ['甲', '乙'] },
        { id: 'b', producers: ['乙'] },
        { id: 'c', producers: ['丙'] },
        { id: 'd', producers: ['丁'] },
      ],
      rows: [
        { series: 'a', day: '2025-08-01', views: 50 },
        { series: 'a', day: '2025-08-01', kind: 'opening', views: 900 },
        { series: 'b', day: '2025-08-15', views: 30 },
        { series: 'c', day: '2025-08-31', views: 20 },
        { series: 'd', day: '2025-08-31', views: 0 },
        { series: 'd', day: '2025-09-02', views: 7 },
        { series: 'd', day: '2025-10-02', views: 0 },
      ],
    },
    {},
  );
  // Shares 0.5, 0.3, 0.2: 2500 + 900 + 400. Gini: 4/3 − 2 · (1·50 + 2·30 + 3·20) / 300.
  expect(answer.rows).toEqual([
    {
      period: '2025-08-01',
      hhi: expect.closeTo(3800, 9),
      cr4: 1,
      cr10: 1,
      gini: expect.closeTo(0.2, 12),
      members: 3,
      partial: false,
    },
    { period: '2025-09-01', hhi: 10000, cr4: 1, cr10: 1, gini: 0, members: 1, partial: false },
  ]);
  expect(answer.meta.partial_periods).toEqual(['2025-10-01']);
  expect(answer.meta.notes).toEqual([]);
});

test('views of nobody stated count as one member, and a note says so', async () => {
  const answer = await once(
    {
      series: [{ id: 'a' }, { id: 'b' }, { id: 'c', producers: ['甲'] }],
      rows: ['a', 'b', 'c'].map((series) => ({ series, day: '2025-08-01', views: 10 })),
    },
    {},
  );
  expect(answer.rows[0]?.members).toBe(2);
  expect(answer.meta.notes.map((note) => note.code)).toEqual(['unknown_member_counts']);
});

describe('against plain loops over all rows', () => {
  const fixtures = [randomFixture(5), randomDataset(31, '2025-07-12', 70), randomDataset(32, '2025-07-12', 70)];
  const cases = fixtures.flatMap((fixture, n) =>
    (['producer', 'genre', 'credited_producer', 'platform', 'market', 'series'] as const).flatMap((by) =>
      (['day', 'month'] as const).map((grain) => ({ name: `dataset ${n} by ${by} and ${grain}`, fixture, by, grain })),
    ),
  );
  test.each(cases)('$name', async ({ fixture, by, grain }) => {
    const [from, to] = ['2025-07-20', '2025-09-10'];
    const filters = [{ dimension: 'region' as const, op: 'not_in' as const, values: ['US'] }];
    const answer = await once(fixture, { by, grain, from, to, filters: JSON.stringify(filters) });
    const rows = within(oracleRows(fixture, filters), from, to);
    const periods = groupBy(rows, (row) => [grain === 'day' ? row.day : `${row.day.slice(0, 7)}-01`]);
    const expected = [...periods]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([period, own]) => {
        const values = [...groupBy(own, (row) => membersOf(row, by)).values()].map((r) => viewsOf(r));
        const active = values.filter((value) => value > 0);
        if (active.length === 0) return [];
        const { hhi, cr4, cr10, gini, members } = figuresOf(active);
        const close = (value: number) => expect.closeTo(value, 9);
        return [{ period, hhi: close(hhi), cr4: close(cr4), cr10: close(cr10), gini: close(gini), members }];
      });
    expect(expected.length).toBeGreaterThan(1);
    expect(answer.rows.map(({ partial: _, ...row }) => row)).toEqual(expected);
  });
});

test('whatever the views: shares of all are 1, CR4 ≤ CR10 ≤ 1, HHI from 10,000/n to 10,000, Gini from 0 to below 1', async () => {
  const count = 16;
  const samples = fc.sample(fc.array(fc.oneof(fc.nat(3), fc.nat(1e9)), { minLength: 1, maxLength: count }), {
    numRuns: 60,
    seed: 7,
  });
  const answer = await once(
    {
      series: Array.from({ length: count }, (_, i) => ({ id: `s${i}` })),
      rows: samples.flatMap((values, d) =>
        values.map((views, i) => ({ series: `s${i}`, day: addDays('2025-01-01', d), views })),
      ),
    },
    { by: 'series', grain: 'day' },
  );
  expect(answer.rows.length).toBeGreaterThan(50);
  for (const row of answer.rows) {
    expect(row.cr4).toBeLessThanOrEqual(row.cr10);
    expect(row.cr10).toBeLessThanOrEqual(1);
    if (row.members <= 4) expect(row.cr4).toBe(1);
    if (row.members <= 10) expect(row.cr10).toBe(1);
    expect(row.gini).toBeGreaterThanOrEqual(0);
    expect(row.gini).toBeLessThan(1);
    expect(row.hhi).toBeGreaterThanOrEqual(10_000 / row.members - 1e-6);
    expect(row.hhi).toBeLessThanOrEqual(10_000 + 1e-6);
  }
});
