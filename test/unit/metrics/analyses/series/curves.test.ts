import { describe, expect, test } from 'vitest';
import { curvesParams } from '../../../../../server/contract/analyses-depth.ts';
import { type DimensionFilter, querySchema } from '../../../../../server/contract/query.ts';
import { curves } from '../../../../../server/metrics/analyses/series/curves.ts';
import { addDays, daysBetween } from '../../../../../server/metrics/language/calendar.ts';
import { answerQuery } from '../../../../../server/metrics/query/query.ts';
import { ProblemError } from '../../../../../server/problem.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { randomDataset } from '../../random-dataset.ts';
import { groupBy, membersOf, oracleRows, releaseDayOf, viewsOf, within } from '../oracle.ts';
import { randomFixture } from '../random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string | string[]>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => curves(engine, curvesParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const EXAMPLE: Fixture = {
  series: [
    { id: 'a', release: '2025-08-01' },
    { id: 'b', release: '2025-08-02' },
    { id: 'c', release: '2025-08-03' },
    { id: 'old', release: '2025-07-31' },
    { id: 'undated' },
  ],
  rows: [
    { series: 'undated', day: '2025-08-01', views: 999 },
    { series: 'old', day: '2025-08-01', views: 999 },
    { series: 'a', day: '2025-08-01', views: 10 },
    { series: 'a', day: '2025-08-03', views: 5 },
    { series: 'b', day: '2025-08-01', views: 70 },
    { series: 'b', day: '2025-08-02', views: 20 },
    { series: 'b', day: '2025-08-03', views: 30 },
    { series: 'b', day: '2025-08-03', views: 400, kind: 'opening' },
    { series: 'c', day: '2025-08-03', views: 40 },
  ],
};

test('a worked example: of three releases of three days the curve is of the two that have lived its last day', async () => {
  const answer = await once(EXAMPLE, {});
  const shared = { member: '(total)', member_label: '合计', value: null };
  expect(answer.rows).toEqual([
    // a: 10, 10 (nothing new); b: 20, 50. c has not lived day 1, and day 2 only a.
    { ...shared, day_since_release: 0, q1: 12.5, median: 15, q3: 17.5, series: 2 },
    { ...shared, day_since_release: 1, q1: 20, median: 30, q3: 40, series: 2 },
  ]);
  expect(answer.meta.notes.map((note) => note.code)).toEqual([
    'no_release_date',
    'released_before_log',
    'openings_left_out',
  ]);
});

test('of named series the views themselves, in the order asked; those the log cannot date have no curve', async () => {
  const { rows } = await once(EXAMPLE, { series: ['b', 'a', 'old'], cumulative: 'false', days: '2' });
  expect(rows.map((row) => [row.member, row.day_since_release, row.value, row.median, row.series])).toEqual([
    ['b', 0, 20, null, 1],
    ['b', 1, 30, null, 1],
    ['a', 0, 10, null, 1],
    ['a', 1, 0, null, 1],
  ]);
});

test('counts beyond 2^53 keep every digit', async () => {
  const { rows } = await once(
    {
      series: [{ id: 'a', release: '2025-08-01' }],
      rows: [
        { series: 'a', day: '2025-08-01', views: 9_007_199_254_740_993n },
        { series: 'a', day: '2025-08-02', views: 1 },
      ],
    },
    { series: 'a' },
  );
  expect(rows.map((row) => row.value)).toEqual(['9007199254740993', '9007199254740994']);
});

test('without a single release inside the log there is no curve', async () => {
  const { rows } = await once(
    { series: [{ id: 'a', format: 'comic' }], rows: [{ series: 'a', day: '2025-08-01', views: 1 }] },
    { by: 'format' },
  );
  expect(rows).toEqual([]);
});

test('an unknown series is named, and series and by are two questions', async () => {
  await expect(once(EXAMPLE, { series: ['a', 'nobody'] })).rejects.toMatchObject({
    code: 'unknown_member',
    errors: [{ path: 'series', message: { en: 'unknown series "nobody"' } }],
  });
  await expect(once(EXAMPLE, { series: 'a', by: 'format' })).rejects.toThrow(ProblemError);
});

test('the last of the first 30 days of a series is its views_d30', async () => {
  const warehouse = await openFixture(randomDataset(77));
  const compared = await withEngine(warehouse, async (engine) => {
    const series = await answerQuery(engine, querySchema.parse({ measures: ['views_d30'], dimensions: ['series'] }));
    const known = series.rows.filter((row) => row.views_d30 !== null);
    const asked = known.map((row) => String(row.series));
    const { rows } = await curves(engine, curvesParams.parse({ series: asked, days: '30' }));
    const last = new Map(rows.filter((row) => row.day_since_release === 29).map((row) => [row.member, row.value]));
    return known.map((row) => [row.views_d30, last.get(String(row.series))]);
  });
  await warehouse.close();
  expect(compared.length).toBeGreaterThan(2);
  for (const [measure, curve] of compared) expect(curve).toBe(measure);
});

