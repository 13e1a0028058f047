import { z } from 'zod';
import { analysis } from './endpoint.ts';
import { json, list, reproduceParams } from './params.ts';
import {
  columnSchema,
  compareSchema,
  currencyCodeSchema,
  dateSchema,
  dimensionIdSchema,
  filterSchema,
  grainSchema,
  measureIdSchema,
  metaSchema,
} from './query.ts';

/** A count that may pass 2^53: a number up to there, beyond it a string of digits. */
export const countSchema = z.union([z.number(), z.string()]);
export type Count = z.infer<typeof countSchema>;

const text = z.string().nullable();
/** A share, rate, index or mean; null where its denominator is missing or 0. */
export const ratio = z.number().nullable();
export const growthReasonSchema = z.enum(['partial', 'no_data', 'new', 'both_zero', 'not_on_chart']).nullable();
export type GrowthReason = z.infer<typeof growthReasonSchema>;

/** Below so many peers there is no percentile, and a member's other figures are flagged. */
export const ENOUGH_PEERS = 20;
/** Why there is a rank among n and no percentile; null if there is one, or no place at all. */
export const percentileReasonSchema = z.literal('few_peers').nullable();

const commaNumbers = z
  .string()
  .transform((s) => s.split(',').map(Number))
  .pipe(z.array(z.number().positive()).min(1).max(20));
export const compareParam = z.union([z.enum(['previous_period', 'previous_year']), json(compareSchema)]);

export const scopeSchema = z.object({
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  filters: json(z.array(filterSchema).max(50)).default([]),
  lang: z.enum(['zh', 'en']).optional(),
  ...reproduceParams,
});
export type Scope = z.infer<typeof scopeSchema>;

