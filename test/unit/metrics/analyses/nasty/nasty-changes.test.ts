import { describe, expect, it } from 'vitest';
import {
  decompositionParams,
  genresParams,
  growthParams,
  moversParams,
} from '../../../../../server/contract/analyses.ts';
import { decomposition } from '../../../../../server/metrics/analyses/decomposition.ts';
import { genres } from '../../../../../server/metrics/analyses/genres.ts';
import { growth } from '../../../../../server/metrics/analyses/growth.ts';
import { movers } from '../../../../../server/metrics/analyses/movers.ts';
import { addDays } from '../../../../../server/metrics/language/calendar.ts';
import { NASTY_FROM } from '../../nasty-files.ts';
import { periodStart } from '../../oracle.ts';
import { groupBy, membersOf, type OracleRow, oracleRows, viewsOf, within } from '../oracle.ts';
import { close, growthBetween, isIncrement, LAST, overNastyFiles, rankOf } from './nasty-oracle.ts';

/** Analyses over files that went through the import, against plain JavaScript over the rows that count. */

describe.each([1, 2, 3])('over the nasty files %i', (seed) => {
  const { nasty, ask, cases } = overNastyFiles(seed);

  it.each(cases)('the growth index by week: %s', async (_name, filters) => {
    for (const by of ['genre', 'platform', 'producer'] as const) {
      const base = '2025-02-10';
      const params = growthParams.parse({ by, grain: 'week', base, limit: '100', filters: JSON.stringify(filters) });
      const { rows } = await ask((engine) => growth(engine, params));
      const expected = [
        ...groupBy(oracleRows(nasty.fixture, filters).filter(isIncrement), (row) => membersOf(row, by)),
      ].flatMap(([member, own]) => {
        const weeks = new Map(
          [...groupBy(own, (row) => [periodStart('week', row.day)])].map(([week, of]) => [
            week,
            // Rows that leave the views blank say nothing of them.
            of.every((row) => row.views === undefined) ? null : viewsOf(of),
          ]),
        );
        const lastWeek = periodStart('week', LAST);
        const covered = [0, 1, 2, 3, 4, 5, 6].filter((days) => addDays(lastWeek, days) <= LAST).length;
        const whole = (week: string) => week >= NASTY_FROM && addDays(week, 6) <= LAST;
        return [...weeks].map(([period, value]) => {
          const before = addDays(period, -7);
          const partial = !whole(period);
          const known = before >= NASTY_FROM;
          const [rate, reason] =
            partial || (known && !whole(before))
              ? [null, 'partial']
              : known
                ? value === null || weeks.get(before) === null
                  ? [null, 'no_data']
                  : growthBetween(value, weeks.get(before) ?? 0)
                : [null, 'no_data'];
          const start = weeks.get(base) ?? 0;
          return {
            member,
            period,
            value,
            index: close(start === 0 || value === null ? null : (value / start) * 100),
            growth: close(rate),
            growth_reason: partial ? 'partial' : reason,
            partial,
            pace: close(value !== null && period === lastWeek && !whole(period) ? (value / covered) * 7 : null),
          };
        });
      });
      const sorted = <T extends { member: string; period: string }>(list: readonly T[]) =>
        list.toSorted((a, b) => (`${a.member} ${a.period}` < `${b.member} ${b.period}` ? -1 : 1));
      expect(sorted(rows.map(({ member_label: _label, ...row }) => row))).toEqual(sorted(expected));
    }
  });

  it.each(cases)('movers with their ranks: %s', async (_name, filters) => {
    const [range, base] = [
      ['2025-02-20', '2025-03-11'],
      ['2025-01-31', '2025-02-19'],
    ] as const;
    const rows = oracleRows(nasty.fixture, filters).filter(isIncrement);
    const total = viewsOf(within(rows, ...base));
    for (const by of ['series', 'genre', 'credited_producer', 'region'] as const) {
      const params = moversParams.parse({ by, from: range[0], to: range[1], filters: JSON.stringify(filters) });
      const answer = await ask((engine) => movers(engine, params));
      const members = [...groupBy(rows, (row) => membersOf(row, by))].flatMap(([member, own]) => {
        const [now, before] = [within(own, ...range), within(own, ...base)];
        return now.length + before.length === 0 ? [] : [{ member, now: viewsOf(now), before: viewsOf(before) }];
      });
      const [nows, befores] = [members.map(({ now }) => now), members.map(({ before }) => before)];
      const byMember = new Map(answer.rows.map((row) => [row.member, row]));
      expect(byMember.size).toBe(members.length);
      for (const { member, now, before } of members) {
        const [rate, reason] = growthBetween(now, before);
        const [rank, previous] = [rankOf(now, nows), rankOf(before, befores)];
        const row = byMember.get(member);
        expect([Number(row?.value ?? 0), Number(row?.previous ?? 0), Number(row?.delta ?? 0)], member).toEqual([
          now,
          before,
          now - before,
        ]);
        expect(row, member).toMatchObject({
          growth: close(rate),
          growth_reason: reason,
          contribution_pp: close(total === 0 ? null : (100 * (now - before)) / total),
          rank,
          rank_previous: previous,
          rank_change: rank === null || previous === null ? null : previous - rank,
          rank_change_reason: rank !== null && previous === null ? 'new' : null,
        });
      }
    }
  });

  it.each(cases)('the decomposition by the logarithmic mean: %s', async (_name, filters) => {
    const [base, range] = [
      ['2025-01-16', '2025-01-22'],
      ['2025-03-22', '2025-03-30'],
    ] as const;
    const params = decompositionParams.parse({
      by: 'genre',
      base_from: base[0],
      base_to: base[1],
      from: range[0],
      to: range[1],
      filters: JSON.stringify(filters),
    });
    const { rows } = await ask((engine) => decomposition(engine, params));
    const all = oracleRows(nasty.fixture, filters).filter(isIncrement);
    expect(rows.some((row) => row.active !== row.active_base && row.active * row.active_base > 0)).toBe(true);
    for (const row of rows) {
      const own = all.filter((one) => membersOf(one, 'genre').includes(row.member));
      const of = (span: readonly [string, string]) => {
        const inside = within(own, ...span);
        const active = [...groupBy(inside, (one) => [one.series]).values()].filter((one) => viewsOf(one) > 0);
        return { views: viewsOf(inside), active: active.length };
      };
      const [v0, v1] = [of(base), of(range)];
      expect([row.views_base, row.views, row.active_base, row.active]).toEqual([
        v0.views,
        v1.views,
        v0.active,
        v1.active,
      ]);
      // L(a, b) as the integral of a^t · b^(1 − t) over t from 0 to 1, by Simpson's rule.
      const steps = 200;
      const mean =
        Array.from(
          { length: steps + 1 },
          (_, i) =>
            (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * v1.views ** (i / steps) * v0.views ** (1 - i / steps),
        ).reduce((a, b) => a + b, 0) /
        (3 * steps);
      const none = v0.views === 0 || v1.views === 0;
      expect(row.effect_supply).toBeCloseTo(none ? v1.views - v0.views : mean * Math.log(v1.active / v0.active), 4);
      expect(row.effect_intensity).toBeCloseTo(
        none ? 0 : mean * Math.log((v1.views * v0.active) / (v1.active * v0.views)),
        4,
      );
    }
  });

  it.each(cases)('supply, demand and opportunity: %s', async (_name, filters) => {
    const [range, base] = [
      ['2025-03-01', '2025-03-31'],
      ['2025-02-01', '2025-02-28'],
    ] as const;
    const all = oracleRows(nasty.fixture, filters).filter(isIncrement);
    for (const by of ['primary_genre', 'format'] as const) {
      const { rows } = await ask((engine) =>
        genres(engine, genresParams.parse({ by, from: range[0], to: range[1], filters: JSON.stringify(filters) })),
      );
      const activeOf = (own: readonly OracleRow[]) =>
        [...groupBy(within(own, ...range), (row) => [row.series]).values()].filter((one) => viewsOf(one) > 0).length;
      for (const row of rows) {
        const own = all.filter((one) => membersOf(one, by).includes(row.member));
        const [now, before] = [viewsOf(within(own, ...range)), viewsOf(within(own, ...base))];
        const supply = activeOf(own) / activeOf(all);
        const demand = now / viewsOf(within(all, ...range));
        const [rate, reason] = growthBetween(now, before);
        expect(row, row.member).toMatchObject({
          views: now,
          supply_share: close(supply),
          demand_share: close(demand),
          opportunity_index: close(supply === 0 ? null : demand / supply),
          growth: close(rate),
          growth_reason: reason,
        });
      }
      expect(rows.reduce((sum, row) => sum + (row.supply_share ?? 0), 0)).toBeCloseTo(1, 9);
    }
  });
});
