import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFINITIONS } from '../../../scripts/docs/definitions.ts';
import { codeOf, rowsUnder } from '../../../scripts/docs/markdown.ts';
import {
  DIMENSIONS,
  type DimensionFilter,
  MEASURES,
  type MeasureId,
  type QueryInput,
  querySchema,
} from '../../../server/contract/query.ts';
import { answerQuery } from '../../../server/metrics/query/query.ts';
import { Desk } from '../ingest/desk.ts';
import { withEngine } from '../metrics/fixture.ts';

const text = readFileSync(DEFINITIONS, 'utf8');
const isCode = (cell: string | undefined, id: string) => cell === `\`${id}\``;

describe('the example of docs/definitions.md', () => {
  let desk: Desk;
  beforeAll(async () => {
    const [views = '', counters = '', catalogue = ''] = codeOf(text, 'csv');
    desk = await Desk.open();
    await desk.import(views, { name: 'views.csv', options: { views_are: 'increment' } });
    await desk.import(counters, { name: 'counters.csv', options: { views_are: 'cumulative' } });
    await desk.import(catalogue, { name: 'catalogue.csv', kind: 'catalog' });
  });
  afterAll(() => desk.close());

  const october = { from: '2025-10-01', to: '2025-10-31' };
  const ask = async (query: QueryInput) =>
    (await withEngine(desk.warehouse, (engine) => answerQuery(engine, querySchema.parse(query)))).rows;

  async function answerOf(id: MeasureId) {
    const hongguo: DimensionFilter[] = [{ dimension: 'platform', op: 'in', values: ['hongguo'] }];
    const share = id === 'share_of_views';
    const found = await ask({
      measures: [id],
      time: october,
      ...(share ? { dimensions: ['series'] } : {}),
      ...(id.startsWith('heat') ? { filters: hongguo } : {}),
    });
    return (share ? found.find(({ series }) => series === 'b') : found[0])?.[id];
  }

  test.each(MEASURES)('comes to the value that is told for %s', async (id) => {
    const told = rowsUnder(text, 'October 2025, one total').find(([cell]) => isCode(cell, id))?.[2];
    expect(await answerOf(id)).toBeCloseTo(Number(told?.replaceAll(',', '')), 4);
  });

  test.each(DIMENSIONS)('has the member that is told for %s', async (id) => {
    const told = rowsUnder(text, 'The members of one row').find(([cell]) => isCode(cell, id))?.[1];
    const found = await ask({
      measures: ['views'],
      dimensions: [id],
      time: { from: '2025-10-05', to: '2025-10-05' },
      filters: [{ dimension: 'series', op: 'in', values: ['a'] }],
    });
    const members = found.map((row) => `\`${row[id]}\``);
    expect(members.sort().join(', ')).toBe(told);
  });

  test('has the increments that are told for its counter', async () => {
    expect(await desk.views(`k.series_id = 'c'`)).toEqual([
      'c 2025-10-09 opening 1000',
      'c 2025-10-10 150',
      'c 2025-10-11 0',
    ]);
    await desk.import('day,series_id,platform,cumulative_views\n2025-10-14,c,红果,1200\n', {
      name: 'counters.csv',
      options: { views_are: 'cumulative' },
    });
    expect((await desk.views(`k.series_id = 'c'`)).slice(3)).toEqual([
      'c 2025-10-12 20',
      'c 2025-10-13 20',
      'c 2025-10-14 20',
    ]);
  });
});
