import { describe, expect, test } from 'vitest';
import { qualityParams } from '../../../../../server/contract/analyses-depth.ts';
import { quadrantOf, quality } from '../../../../../server/metrics/analyses/series/quality.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { randomDataset } from '../../random-dataset.ts';
import { groupBy, membersOf, oracleRows, viewsOf, within } from '../oracle.ts';

async function once(fixture: Fixture, query: Record<string, string>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => quality(engine, qualityParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const day = '2025-08-01';
const EXAMPLE: Fixture = {
  series: [
    ...['a', 'b', 'c', 'silent'].map((id) => ({ id, format: 'comic' as const })),
    { id: 'alone', format: 'ai' },
    { id: 'unseen', format: 'comic' },
  ],
  rows: [
    { series: 'a', day, views: 300, completions: 30 },
    { series: 'b', day, views: 150, completions: 90 },
    { series: 'b', day: '2025-08-02', views: 50, completions: 10 },
    { series: 'c', day, views: 100, completions: 20 },
    { series: 'silent', day, views: 500 },
    { series: 'alone', day, views: 10, completions: 1 },
    { series: 'unseen', day, views: 0, completions: 0 },
  ],
};

const few = { x_percentile: null, y_percentile: null, percentile_reason: 'few_peers', quadrant: null };

test('a worked example: three comics, one with the views and one with the quality', async () => {
  const answer = await once(EXAMPLE, {});
  const comic = { format: 'comic' };
  expect(answer.rows).toEqual([
    {
      ...comic,
      series: 'a',
      series_label: 'a',
      x: 300,
      y: 0.1,
      peers: 3,
      x_rank: 1,
      y_rank: 3,
      ...few,
    },
    {
      ...comic,
      series: 'b',
      series_label: 'b',
      x: 200,
      y: 0.5,
      peers: 3,
      x_rank: 2,
      y_rank: 1,
      ...few,
    },
    {
      ...comic,
      series: 'c',
      series_label: 'c',
      x: 100,
      y: 0.2,
      peers: 3,
      x_rank: 3,
      y_rank: 2,
      ...few,
    },
    {
      series: 'alone',
      series_label: 'alone',
      format: 'ai',
      x: 10,
      y: 0.1,
      peers: 1,
      x_rank: 1,
      y_rank: 1,
      ...few,
    },
  ]);
  expect(answer.meta.notes.map((note) => [note.code, note.text.en])).toEqual([
    ['no_quality', '1 series with views state nothing of completion rate; they are left out.'],
  ]);
});

test('a limit cuts rows, not the places', async () => {
  const { rows, meta } = await once(EXAMPLE, { limit: '2' });
  expect(rows.map((row) => [row.series, row.x_rank, row.peers])).toEqual([
    ['a', 1, 3],
    ['b', 2, 3],
  ]);
  expect(meta.truncated).toBe(false);
});

test.each([19, 20])('of %s series of a format: percentiles and quadrants from 20 on', async (count) => {
  const ids = Array.from({ length: count }, (_, i) => `s${i + 1}`);
  const fixture: Fixture = {
    series: ids.map((id) => ({ id, format: 'comic' as const })),
    rows: ids.map((series, i) => ({ series, day, views: (i + 1) * 100, completions: 10 })),
  };
  const { rows } = await once(fixture, {});
  const told = ({ x_rank, peers, x_percentile, percentile_reason, quadrant }: (typeof rows)[number]) =>
    [x_rank, peers, x_percentile, percentile_reason, quadrant] as const;
  expect([rows[0], rows.at(-1)].map((row) => row && told(row))).toEqual(
    count < 20
      ? [
          [1, 19, null, 'few_peers', null],
          [19, 19, null, 'few_peers', null],
        ]
      : [
          [1, 20, 1, null, 'views_only'],
          [20, 20, 0, null, 'quality_only'],
        ],
  );
});

test('a rate that the data have no column for is refused', async () => {
  await expect(once(EXAMPLE, { y: 'engagement_rate' })).rejects.toMatchObject({ code: 'measure_unavailable' });
});

test.each([
  [0.5, 0.5, 'both_high'],
  [0.5, 0.49, 'views_only'],
  [0.49, 0.5, 'quality_only'],
  [0, 0.49, 'both_low'],
  [null, 0.9, null],
] as const)('places %s and %s are in quadrant %s', (x, y, quadrant) => {
  expect(quadrantOf(x, y)).toBe(quadrant);
});

describe('against plain counts of who is below', () => {
  const cases = [71, 72, 73, 74].flatMap((seed) =>
    (['completion_rate', 'engagement_rate'] as const).map((y) => [seed, y] as const),
  );
  test.each(cases)('seed %s, %s', async (seed, y) => {
    const fixture = randomDataset(seed);
    const [from, to] = ['2025-02-03', '2025-04-10'];
    const filters = [{ dimension: 'region' as const, op: 'in' as const, values: ['CN', 'US'] }];
    const answer = await once(fixture, { y, from, to, filters: JSON.stringify(filters) });
    const increments = within(oracleRows(fixture, filters), from, to).filter((row) => row.kind !== 'opening');
    const points = [...groupBy(increments, (row) => [row.series])].flatMap(([id, rows]) => {
      const stated = rows
        .flatMap((row) =>
          y === 'completion_rate' ? [row.completions] : [row.likes, row.comments, row.shares, row.favourites],
        )
        .filter((n) => n !== undefined);
      const x = viewsOf(rows);
      const first = rows[0];
      if (x === 0 || stated.length === 0 || first === undefined) return [];
      return [{ id, x, y: stated.reduce((a, b) => a + b, 0) / x, format: membersOf(first, 'format')[0] }];
    });
    const place = (own: number, others: readonly number[]) =>
      others.length < 20 ? null : others.filter((value) => value < own).length / (others.length - 1);
    const expected = points
      .toSorted((a, b) => b.x - a.x || (a.id < b.id ? -1 : 1))
      .map((point) => {
        const peers = points.filter((other) => other.format === point.format);
        const places = [
          place(
            point.x,
            peers.map((p) => p.x),
          ),
          place(
            point.y,
            peers.map((p) => p.y),
          ),
        ];
        return [point.id, point.format, point.x, expect.closeTo(point.y, 12), ...places];
      });
    expect(expected.length).toBeGreaterThan(5);
    expect(answer.rows.map((r) => [r.series, r.format, r.x, r.y, r.x_percentile, r.y_percentile])).toEqual(expected);
  });
});
