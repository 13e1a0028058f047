import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DimensionFilter,
  type QueryInput,
  querySchema,
  type SeriesFilter,
} from '../../../../server/contract/query.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { chosenSeries, named } from '../chosen-series.ts';
import { openFixture, withEngine } from '../fixture.ts';
import { Oracle } from '../oracle.ts';
import { randomDataset } from '../random-dataset.ts';
import { expectSame } from '../same-cells.ts';

const ask = (warehouse: Warehouse, query: QueryInput) =>
  withEngine(warehouse, (engine) => answerQuery(engine, querySchema.parse(query)));

const CHOICES: SeriesFilter[] = [
  { series_top: { measure: 'views', n: 3 } },
  { series_top: { measure: 'watch_hours', n: 1 } },
  { series_where: { measure: 'views', op: 'gte', value: 3000 } },
  { series_where: { measure: 'watch_hours', op: 'lt', value: 1.5 } },
  { series_where: { measure: 'views', op: 'between', values: [2000, 4000] } },
  { series_where: { measure: 'likes', op: 'gt', value: 1_000_000 } },
  { series_top: { measure: 'views', n: 2, over: { from: '2025-02-10', to: '2025-02-16', filters: [] } } },
];
const WITHIN: DimensionFilter[][] = [
  [],
  [{ dimension: 'platform', op: 'in', values: ['douyin'] }],
  [{ dimension: 'format', op: 'not_null' }],
  [{ dimension: 'weekday', op: 'in', values: ['1', '2', '3'] }],
];
const QUESTIONS: QueryInput[] = [
  { measures: ['views', 'active_series', 'cumulative_views', 'views_d7'] },
  { measures: ['views', 'new_series', 'share_of_views'], dimensions: ['genre'], time: { grain: 'month' } },
  {
    measures: ['views', 'median_views_per_series'],
    dimensions: ['platform'],
    time: { from: '2025-02-01', to: '2025-02-28' },
  },
  {
    measures: ['views', 'likes'],
    dimensions: ['series'],
    time: { from: '2025-02-03', to: '2025-03-10', grain: 'week' },
  },
];

describe.each([2])('series chosen by their total, in the random dataset %i,', (seed) => {
  const fixture = randomDataset(seed);
  const oracle = new Oracle(fixture);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());

  it.each(CHOICES.map((choice) => [JSON.stringify(choice), choice] as const))('%s', async (_name, choice) => {
    for (const within of WITHIN) {
      for (const question of QUESTIONS) {
        const range = { from: question.time?.from ?? oracle.logFrom, to: question.time?.to ?? oracle.asOf };
        const ids = chosenSeries(fixture, choice, range, within);
        const plain = querySchema.parse({ ...question, filters: [...within, named(ids)] });
        const query = { ...question, filters: [choice, ...within] };
        expectSame(await ask(warehouse, query), query, oracle.cells(plain, range));
      }
    }
  });

  it('are the same in both ranges of a comparison: those of the asked one', async () => {
    const range = { from: '2025-03-01', to: '2025-03-31' };
    const choice: SeriesFilter = { series_top: { measure: 'views', n: 2 } };
    const query: QueryInput = { measures: ['views'], dimensions: ['series'], time: range, compare: 'previous_period' };
    const only = named(chosenSeries(fixture, choice, range, []));
    const { rows, totals } = await ask(warehouse, { ...query, filters: [choice], totals: true });
    const plain = await ask(warehouse, { ...query, filters: [only], totals: true });
    expect(rows).toEqual(plain.rows);
    expect(totals).toEqual(plain.totals);
  });

  it('are the same series in the (others) row', async () => {
    const choice: SeriesFilter = { series_top: { measure: 'views', n: 3 } };
    const query: QueryInput = { measures: ['views'], dimensions: ['series'], limit: 1, others: true };
    const only = named(chosenSeries(fixture, choice, { from: oracle.logFrom, to: oracle.asOf }, []));
    const { rows } = await ask(warehouse, { ...query, filters: [choice] });
    expect(rows).toEqual((await ask(warehouse, { ...query, filters: [only] })).rows);
    expect(rows.map(({ series }) => series)).toContain('(others)');
  });
});

describe('totals that cannot be taken', () => {
  const rows = [
    { series: 'a', day: '2025-10-01', views: 5, revenue: 1, currency: 'CNY' },
    { series: 'b', day: '2025-10-01', views: 4, revenue: 9, currency: 'USD' },
  ];
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({ series: [{ id: 'a' }, { id: 'b' }], rows });
  });
  afterAll(() => warehouse.close());
  const top = (measure: 'likes' | 'revenue' | 'views', n = 1): SeriesFilter => ({ series_top: { measure, n } });

  it.each([
    ['a measure without data', [top('likes')], 'measure_unavailable'],
    ['money in several currencies', [top('revenue')], 'mixed_currency'],
    [
      'a range that ends before it starts',
      [{ series_top: { measure: 'views' as const, n: 1, over: { from: '2025-10-02', to: '2025-10-01' } } }],
      'invalid_request',
    ],
  ])('are refused: %s', async (_name, filters, code) => {
    await expect(ask(warehouse, { measures: ['views'], filters })).rejects.toMatchObject({ code });
  });

  it('may be of money in one currency', async () => {
    const filters: QueryInput['filters'] = [{ dimension: 'currency', op: 'in', values: ['USD'] }, top('revenue', 5)];
    const answer = await ask(warehouse, { measures: ['views'], dimensions: ['series'], filters });
    expect(answer.rows).toMatchObject([{ series: 'b', views: 4 }]);
  });
});
