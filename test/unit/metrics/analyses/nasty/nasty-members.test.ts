import { describe, expect, it } from 'vitest';
import { milestonesParams, producersParams } from '../../../../../server/contract/analyses.ts';
import { producers } from '../../../../../server/metrics/analyses/producers.ts';
import { milestones } from '../../../../../server/metrics/analyses/series/milestones.ts';
import { series } from '../../../../../server/metrics/analyses/series/series.ts';
import { addDays, daysBetween } from '../../../../../server/metrics/language/calendar.ts';
import { crossingsOf, groupBy, membersOf, oracleRows, releaseDayOf, viewsOf, within } from '../oracle.ts';
import { close, isIncrement, LAST, overNastyFiles, rankOf, wilsonBySearch } from './nasty-oracle.ts';

/** Analyses over files that went through the import, against plain JavaScript over the rows that count. */

describe.each([1, 2, 3])('over the nasty files %i', (seed) => {
  const { nasty, ask, cases } = overNastyFiles(seed);

  it.each(cases)('producers’ ranks and hit rates with their interval: %s', async (_name, filters) => {
    const [range, base] = [
      ['2025-03-01', '2025-03-31'],
      ['2025-02-01', '2025-02-28'],
    ] as const;
    const [hit, days] = [200, 7];
    const released = ['2025-01-15', '2025-03-31'] as const;
    const all = oracleRows(nasty.fixture, filters);
    const league = (from: string, to: string) =>
      ask((engine) =>
        producers(
          engine,
          producersParams.parse({
            from,
            to,
            hit_threshold: `${hit}`,
            days: `${days}`,
            filters: JSON.stringify(filters),
          }),
        ),
      );
    const sums = new Map(
      [...groupBy(all.filter(isIncrement), (row) => membersOf(row, 'producer'))].map(([id, own]) => [
        id,
        [viewsOf(within(own, ...range)), viewsOf(within(own, ...base))] as const,
      ]),
    );
    const { rows } = await league(...range);
    for (const row of rows) {
      const [now, before] = sums.get(row.producer) ?? [0, 0];
      const rank = rankOf(
        now,
        [...sums.values()].map(([value]) => value),
      );
      const previous = rankOf(
        before,
        [...sums.values()].map(([, value]) => value),
      );
      expect([row.rank, row.rank_previous, row.rank_change], row.producer).toEqual([
        rank,
        previous,
        rank === null || previous === null ? null : previous - rank,
      ]);
    }
    let judged = 0;
    for (const row of (await league(...released)).rows) {
      const mature = nasty.fixture.series.flatMap((info) => {
        const day = releaseDayOf(info);
        const own = all.filter((one) => one.series === info.id);
        const isTheirs = membersOf({ info }, 'producer').includes(row.producer) && own.length > 0;
        if (!isTheirs || day === null || day < released[0] || day > released[1] || addDays(day, days - 1) > LAST)
          return [];
        return [viewsOf(own, 'opening') + viewsOf(within(own, '', addDays(day, days - 1)))];
      });
      const hits = mature.filter((views) => views >= hit).length;
      const [low, high] = wilsonBySearch(hits, mature.length);
      judged += mature.length;
      expect(row, row.producer).toMatchObject({
        mature_releases: mature.length,
        hits,
        hit_rate: close(mature.length === 0 ? null : hits / mature.length),
        hit_rate_low: close(low),
        hit_rate_high: close(high),
      });
    }
    expect(judged).toBeGreaterThan(1);
  });

  it.each(cases)(
    'milestones: when, how long after the release, and what openings had before: %s',
    async (_name, filters) => {
      const thresholds = [60, 300, 2000];
      const { rows } = await ask((engine) =>
        milestones(engine, milestonesParams.parse({ thresholds: thresholds.join(), filters: JSON.stringify(filters) })),
      );
      const all = oracleRows(nasty.fixture, filters);
      const crossed = new Map(
        thresholds.flatMap((threshold) =>
          crossingsOf(all, threshold).map((one) => [`${one.series} ${threshold}`, one] as const),
        ),
      );
      for (const row of rows) {
        const one = crossed.get(`${row.series} ${row.threshold}`);
        const info = nasty.fixture.series.find(({ id }) => id === row.series);
        const release = info === undefined ? null : releaseDayOf(info);
        const timed =
          one?.day == null || release === null || one.day < release ? null : daysBetween(release, one.day) + 1;
        expect(row, `${row.series} ${row.threshold}`).toMatchObject({
          reached: one !== undefined,
          crossed_at: one?.crossed_at ?? null,
          before_log: one !== undefined && one.day === null,
          resolution: one?.crossed_at == null ? null : one.crossed_at.includes('T') ? 'hour' : 'day',
          days_to: timed,
          hours_to: null,
        });
      }
      expect(rows.some(({ before_log: early }) => early)).toBe(true);
      expect(rows.some(({ days_to: days }) => days !== null)).toBe(true);
    },
  );

  it('heat: the first day on which any platform has it, never a sum of platforms', async () => {
    if (nasty.missing.includes('heat')) return;
    const thresholds = [400, 700, 850];
    const params = milestonesParams.parse({ thresholds: thresholds.join(), measure: 'heat' });
    const { rows } = await ask((engine) => milestones(engine, params));
    for (const row of rows) {
      const hot = oracleRows(nasty.fixture).filter(
        (one) => one.series === row.series && (one.heat ?? 0) >= row.threshold,
      );
      const day = hot.map((one) => one.day).toSorted()[0] ?? null;
      expect([row.reached, row.crossed_at?.slice(0, 10) ?? null]).toEqual([day !== null, day]);
      const platforms = hot.filter((one) => one.day === day).map((one) => one.platform);
      if (row.reached) expect(platforms).toContain(row.platform);
    }
    expect(rows.some(({ reached }) => reached)).toBe(true);
  });

  it.each(cases)('each series: totals, shares, peers and days: %s', async (_name, filters) => {
    const [from, to] = ['2025-02-05', '2025-03-20'];
    const all = oracleRows(nasty.fixture, filters);
    for (const info of nasty.fixture.series) {
      const answer = await ask((engine) => series(engine, info.id, { from, to, filters }));
      const own = all.filter((row) => row.series === info.id);
      const inside = within(own, from, to);
      expect(answer.totals, info.id).toMatchObject({
        views: viewsOf(own),
        views_in_window: viewsOf(inside),
        cumulative_views: viewsOf(own) + viewsOf(own, 'opening'),
      });
      const platforms = [...groupBy(inside.filter(isIncrement), (row) => membersOf(row, 'platform'))].map(
        ([id, mine]) => [id, viewsOf(mine)],
      );
      expect(answer.platforms.map(({ id, views }) => [id, views]).toSorted()).toEqual(platforms.toSorted());
      const peers = [...groupBy(within(all, from, to), (row) => [row.series]).values()]
        .filter(
          (one) =>
            viewsOf(one) > 0 && one.some((row) => membersOf(row, 'format')[0] === membersOf({ info }, 'format')[0]),
        )
        .map((one) => viewsOf(one));
      const below = peers.filter((views) => views < viewsOf(inside)).length;
      expect(answer.peers).toMatchObject({
        series: peers.length,
        views_rank: viewsOf(inside) <= 0 ? null : peers.filter((views) => views > viewsOf(inside)).length + 1,
        views_percentile: close(viewsOf(inside) <= 0 || peers.length < 20 ? null : below / (peers.length - 1)),
        views_percentile_reason: viewsOf(inside) > 0 && peers.length < 20 ? 'few_peers' : null,
      });
      for (const { day, views, cumulative_views } of answer.daily) {
        const rows = within(own, day, day);
        expect([views, cumulative_views], `${info.id} ${day}`).toEqual([
          // Rows that leave the views blank say nothing of them.
          rows.every((row) => row.views === undefined) ? null : viewsOf(rows),
          viewsOf(own, 'opening') + viewsOf(within(own, '', day)),
        ]);
      }
    }
  });
});
