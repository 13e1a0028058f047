import { z } from 'zod';
import { answerOf, compareParam, countSchema, ratio, scopeSchema, seriesTold } from './analyses.ts';
import { analysis } from './endpoint.ts';
import { dateSchema, labelSchema, metaSchema, querySchema, unitSchema } from './query.ts';

const count = z.number().int();

const reasonSchema = z.object({
  code: z.enum(['not_enough_data', 'ended', 'no_rows']),
  text: labelSchema,
});
export type OutlookReason = z.infer<typeof reasonSchema>;

export const forecastParams = scopeSchema.extend({
  series: z.string().min(1),
  /** Days after the last day with rows. */
  horizon: z.coerce.number().int().min(1).max(90).default(28),
});
export const forecastRow = z.object({
  day: dateSchema,
  /** The centre on the log scale: half of the days are expected above it. */
  mean: z.number(),
  low80: z.number(),
  high80: z.number(),
  low95: z.number(),
  high95: z.number(),
});
export const backtestSchema = z.object({
  mase: ratio,
  mase_power_law: ratio,
  coverage80: z.number(),
  coverage95: z.number(),
  folds: count,
  held_out_days: count,
  beats_naive: z.boolean(),
  beats_power_law: z.boolean(),
});
export const forecastAnswer = answerOf(forecastRow).extend({
  series: z.string(),
  series_label: z.string(),
  method: z.object({ id: z.string(), text: labelSchema }),
  /** Last day with rows. */
  origin: dateSchema.nullable(),
  days_of_data: count,
  /** Openings and increments up to the origin. */
  cumulative_views: countSchema,
  /** Null dates: not reached within `next_milestone_horizon` days. */
  next_milestone: z
    .object({
      threshold: z.number(),
      date: dateSchema.nullable(),
      date_low: dateSchema.nullable(),
      date_high: dateSchema.nullable(),
    })
    .nullable(),
  next_milestone_horizon: count,
  backtest: backtestSchema.nullable(),
  /** Null if there is a forecast. */
  reason: reasonSchema.nullable(),
});
export type ForecastAnswer = z.infer<typeof forecastAnswer>;

export const clubNextParams = scopeSchema.extend({
  threshold: z.coerce.number().positive().default(1e9),
  /** What `probability` is within, from the last day with rows. */
  days: z.coerce.number().int().min(1).max(90).default(30),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const clubNextRow = seriesTold.extend({
  cumulative_views: countSchema,
  needed: countSchema,
  /** Days to the threshold at the mean of the last 7 days with rows; null if those brought none. */
  days_at_pace: z.number().int().nullable(),
  /** Null dates: not within `horizon` days. */
  date: dateSchema.nullable(),
  date_low: dateSchema.nullable(),
  date_high: dateSchema.nullable(),
  probability: ratio,
  /** Null if there is a forecast. */
  no_forecast: z.literal('not_enough_data').nullable(),
});
export const clubNextAnswer = answerOf(clubNextRow).extend({ threshold: z.number(), days: count, horizon: count });
export type ClubNextAnswer = z.infer<typeof clubNextAnswer>;

export const anomaliesParams = scopeSchema.extend({
  series: z.string().min(1).optional(),
  top: z.coerce.number().int().min(1).max(50).default(20),
});
export const anomalyRow = z.object({
  series: z.string(),
  series_label: z.string(),
  day: dateSchema,
  /** More than 1 for gaps only. */
  days: count,
  /** Null in a gap. */
  views: countSchema.nullable(),
  expected: z.number().nullable(),
  /** views / expected − 1; null in a gap. */
  deviation: ratio,
  z: ratio,
  kind: z.enum(['spike', 'drop', 'gap']),
  /** The silent source of a gap; else null. */
  source: z.string().nullable(),
  /** The expected level already allows for it. */
  holiday: labelSchema.nullable(),
  /** `expected` by the platforms' shares of the days around. Empty in a gap. */
  by_platform: z.array(
    z.object({
      platform: z.string(),
      platform_label: z.string(),
      views: countSchema,
      expected: z.number(),
      /** Of the whole difference between views and `expected`; null if there is none. */
      part: ratio,
    }),
  ),
});
export const anomaliesAnswer = answerOf(anomalyRow).extend({
  series_examined: count,
  not_judged: z.array(z.object({ series: z.string(), reason: z.enum(['not_enough_data', 'no_spread']) })),
});
export type AnomaliesAnswer = z.infer<typeof anomaliesAnswer>;

export const briefParams = scopeSchema.extend({
  /** `2025-10`. Default, without a range: the log's last whole month, or its last. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'month')
    .optional(),
  /** The brief then begins with what changed; `none` compares with nothing. */
  compare: z.union([z.literal('none'), compareParam]).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(15),
});
/** A call that gives the finding's number again. */
export const findingQuerySchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('GET'), path: z.string(), params: z.record(z.string(), z.string()) }),
  z.object({ method: z.literal('POST'), path: z.literal('/api/v1/query'), body: querySchema }),
]);
export type FindingQuery = z.infer<typeof findingQuerySchema>;
export const FINDING_KINDS = [
  'club',
  'launch',
  'fastest',
  'milestone',
  'growth',
  'supply',
  'overseas',
  'ai',
  'quality',
  'format_mix',
  'total',
  'format',
  'opportunity',
  'genre',
  'producer',
  'concentration',
] as const;
export const findingSchema = z.object({
  /** Stable for one statement about the same members. */
  id: z.string(),
  kind: z.enum(FINDING_KINDS),
  sentence: labelSchema,
  value: z.number(),
  unit: unitSchema,
  query: findingQuerySchema,
  also: z.array(findingQuerySchema),
  /** √size · surprise, lowered for repeated kinds (docs/analyses/brief.md). */
  score: z.number(),
  size: z.number(),
  surprise: z.number(),
});
export type FindingKind = (typeof FINDING_KINDS)[number];
export type Finding = z.infer<typeof findingSchema>;
export const briefAnswer = z.object({
  /** Null if the range is not one calendar month. */
  month: z.string().nullable(),
  from: dateSchema,
  to: dateSchema,
  /** Cut like the brief's range; null without `compare`, or if the data do not hold it. */
  compared: z.object({ from: dateSchema, to: dateSchema }).nullable(),
  rows: z.array(findingSchema),
  candidates: count,
  meta: metaSchema,
});
export type BriefAnswer = z.infer<typeof briefAnswer>;

export const ANALYSES_OF_OUTLOOK = {
  forecast: analysis('/forecast', {
    summary: 'Forecast of a series',
    description:
      'Daily views ahead with 80 and 95 % intervals, the date of the next milestone, and the backtest of the method on this series.',
    params: forecastParams,
    answer: forecastAnswer,
  }),
  clubNext: analysis('/club/next', {
    summary: 'Next to cross',
    description:
      'Series below the threshold that may cross it: what they need, the date with its 80 % interval, and how likely it is within the next days.',
    params: clubNextParams,
    answer: clubNextAnswer,
  }),
  anomalies: analysis('/anomalies', {
    summary: 'Days that stand out',
    description:
      'Spikes and drops against the level expected by decay, weekday and holidays (robust z of at least 4), and gaps in what sources state.',
    params: anomaliesParams,
    answer: anomaliesAnswer,
  }),
  brief: analysis('/brief', {
    summary: 'The conference brief',
    description:
      'Findings of a month or of any range as sentences in both languages, ranked by size and surprise; each with the call that gives its number again. With `compare` it begins with what changed.',
    params: briefParams,
    answer: briefAnswer,
  }),
};
