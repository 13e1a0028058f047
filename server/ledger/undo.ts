/** Undo: the world as if imports had never been. */
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { deriveAll } from './derive.ts';
import type { HistoryEntry } from './history.ts';
import { undo } from './history-sql.ts';
import { placeExtents, placeImports, touchedBy } from './mended.ts';
import { touchCounters } from './snapshots.ts';

export async function undoImports(
  session: WriteSession,
  entries: readonly HistoryEntry[],
  vocabulary: Vocabulary,
  now: Date,
): Promise<void> {
  const numbers = entries.map((e) => e.importNo);
  const extents = await placeExtents(session, numbers);
  await touchCounters(session, await touchedBy(session, numbers));
  for (const step of undo(numbers, now.toISOString())) await session.run(step);
  await placeImports(session);
  await deriveAll(session, { extents, settle: true, statements: true, counters: true, currencies: true, vocabulary });
}
