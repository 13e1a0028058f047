import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MEASURES as ALL_MEASURES,
  type MeasureId,
  type QueryInput,
  querySchema,
} from '../../../../server/contract/query.ts';
import { engineOf } from '../../../../server/metrics/language/engine.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import { duckdbDialect } from '../../../../server/metrics/sql/duckdb.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../fixture.ts';
import { Oracle } from '../oracle.ts';
import { randomDataset } from '../random-dataset.ts';
import { expectSame, rounded } from '../same-cells.ts';

const ask = (warehouse: Warehouse, query: QueryInput) =>
  withEngine(warehouse, (engine) => answerQuery(engine, querySchema.parse(query)));

/** Heat is refused but of one platform (docs/definitions.md#heat_peak). */
const HEAT: readonly MeasureId[] = ['heat_peak', 'heat_mean'];
const MEASURES = ALL_MEASURES.filter((id) => !HEAT.includes(id));
/** One query takes at most 20 measures. */
const halves = (query: QueryInput): QueryInput[] =>
  [MEASURES.slice(0, 15), ['views' as const, ...MEASURES.slice(15)]].map((measures) => ({ ...query, measures }));

const SPLITS: Omit<QueryInput, 'measures'>[] = [
  {},
  { time: { grain: 'month' } },
  { time: { grain: 'week' }, dimensions: ['format'] },
  { time: { grain: 'day', from: '2025-02-03', to: '2025-03-10' } },
  { time: { grain: 'quarter' }, dimensions: ['genre'] },
  { dimensions: ['genre'], time: { from: '2025-02-01', to: '2025-03-31' } },
  { dimensions: ['credited_producer', 'genre'] },
  { dimensions: ['series'], time: { from: '2025-02-10', to: '2025-03-03' } },
  { dimensions: ['platform'], time: { grain: 'month' } },
  { dimensions: ['region', 'primary_genre'], time: { from: '2025-02-01', to: '2025-02-28' } },
  { dimensions: ['market'], time: { grain: 'week' } },
  { dimensions: ['weekday'] },
  { dimensions: ['release_month'] },
  {
    dimensions: ['cast'],
    filters: [{ dimension: 'genre', op: 'in', values: ['urban', '(unknown)'] }],
  },
  { dimensions: ['format'], filters: [{ dimension: 'genre', op: 'not_in', values: ['urban'] }] },
  {
    dimensions: ['producer'],
    filters: [{ dimension: 'platform', op: 'in', values: ['douyin'] }],
    time: { grain: 'month' },
  },
  {
    filters: [{ dimension: 'market', op: 'not_in', values: ['domestic'] }],
    time: { from: '2025-02-10', to: '2025-03-03' },
  },
  { dimensions: ['genre'], filters: [{ dimension: 'producer', op: 'contains', value: '甲' }] },
  { dimensions: ['genre'], filters: [{ dimension: 'cast', op: 'is_null' }] },
  {
    filters: [
      { dimension: 'format', op: 'not_null' },
      { dimension: 'region', op: 'not_in', values: ['US'] },
    ],
  },
];

const QUERIES: QueryInput[] = [
  ...SPLITS.flatMap((split) => halves({ ...split, measures: [] })),
  { measures: ['views', ...HEAT], dimensions: ['platform'], time: { grain: 'month' } },
  { measures: ['views', ...HEAT], dimensions: ['platform', 'genre'], time: { from: '2025-02-10', to: '2025-03-03' } },
  {
    measures: ['views', ...HEAT],
    dimensions: ['format'],
    filters: [{ dimension: 'platform', op: 'in', values: ['douyin'] }],
    time: { grain: 'week' },
  },
];

