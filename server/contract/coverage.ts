import { z } from 'zod';
import { answerOf, countSchema, scopeSchema } from './analyses.ts';
import { analysis } from './endpoint.ts';
import { dateSchema } from './query.ts';

export const coverageParams = scopeSchema;

/** `stated`: a file has rows of the day. `estimated`: only rows spread over several days. `gap`: nothing between two days that have rows. */
export const COVERAGE_STATES = ['stated', 'estimated', 'gap'] as const;
export const coverageStateSchema = z.enum(COVERAGE_STATES);
export type CoverageState = z.infer<typeof coverageStateSchema>;

export const coverageRow = z.object({
  source: z.string(),
  day: dateSchema,
  state: coverageStateSchema,
  rows: z.number().int(),
  estimated_rows: z.number().int(),
  views: countSchema,
});
export type CoverageRow = z.infer<typeof coverageRow>;

/**
 * What a source states: `census` every series of its platforms, `chart` a top N, `launches` only the first days of new
 * series, so that a day without rows is one without launches.
 */
export const SOURCE_KINDS = ['census', 'chart', 'launches'] as const;
export const sourceKindSchema = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof sourceKindSchema>;

export const coverageSource = z.object({
  source: z.string(),
  kind: sourceKindSchema,
  from: dateSchema,
  to: dateSchema,
  /** Days from first to last, and those with rows of their own. */
  days: z.number().int(),
  stated_days: z.number().int(),
  estimated_days: z.number().int(),
  gap_days: z.number().int(),
  rows: z.number().int(),
});
export type CoverageSource = z.infer<typeof coverageSource>;

export const coverageAnswer = answerOf(coverageRow).extend({ sources: z.array(coverageSource) });
export type CoverageAnswer = z.infer<typeof coverageAnswer>;

export const storageSchema = z.object({
  /** With its write-ahead log; 0 in memory. */
  database_bytes: z.number().int(),
  uploads_bytes: z.number().int(),
  free_bytes: z.number().int(),
  /** Rows that count, wait hidden, are counters as stated, or rejected lines. */
  rows: z.object({
    view_log: z.number().int(),
    view_log_hidden: z.number().int(),
    snapshot: z.number().int(),
    series: z.number().int(),
    reject: z.number().int(),
  }),
});
export type Storage = z.infer<typeof storageSchema>;

export const ANALYSES_OF_COVERAGE = {
  coverage: analysis('/coverage', {
    summary: 'Coverage by source and day',
    description:
      'Which days each source states, which are estimated and which are missing between two that are there; beside the rows a summary per source, with what it is: of all series, of a ranking, or of launches only.',
    params: coverageParams,
    answer: coverageAnswer,
  }),
};
