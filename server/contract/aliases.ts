import { z } from 'zod';
import { labelSchema } from './query.ts';

/** Dimensions whose members may be known under several names. */
export const ALIAS_DIMENSIONS = ['series', 'producer', 'platform', 'franchise'] as const;
export const aliasDimensionSchema = z.enum(ALIAS_DIMENSIONS);
export type AliasDimension = z.infer<typeof aliasDimensionSchema>;

const id = z.string().min(1).max(1000);
const namedSchema = z.object({ id: z.string(), label: labelSchema });
/** A 64-bit count; text beyond 2^53. */
const countSchema = z.union([z.number(), z.string()]);

/** What the user said: `from` is `into`, until it is undone. */
export const aliasSchema = z.object({
  alias_id: z.string(),
  dimension: aliasDimensionSchema,
  from: namedSchema,
  into: namedSchema,
  /** Only what is stated of this platform is meant; null for everything. */
  platform: z.string().nullable(),
  /** Only what this source states is meant; null for everything. */
  source: z.string().nullable(),
  made_at: z.string(),
  /** Null while the alias holds. */
  undone_at: z.string().nullable(),
});
export type Alias = z.infer<typeof aliasSchema>;
export const aliasesSchema = z.object({ rows: z.array(aliasSchema) });
export type AliasRows = z.infer<typeof aliasesSchema>;

export const aliasesParams = z.object({
  dimension: aliasDimensionSchema.optional(),
  /** `true` lists those that were undone, too. */
  undone: z.enum(['true', 'false']).default('false'),
});

/**
 * Merges members into one. With `platform` or `source` (series only) it parts instead: what that one states of `from`
 * is `into`, which may be a new series. `from` and `into` alike keep a name apart from the series whose title it is.
 */
export const aliasRequestSchema = z
  .strictObject({
    dimension: aliasDimensionSchema,
    from: z.array(id).min(1).max(200),
    into: id,
    platform: id.optional(),
    source: id.optional(),
  })
  .refine((r) => (r.platform === undefined && r.source === undefined) || r.dimension === 'series', {
    path: ['dimension'],
    message: 'series_only',
  })
  .refine((r) => r.platform === undefined || r.source === undefined, {
    path: ['source'],
    message: 'one_part',
  });
export type AliasRequest = z.infer<typeof aliasRequestSchema>;

/** What counts of a member. */
export const aliasExtentSchema = z.object({
  rows: z.number().int(),
  days: z.number().int(),
  /** Series with rows; of a series itself 1 or 0. */
  series: z.number().int(),
  views: countSchema,
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type AliasExtent = z.infer<typeof aliasExtentSchema>;

/** A day of a series on a platform that several of the names state. */
export const aliasConflictSchema = z.object({
  day: z.string(),
  series: z.string(),
  platform: z.string(),
  stated: z.array(z.object({ id: z.string(), source: z.string(), views: countSchema })),
});

export const aliasPreviewSchema = z.object({
  dimension: aliasDimensionSchema,
  /** Those merged, the series that they stand for as its title where they do, then the one that holds. */
  members: z.array(namedSchema.extend({ before: aliasExtentSchema, after: aliasExtentSchema })),
  conflicts: z.object({
    /** Days of a series on a platform that several of the names state. */
    days: z.number().int(),
    /** Of these the days on which one source states several of the names: of one key the latest import counts. */
    same_source_days: z.number().int(),
    samples: z.array(aliasConflictSchema),
  }),
  /** Views of all members together. */
  views_before: countSchema,
  views_after: countSchema,
});
export type AliasPreview = z.infer<typeof aliasPreviewSchema>;

/** Why two names may be one. */
export const SUGGESTION_REASONS = [
  'spelling',
  'season_mark',
  'decoration',
  'company_suffix',
  'translation',
  'pinyin',
  'one_character',
] as const;
export const suggestionSchema = z.object({
  dimension: aliasDimensionSchema,
  from: namedSchema.extend({ views: countSchema }),
  into: namedSchema.extend({ views: countSchema }),
  /** 0 to 1: how likely the two are one. */
  score: z.number(),
  reason: z.enum(SUGGESTION_REASONS),
  reason_label: labelSchema,
  /** What speaks for it beside the names (weight above 0), and against it (below 0). */
  evidence: z.array(labelSchema.extend({ weight: z.number() })),
});
export type Suggestion = z.infer<typeof suggestionSchema>;
export const suggestionsSchema = z.object({ rows: z.array(suggestionSchema), total: z.number().int() });
export type Suggestions = z.infer<typeof suggestionsSchema>;
export const suggestionsParams = z.object({
  dimension: aliasDimensionSchema.default('series'),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Two names that are not one: not suggested again. */
export const dismissalSchema = z.strictObject({ dimension: aliasDimensionSchema, ids: z.tuple([id, id]) });
export type Dismissal = z.infer<typeof dismissalSchema>;

/** A pair that was dismissed. */
export const dismissedPairSchema = z.object({
  dimension: aliasDimensionSchema,
  /** The two names, in the order of their ids. */
  pair: z.tuple([namedSchema, namedSchema]),
  /** Null for one from before it was kept. */
  dismissed_at: z.string().nullable(),
});
export type DismissedPair = z.infer<typeof dismissedPairSchema>;
export const dismissedPairsSchema = z.object({ rows: z.array(dismissedPairSchema) });
export type DismissedPairs = z.infer<typeof dismissedPairsSchema>;
export const dismissedParams = z.object({ dimension: aliasDimensionSchema.optional() });
/** Which pair is taken back: `ids` stands twice in the query string. */
export const dismissedPairParams = z.object({ dimension: aliasDimensionSchema, ids: z.tuple([id, id]) });
