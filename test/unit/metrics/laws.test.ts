import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decompositionParams } from '../../../server/contract/analyses.ts';
import {
  type Answer,
  type DimensionFilter,
  type DimensionId,
  type MeasureId,
  type QueryInput,
  querySchema,
} from '../../../server/contract/query.ts';
import { decomposition } from '../../../server/metrics/analyses/decomposition.ts';
import { addDays } from '../../../server/metrics/language/calendar.ts';
import { engineOf } from '../../../server/metrics/language/engine.ts';
import { answerQuery } from '../../../server/metrics/query/query.ts';
import { duckdbDialect } from '../../../server/metrics/sql/duckdb.ts';
import { Desk } from '../ingest/desk.ts';
import { withEngine } from './fixture.ts';
import { importNasty, NASTY_DAYS, NASTY_FROM, nastyFiles } from './nasty-files.ts';
import { Oracle } from './oracle.ts';
import { expectSame, rounded } from './same-cells.ts';

/**
 * Laws that hold whatever is asked, over files that went through the real import. fast-check prints the question that
 * breaks one, made as small as it can be, and the seed to ask it again.
 */
const RUNS = { seed: 20251031, numRuns: 25 };

/** One member per row, or per series. */
const SINGLE = [
  'series',
  'producer',
  'primary_genre',
  'format',
  'platform',
  'region',
  'market',
  'source',
  'weekday',
] as const;
const EVERY = ['genre', 'credited_producer', 'cast'] as const;
const MEMBERS: Readonly<Partial<Record<DimensionId, readonly string[]>>> = {
  series: ['s0', 's1', 's5', 's9'],
  producer: ['甲', '乙', '(unknown)'],
  credited_producer: ['乙', '丁', '(unknown)'],
  primary_genre: ['urban', 'fantasy', '(unknown)'],
  genre: ['urban', 'xianxia', 'family', '(unknown)'],
  format: ['comic', 'ai', '(unknown)'],
  cast: ['C1', 'C3', '(unknown)'],
  platform: ['hongguo', 'douyin', 'kuaishou'],
  region: ['CN', 'US'],
  market: ['domestic', 'overseas'],
  source: ['board', 'tally'],
  weekday: ['1', '6'],
};
/** Parts of ids that stand in no label and not in (unknown). */
const TEXTS: Readonly<Partial<Record<DimensionId, readonly string[]>>> = {
  series: ['s1', 'S5', '剧3', 'x'],
  producer: ['甲', '乙'],
  credited_producer: ['乙', '丁'],
  cast: ['c1', 'C', '3'],
};
const dimension = fc.constantFrom<DimensionId>(...SINGLE, ...EVERY);

const filter: fc.Arbitrary<DimensionFilter> = fc.oneof(
  dimension.chain((id) =>
    fc.record({
      dimension: fc.constant(id),
      op: fc.constantFrom('in' as const, 'not_in' as const),
      values: fc.uniqueArray(fc.constantFrom(...(MEMBERS[id] ?? []), 'nobody'), { minLength: 1, maxLength: 3 }),
    }),
  ),
  fc.constantFrom<DimensionId>('series', 'producer', 'credited_producer', 'cast').chain((id) =>
    fc.record({
      dimension: fc.constant(id),
      op: fc.constantFrom('contains' as const, 'not_contains' as const),
      value: fc.constantFrom(...(TEXTS[id] ?? [])),
    }),
  ),
  fc.record({ dimension, op: fc.constantFrom('is_null' as const, 'not_null' as const) }),
);
/** Ranges within the log and over its ends; whole months among them, which rollups answer. */
const range = fc.oneof(
  fc.constantFrom({}, { from: '2025-02-01', to: '2025-03-31' }, { from: '2025-03-01' }),
  fc
    .tuple(fc.integer({ min: -5, max: NASTY_DAYS }), fc.integer({ min: 0, max: 50 }))
    .map(([start, days]) => ({ from: addDays(NASTY_FROM, start), to: addDays(NASTY_FROM, start + days) })),
);
const grain = fc.constantFrom(undefined, 'day' as const, 'week' as const, 'month' as const, 'quarter' as const);
const OPTIONAL: readonly (readonly [MeasureId, string])[] = [
  ['valid_views', 'valid_views'],
  ['completions', 'completions'],
  ['completion_rate', 'completions'],
  ['watch_hours', 'watch_seconds'],
  ['avg_watch_seconds', 'watch_seconds'],
  ['viewers_peak', 'viewers'],
];
const measuresOf = (missing: readonly string[]): MeasureId[] => [
  'views',
  'active_series',
  'new_series',
  'active_producers',
  'views_per_series',
  'median_views_per_series',
  'share_of_views',
  'overseas_share',
  'ai_share',
  'ai_series_share',
  'cumulative_views',
  'views_d1',
  'views_d7',
  'views_d30',
  'views_per_episode_d30',
  ...OPTIONAL.flatMap(([measure, column]) => (missing.includes(column) ? [] : [measure])),
];

