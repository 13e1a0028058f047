import { z } from 'zod';
import { labelSchema } from './query.ts';

export const ALIAS_DIMENSIONS = ['series', 'producer', 'platform', 'franchise'] as const;
export const aliasDimensionSchema = z.enum(ALIAS_DIMENSIONS);
export type AliasDimension = z.infer<typeof aliasDimensionSchema>;

const id = z.string().min(1).max(1000);
const namedSchema = z.object({ id: z.string(), label: labelSchema });
/** A 64-bit count; text beyond 2^53. */
const countSchema = z.union([z.number(), z.string()]);

/** `from` is `into`, until undone. */
export const aliasSchema = z.object({
  alias_id: z.string(),
  dimension: aliasDimensionSchema,
  from: namedSchema,
  into: namedSchema,
  /** Null: on every platform. */
  platform: z.string().nullable(),
  /** Null: in every source. */
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
  undone: z.enum(['true', 'false']).default('false'),
});

/** Merges members. With `platform` or `source` (series only), only what that one states of `from` is `into`. */
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

export const aliasConflictSchema = z.object({
  day: z.string(),
  series: z.string(),
  platform: z.string(),
  stated: z.array(z.object({ id: z.string(), source: z.string(), views: countSchema })),
});

export const aliasPreviewSchema = z.object({
  dimension: aliasDimensionSchema,
  /** Those merged, then the one that holds. A series merged by title stands as its title. */
  members: z.array(namedSchema.extend({ before: aliasExtentSchema, after: aliasExtentSchema })),
  conflicts: z.object({
    /** Days on which one platform has rows under several of the names. */
    days: z.number().int(),
    /** Of these, days on which one source states several of the names: the latest import counts. */
    same_source_days: z.number().int(),
    samples: z.array(aliasConflictSchema),
  }),
  views_before: countSchema,
  views_after: countSchema,
});
export type AliasPreview = z.infer<typeof aliasPreviewSchema>;

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
  /** Weight above 0 speaks for it, below 0 against. */
  evidence: z.array(labelSchema.extend({ weight: z.number() })),
});
export type Suggestion = z.infer<typeof suggestionSchema>;
export const suggestionsSchema = z.object({ rows: z.array(suggestionSchema), total: z.number().int() });
export type Suggestions = z.infer<typeof suggestionsSchema>;
export const suggestionsParams = z.object({
  dimension: aliasDimensionSchema.default('series'),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

export const dismissalSchema = z.strictObject({ dimension: aliasDimensionSchema, ids: z.tuple([id, id]) });
export type Dismissal = z.infer<typeof dismissalSchema>;

export const dismissedPairSchema = z.object({
  dimension: aliasDimensionSchema,
  /** In the order of their ids. */
  pair: z.tuple([namedSchema, namedSchema]),
  /** Null if dismissed before this was kept. */
  dismissed_at: z.string().nullable(),
});
export type DismissedPair = z.infer<typeof dismissedPairSchema>;
export const dismissedPairsSchema = z.object({ rows: z.array(dismissedPairSchema) });
export type DismissedPairs = z.infer<typeof dismissedPairsSchema>;
export const dismissedParams = z.object({ dimension: aliasDimensionSchema.optional() });
/** `ids` stands twice in the query string. */
export const dismissedPairParams = z.object({ dimension: aliasDimensionSchema, ids: z.tuple([id, id]) });
