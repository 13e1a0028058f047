import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moversParams } from '../../../../server/contract/analyses.ts';
import { byChange, contribution, movers } from '../../../../server/metrics/analyses/movers.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../fixture.ts';
import { groupBy, membersOf, oracleRows, viewsOf, within } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

const ask = (warehouse: Warehouse, query: Record<string, string>) =>
  withEngine(warehouse, (engine) => movers(engine, moversParams.parse(query)));

describe('a worked example', () => {
  // September → October. urban 100 → 150, family 100 → 100 (tie before), fantasy 40 → 0, xianxia — → 60. In all 240 → 310.
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: ['urban', 'family', 'fantasy', 'xianxia'].map((id) => ({ id, genres: [id] })),
      rows: [
        { series: 'urban', day: '2025-09-01', views: 100, likes: 10 },
        { series: 'family', day: '2025-09-10', views: 100 },
        { series: 'fantasy', day: '2025-09-30', views: 40 },
        { series: 'urban', day: '2025-10-01', views: 150, likes: 30 },
        { series: 'family', day: '2025-10-02', views: 100 },
        { series: 'xianxia', day: '2025-10-31', views: 60 },
      ],
    });
  });
  afterAll(() => warehouse.close());

  const october = { from: '2025-10-01', to: '2025-10-31' };
  test('change, growth with its reason, contribution in points of the earlier total, ranks with ties', async () => {
    const { rows } = await ask(warehouse, october);
    const shown = rows.map((r) => [
      r.member,
      r.value,
      r.previous,
      r.delta,
      r.growth,
      r.growth_reason,
      r.contribution_pp,
      r.rank,
      r.rank_previous,
      r.rank_change,
      r.rank_change_reason,
    ]);
    expect(shown).toEqual([
      ['xianxia', 60, 0, 60, null, 'new', (60 / 240) * 100, 3, null, null, 'new'],
      ['urban', 150, 100, 50, 0.5, null, (50 / 240) * 100, 1, 1, 0, null],
      ['family', 100, 100, 0, 0, null, 0, 2, 1, -1, null],
      ['fantasy', 0, 40, -40, -1, null, (-40 / 240) * 100, null, 3, null, null],
    ]);
  });

  test('a limit keeps the largest changes, with the ranks of all', async () => {
    const { rows } = await ask(warehouse, { ...october, limit: '2' });
    expect(rows.map((r) => [r.member, r.rank])).toEqual([
      ['xianxia', 3],
      ['urban', 1],
    ]);
  });

  test('a ratio has no contribution', async () => {
    const { rows } = await ask(warehouse, { ...october, measure: 'engagement_rate' });
    expect(rows[0]).toMatchObject({ member: 'urban', value: 0.2, previous: 0.1, contribution_pp: null });
  });

  test('against a range not wholly inside the log there is no growth, no contribution and nothing new', async () => {
    // The 25 days before 20 September start before the log, but hold 200 of its views: no earlier value either.
    const { rows, meta } = await ask(warehouse, { from: '2025-09-20', to: '2025-10-14' });
    expect(meta.notes.map((note) => note.code)).toEqual(['base_outside_log']);
    expect(rows.map((r) => [r.member, r.value])).toEqual([
      ['urban', 150],
      ['family', 100],
      ['fantasy', 40],
    ]);
    for (const row of rows)
      expect(row).toMatchObject({
        previous: null,
        delta: null,
        growth: null,
        growth_reason: 'no_data',
        contribution_pp: null,
        rank_previous: null,
        rank_change_reason: null,
      });
  });
});

test('over the whole log there is nothing before, and members come by value', async () => {
  const warehouse = await openFixture({
    series: ['urban', 'family'].map((id) => ({ id, genres: [id] })),
    rows: [
      { series: 'urban', day: '2025-09-01', views: 7 },
      { series: 'family', day: '2025-09-02', views: 9 },
    ],
  });
  const { rows, meta } = await ask(warehouse, {});
  await warehouse.close();
  expect(meta.notes.map((note) => note.code)).toEqual(['base_outside_log']);
  expect(rows.map((r) => [r.member, r.value, r.previous, r.delta, r.growth, r.growth_reason])).toEqual([
    ['family', 9, null, null, null, 'no_data'],
    ['urban', 7, null, null, null, 'no_data'],
  ]);
});

test('contributions need an earlier total', () => {
  expect([contribution(5, 50), contribution(5, 0), contribution(null, 50), contribution(5, null)]).toEqual([
    10,
    null,
    null,
    null,
  ]);
});

test('an unknown change comes last', () => {
  const rows = [
    { member: 'a', delta: null },
    { member: 'b', delta: -1 },
    { member: 'c', delta: '9007199254740993' },
  ];
  expect(byChange(rows, undefined).map((row) => row.member)).toEqual(['c', 'b', 'a']);
  expect(byChange(rows, 2).map((row) => row.member)).toEqual(['c', 'b']);
});

test.each(['series', 'genre', 'platform', 'region'])('by %s the changes are those of the rows', async (by) => {
  const fixture = randomFixture(5);
  const warehouse = await openFixture(fixture);
  const now: [string, string] = ['2025-08-11', '2025-09-01'];
  const before: [string, string] = ['2025-07-20', '2025-08-10'];
  const { rows } = await ask(warehouse, { by, from: now[0], to: now[1] });
  await warehouse.close();
  const expected = [...groupBy(oracleRows(fixture), (row) => membersOf(row, by))].flatMap(([member, own]) => {
    const [a, b] = [within(own, ...now), within(own, ...before)];
    return a.length + b.length === 0
      ? []
      : [{ member, value: viewsOf(a), previous: viewsOf(b), delta: viewsOf(a) - viewsOf(b) }];
  });
  expect(rows).toHaveLength(expected.length);
  for (const row of expected) expect(rows.find(({ member }) => member === row.member)).toMatchObject(row);
});
