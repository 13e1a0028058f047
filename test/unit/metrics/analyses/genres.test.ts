import { describe, expect, test } from 'vitest';
import { genresParams } from '../../../../server/contract/analyses.ts';
import type { DimensionFilter } from '../../../../server/contract/query.ts';
import { genres, supplyAndDemand } from '../../../../server/metrics/analyses/genres.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { groupBy, median, membersOf, oracleRows, releaseDayOf, viewsOf, within } from './oracle.ts';
import { FIRST_DAY, LAST_DAY, randomFixture } from './random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => genres(engine, genresParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

test('a worked example: shares, medians, age-aligned views and growth', async () => {
  // October: urban a 100, b 300, c 0 views; family d 600. September: urban 200, family 0. as_of 31 October.
  const answer = await once(
    {
      series: [
        { id: 'a', genres: ['urban'], release: '2025-09-01', producers: ['九州'] },
        { id: 'b', genres: ['urban', 'family'], release: '2025-10-02', producers: ['听花岛', '九州'] },
        { id: 'c', genres: ['urban'] },
        { id: 'd', genres: ['family'], release: '2025-10-20' },
        { id: 'e', genres: ['fantasy'], release: '2025-10-25' },
      ],
      rows: [
        { series: 'a', day: '2025-09-01', views: 150 },
        { series: 'a', day: '2025-09-30', views: 50 },
        { series: 'a', day: '2025-10-01', views: 100 },
        { series: 'b', day: '2025-10-02', views: 250 },
        { series: 'b', day: '2025-10-31', views: 50 },
        { series: 'c', day: '2025-10-05', views: 0 },
        { series: 'd', day: '2025-10-31', views: 600 },
      ],
    },
    { from: '2025-10-01', to: '2025-10-31' },
  );
  expect(answer.rows).toEqual([
    {
      member: 'family',
      member_label: 'family',
      active_series: 1,
      new_series: 1,
      views: 600,
      views_per_series: 600,
      median_views_per_series: 600,
      median_views_d30: null,
      series_d30: 0,
      supply_share: 1 / 3,
      demand_share: 0.6,
      opportunity_index: 0.6 / (1 / 3),
      top_producer: '(unknown)',
      top_producer_label: '未知',
      top_producer_share: 1,
      top_series_share: 1,
      growth: null,
      growth_reason: 'new',
      n: 1,
      few_peers: true,
    },
    {
      member: 'urban',
      member_label: 'urban',
      active_series: 2,
      new_series: 1,
      views: 400,
      views_per_series: 200,
      median_views_per_series: 200,
      // a: 150 + 50 of September (day 30 is the 30th); b: 250 + 50 (day 30 is 31 October).
      median_views_d30: 250,
      series_d30: 2,
      supply_share: 2 / 3,
      demand_share: 0.4,
      opportunity_index: 0.4 / (2 / 3),
      // b, of its first house alone: 300 of 400.
      top_producer: '听花岛',
      top_producer_label: '听花岛',
      top_producer_share: 0.75,
      top_series_share: 0.75,
      growth: 1,
      growth_reason: null,
      n: 2,
      few_peers: true,
    },
    expect.objectContaining({
      member: 'fantasy',
      active_series: 0,
      new_series: 1,
      views: 0,
      views_per_series: null,
      median_views_per_series: null,
      opportunity_index: null,
      top_producer: null,
      top_producer_share: null,
      top_series_share: null,
      growth_reason: 'both_zero',
    }),
  ]);
  expect(answer.meta.notes.map((note) => note.code)).toEqual(['no_release_date']);
});

test('a member of fewer than twenty active series keeps its figures and is flagged', async () => {
  const of = (genre: string, count: number) => Array.from({ length: count }, (_, i) => ({ id: `${genre}${i}`, genre }));
  const series = [...of('urban', 20), ...of('family', 19)];
  const { rows } = await once(
    {
      series: series.map(({ id, genre }) => ({ id, genres: [genre] })),
      rows: series.map(({ id }) => ({ series: id, day: '2025-10-01', views: 100 })),
    },
    {},
  );
  expect(rows.map((row) => [row.member, row.n, row.few_peers, row.opportunity_index])).toEqual([
    ['urban', 20, false, 1],
    ['family', 19, true, 1],
  ]);
});

test('shares of nothing are null', () => {
  expect(supplyAndDemand([{ active: 0, views: 0 }])).toEqual([{ supply: null, demand: null, opportunity: null }]);
});

describe('against plain sums over all rows', () => {
  const filters: DimensionFilter[][] = [
    [],
    [{ dimension: 'market', op: 'in', values: ['overseas', '(unknown)'] }],
    [{ dimension: 'region', op: 'in', values: ['CN'] }],
    [{ dimension: 'genre', op: 'not_in', values: ['family'] }],
  ];
  test.each(filters.map((f) => [JSON.stringify(f), f] as const))('%s', async (_name, chosen) => {
    const fixture = randomFixture(21, 40);
    const [from, to] = ['2025-08-05', '2025-09-10'];
    const answer = await once(fixture, { from, to, filters: JSON.stringify(chosen) });
    const rows = oracleRows(fixture, chosen);
    const active = [...groupBy(within(rows, from, to), (row) => [row.series])].filter(([, own]) => viewsOf(own) > 0);
    const usesLog = chosen.some(({ dimension }) => dimension === 'market' || dimension === 'region');
    for (const row of answer.rows) {
      const isOfMember = (id: string) => {
        const info = fixture.series.find((series) => series.id === id);
        return info !== undefined && membersOf({ info }, 'primary_genre').includes(row.member);
      };
      const mine = active.filter(([id]) => isOfMember(id));
      const released = fixture.series.filter((info) => {
        const day = releaseDayOf(info);
        const left = usesLog || chosen.length === 0 || !membersOf({ info }, 'genre').includes('family');
        return (
          isOfMember(info.id) &&
          left &&
          day !== null &&
          day >= from &&
          day <= to &&
          (!usesLog || mine.some(([id]) => id === info.id))
        );
      });
      const aged = mine.flatMap(([id]) => {
        const info = fixture.series.find((series) => series.id === id);
        const day = info ? releaseDayOf(info) : null;
        if (day === null || day < FIRST_DAY || addDays(day, 29) > LAST_DAY) return [];
        return [
          viewsOf(
            within(
              rows.filter((r) => r.series === id),
              day,
              addDays(day, 29),
            ),
          ),
        ];
      });
      const views = mine.reduce((sum, [, own]) => sum + viewsOf(own), 0);
      const houses = new Map<string, number>();
      for (const [, own] of mine)
        for (const house of membersOf(own[0] ?? { info: { id: '' } }, 'producer'))
          houses.set(house, (houses.get(house) ?? 0) + viewsOf(own));
      expect(row).toMatchObject({
        active_series: mine.length,
        new_series: released.length,
        views,
        median_views_per_series: median(mine.map(([, own]) => viewsOf(own))),
        median_views_d30: median(aged),
        series_d30: aged.length,
        top_producer_share: views === 0 ? null : Math.max(...houses.values()) / views,
        top_series_share: views === 0 ? null : Math.max(...mine.map(([, own]) => viewsOf(own))) / views,
      });
      if (views > 0) expect(houses.get(row.top_producer ?? '')).toBe(Math.max(...houses.values()));
    }
    expect(answer.rows.reduce((sum, row) => sum + row.active_series, 0)).toBe(active.length);
    expect(answer.rows.reduce((sum, row) => sum + (row.demand_share ?? 0), 0)).toBeCloseTo(1, 9);
    expect(answer.rows.some((row) => row.median_views_d30 !== null)).toBe(true);
  });
});