/** Quantile with linear interpolation between order statistics. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return low + (high - low) * (at - Math.floor(at));
}

describe('against plain sums over all rows', () => {
  const filters: DimensionFilter[] = [{ dimension: 'region', op: 'not_in', values: ['US'] }];
  const cases = [randomFixture(14), randomFixture(15), randomDataset(51, '2025-07-12', 70)].flatMap((fixture, n) =>
    (['genre', 'platform', 'format'] as const).flatMap((by) =>
      [true, false].map((cumulative) => ({
        name: `dataset ${n} by ${by}, ${cumulative ? 'cumulative' : 'daily'}`,
        fixture,
        by,
        cumulative,
        chosen: by === 'format' ? filters : [],
      })),
    ),
  );
  test.each(cases)('$name', async ({ fixture, by, cumulative, chosen }) => {
    const days = 25;
    const to = '2025-09-05';
    const answer = await once(fixture, {
      by,
      to,
      days: String(days),
      cumulative: String(cumulative),
      filters: JSON.stringify(chosen),
      limit: '50',
    });
    const dates = oracleRows(fixture)
      .map((row) => row.day)
      .sort();
    const [start, end] = [dates[0] ?? '', dates.at(-1) ?? ''];
    const expected = [...groupBy(oracleRows(fixture, chosen), (row) => membersOf(row, by))].flatMap(
      ([member, rows]) => {
        const released = [...groupBy(rows, (row) => [row.series]).values()].flatMap((own) => {
          const release = own[0] ? releaseDayOf(own[0].info) : null;
          return release !== null && release >= start && release <= to ? [{ release, own }] : [];
        });
        const livedBy = (age: number) => released.filter(({ release }) => daysBetween(release, end) >= age);
        const ages = Array.from({ length: days }, (_, age) => age);
        const enough = Math.max(1, Math.min(20, Math.ceil(released.length / 2)));
        const last = ages.findLast((age) => livedBy(age).length >= enough) ?? -1;
        const alive = livedBy(last);
        return ages.slice(0, last + 1).flatMap((age) => {
          const values = alive.map(({ release, own }) =>
            viewsOf(within(own, cumulative ? release : addDays(release, age), addDays(release, age))),
          );
          const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => expect.closeTo(quantile(values, p), 6));
          return [{ member, day_since_release: age, value: null, q1, median, q3, series: alive.length }];
        });
      },
    );
    const key = (row: { member: string; day_since_release: number }) => `${row.member} ${1000 + row.day_since_release}`;
    const sorted = <T extends { member: string; day_since_release: number }>(rows: T[]) =>
      rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(expected.length).toBeGreaterThan(days);
    expect(sorted(answer.rows.map(({ member_label: _, ...row }) => row))).toEqual(sorted(expected));
  });
});

test('a cumulative median never falls, however young the best series are', async () => {
  const days = (series: string, first: number, views: number) =>
    Array.from({ length: 11 - first }, (_, at) => ({
      series,
      day: `2025-08-${String(first + at).padStart(2, '0')}`,
      views,
    }));
  const { rows } = await once(
    {
      series: [
        ...['a', 'b'].map((id) => ({ id, release: '2025-08-01' })),
        ...['c', 'd', 'e'].map((id) => ({ id, release: '2025-08-06' })),
      ],
      rows: [...['a', 'b'].flatMap((id) => days(id, 1, 100)), ...['c', 'd', 'e'].flatMap((id) => days(id, 6, 10_000))],
    },
    {},
  );
  // Only a and b have lived a sixth day, which is less than half.
  expect(rows.map((row) => [row.median, row.series])).toEqual([1, 2, 3, 4, 5].map((day) => [day * 10_000, 5]));
});

test('by puts the members with the most views first, and a limit keeps those', async () => {
  const fixture = randomFixture(14);
  const all = await once(fixture, { by: 'genre', days: '1' });
  const two = await once(fixture, { by: 'genre', days: '1', limit: '2' });
  const members = [...new Set(all.rows.map((row) => row.member))];
  expect(members.length).toBeGreaterThan(2);
  expect([...new Set(two.rows.map((row) => row.member))]).toEqual(members.slice(0, 2));
  expect(two.rows).toEqual(all.rows.filter((row) => members.indexOf(row.member) < 2));
});
