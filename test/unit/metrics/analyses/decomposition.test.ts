import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decompositionParams } from '../../../../server/contract/analyses.ts';
import {
  decomposition,
  effects,
  largestChanges,
  logarithmicMean,
} from '../../../../server/metrics/analyses/decomposition.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { groupBy, membersOf, oracleRows, releaseDayOf, viewsOf, within } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

const ask = (warehouse: Warehouse, query: Record<string, string>) =>
  withEngine(warehouse, (engine) => decomposition(engine, decompositionParams.parse(query)));

describe('the logarithmic mean', () => {
  test.each([
    [1, 1, 1],
    [Math.E, 1, Math.E - 1],
    [8, 2, 6 / Math.log(4)],
    [2, 8, 6 / Math.log(4)],
    [1e9 + 1, 1e9, 1e9 + 0.5],
  ])('of %d and %d is %d', (a, b, expected) => {
    expect(logarithmicMean(a, b)).toBeCloseTo(expected, 6);
  });
});

describe('the effects', () => {
  test('are L·ln of each factor and sum to the change', () => {
    const row = { views_base: 200, views: 900, active_base: 2, active: 3 };
    const L = (900 - 200) / (Math.log(900) - Math.log(200));
    const { effect_supply, effect_intensity } = effects(row);
    expect(effect_supply).toBeCloseTo(L * Math.log(3 / 2), 9);
    expect(effect_intensity).toBeCloseTo(L * Math.log(300 / 100), 9);
    expect(effect_supply + effect_intensity).toBe(700);
  });
  test.each([
    [0, 50, 0, 2, 50],
    [50, 0, 2, 0, -50],
    [0, 0, 0, 0, 0],
  ])('are all supply where views go from %d to %d', (views_base, views, active_base, active, supply) => {
    expect(effects({ views_base, views, active_base, active })).toEqual({ effect_supply: supply, effect_intensity: 0 });
  });
  test('are exact in sum beyond 2^53', () => {
    const { effect_supply, effect_intensity } = effects({
      views_base: 10n ** 17n,
      views: 3n * 10n ** 17n,
      active_base: 5,
      active: 5,
    });
    expect([effect_supply, effect_intensity]).toEqual([0, 2e17]);
  });
});

test('a limit keeps the largest changes either way, sorted from rise to fall', () => {
  const rows = [3, -9, 1, 9, -2].map((delta, i) => ({ member: `m${i}`, delta }));
  expect(largestChanges(rows, 3).map((row) => row.delta)).toEqual([9, 3, -9]);
  expect(largestChanges(rows, undefined).map((row) => row.delta)).toEqual([9, 3, 1, -2, -9]);
});

