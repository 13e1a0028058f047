import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import { widening } from '../../../../server/metrics/query/tracking.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { everyDay, type FixtureRow, openFixture, withEngine } from '../fixture.ts';

const codes = (warehouse: Warehouse, query: Partial<QueryInput>) =>
  withEngine(warehouse, async (engine) => {
    const { meta } = await answerQuery(engine, querySchema.parse({ measures: ['views'], ...query }));
    return meta.notes.map((note) => note.code);
  });
const opening = (series: string, day: string): FixtureRow => ({ series, day, kind: 'opening', views: 1000 });
const week = { time: { from: '2025-10-08', to: '2025-10-14' }, compare: 'previous_period' as const };

describe('series that join with openings', () => {
  // Five counters from the first day on; one more is opened on the 5th, one on the 10th; a release on the 12th.
  let warehouse: Warehouse;
  beforeAll(async () => {
    const five = ['a', 'b', 'c', 'd', 'e'];
    warehouse = await openFixture({
      series: [...five, 'f', 'g', 'released'].map((id) => ({ id })),
      rows: [
        ...five.flatMap((id) => [
          opening(id, '2025-10-01'),
          ...everyDay({ series: id, day: '2025-10-02', views: 5 }, 13),
        ]),
        opening('f', '2025-10-05'),
        opening('g', '2025-10-10'),
        { series: 'released', day: '2025-10-12', views: 900 },
      ],
    });
  });
  afterAll(() => warehouse.close());

  test('are noted where more than 20 % joined within the two ranges', async () => {
    expect(await codes(warehouse, week)).toEqual(['tracking_widened']);
  });

  test('are not where as many or fewer did', async () => {
    // From the 7th on six are tracked; one joins, 17 %.
    expect(await codes(warehouse, { ...week, time: { from: '2025-10-11', to: '2025-10-14' } })).toEqual([]);
    // From the 2nd to the 9th one of five joins: 20 %, not more.
    expect(await codes(warehouse, { ...week, time: { from: '2025-10-06', to: '2025-10-09' } })).toEqual([]);
  });

  test('matter to comparisons alone', async () => {
    expect(await codes(warehouse, { time: week.time })).toEqual([]);
  });

  test('are told with their number in both languages', async () => {
    const [note] = await withEngine(
      warehouse,
      async (engine) => (await answerQuery(engine, querySchema.parse({ measures: ['views'], ...week }))).meta.notes,
    );
    expect(note?.text.en).toContain('2 series');
    expect(note?.text.en).toContain('40% of the 5');
    expect(note?.text.zh).toContain('2 部剧集');
  });
});

describe('a source that begins within the compared ranges', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: [{ id: 'a' }],
      rows: [
        ...everyDay({ series: 'a', day: '2025-10-01', views: 5, source: 'old' }, 20),
        ...everyDay({ series: 'a', day: '2025-10-09', views: 5, platform: 'douyin', source: 'young' }, 12),
      ],
    });
  });
  afterAll(() => warehouse.close());

  test.each([
    ['is noted', week, ['tracking_widened']],
    [
      'is not where it was there from the first day on',
      { ...week, time: { from: '2025-10-15', to: '2025-10-20' } },
      [],
    ],
    ['is not where it came later', { ...week, time: { from: '2025-10-05', to: '2025-10-08' } }, []],
    [
      'is not where a filter leaves it out',
      { ...week, filters: [{ dimension: 'source', op: 'in', values: ['old'] }] },
      [],
    ],
  ] as const)('%s', async (_name, query, expected) => {
    expect(await codes(warehouse, querySchema.parse({ measures: ['views'], ...query }))).toEqual(expected);
  });
});

test('only openings widen: a release seen from its first day on is supply', () => {
  const entries = [
    { day: '2025-10-01', series: 10, opened: 8 },
    { day: '2025-10-05', series: 7, opened: 3 },
    { day: '2025-10-09', series: 4, opened: 4 },
  ];
  expect(widening(entries, '2025-10-01', '2025-10-08')).toEqual({ before: 10, joined: 3 });
  expect(widening(entries, '2025-10-04', '2025-10-09')).toEqual({ before: 10, joined: 7 });
});
