import { describe, expect, it } from 'vitest';
import { seriesRanksParams } from '../../../../../server/contract/analyses-depth.ts';
import { seriesRanks } from '../../../../../server/metrics/analyses/series/series-ranks.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { groupBy, oracleRows, viewsOf, within } from '../oracle.ts';
import { randomFixture } from '../random-fixture.ts';

async function over<T>(
  fixture: Fixture,
  work: (ask: (id: string, query?: Record<string, string>) => ReturnType<typeof seriesRanks>) => Promise<T>,
): Promise<T> {
  const warehouse = await openFixture(fixture);
  try {
    return await work((id, query = {}) =>
      withEngine(warehouse, (engine) => seriesRanks(engine, id, seriesRanksParams.parse(query))),
    );
  } finally {
    await warehouse.close();
  }
}

const few = { percentile: null, percentile_reason: 'few_peers' };

describe('the ranks of a series', () => {
  it('are among the series with views in the period; equals share the lower place', async () => {
    const fixture: Fixture = {
      series: ['a', 'b', 'c', 'd'].map((id) => ({ id })),
      rows: [
        { series: 'a', day: '2025-09-01', views: 100 },
        { series: 'a', day: '2025-09-30', views: 200 },
        { series: 'a', day: '2025-09-01', kind: 'opening', views: 9000 },
        { series: 'b', day: '2025-09-02', views: 500 },
        { series: 'c', day: '2025-09-02', views: 300 },
        { series: 'd', day: '2025-09-02', views: 0 },
        { series: 'a', day: '2025-10-01', views: 40 },
        { series: 'b', day: '2025-10-05', views: 40 },
        { series: 'c', day: '2025-10-01', views: 90 },
        { series: 'd', day: '2025-10-02', views: 10 },
      ],
    };
    await over(fixture, async (ask) => {
      const answer = await ask('a');
      expect(answer.rows).toEqual([
        { period: '2025-09-01', views: 300, rank: 2, n: 3, ...few, partial: false },
        { period: '2025-10-01', views: 40, rank: 2, n: 4, ...few, partial: true },
      ]);
      expect(answer.meta.partial_periods).toEqual(['2025-10-01']);
      // A period without views of it has no place.
      expect((await ask('d')).rows).toEqual([
        { period: '2025-10-01', views: 10, rank: 4, n: 4, ...few, partial: true },
      ]);
      const week = await ask('a', { grain: 'week', from: '2025-09-03', to: '2025-10-05' });
      expect(week.rows.map(({ period, rank, n }) => [period, rank, n])).toEqual([['2025-09-29', 1, 4]]);
      await expect(ask('nobody')).rejects.toMatchObject({ code: 'unknown_member' });
    });
  });

  it('are exact beyond what a double holds', async () => {
    const most = 9_007_199_254_741_993n;
    const fixture: Fixture = {
      series: [{ id: 'a' }, { id: 'b' }],
      rows: [
        { series: 'a', day: '2025-09-01', views: most },
        { series: 'b', day: '2025-09-01', views: most - 1n },
      ],
    };
    await over(fixture, async (ask) => {
      expect((await ask('a')).rows).toMatchObject([{ views: String(most), rank: 1, n: 2 }]);
      expect((await ask('b')).rows).toMatchObject([{ views: String(most - 1n), rank: 2, n: 2 }]);
    });
  });

  it('have a part of the others only from twenty series on', async () => {
    const crowd = (n: number): Fixture => ({
      series: Array.from({ length: n }, (_, at) => ({ id: `s${at}` })),
      rows: Array.from({ length: n }, (_, at) => ({ series: `s${at}`, day: '2025-08-01', views: 100 + at })),
    });
    const [below, enough] = await Promise.all([
      over(crowd(19), (ask) => ask('s10')),
      over(crowd(20), (ask) => ask('s10')),
    ]);
    expect(below.rows).toMatchObject([{ rank: 9, n: 19, ...few }]);
    expect(enough.rows).toMatchObject([{ rank: 10, n: 20, percentile: 10 / 19, percentile_reason: null }]);
  });

  it.each([1, 2, 3])('are those of plain counting over random rows, with filters: %i', async (seed) => {
    const fixture = randomFixture(seed);
    const filters = [{ dimension: 'platform' as const, op: 'not_in' as const, values: ['hongguo'] }];
    const [from, to] = ['2025-08-03', '2025-09-20'];
    await over(fixture, async (ask) => {
      for (const own of [[], filters]) {
        const rows = within(oracleRows(fixture, own), from, to);
        const months = groupBy(rows, ({ day }) => [`${day.slice(0, 7)}-01`]);
        for (const { id } of fixture.series) {
          const expected = [...months]
            .map(([period, all]) => {
              const sums = [...groupBy(all, ({ series }) => [series])]
                .map(([series, of]) => ({ series, views: viewsOf(of) }))
                .filter(({ views }) => views > 0)
                .sort((a, b) => b.views - a.views);
              const place = sums.findIndex(({ series }) => series === id);
              const views = sums[place]?.views ?? 0;
              return { period, views, rank: sums.findIndex((one) => one.views === views) + 1, n: sums.length };
            })
            .filter(({ views }) => views > 0)
            .sort((a, b) => a.period.localeCompare(b.period));
          const answer = await ask(id, { from, to, filters: JSON.stringify(own) });
          expect(
            answer.rows.map(({ period, views, rank, n }) => ({ period, views, rank, n })),
            id,
          ).toEqual(expected);
        }
      }
    });
  });
});
