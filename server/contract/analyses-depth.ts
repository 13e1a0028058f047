import { z } from 'zod';
import {
  answerOf,
  byParam,
  compareParam,
  countSchema,
  growthReasonSchema,
  hitRateColumns,
  peersColumns,
  percentileReasonSchema,
  ratio,
  scopeSchema,
} from './analyses.ts';
import { analysis } from './endpoint.ts';
import { list } from './params.ts';
import { dateSchema, grainSchema } from './query.ts';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const dayGrain = grainSchema.exclude(['hour']);
const someSeries = list.pipe(z.array(z.string().min(1)).min(1).max(500));

export const concentrationParams = scopeSchema.extend({
  by: byParam.default('producer'),
  grain: dayGrain.default('month'),
});
export const concentrationRow = z.object({
  period: dateSchema,
  hhi: z.number(),
  cr4: z.number(),
  cr10: z.number(),
  gini: z.number(),
  members: z.number().int(),
  partial: z.boolean(),
});
export const concentrationAnswer = answerOf(concentrationRow);
export type ConcentrationAnswer = z.infer<typeof concentrationAnswer>;

export const seriesRanksParams = scopeSchema.extend({ grain: dayGrain.default('month') });
export const seriesRanksRow = z.object({
  period: dateSchema,
  views: countSchema,
  /** Among the `n` series with views in the period. */
  rank: z.number().int(),
  n: z.number().int(),
  percentile: ratio,
  percentile_reason: percentileReasonSchema,
  partial: z.boolean(),
});
export const seriesRanksAnswer = answerOf(seriesRanksRow);
export type SeriesRanksAnswer = z.infer<typeof seriesRanksAnswer>;

export const cohortsParams = scopeSchema.extend({
  grain: z.literal('month').default('month'),
  weeks: whole(1, 260).default(13),
});
export const cohortRow = z.object({
  cohort: dateSchema,
  week: z.number().int(),
  series: z.number().int(),
  views: countSchema,
  views_per_series: z.number(),
  retention: ratio,
  complete: z.boolean(),
});
export const cohortsAnswer = answerOf(cohortRow);
export type CohortsAnswer = z.infer<typeof cohortsAnswer>;

export const retentionParams = scopeSchema.extend({ series: someSeries.optional() });
export const retentionRow = z.object({
  episode: z.number().int(),
  views: countSchema,
  series: z.number().int(),
  retained: ratio,
  drop: ratio,
  largest_drop: z.boolean(),
  paywall: z.boolean(),
});
export const retentionAnswer = answerOf(retentionRow);
export type RetentionAnswer = z.infer<typeof retentionAnswer>;

export const curvesParams = scopeSchema.extend({
  series: list.pipe(z.array(z.string().min(1)).min(1).max(50)).optional(),
  by: byParam.optional(),
  cumulative: z.enum(['true', 'false']).default('true'),
  days: whole(1, 730).default(90),
  limit: whole(1, 100).default(10),
});
export const curveRow = z.object({
  member: z.string(),
  member_label: z.string(),
  day_since_release: z.number().int(),
  /** Null in the curve of a group. */
  value: countSchema.nullable(),
  /** Null in the curve of one series. */
  median: ratio,
  q1: ratio,
  q3: ratio,
  series: z.number().int(),
});
export const curvesAnswer = answerOf(curveRow);
export type CurvesAnswer = z.infer<typeof curvesAnswer>;

export const decayParams = scopeSchema.extend({ series: someSeries.optional(), top: whole(1, 500).optional() });
/** In order: no views; peak without later rows; under 7 days of rows after it; a mean still above half. */
export const HALF_LIFE_REASONS = ['no_views', 'peak_on_last_day', 'too_recent', 'not_reached'] as const;
export type HalfLifeReason = (typeof HALF_LIFE_REASONS)[number];
export const decayRow = z.object({
  series: z.string(),
  series_label: z.string(),
  peak_day: dateSchema.nullable(),
  peak_views: ratio,
  half_life_days: z.number().int().nullable(),
  half_life_reason: z.enum(HALF_LIFE_REASONS).nullable(),
});
export const decayAnswer = answerOf(decayRow);
export type DecayAnswer = z.infer<typeof decayAnswer>;

/** By views and quality percentiles within the format, cut at 0.5; stable ids. */
export const QUADRANTS = ['both_high', 'views_only', 'quality_only', 'both_low'] as const;
export const quadrantSchema = z.enum(QUADRANTS);
export type Quadrant = z.infer<typeof quadrantSchema>;

