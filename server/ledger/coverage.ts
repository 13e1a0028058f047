/** Charts: files that list a top N and state nothing of the others (docs/definitions.md#rankings). */
import type { WriteSession } from '../warehouse/warehouse.ts';

/** What a source covers is what the latest of its committed logs states; a census where none does. */
export async function deriveCoverage(session: WriteSession): Promise<void> {
  await session.run({
    text: `UPDATE source SET coverage = coalesce((
        SELECT arg_max(i.options ->> '$.coverage', i.import_no) FROM import i
        WHERE i.source_key = source.source_key AND i.status = 'committed' AND i.kind = 'log'
          AND (i.options ->> '$.coverage') IS NOT NULL), 'census')`,
    values: [],
  });
}