describe('a worked example', () => {
  // September → October: a 100 → 160 stays, b 50 → 0 is lost, c 0 → 70 is a release, d 0 → 20 came back, e has no release.
  const fixture: Fixture = {
    series: [
      { id: 'a', genres: ['urban', 'family'], release: '2025-09-01' },
      { id: 'b', genres: ['urban'], release: '2025-09-01' },
      { id: 'c', genres: ['family'], release: '2025-10-01' },
      { id: 'd', genres: ['family'], release: '2025-08-01' },
      { id: 'e' },
    ],
    rows: [
      { series: 'a', day: '2025-09-01', views: 100 },
      { series: 'b', day: '2025-09-30', views: 50 },
      { series: 'b', day: '2025-10-01', views: 0 },
      { series: 'd', day: '2025-09-05', kind: 'opening', views: 1000 },
      { series: 'a', day: '2025-10-02', views: 160 },
      { series: 'c', day: '2025-10-03', views: 70 },
      { series: 'd', day: '2025-10-04', views: 20 },
      { series: 'e', day: '2025-10-31', views: 5 },
    ],
  };
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());

  test('one row for the total, whose parts sum to the change; the base is the previous month', async () => {
    const { rows } = await ask(warehouse, { from: '2025-10-01', to: '2025-10-31' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      member: '(total)',
      member_label: '合计',
      views_base: 150,
      views: 255,
      active_base: 2,
      active: 4,
      delta: 105,
      new: 70,
      entered: 25,
      returning: 60,
      lost: -50,
    });
    // L = 105 / ln(255/150) = 197.88; twice the series, 63.75 views each instead of 75.
    expect(rows[0]?.effect_supply).toBeCloseTo(137.16, 2);
    expect(rows[0]?.effect_intensity).toBeCloseTo(-32.16, 2);
  });

  test('by genre a series counts under each of its tags', async () => {
    const { rows } = await ask(warehouse, { from: '2025-10-01', to: '2025-10-31', by: 'genre' });
    expect(rows.map((r) => [r.member, r.views_base, r.views, r.delta, r.new, r.entered, r.returning, r.lost])).toEqual([
      ['family', 100, 250, 150, 70, 20, 60, 0],
      ['urban', 150, 160, 10, 0, 0, 60, -50],
      ['(unknown)', 0, 5, 5, 0, 5, 0, 0],
    ]);
  });

  test('a base of its own can be any range', async () => {
    const { rows } = await ask(warehouse, {
      from: '2025-10-03',
      to: '2025-10-31',
      base_from: '2025-10-01',
      base_to: '2025-10-02',
    });
    expect(rows[0]).toMatchObject({ views_base: 160, views: 95, lost: -160, new: 0, entered: 95 });
    await expect(ask(warehouse, { base_from: '2025-09-01' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('filters that leave nothing still give the total, of zeros', async () => {
    const filters = JSON.stringify([{ dimension: 'format', op: 'in', values: ['ai'] }]);
    const { rows } = await ask(warehouse, { from: '2025-10-01', to: '2025-10-31', filters });
    expect(rows[0]).toMatchObject({
      views: 0,
      views_base: 0,
      active: 0,
      delta: 0,
      effect_supply: 0,
      effect_intensity: 0,
    });
  });

  test('a range that as_of cuts is compared over its elapsed days', async () => {
    const { rows, meta } = await ask(warehouse, { from: '2025-10-01', to: '2025-12-31' });
    expect(meta.alignment).toBe('elapsed');
    expect(meta.notes.map((note) => note.code)).toEqual(['elapsed', 'base_outside_log']);
    expect(rows[0]?.views_base).toBe(0);
  });
});

describe('against plain sums over all rows', () => {
  const fixture = randomFixture(3, 40);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());
  const base: [string, string] = ['2025-07-15', '2025-08-10'];
  const range: [string, string] = ['2025-08-11', '2025-09-12'];

  test.each(['genre', 'credited_producer', 'platform', 'region', 'market', 'format'])('by %s', async (by) => {
    const rows = oracleRows(fixture);
    const answer = await ask(warehouse, { from: range[0], to: range[1], base_from: base[0], base_to: base[1], by });
    const members = groupBy(rows, (row) => membersOf(row, by));
    const expected = [...members].flatMap(([member, own]) => {
      const both = [...within(own, ...base), ...within(own, ...range)];
      if (both.length === 0) return [];
      const parts = { new: 0, entered: 0, returning: 0, lost: 0 };
      const active = { before: 0, now: 0 };
      for (const [, mine] of groupBy(both, (row) => [row.series])) {
        const v0 = viewsOf(within(mine, ...base));
        const v1 = viewsOf(within(mine, ...range));
        const release = mine[0] ? releaseDayOf(mine[0].info) : null;
        if (v0 > 0) active.before++;
        if (v1 > 0) active.now++;
        if (v0 > 0 && v1 > 0) parts.returning += v1 - v0;
        else if (v0 > 0) parts.lost -= v0;
        else if (release !== null && release >= range[0] && release <= range[1]) parts.new += v1;
        else parts.entered += v1;
      }
      return [
        {
          member,
          views_base: viewsOf(within(own, ...base)),
          views: viewsOf(within(own, ...range)),
          active_base: active.before,
          active: active.now,
          ...parts,
        },
      ];
    });
    const byMember = new Map(answer.rows.map((row) => [row.member, row]));
    expect(answer.rows).toHaveLength(expected.length);
    for (const row of expected) expect(byMember.get(row.member)).toMatchObject(row);
    for (const row of answer.rows) {
      expect(Number(row.new) + Number(row.entered) + Number(row.returning) + Number(row.lost)).toBe(Number(row.delta));
      expect(Number(row.effect_supply) + Number(row.effect_intensity)).toBeCloseTo(Number(row.delta), 6);
    }
  });
});
