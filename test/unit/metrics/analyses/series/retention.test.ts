import { describe, expect, test } from 'vitest';
import { retentionParams } from '../../../../../server/contract/analyses-depth.ts';
import { largestDrop, retention } from '../../../../../server/metrics/analyses/series/retention.ts';
import { addDays } from '../../../../../server/metrics/language/calendar.ts';
import { type Fixture, type FixtureRow, openFixture, withEngine } from '../../fixture.ts';
import { seeded } from '../../random-dataset.ts';
import { groupBy, membersOf, oracleRows, viewsOf, within } from '../oracle.ts';

async function once(fixture: Fixture, query: Record<string, string | string[]>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => retention(engine, retentionParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const day = '2025-08-01';
const EXAMPLE: Fixture = {
  series: [
    { id: 'a', paywallEpisode: 3 },
    { id: 'b', paywallEpisode: 3 },
    { id: 'whole', paywallEpisode: 9 },
  ],
  rows: [
    { series: 'a', day, episode: 1, views: 80 },
    { series: 'a', day: '2025-08-02', episode: 1, views: 20 },
    { series: 'a', day, episode: 1, kind: 'opening', views: 500 },
    { series: 'a', day, episode: 2, views: 90 },
    { series: 'a', day, episode: 3, views: 45 },
    { series: 'b', day, episode: 1, views: 300 },
    { series: 'b', day, episode: 3, views: 100 },
    { series: 'whole', day, views: 1000 },
  ],
};

test('a worked example: one series loses half at its paywall', async () => {
  const { rows, meta } = await once(EXAMPLE, { series: 'a' });
  expect(rows).toEqual([
    { episode: 1, views: 100, series: 1, retained: 1, drop: null, largest_drop: false, paywall: false },
    {
      episode: 2,
      views: 90,
      series: 1,
      retained: 0.9,
      drop: expect.closeTo(0.1, 12),
      largest_drop: false,
      paywall: false,
    },
    { episode: 3, views: 45, series: 1, retained: 0.45, drop: 0.5, largest_drop: true, paywall: true },
  ]);
  expect(meta.notes).toEqual([]);
});

test('pooled, a series counts only where it has both episodes', async () => {
  const { rows } = await once(EXAMPLE, {});
  expect(rows.map((row) => [row.episode, row.views, row.series, row.retained, row.drop, row.paywall])).toEqual([
    [1, 400, 2, 1, null, false],
    // b has no episode 2: 90 of a's 100.
    [2, 90, 1, 0.9, expect.closeTo(0.1, 12), false],
    // (45 + 100) of (100 + 300); the drop is of a alone.
    [3, 145, 2, 0.3625, 0.5, true],
  ]);
});

test('the paywall is not marked where the series differ, and a note says why', async () => {
  const series = [{ id: 'a', paywallEpisode: 2 }, { id: 'b' }];
  const rows = ['a', 'b'].flatMap((id) => [1, 2].map((episode) => ({ series: id, day, episode, views: 1 })));
  const answer = await once({ series, rows }, {});
  expect(answer.rows.some((row) => row.paywall)).toBe(false);
  expect(answer.meta.notes.map((note) => note.code)).toEqual(['paywall_differs']);
});

test('a log without episodes has no retention, and says so', async () => {
  const answer = await once({ series: [{ id: 'a' }], rows: [{ series: 'a', day, views: 3 }] }, {});
  expect(answer.rows).toEqual([]);
  expect(answer.meta.notes.map((note) => note.code)).toEqual(['no_episodes']);
});

test('the largest drop is the earliest of equals, and rises are none', () => {
  const drops = (values: (number | null)[]) => values.map((drop, i) => ({ episode: i + 1, drop }));
  expect(largestDrop(drops([null, 0.2, 0.5, 0.5]))).toBe(3);
  expect(largestDrop(drops([null, -0.2, 0]))).toBe(null);
});

/** Series with gaps in their episodes, trailers as episode 0, ties, zeros, several days and platforms. */
function episodes(seed: number): Fixture {
  const random = seeded(seed);
  const series = Array.from({ length: 7 }, (_, i) => ({
    id: `s${i}`,
    genres: i % 2 ? ['urban'] : ['family', 'urban'],
  }));
  const rows = series.flatMap(({ id }) =>
    Array.from({ length: 9 }, (_, episode) => episode).flatMap((episode): FixtureRow[] => {
      if (random() < 0.2) return [];
      return Array.from({ length: 3 }, (_, d) => ({
        series: id,
        day: addDays(day, d),
        platform: random() < 0.5 ? 'hongguo' : 'douyin',
        episode,
        views: random() < 0.2 ? 0 : Math.floor(random() * 6) * 10,
        ...(random() < 0.1 ? { kind: 'opening' as const } : {}),
      }));
    }),
  );
  return { series, rows: [...rows, { series: 's0', day, views: 77 }] };
}

describe('against plain sums over all rows', () => {
  const cases = [1, 2, 3, 4].flatMap((seed) =>
    [
      [],
      [{ dimension: 'platform' as const, op: 'in' as const, values: ['douyin'] }],
      [{ dimension: 'genre' as const, op: 'in' as const, values: ['family'] }],
    ].map((filters) => [`seed ${seed} ${JSON.stringify(filters)}`, seed, filters] as const),
  );
  test.each(cases)('%s', async (_name, seed, filters) => {
    const fixture = episodes(seed);
    const [from, to] = ['2025-08-01', '2025-08-02'];
    const { rows } = await once(fixture, { from, to, filters: JSON.stringify(filters) });
    const kept = within(oracleRows(fixture, filters), from, to).filter(
      (row) => (row.episode ?? 0) >= 1 && row.kind !== 'opening',
    );
    const cell = (id: string, episode: number) => kept.filter((row) => row.series === id && row.episode === episode);
    const ids = [...groupBy(kept, (row) => membersOf(row, 'series')).keys()];
    /** Σ views of `episode` over Σ views of `base`, of the series with rows of both. */
    const over = (episode: number, base: number) => {
      const both = ids.filter((id) => cell(id, episode).length > 0 && cell(id, base).length > 0);
      const sum = (n: number) => both.reduce((total, id) => total + viewsOf(cell(id, n)), 0);
      return sum(base) === 0 ? null : sum(episode) / sum(base);
    };
    const present = [...new Set(kept.map((row) => row.episode ?? 0))].toSorted((a, b) => a - b);
    expect(rows.map((row) => row.episode)).toEqual(present);
    for (const row of rows) {
      const dropped = over(row.episode, row.episode - 1);
      const { episode } = row;
      expect(row.views).toBe(viewsOf(kept.filter((r) => r.episode === episode)));
      expect(row.series).toBe(ids.filter((id) => cell(id, episode).length > 0 && cell(id, 1).length > 0).length);
      expect(row.retained).toEqual(over(episode, 1));
      expect(row.drop).toEqual(episode === 1 || dropped === null ? null : 1 - dropped);
    }
    const first = rows.find((row) => row.episode === 1);
    if (first && first.views !== 0) expect(first.retained).toBe(1);
    expect(rows.filter((row) => row.largest_drop).length).toBe(rows.some((row) => (row.drop ?? 0) > 0) ? 1 : 0);
  });
});
