import { z } from 'zod';
import { lineageSchema } from './lineage.ts';

/** Finest first (docs/definitions.md#periods). */
export const GRAINS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export const grainSchema = z.enum(GRAINS);
export type Grain = z.infer<typeof grainSchema>;

/** Measures with a total per series, in catalog order (docs/definitions.md#measures). */
export const TOTAL_MEASURES = [
  'views',
  'valid_views',
  'watch_hours',
  'completions',
  'likes',
  'comments',
  'shares',
  'favourites',
  'revenue',
  'spend',
] as const;
/** In catalog order. */
export const MEASURES = [
  ...TOTAL_MEASURES,
  'avg_watch_seconds',
  'completion_rate',
  'engagement_rate',
  'revenue_per_mille',
  'roi',
  'active_series',
  'new_series',
  'active_producers',
  'views_per_series',
  'median_views_per_series',
  'share_of_views',
  'overseas_share',
  'ai_share',
  'ai_series_share',
  'heat_peak',
  'heat_mean',
  'cumulative_views',
  'views_d1',
  'views_d7',
  'views_d30',
  'views_per_episode_d30',
  'viewers_peak',
] as const;
export const measureIdSchema = z.enum(MEASURES);
export type MeasureId = z.infer<typeof measureIdSchema>;

/** See docs/definitions.md#dimensions. */
export const DIMENSIONS = [
  'series',
  'producer',
  'credited_producer',
  'producer_region',
  'genre',
  'primary_genre',
  'channel',
  'format',
  'production',
  'franchise',
  'cast',
  'language',
  'origin',
  'platform',
  'region',
  'market',
  'source',
  'currency',
  'release_month',
  'episode',
  'weekday',
  'day_since_release',
] as const;
export const dimensionIdSchema = z.enum(DIMENSIONS);
export type DimensionId = z.infer<typeof dimensionIdSchema>;

/** "The file does not say"; never dropped. */
export const UNKNOWN_MEMBER = '(unknown)';
export const OTHERS_MEMBER = '(others)';
/** The one row of an analysis without `by`. */
export const TOTAL_MEMBER = '(total)';

export const dateSchema = z.iso.date();
export type Day = string;

/** Files may use other names: server/vocabulary/currencies.ts. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
export const currencyCodeSchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'currency')
  .refine((code) => CURRENCIES.has(code), 'currency');

const memberValues = z.array(z.string()).min(1).max(10_000);

export const dimensionFilterSchema = z.discriminatedUnion('op', [
  z.strictObject({ dimension: dimensionIdSchema, op: z.enum(['in', 'not_in']), values: memberValues }),
  z.strictObject({
    dimension: dimensionIdSchema,
    op: z.enum(['contains', 'not_contains']),
    value: z.string().min(1).max(200),
  }),
  z.strictObject({ dimension: dimensionIdSchema, op: z.enum(['is_null', 'not_null']) }),
]);
export type DimensionFilter = z.infer<typeof dimensionFilterSchema>;

export const measureFilterSchema = z.discriminatedUnion('op', [
  z.strictObject({ measure: measureIdSchema, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
  z.strictObject({ measure: measureIdSchema, op: z.literal('between'), values: z.tuple([z.number(), z.number()]) }),
]);
export type MeasureFilter = z.infer<typeof measureFilterSchema>;

const overSchema = z.strictObject({
  from: dateSchema,
  to: dateSchema,
  filters: z.array(dimensionFilterSchema).max(50).default([]),
});
export type TotalsOver = z.infer<typeof overSchema>;
const totalSchema = {
  measure: z.enum(TOTAL_MEASURES),
  /** What the totals are taken over. Default: the question's range, within its filters on dimensions. */
  over: overSchema.optional(),
};

