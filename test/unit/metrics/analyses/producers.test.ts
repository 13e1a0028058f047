import { describe, expect, test } from 'vitest';
import { producersParams } from '../../../../server/contract/analyses.ts';
import type { DimensionFilter } from '../../../../server/contract/query.ts';
import { producers } from '../../../../server/metrics/analyses/producers.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { crossingsOf, groupBy, membersOf, oracleRows, releaseDayOf, viewsOf, within } from './oracle.ts';
import { LAST_DAY, randomFixture } from './random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string>) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => producers(engine, producersParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

describe('a worked example', () => {
  // Day 3 decides, hits reach 100, the club 400; October, as_of the 31st.
  const fixture: Fixture = {
    series: [
      { id: 'hit', producers: ['p', 'q'], release: '2025-10-01' },
      { id: 'late', producers: ['p'], release: '2025-10-10' },
      { id: 'opened', producers: ['p'], release: '2025-10-29' },
      { id: 'young', producers: ['p'], release: '2025-10-30' },
      { id: 'silent', producers: ['p'], release: '2025-10-05' },
      { id: 'old', producers: ['q'], release: '2025-09-01' },
      { id: 'undated' },
    ],
    rows: [
      // Exactly 100 by the end of day 3, some of it before the release.
      { series: 'hit', day: '2025-09-30', views: 40 },
      { series: 'hit', day: '2025-10-03', views: 60 },
      { series: 'hit', day: '2025-10-20', views: 300 },
      // 100 only on day 4.
      { series: 'late', day: '2025-10-12', views: 99 },
      { series: 'late', day: '2025-10-13', views: 1 },
      // 90 from before the log, 10 on day 3, which is as_of.
      { series: 'opened', day: '2025-10-29', kind: 'opening', views: 90 },
      { series: 'opened', day: '2025-10-31', views: 10 },
      { series: 'young', day: '2025-10-30', views: 500 },
      { series: 'old', day: '2025-09-01', views: 450 },
      { series: 'old', day: '2025-10-02', views: 30 },
      { series: 'undated', day: '2025-10-02', views: 0 },
    ],
  };
  const query = { from: '2025-10-01', to: '2025-10-31', threshold: '400', hit_threshold: '100', days: '3' };

  test('hits are judged at the end of day D, the young are counted apart, the silent not at all', async () => {
    const { rows } = await once(fixture, query);
    expect(rows[0]).toMatchObject({
      producer: 'p',
      mature_releases: 3,
      hits: 2,
      immature: 1,
      new_series: 5,
      active_series: 4,
      n: 4,
      few_peers: true,
    });
    expect(rows[0]?.hit_rate).toBeCloseTo(2 / 3, 12);
    expect(rows[0]?.hit_rate_low).toBeCloseTo(0.2077, 4);
    expect(rows[0]?.hit_rate_high).toBeCloseTo(0.9385, 4);
    expect(rows[1]).toMatchObject({
      producer: 'q',
      mature_releases: 0,
      hit_rate: null,
      hit_rate_low: null,
      immature: 0,
    });
  });

  test('views, share, ranks, club and median; the first credited producer alone counts', async () => {
    const { rows, meta } = await once(fixture, query);
    expect(
      rows.map((r) => [r.producer, r.views, r.share_of_views, r.rank, r.club_count, r.median_views_per_series]),
    ).toEqual([
      ['p', 970, 0.97, 1, 2, 230],
      ['q', 30, 0.03, 2, 0, 30],
      ['(unknown)', 0, 0, null, 0, null],
    ]);
    expect(meta.notes.map((note) => note.code)).toEqual(['tracking_widened', 'no_release_date']);
  });

  test('ranks and growth against the month before', async () => {
    const { rows } = await once(fixture, query);
    expect(rows.map((r) => [r.producer, r.growth, r.growth_reason, r.rank_previous, r.rank_change])).toEqual([
      ['p', 970 / 40 - 1, null, 2, 1],
      ['q', 30 / 450 - 1, null, 1, -1],
      ['(unknown)', null, 'both_zero', null, null],
    ]);
  });

  test('a limit keeps the largest, shares stay those of all', async () => {
    const { rows } = await once(fixture, { ...query, limit: '1' });
    expect(rows.map((r) => [r.producer, r.share_of_views])).toEqual([['p', 0.97]]);
  });
});

describe('against plain sums over all rows', () => {
  const filters: DimensionFilter[][] = [
    [],
    [{ dimension: 'market', op: 'in', values: ['domestic'] }],
    [{ dimension: 'region', op: 'not_in', values: ['CN'] }],
    [{ dimension: 'format', op: 'in', values: ['comic', 'ai'] }],
  ];
  test.each(filters.map((f) => [JSON.stringify(f), f] as const))('%s', async (_name, chosen) => {
    const fixture = randomFixture(33, 60);
    const [from, to, days, hit, threshold] = ['2025-07-25', '2025-09-15', 7, 100, 250];
    const { rows } = await once(fixture, {
      from,
      to,
      days: String(days),
      hit_threshold: String(hit),
      threshold: String(threshold),
      filters: JSON.stringify(chosen),
    });
    const all = oracleRows(fixture, chosen);
    const total = viewsOf(within(all, from, to));
    const crossed = crossingsOf(all, threshold).filter(({ day }) => day !== null && day >= from && day <= to);
    const formats = chosen.find(({ dimension }) => dimension === 'format');
    for (const row of rows) {
      const own = fixture.series.filter(
        (info) =>
          membersOf({ info }, 'producer').includes(row.producer) &&
          (formats === undefined || membersOf({ info }, 'format').some((f) => f === 'comic' || f === 'ai')),
      );
      const ids = new Set(own.map((info) => info.id));
      const mine = all.filter((r) => ids.has(r.series));
      const counts = { mature: 0, hits: 0, immature: 0 };
      for (const info of own) {
        const day = releaseDayOf(info);
        if (day === null || day < from || day > to) continue;
        const last = addDays(day, days - 1);
        const stated = mine.filter((r) => r.series === info.id);
        if (last > LAST_DAY) counts.immature++;
        else if (stated.length > 0) {
          counts.mature++;
          if (viewsOf(stated, 'opening') + viewsOf(within(stated, '0000', last)) >= hit) counts.hits++;
        }
      }
      const views = viewsOf(within(mine, from, to));
      const active = [...groupBy(within(mine, from, to), (r) => [r.series])].filter(([, r]) => viewsOf(r) > 0);
      expect(row).toMatchObject({
        views,
        active_series: active.length,
        club_count: crossed.filter(({ series }) => ids.has(series)).length,
        mature_releases: counts.mature,
        hits: counts.hits,
        immature: counts.immature,
      });
      expect(row.share_of_views).toBeCloseTo(views / total, 12);
    }
    expect(rows.reduce((sum, row) => sum + row.hits, 0)).toBeGreaterThan(0);
    expect(rows.reduce((sum, row) => sum + row.club_count, 0)).toBe(crossed.length);
  });
});
