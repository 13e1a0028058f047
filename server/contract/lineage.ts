import { z } from 'zod';

/** Given if `explain` is asked. */
export const lineageSchema = z.object({
  /** As understood, with defaults. */
  query: z.record(z.string(), z.unknown()),
  /** Why smaller tables could not answer is in `meta.source`. */
  tables: z.array(z.string()),
  rows_read: z.number().int(),
  /** Oldest first, each with at least one row or statement that counts. */
  imports: z.array(
    z.object({
      import_id: z.string(),
      filename: z.string(),
      source: z.string(),
      kind: z.enum(['log', 'catalog', 'rates']),
      from: z.string().nullable(),
      to: z.string().nullable(),
      /** Rows that count; of counters, those derived; of a catalogue, its statements. */
      rows: z.number().int(),
    }),
  ),
  /** With placeholders instead of values; only for those who may see it. */
  sql: z.array(z.string()).optional(),
});
export type Lineage = z.infer<typeof lineageSchema>;