export const qualityParams = scopeSchema.extend({
  x: z.enum(['views', 'valid_views']).default('views'),
  y: z.enum(['completion_rate', 'engagement_rate']).default('completion_rate'),
  limit: whole(1, 10_000).optional(),
});
export const qualityRow = z.object({
  series: z.string(),
  series_label: z.string(),
  format: z.string(),
  x: countSchema,
  y: z.number(),
  /** Of so many series of the format. */
  peers: z.number().int(),
  x_rank: z.number().int(),
  y_rank: z.number().int(),
  x_percentile: ratio,
  y_percentile: ratio,
  percentile_reason: percentileReasonSchema,
  quadrant: quadrantSchema.nullable(),
});
export const qualityAnswer = answerOf(qualityRow);
export type QualityAnswer = z.infer<typeof qualityAnswer>;

const compareShared = scopeSchema.extend({
  ids: list.transform((ids) => [...new Set(ids)]).pipe(z.array(z.string()).min(2, 'several_ids').max(6, 'several_ids')),
  grain: dayGrain.default('month'),
  compare: compareParam.default('previous_period'),
  hit_threshold: z.coerce.number().positive().default(1e8),
  days: whole(1, 3650).default(30),
});
export const producersCompareParams = compareShared.extend({
  by: z.enum(['producer', 'credited_producer']).default('producer'),
});
export const genresCompareParams = compareShared.extend({
  by: z.enum(['primary_genre', 'genre', 'format']).default('primary_genre'),
});

export const compareRow = z.object({
  member: z.string(),
  member_label: z.string(),
  /** Null: not on the chart. */
  views: countSchema.nullable(),
  share_of_views: ratio,
  growth: ratio,
  growth_reason: growthReasonSchema,
  active_series: z.number().int(),
  new_series: z.number().int(),
  views_per_series: ratio,
  median_views_d30: ratio,
  completion_rate: ratio,
  engagement_rate: ratio,
  overseas_share: ratio,
  ai_share: ratio,
  series_views_min: countSchema.nullable(),
  series_views_q1: ratio,
  series_views_median: ratio,
  series_views_q3: ratio,
  series_views_max: countSchema.nullable(),
  ...hitRateColumns,
  ...peersColumns,
});
export const compareAnswer = answerOf(compareRow).extend({
  mix: z.array(
    z.object({
      member: z.string(),
      part: z.string(),
      part_label: z.string(),
      views: countSchema,
      share: ratio,
      active_series: z.number().int(),
    }),
  ),
  index: z.array(
    z.object({
      member: z.string(),
      period: dateSchema,
      value: countSchema.nullable(),
      index: ratio,
      partial: z.boolean(),
    }),
  ),
  /** The period that is 100 in `index`. */
  index_base: dateSchema,
});
export type CompareAnswer = z.infer<typeof compareAnswer>;

export const ANALYSES_IN_DEPTH = {
  producersCompare: analysis('/producers/compare', {
    summary: 'Producers side by side',
    description:
      'Two to six producers (ids), first or every credited: figures, five-number summary of views per series, hit rate; beside the rows their genre mix and their index over time.',
    params: producersCompareParams,
    answer: compareAnswer,
  }),
  genresCompare: analysis('/genres/compare', {
    summary: 'Genres side by side',
    description:
      'Two to six primary genres, genres (every tag) or formats (ids): the same figures, with their mix of producers.',
    params: genresCompareParams,
    answer: compareAnswer,
  }),
  seriesRanks: analysis('/series/{id}/ranks', {
    summary: 'Ranks of one series',
    description:
      'Per period the views of a series, its rank among all series with views in it, and the part of the others that have less.',
    params: seriesRanksParams,
    answer: seriesRanksAnswer,
  }),
  concentration: analysis('/concentration', {
    summary: 'Concentration',
    description: 'HHI, CR4, CR10 and Gini of view shares over the members of a dimension, per period.',
    params: concentrationParams,
    answer: concentrationAnswer,
  }),
  cohorts: analysis('/cohorts', {
    summary: 'Release cohorts',
    description: 'Views per series in each week since release, by release month, and as a part of week 0.',
    params: cohortsParams,
    answer: cohortsAnswer,
  }),
  retention: analysis('/retention', {
    summary: 'Episode retention',
    description:
      'Views of each episode over episode 1 and over the one before, of one series or pooled; the largest drop and the paywall marked.',
    params: retentionParams,
    answer: retentionAnswer,
  }),
  curves: analysis('/curves', {
    summary: 'Curves by age',
    description:
      'Views by day since release (release day = 0): of named series, or median and quartiles of groups, over the same series at all ages.',
    params: curvesParams,
    answer: curvesAnswer,
  }),
  decay: analysis('/decay', {
    summary: 'Decay',
    description: 'Peak of the trailing mean of daily views and the days until it has halved.',
    params: decayParams,
    answer: decayAnswer,
  }),
  quality: analysis('/quality', {
    summary: 'Quality against traffic',
    description: 'Places by views and by completion or engagement rate within the format, and the quadrant they make.',
    params: qualityParams,
    answer: qualityAnswer,
  }),
};
