import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { everyDay, openFixture, withEngine } from '../fixture.ts';

const ask = (warehouse: Warehouse, query: Partial<QueryInput>) =>
  withEngine(warehouse, (engine) => answerQuery(engine, querySchema.parse({ measures: ['views'], ...query })));

describe('a comparison with a range that the log does not hold', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: [{ id: 'a' }],
      rows: everyDay({ series: 'a', day: '2025-09-01', views: 10 }, 30),
    });
  });
  afterAll(() => warehouse.close());

  const cells = async (query: Partial<QueryInput>) => {
    const { rows, meta } = await ask(warehouse, { dimensions: ['series'], ...query });
    const of = (row: (typeof rows)[number]) =>
      [row.views, row.views__previous, row.views__delta, row.views__growth, row.views__growth_reason] as const;
    return { cells: rows.map(of), notes: meta.notes.map((note) => note.code) };
  };

  test('wholly after the last day: not a fall to nothing', async () => {
    const time = { from: '2025-10-01', to: '2025-10-31' };
    expect(await cells({ time, compare: 'previous_period' })).toEqual({
      cells: [[null, 300, null, null, 'no_data']],
      notes: ['range_outside_log'],
    });
  });

  test('wholly before its first day: not new', async () => {
    const time = { from: '2025-09-01', to: '2025-09-30' };
    expect(await cells({ time, compare: 'previous_period' })).toEqual({
      cells: [[300, null, null, null, 'no_data']],
      notes: ['base_outside_log'],
    });
  });

  test('cut by its first day: what there is, and no growth', async () => {
    const time = { from: '2025-09-06', to: '2025-09-15' };
    expect(await cells({ time, compare: 'previous_period' })).toEqual({
      cells: [[100, 50, 50, null, 'no_data']],
      notes: ['base_outside_log'],
    });
  });
});

test('a sort by the change ranks members of both ranges, also with a limit', async () => {
  const warehouse = await openFixture({
    series: ['rose', 'fell', 'gone', 'new'].map((id) => ({ id })),
    rows: [
      { series: 'rose', day: '2025-09-01', views: 10 },
      { series: 'rose', day: '2025-10-31', views: 15 },
      { series: 'fell', day: '2025-09-02', views: 10 },
      { series: 'fell', day: '2025-10-02', views: 8 },
      { series: 'gone', day: '2025-09-02', views: 50 },
      { series: 'new', day: '2025-10-02', views: 40 },
    ],
  });
  const ranked = async (by: string, dir: 'asc' | 'desc', limit: number) => {
    const time = { from: '2025-10-01', to: '2025-10-31' };
    const { rows } = await ask(warehouse, {
      dimensions: ['series'],
      time,
      compare: 'previous_period',
      sort: [{ by, dir }],
      limit,
    });
    return rows.map((row) => row.series);
  };
  expect(await ranked('views__delta', 'desc', 4)).toEqual(['new', 'rose', 'fell', 'gone']);
  expect(await ranked('views__delta', 'asc', 1)).toEqual(['gone']);
  expect(await ranked('views__growth', 'desc', 2)).toEqual(['rose', 'fell']);
  await warehouse.close();
});

test('a day of a longer month has no partner in a shorter one before it: nothing is new there', async () => {
  const warehouse = await openFixture({
    series: [{ id: 'a' }],
    rows: everyDay({ series: 'a', day: '2025-02-01', views: 10 }, 59),
  });
  const { rows } = await ask(warehouse, {
    time: { from: '2025-03-01', to: '2025-03-31', grain: 'day' },
    compare: 'previous_period',
  });
  await warehouse.close();
  expect(
    rows
      .slice(27, 29)
      .map((row) => [
        row.period,
        row.views,
        row.views__previous,
        row.views__delta,
        row.views__growth,
        row.views__growth_reason,
      ]),
  ).toEqual([
    ['2025-03-28', 10, 10, 0, 0, null],
    ['2025-03-29', 10, null, null, null, 'no_data'],
  ]);
});
