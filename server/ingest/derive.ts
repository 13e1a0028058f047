/** What follows from the rows that are there, in the transaction that changed them. */
import type { FreshRows, WriteSession } from '../warehouse/warehouse.ts';
import { addBareSeries, deriveLabels, deriveSeries, movedExtents, resolveNames } from './catalog.ts';
import { type Extent, settle } from './settle.ts';
import { deriveIncrements, touchCounters } from './snapshots.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Change {
  /** Sources and days whose rows changed. */
  readonly extents: readonly Extent[];
  /** Whether rows may compete with others, or mix grains. */
  readonly settle: boolean;
  /** Whether what files say of series changed. */
  readonly statements: boolean;
  /** Whether counters were touched (`touchCounters`). */
  readonly counters: boolean;
  /** The rows of an import, where they may be all that changed. */
  readonly fresh?: FreshRows | null;
  /** Whether the list of currencies may change. */
  readonly currencies: boolean;
  readonly vocabulary: Vocabulary;
  readonly onRollups?: () => void;
}

/** Brings everything derived up to date. @returns how many steps of counters fell */
export async function deriveAll(session: WriteSession, change: Change): Promise<{ fallen: number }> {
  const extents = [...change.extents];
  if (change.settle) for (const extent of extents) await settle(session, extent);
  let counters = change.counters;
  let added = !change.settle && !counters;
  if (change.statements) {
    if (await resolveNames(session)) {
      const moved = await movedExtents(session);
      for (const extent of moved) await settle(session, extent);
      extents.push(...moved);
      added = false;
      await touchCounters(session, 'series_key IN (SELECT series_key FROM moved)');
      counters = true;
    }
    if (await deriveSeries(session)) {
      await touchCounters(session, 'series_key IN (SELECT series_key FROM released)');
      counters = true;
    }
  }
  const derived = counters ? await deriveIncrements(session) : { from: null, to: null, fallen: 0 };
  change.onRollups?.();
  const days = [...extents.flatMap((e) => [e.from, e.to]), derived.from, derived.to].filter((d) => d !== null).sort();
  const first = days[0];
  const last = days.at(-1);
  if (first && last) {
    // Rows that only came on top are added up by themselves; anything else is summed anew from the log.
    if (added && !counters && change.fresh) await session.addToRollups(change.fresh, first, last);
    else await session.refreshRollups(first, last);
  }
  await addBareSeries(session);
  await deriveLabels(session, change.vocabulary);
  if (change.currencies) await keepCurrencies(session);
  return { fallen: derived.fallen };
}

/** Keeps the dataset's list of currencies. */
async function keepCurrencies(session: WriteSession): Promise<void> {
  await session.run({
    text: `INSERT INTO dataset (name, value)
      SELECT 'currencies', coalesce(string_agg(currency, ',' ORDER BY currency), '') FROM (
        SELECT DISTINCT currency FROM view_log WHERE currency IS NOT NULL AND (revenue IS NOT NULL OR spend IS NOT NULL))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    values: [],
  });
}
