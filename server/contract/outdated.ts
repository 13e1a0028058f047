import { z } from 'zod';
import { importSchema } from './imports.ts';
import { labelSchema } from './query.ts';

/** A part of the rows that would be read differently, with an example and a count. */
export const readingChangeSchema = z.object({
  /** `region`, `platform`, `views_are` …; any column if the file was read again. */
  part: z.string(),
  detail: labelSchema,
  before: z.string(),
  after: z.string(),
  /** Rows of a log, or series. */
  count: z.number().int(),
  unit: z.enum(['rows', 'series']),
});
export type ReadingChange = z.infer<typeof readingChangeSchema>;

export const outdatedImportSchema = importSchema.extend({
  outdated: z.array(readingChangeSchema),
  /** In `done/` of the watched folder: `POST /imports/{id}/reread` then needs no upload. */
  file_kept: z.boolean(),
});
export type OutdatedImport = z.infer<typeof outdatedImportSchema>;
export const outdatedImportsSchema = z.object({ rows: z.array(outdatedImportSchema) });

export const rereadRequestSchema = z.strictObject({
  /** Not needed if the server still has the file. */
  upload_id: z.string().optional(),
  dry_run: z.boolean().default(false),
});
export type RereadRequest = z.input<typeof rereadRequestSchema>;

/** Nothing is written. */
export const rereadTrialSchema = z.object({
  rows_read: z.number().int(),
  rejected: z.number().int(),
  changes: z.array(readingChangeSchema),
});
export type RereadTrial = z.infer<typeof rereadTrialSchema>;