describe.each([1, 2])('over the nasty files %i', (seed) => {
  const nasty = nastyFiles(seed);
  const oracle = new Oracle(nasty.fixture);
  const everything = measuresOf(nasty.missing);
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
    await importNasty(desk, nasty);
  });
  afterAll(() => desk.close());
  const ask = (query: QueryInput): Promise<Answer> =>
    withEngine(desk.warehouse, (engine) => answerQuery(engine, querySchema.parse(query)));
  const askTheLog = (query: QueryInput): Promise<Answer> =>
    desk.warehouse.read((session) =>
      answerQuery(engineOf(session, duckdbDialect, 'zh', false), querySchema.parse(query)),
    );
  const question = fc
    .record({
      measures: fc.uniqueArray(fc.constantFrom(...everything), { minLength: 1, maxLength: 6 }),
      dimensions: fc.uniqueArray(dimension, { maxLength: 2 }),
      range,
      grain,
      filters: fc.array(filter, { maxLength: 2 }),
    })
    .map(
      ({ measures, dimensions, range: asked, grain: by, filters }): QueryInput => ({
        measures: ['views', ...measures.filter((id) => id !== 'views')],
        dimensions,
        time: { ...asked, ...(by ? { grain: by } : {}) },
        filters,
      }),
    );

  it('any question has the answer that plain JavaScript gives over the rows that pass its filters', () =>
    fc.assert(
      fc.asyncProperty(question, async (query) => {
        const parsed = querySchema.parse(query);
        const asked = { from: parsed.time.from ?? oracle.logFrom, to: parsed.time.to ?? oracle.asOf };
        expectSame(await ask(query), query, oracle.cells(parsed, asked));
      }),
      { ...RUNS, numRuns: 60 },
    ));

  it.each(['in', 'not_in', 'contains', 'not_contains', 'is_null', 'not_null'])(
    'a filter by %s is the same filter on the rows',
    (op) =>
      fc.assert(
        fc.asyncProperty(
          filter.filter((one) => one.op === op),
          range,
          async (one, time) => {
            const query: QueryInput = {
              measures: ['views', 'active_series'],
              dimensions: ['series'],
              time,
              filters: [one],
            };
            const parsed = querySchema.parse(query);
            const asked = { from: parsed.time.from ?? oracle.logFrom, to: parsed.time.to ?? oracle.asOf };
            expectSame(await ask(query), query, oracle.cells(parsed, asked));
          },
        ),
        { ...RUNS, numRuns: 15 },
      ),
  );

  it('a rollup answers what the log answers', () => {
    const tables = new Set<string>();
    return fc
      .assert(
        fc.asyncProperty(question, async (query) => {
          const rolled = await ask(query);
          tables.add(rolled.meta.source.table);
          expect(rounded((await askTheLog(query)).rows)).toEqual(rounded(rolled.rows));
        }),
        RUNS,
      )
      .then(() => expect(tables.size, [...tables].join()).toBeGreaterThan(2));
  });

  it('members of a dimension with one member a row add up to the total, and their shares to 1', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom<DimensionId>(...SINGLE),
        range,
        fc.array(filter, { maxLength: 2 }),
        async (by, time, filters) => {
          const { rows, totals } = await ask({
            measures: ['views', 'share_of_views', 'cumulative_views'],
            dimensions: [by],
            time,
            filters,
            totals: true,
          });
          const sum = (id: string) => rows.reduce((all, row) => all + Number(row[id] ?? 0), 0);
          expect(sum('views')).toBe(Number(totals?.views ?? 0));
          expect(sum('cumulative_views')).toBe(Number(totals?.cumulative_views ?? 0));
          if (sum('views') > 0) expect(sum('share_of_views')).toBeCloseTo(1, 9);
        },
      ),
      RUNS,
    ));

  it('what is shown and the others add up to the total', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom<DimensionId>(...SINGLE), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 4 }),
        grain,
        fc.array(filter, { maxLength: 1 }),
        async (dimensions, limit, every, filters) => {
          const time = every ? { grain: every } : {};
          const asked = { measures: ['views' as const], dimensions, time, filters, limit, others: true, totals: true };
          const { rows, totals } = await ask(asked);
          expect(rows.reduce((all, row) => all + Number(row.views), 0)).toBe(Number(totals?.views ?? 0));
        },
      ),
      RUNS,
    ));

  it('new, entered, returning and lost add up to the change, and so do the effects', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(undefined, 'genre', 'platform', 'producer'),
        fc.tuple(fc.nat(60), fc.nat(40), fc.nat(60), fc.nat(40)),
        fc.array(filter, { maxLength: 1 }),
        async (by, [start, days, baseStart, baseDays], filters) => {
          const at = (n: number) => addDays(NASTY_FROM, n);
          const asked = decompositionParams.parse({
            ...(by ? { by } : {}),
            from: at(start),
            to: at(Math.min(start + days, NASTY_DAYS - 1)),
            base_from: at(baseStart),
            base_to: at(Math.min(baseStart + baseDays, NASTY_DAYS - 1)),
          });
          const { rows } = await withEngine(desk.warehouse, (engine) => decomposition(engine, { ...asked, filters }));
          for (const row of rows) {
            const change = Number(row.views) - Number(row.views_base);
            expect(Number(row.new) + Number(row.entered) + Number(row.returning) + Number(row.lost)).toBe(change);
            expect(Number(row.effect_supply) + Number(row.effect_intensity)).toBeCloseTo(change, 6);
          }
        },
      ),
      RUNS,
    ));

  it('an import that is undone, or done again, changes no answer', async () => {
    const questions = fc.sample(question, { ...RUNS, numRuns: 8 });
    const answers = async () => {
      const all: unknown[] = [];
      for (const query of questions) all.push(rounded((await ask(query)).rows));
      return all;
    };
    const before = await answers();
    const [days, , counters] = nastyFiles(seed + 100).files;
    const other = await desk.import(days?.text ?? '', { ...days, name: 'other.csv' });
    const further = await desk.import(counters?.text ?? '', { ...counters, name: 'further.csv' });
    expect(await answers()).not.toEqual(before);
    await desk.imports.remove(other.import_id);
    await desk.imports.remove(further.import_id);
    expect(await answers()).toEqual(before);
    const [, hours] = nasty.files;
    const again = await desk.import(hours?.text ?? '', { ...hours, name: 'again.csv' });
    expect(again.rows_unchanged).toBeGreaterThan(0);
    expect(await answers()).toEqual(before);
  });
});