describe.each([1, 2, 3, 4])('queries over the random dataset %i', (seed) => {
  const fixture = randomDataset(seed);
  const oracle = new Oracle(fixture);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());

  it.each(QUERIES.map((query) => [JSON.stringify({ ...query, measures: query.measures.slice(0, 2) }), query] as const))(
    'match plain JavaScript over the raw rows: %s',
    async (_name, query) => {
      const parsed = querySchema.parse(query);
      const range = { from: parsed.time.from ?? oracle.logFrom, to: parsed.time.to ?? oracle.asOf };
      expectSame(await ask(warehouse, query), query, oracle.cells(parsed, range));
    },
  );

  it('compare both ranges in one answer, keeping members of only one', async () => {
    const march: QueryInput = {
      measures: [],
      dimensions: ['genre'],
      time: { from: '2025-03-01', to: '2025-03-31' },
      compare: 'previous_period',
    };
    for (const query of halves(march)) {
      const answer = await ask(warehouse, query);
      const parsed = querySchema.parse(query);
      expectSame(answer, query, oracle.cells(parsed, { from: '2025-03-01', to: '2025-03-31' }));
      expectSame(answer, query, oracle.cells(parsed, { from: '2025-02-01', to: '2025-02-28' }), '__previous');
    }
  });

  it('lay the n-th earlier day on the n-th current one', async () => {
    const query: QueryInput = {
      measures: ['views', 'active_series'],
      time: { from: '2025-03-01', to: '2025-03-20', grain: 'day' },
      compare: { from: '2025-02-01', to: '2025-02-20' },
    };
    const answer = await ask(warehouse, query);
    const before = oracle.cells(querySchema.parse(query), { from: '2025-02-01', to: '2025-02-20' });
    for (const [key, cell] of before) {
      const day = JSON.parse(key)[0].replace('2025-02', '2025-03');
      expect(answer.rows.find((row) => row.period === day)?.views__previous, day).toBe(cell.views);
    }
  });

  it('give others that are recomputed over the rest, also where they are not additive', async () => {
    const query: QueryInput = {
      measures: ['views', 'active_series', 'median_views_per_series', 'share_of_views'],
      dimensions: ['genre'],
      limit: 1,
      others: true,
      totals: true,
    };
    const answer = await ask(warehouse, query);
    const [top, others] = answer.rows;
    expect(answer.rows).toHaveLength(2);
    expect(others?.genre).toBe('(others)');
    const rest = oracle.cells(
      querySchema.parse({
        ...query,
        dimensions: [],
        filters: [{ dimension: 'genre', op: 'not_in', values: [String(top?.genre)] }],
      }),
      { from: oracle.logFrom, to: oracle.asOf },
    );
    const expected = rest.get('[]') ?? {};
    expect(others?.views).toBe(expected.views);
    expect(others?.median_views_per_series).toBe(expected.median_views_per_series);
    expect(others?.active_series).toBe(expected.active_series);
    expect(others?.share_of_views).toBeCloseTo(Number(expected.views) / Number(answer.totals?.views), 10);
  });

  it('give others over two dimensions that complete the total where a series has one member', async () => {
    const answer = await ask(warehouse, {
      measures: ['views'],
      dimensions: ['producer', 'platform'],
      limit: 2,
      others: true,
      totals: true,
    });
    const sum = answer.rows.reduce((total, row) => total + Number(row.views), 0);
    expect(sum).toBe(answer.totals?.views);
  });

  it('give the same rows from a rollup as with rollups off, for every plan', async () => {
    for (const query of QUERIES) {
      const parsed = querySchema.parse(query);
      const rolled = await ask(warehouse, query);
      const raw = await warehouse.read((session) => answerQuery(engineOf(session, duckdbDialect, 'zh', false), parsed));
      expect(raw.meta.source.table).toBe('view_log');
      expect(rounded(raw.rows), JSON.stringify(query)).toEqual(rounded(rolled.rows));
    }
  });

  it('answer from a rollup what the log itself answers', async () => {
    const month = await ask(warehouse, {
      measures: ['views', 'active_series'],
      dimensions: ['genre'],
      time: { grain: 'month' },
    });
    // weekday is kept by no month table: filtering on all seven forces a finer one without changing what is asked.
    const finer = await ask(warehouse, {
      measures: ['views', 'active_series'],
      dimensions: ['genre'],
      time: { grain: 'month' },
      filters: [
        { dimension: 'weekday', op: 'in', values: ['1', '2', '3', '4', '5', '6', '7'] },
        { dimension: 'episode', op: 'is_null' },
      ],
    });
    expect(month.meta.source.table).toBe('series_month');
    expect(finer.meta.source.table).toBe('view_log');
    expect(finer.meta.source.refused.map((refusal) => refusal.reason)).toContain('dimension_not_kept');
    expect(month.rows).toEqual(finer.rows);
  });
});