export const clubParams = scopeSchema.extend({
  threshold: z.coerce.number().positive().default(1e9),
  measure: z.enum(['views', 'valid_views']).default('views'),
});
export const milestonesParams = scopeSchema.extend({
  series: list.optional(),
  top: z.coerce.number().int().min(1).max(500).optional(),
  thresholds: commaNumbers.default([1e8, 1e9]),
  measure: z.enum(['views', 'valid_views', 'heat']).default('views'),
});
/** Dimensions whose members are sets of series or of log rows. */
export const byParam = dimensionIdSchema.exclude(['episode', 'weekday', 'day_since_release']);
export const growthParams = scopeSchema.extend({
  by: byParam.optional(),
  measure: measureIdSchema.default('views'),
  currency: currencyCodeSchema.optional(),
  grain: grainSchema.exclude(['hour']).default('month'),
  base: dateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(10),
});
export const decompositionParams = scopeSchema.extend({
  base_from: dateSchema.optional(),
  base_to: dateSchema.optional(),
  by: byParam.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
export const moversParams = scopeSchema.extend({
  by: byParam.default('primary_genre'),
  measure: measureIdSchema.default('views'),
  currency: currencyCodeSchema.optional(),
  compare: compareParam.default('previous_period'),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
export const genresParams = scopeSchema.extend({
  by: z.enum(['primary_genre', 'format']).default('primary_genre'),
  compare: compareParam.default('previous_period'),
});
export const producersParams = scopeSchema.extend({
  threshold: z.coerce.number().positive().default(1e9),
  hit_threshold: z.coerce.number().positive().default(1e8),
  days: z.coerce.number().int().min(1).max(3650).default(30),
  compare: compareParam.default('previous_period'),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});

export const answerOf = <T extends z.ZodRawShape>(row: z.ZodObject<T>) =>
  z.object({ columns: z.array(columnSchema), rows: z.array(row), meta: metaSchema });

/** A series with what it is told by. */
export const seriesTold = z.object({
  series: z.string(),
  series_label: z.string(),
  producer: z.string(),
  producer_label: z.string(),
  primary_genre: z.string(),
  primary_genre_label: z.string(),
  format: z.string(),
});

export const clubRow = seriesTold.extend({
  release_at: text,
  crossed_at: text,
  resolution: z.enum(['hour', 'day']).nullable(),
  days_to: z.number().int().nullable(),
  hours_to: z.number().int().nullable(),
  views_in_window: countSchema,
  cumulative_views: countSchema,
});
export const clubAnswer = answerOf(clubRow).extend({
  /** By hours if every crossing's hour is known, else by days; ties by cumulative views. */
  fastest: z
    .object({ unit: z.enum(['hours', 'days']), value: z.number().int(), series: z.array(z.string()) })
    .nullable(),
  by_producer: z.array(
    z.object({ producer: z.string(), producer_label: z.string(), count: z.number().int(), share: z.number() }),
  ),
  earned_in_window: z.array(
    z.object({
      series: z.string(),
      series_label: z.string(),
      producer: z.string(),
      producer_label: z.string(),
      views_in_window: countSchema,
    }),
  ),
});
export type ClubAnswer = z.infer<typeof clubAnswer>;

export const milestoneRow = z.object({
  series: z.string(),
  series_label: z.string(),
  threshold: z.number(),
  reached: z.boolean(),
  crossed_at: text,
  resolution: z.enum(['hour', 'day']).nullable(),
  hours_to: z.number().int().nullable(),
  days_to: z.number().int().nullable(),
  before_log: z.boolean(),
  platform: text,
});
export const milestonesAnswer = answerOf(milestoneRow);
export type MilestonesAnswer = z.infer<typeof milestonesAnswer>;

export const growthRow = z.object({
  member: z.string(),
  member_label: z.string(),
  period: z.string(),
  value: countSchema.nullable(),
  index: ratio,
  growth: ratio,
  growth_reason: growthReasonSchema,
  partial: z.boolean(),
  /** Of a cut last period and an additive measure: value per covered day · days of the period. */
  pace: ratio,
});
export const growthAnswer = answerOf(growthRow).extend({
  base: dateSchema,
  missing_base: z.array(z.string()),
});
export type GrowthAnswer = z.infer<typeof growthAnswer>;

export const decompositionRow = z.object({
  member: z.string(),
  member_label: z.string(),
  /** Null: on a chart, without a row in that range. */
  views_base: countSchema.nullable(),
  views: countSchema.nullable(),
  active_base: z.number().int(),
  active: z.number().int(),
  delta: countSchema.nullable(),
  effect_supply: ratio,
  effect_intensity: ratio,
  new: countSchema.nullable(),
  entered: countSchema.nullable(),
  returning: countSchema,
  lost: countSchema.nullable(),
  /** On a chart an absent series is unknown, neither new nor lost. */
  reason: z.literal('not_on_chart').nullable(),
});
export const decompositionAnswer = answerOf(decompositionRow);
export type DecompositionAnswer = z.infer<typeof decompositionAnswer>;

export const moversRow = z.object({
  member: z.string(),
  member_label: z.string(),
  value: countSchema.nullable(),
  previous: countSchema.nullable(),
  delta: countSchema.nullable(),
  growth: ratio,
  growth_reason: growthReasonSchema,
  contribution_pp: ratio,
  rank: z.number().int().nullable(),
  rank_previous: z.number().int().nullable(),
  rank_change: z.number().int().nullable(),
  rank_change_reason: z.enum(['new', 'not_on_chart']).nullable(),
});
export const moversAnswer = answerOf(moversRow);
export type MoversAnswer = z.infer<typeof moversAnswer>;

/** `few_peers`: the figures are of `n` series, fewer than twenty. */
export const peersColumns = { n: z.number().int(), few_peers: z.boolean() };
export const genresRow = z.object({
  member: z.string(),
  member_label: z.string(),
  active_series: z.number().int(),
  new_series: z.number().int(),
  views: countSchema,
  views_per_series: ratio,
  median_views_per_series: ratio,
  median_views_d30: ratio,
  /** Series that `median_views_d30` is over. */
  series_d30: z.number().int(),
  supply_share: ratio,
  demand_share: ratio,
  opportunity_index: ratio,
  /** Who has most of the member's views, and which part of them; null without views. */
  top_producer: z.string().nullable(),
  top_producer_label: z.string().nullable(),
  top_producer_share: ratio,
  top_series_share: ratio,
  growth: ratio,
  growth_reason: growthReasonSchema,
  ...peersColumns,
});
export const genresAnswer = answerOf(genresRow);
export type GenresAnswer = z.infer<typeof genresAnswer>;

export const hitRateColumns = {
  mature_releases: z.number().int(),
  hits: z.number().int(),
  hit_rate: ratio,
  hit_rate_low: ratio,
  hit_rate_high: ratio,
  immature: z.number().int(),
};
export const producersRow = z.object({
  producer: z.string(),
  producer_label: z.string(),
  rank: z.number().int().nullable(),
  rank_previous: z.number().int().nullable(),
  rank_change: z.number().int().nullable(),
  views: countSchema,
  share_of_views: ratio,
  growth: ratio,
  growth_reason: growthReasonSchema,
  active_series: z.number().int(),
  new_series: z.number().int(),
  club_count: z.number().int(),
  ...hitRateColumns,
  median_views_per_series: ratio,
  ...peersColumns,
});
export const producersAnswer = answerOf(producersRow);
export type ProducersAnswer = z.infer<typeof producersAnswer>;

const named = z.object({ id: z.string(), label: z.string() });
const share = z.object({ id: z.string(), label: z.string(), views: countSchema, share: z.number().nullable() });
export const seriesAnswer = z.object({
  series: z.object({
    series: z.string(),
    series_label: z.string(),
    title: text,
    title_en: text,
    producers: z.array(named),
    rights_holder: text,
    /** In the language asked; as written if no name in it is known. */
    rights_holder_label: text,
    producer_region: text,
    producer_region_label: text,
    genres: z.array(named),
    channel: text,
    format: text,
    production: text,
    franchise: named.nullable(),
    cast: z.array(named),
    language: text,
    origin: text,
    origin_label: text,
    release_at: text,
    episodes: z.number().int().nullable(),
    paywall_episode: z.number().int().nullable(),
  }),
  totals: z.object({
    views: countSchema,
    views_in_window: countSchema,
    cumulative_views: countSchema,
    views_d1: countSchema.nullable(),
    views_d7: countSchema.nullable(),
    views_d30: countSchema.nullable(),
    completion_rate: ratio,
    engagement_rate: ratio,
    first_day: text,
    last_day: text,
    days: z.number().int(),
  }),
  milestones: z.array(milestoneRow),
  platforms: z.array(share),
  regions: z.array(share),
  /** Rank and percent_rank of views among the `series` of the same format with views in the window. */
  peers: z.object({
    format: text,
    series: z.number().int(),
    views_rank: z.number().int().nullable(),
    views_percentile: ratio,
    views_percentile_reason: percentileReasonSchema,
  }),
  /** Null views: the day's rows leave them blank. */
  daily: z.array(z.object({ day: z.string(), views: countSchema.nullable(), cumulative_views: countSchema })),
  meta: metaSchema,
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;

export const ANALYSES_OF_TOTALS = {
  club: analysis('/club', {
    summary: 'Billion club',
    description:
      'Series that cross the threshold in the range, when and how fast, counted per producer; beside it those that earned it within the range.',
    params: clubParams,
    answer: clubAnswer,
  }),
  milestones: analysis('/milestones', {
    summary: 'Milestones',
    description: 'When series crossed thresholds of cumulative views, or of heat, to the hour where the log has hours.',
    params: milestonesParams,
    answer: milestonesAnswer,
  }),
  growth: analysis('/growth', {
    summary: 'Growth index',
    description: 'Values per period, indexed to a base period (base = 100).',
    params: growthParams,
    answer: growthAnswer,
  }),
  decomposition: analysis('/growth/decomposition', {
    summary: 'What the change is made of',
    description: 'Effect of supply and of intensity (LMDI), and by activity: new, entered, returning, lost.',
    params: decompositionParams,
    answer: decompositionAnswer,
  }),
  movers: analysis('/growth/movers', {
    summary: 'Movers',
    description: 'Change, growth, contribution and rank change per member.',
    params: moversParams,
    answer: moversAnswer,
  }),
  genres: analysis('/genres', {
    summary: 'Supply and demand',
    description: 'Shares of series and of views per primary genre or format, and their ratio.',
    params: genresParams,
    answer: genresAnswer,
  }),
  producers: analysis('/producers', {
    summary: 'Producer league',
    description: 'Views, share, growth, club members and hit rate with its Wilson interval.',
    params: producersParams,
    answer: producersAnswer,
  }),
  series: analysis('/series/{id}', {
    summary: 'One series',
    description:
      'Catalogue row, totals, milestones, shares by platform and region, peers, daily curve. Formats other than JSON carry the days (`daily`), with the series beside each. An id `.` or `..`, which no path can hold, is written behind a tilde, `~..`; one of tildes and such dots behind one more.',
    params: scopeSchema,
    answer: seriesAnswer,
  }),
};
