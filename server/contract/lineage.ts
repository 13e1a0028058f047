import { z } from 'zod';

/** What the numbers of an answer rest on; given where `explain` is asked. */
export const lineageSchema = z.object({
  /** The request as it was understood, defaults filled in. */
  query: z.record(z.string(), z.unknown()),
  /** The tables that answered; why smaller ones could not is in `meta.source`. */
  tables: z.array(z.string()),
  /** Rows of those tables within the days that the answer rests on. */
  rows_read: z.number().int(),
  /** Committed imports, oldest first, with at least one row or statement that counts here. */
  imports: z.array(
    z.object({
      import_id: z.string(),
      filename: z.string(),
      source: z.string(),
      kind: z.enum(['log', 'catalog', 'rates']),
      from: z.string().nullable(),
      to: z.string().nullable(),
      /** Its rows that count within those days; of counters, those derived from its snapshots. Of a catalogue its statements. */
      rows: z.number().int(),
    }),
  ),
  /** Each statement with placeholders instead of values; only for those who may see it. */
  sql: z.array(z.string()).optional(),
});
export type Lineage = z.infer<typeof lineageSchema>;
