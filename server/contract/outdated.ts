import { z } from 'zod';
import { importSchema } from './imports.ts';
import { labelSchema } from './query.ts';

/** What of an import today's rules read differently: a part of the rows, an example, and how many. */
export const readingChangeSchema = z.object({
  /** `region`, `platform`, `series`, `genres`, `producers`, `cast`, `views_are` …; of a file that was read again any column. */
  part: z.string(),
  /** One sentence, with the example. */
  detail: labelSchema,
  /** As it is kept, and as it would be read today: one of them. */
  before: z.string(),
  after: z.string(),
  /** Rows of a log, or series of what is said of series. */
  count: z.number().int(),
  unit: z.enum(['rows', 'series']),
});
export type ReadingChange = z.infer<typeof readingChangeSchema>;

/** An import that today's rules would read differently. */
export const outdatedImportSchema = importSchema.extend({
  outdated: z.array(readingChangeSchema),
  /** Whether the server still has the file, in `done/` of the watched folder: then `POST /imports/{id}/reread` needs no upload. */
  file_kept: z.boolean(),
});
export type OutdatedImport = z.infer<typeof outdatedImportSchema>;
export const outdatedImportsSchema = z.object({ rows: z.array(outdatedImportSchema) });

export const rereadRequestSchema = z.strictObject({
  /** The same bytes, uploaded; left out where the server still has the file. */
  upload_id: z.string().optional(),
  dry_run: z.boolean().default(false),
});
export type RereadRequest = z.input<typeof rereadRequestSchema>;

/** What reading the file again would change; nothing was written. */
export const rereadTrialSchema = z.object({
  rows_read: z.number().int(),
  rejected: z.number().int(),
  changes: z.array(readingChangeSchema),
});
export type RereadTrial = z.infer<typeof rereadTrialSchema>;
