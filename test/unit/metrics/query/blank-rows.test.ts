import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import { Desk } from '../../ingest/desk.ts';
import { withEngine } from '../fixture.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  // A has a blank day, B a written 0, C no row on the 2nd, D likes alone there; E is a counter that begins with an opening.
  await desk.import(
    'date,series_id,platform,views,likes\n2025-10-01,A,douyin,5,1\n2025-10-02,A,douyin,,\n2025-10-03,A,douyin,7,2\n' +
      '2025-10-01,B,douyin,4,1\n2025-10-02,B,douyin,0,\n2025-10-03,B,douyin,4,1\n' +
      '2025-10-01,C,douyin,3,1\n2025-10-03,C,douyin,3,1\n2025-10-01,D,douyin,2,1\n2025-10-02,D,douyin,,9\n2025-10-03,D,douyin,2,1\n',
    { options: { views_are: 'increment' } },
  );
  await desk.import('date,series_id,platform,views\n2025-10-01,E,kuaishou,100\n2025-10-02,E,kuaishou,110\n', {
    options: { views_are: 'cumulative' },
  });
});
afterAll(() => desk.close());

const ask = async (query: QueryInput) =>
  (await withEngine(desk.warehouse, (engine) => answerQuery(engine, querySchema.parse(query)))).rows;
const only = (values: string[]) => [{ dimension: 'series' as const, op: 'in' as const, values }];
const byDay = async (series: string) =>
  (
    await ask({ measures: ['views'], time: { grain: 'day', to: '2025-10-03' }, filters: only([series]), fill: true })
  ).map(({ views }) => views);

describe('a row whose numbers are blank', () => {
  it('is not a zero, while a 0 that is written, a day without a row and the day of an opening are', async () => {
    expect(await byDay('A')).toEqual([5, null, 7]);
    expect(await byDay('B')).toEqual([4, 0, 4]);
    expect(await byDay('C')).toEqual([3, 0, 3]);
    expect(await byDay('D')).toEqual([2, null, 2]);
    expect(await byDay('E')).toEqual([0, 10, 0]);
  });

  it('gives way to whatever else is known of the day', async () => {
    const rows = await ask({ measures: ['views'], time: { grain: 'day' }, filters: only(['A', 'B']) });
    expect(rows.map(({ views }) => views)).toEqual([9, 0, 11]);
    const month = await ask({
      measures: ['views'],
      time: { grain: 'month' },
      dimensions: ['series'],
      filters: only(['A']),
    });
    expect(month[0]?.views).toBe(12);
  });

  it('neither grows nor falls: its change is unknown', async () => {
    const [row] = await ask({
      measures: ['views'],
      filters: only(['A']),
      time: { from: '2025-10-02', to: '2025-10-02' },
      compare: 'previous_period',
    });
    expect(row).toMatchObject({
      views: null,
      views__previous: 5,
      views__delta: null,
      views__growth: null,
      views__growth_reason: 'no_data',
    });
  });
});