/** These two choose series by their total, before anything else is counted. */
const seriesWhereSchema = z.strictObject({
  series_where: z.discriminatedUnion('op', [
    z.strictObject({ ...totalSchema, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
    z.strictObject({ ...totalSchema, op: z.literal('between'), values: z.tuple([z.number(), z.number()]) }),
  ]),
});
const seriesTopSchema = z.strictObject({
  series_top: z.strictObject({ ...totalSchema, n: z.number().int().min(1).max(100_000) }),
});
export type SeriesFilter = z.infer<typeof seriesWhereSchema> | z.infer<typeof seriesTopSchema>;

/** What leaves rows or series before anything is counted. */
export type ScopeFilter = DimensionFilter | SeriesFilter;

export const filterSchema = z.union([dimensionFilterSchema, measureFilterSchema, seriesWhereSchema, seriesTopSchema]);
export type Filter = z.infer<typeof filterSchema>;

export const compareSchema = z.union([
  z.enum(['previous_period', 'previous_year']),
  z.strictObject({ from: dateSchema, to: dateSchema }),
]);
export type Compare = z.infer<typeof compareSchema>;

export const timeSchema = z.strictObject({
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  grain: grainSchema.optional(),
});

export const querySchema = z.strictObject({
  measures: z.array(measureIdSchema).min(1).max(20),
  dimensions: z.array(dimensionIdSchema).max(4).default([]),
  time: timeSchema.default({}),
  filters: z.array(filterSchema).max(50).default([]),
  compare: compareSchema.optional(),
  sort: z
    .array(z.strictObject({ by: z.string(), dir: z.enum(['asc', 'desc']).default('desc') }))
    .max(4)
    .optional(),
  /** Member combinations (each with all its periods), not rows. */
  limit: z.number().int().min(1).max(100_000).optional(),
  others: z.boolean().default(false),
  totals: z.boolean().default(false),
  include_partial: z.boolean().default(true),
  align: z.literal('elapsed').optional(),
  per_day: z.boolean().default(false),
  fill: z.boolean().default(false),
  /** Revenue and spend converted into this currency, day by day, by the imported rates. */
  currency: currencyCodeSchema.optional(),
  /** Leaves out imports committed after this instant. */
  known_at: z.iso.datetime({ offset: true }).optional(),
  /** Adds `meta.lineage`. */
  explain: z.boolean().optional(),
});
export type QueryInput = z.input<typeof querySchema>;
export type Query = z.infer<typeof querySchema>;

export const labelSchema = z.object({ en: z.string(), zh: z.string() });
export type Label = z.infer<typeof labelSchema>;

export const UNITS = [
  'views',
  'hours',
  'seconds',
  'count',
  'currency',
  'fraction',
  'ratio',
  'index',
  'heat',
  'percentage_points',
  'days',
  'text',
  'date',
  'timestamp',
] as const;
export const unitSchema = z.enum(UNITS);
export type Unit = z.infer<typeof unitSchema>;

export const columnSchema = z.object({
  id: z.string(),
  type: z.enum(['integer', 'number', 'text', 'date', 'timestamp', 'boolean']),
  unit: unitSchema.nullable(),
  label: labelSchema,
});
export type Column = z.infer<typeof columnSchema>;

/** An integer beyond 2^53 is a string of digits. */
export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;
export const rowSchema = z.record(z.string(), cellSchema);
export type Row = z.infer<typeof rowSchema>;

/** What a reader of the numbers must know: a stable code and a sentence. */
export const noteSchema = z.object({
  code: z.string(),
  text: labelSchema,
  /** What the sentence only counts: `dataeye: to 6 Jun 2026`. */
  items: z.array(labelSchema).optional(),
});
export type Note = z.infer<typeof noteSchema>;

export const metaSchema = z.object({
  version: z.string(),
  /** Last business day with data; null while empty. */
  as_of: z.string().nullable(),
  /** The table that answered, and why smaller ones could not. */
  source: z.object({ table: z.string(), refused: z.array(z.object({ table: z.string(), reason: z.string() })) }),
  /** Sources left by the filters that have a day in the asked ranges. */
  sources: z.array(z.string()),
  elapsed_ms: z.number(),
  truncated: z.boolean(),
  /** True start dates. */
  partial_periods: z.array(z.string()),
  alignment: z.enum(['calendar', 'elapsed']),
  /** Null without money, and if each row names its own currency. */
  currency: z.string().nullable(),
  notes: z.array(noteSchema),
  synthetic: z.boolean(),
  lineage: lineageSchema.optional(),
});
export type Meta = z.infer<typeof metaSchema>;

export const answerSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(rowSchema),
  totals: rowSchema.optional(),
  meta: metaSchema,
});
export type Answer = z.infer<typeof answerSchema>;

export const MOST_QUERIES = 50;

export const batchSchema = z.strictObject({
  queries: z
    .record(z.string().min(1).max(80), querySchema)
    .refine((queries) => Object.keys(queries).length <= MOST_QUERIES, { error: 'most_queries' }),
});
