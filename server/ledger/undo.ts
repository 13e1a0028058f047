/** Undo: the world as if imports had never been. */
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { deriveAll } from './derive.ts';
import type { HistoryEntry } from './history.ts';
import { placeExtents, placeImports, touchedBy } from './mended.ts';
import { touchCounters } from './snapshots.ts';

const TABLES = [
  'view_log',
  'view_log_hidden',
  'snapshot',
  'series_statement',
  'label_statement',
  'currency_rate',
  'reject',
  'reject_header',
  'mended_repeat',
] as const;

/** Undoes committed imports, all in the caller's transaction. */
export async function undoImports(
  session: WriteSession,
  entries: readonly HistoryEntry[],
  vocabulary: Vocabulary,
  now: Date,
): Promise<void> {
  const undone = `import_no IN (${['-1', ...entries.map((e) => e.importNo)].join(', ')})`;
  const numbers = entries.map((e) => e.importNo);
  const extents = await placeExtents(session, numbers);
  await touchCounters(session, await touchedBy(session, numbers));
  for (const table of TABLES) await session.run({ text: `DELETE FROM ${table} WHERE ${undone}`, values: [] });
  await session.run({
    text: `UPDATE import SET status = 'undone', finished_at = $1::TIMESTAMPTZ AT TIME ZONE 'UTC' WHERE ${undone}`,
    values: [now.toISOString()],
  });
  await placeImports(session);
  await deriveAll(session, { extents, settle: true, statements: true, counters: true, currencies: true, vocabulary });
}
