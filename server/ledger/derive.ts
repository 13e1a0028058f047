/** Derives everything that follows from changed rows, in the same transaction. */

import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { flagOf, numberOf, textOf } from '../warehouse/row-values.ts';
import type { FreshRows, WriteSession } from '../warehouse/warehouse.ts';
import { addBareSeries, deriveLabels, deriveSeries } from './catalogue.ts';
import { anySnapshot, putCoverage, putCurrencies, RELEASED } from './catalogue-sql.ts';
import type { Extent } from './mended.ts';
import { daysOfMoved, MOVED, MOVED_SERIES } from './names-sql.ts';
import { resolvePlatforms } from './resolve-platforms.ts';
import { findRenamed, resolveNames } from './resolve-series.ts';
import { mixesGrains, settle, settleOpenings } from './settle.ts';
import { type Derived, deriveIncrements, NOTHING_DERIVED, touchCounters } from './snapshots.ts';

export interface Change {
  readonly extents: readonly Extent[];
  /** Whether rows may compete with others, or mix grains. */
  readonly settle: boolean;
  /** Whether statements or aliases of series changed; `members`: only names of producers and franchises. */
  readonly statements: boolean | 'members';
  readonly counters: boolean;
  /** The rows of an import, if nothing else changed. */
  readonly fresh?: FreshRows | null;
  readonly currencies: boolean;
  /** Derives only what affects rows of the log: no sums, labels or catalogue. */
  readonly logOnly?: boolean;
  readonly vocabulary: Vocabulary;
  readonly onRollups?: () => void;
}

export async function deriveAll(session: WriteSession, change: Change): Promise<Derived> {
  const extents = [...change.extents];
  if (change.settle) for (const extent of extents) await settle(session, extent);
  let counters = change.counters;
  let added = !change.settle && !counters;
  // If only names moved, only their series are summed again.
  let only: string | undefined;
  if (change.statements === 'members') {
    await findRenamed(session);
    await deriveSeries(session);
  } else if (change.statements) {
    const platforms = await resolvePlatforms(session);
    const names = await resolveNames(session, platforms);
    if (platforms || names) {
      const moved = await movedExtents(session);
      for (const extent of moved) await settle(session, extent, MOVED);
      extents.push(...moved);
      added = false;
      if (change.extents.length === 0) only = MOVED_SERIES;
      await touchCounters(session, MOVED);
      counters = true;
    }
    // Increments of counters need the releases from the catalogue.
    const wanted = change.logOnly !== true || (await hasCounters(session));
    if (wanted && (await deriveSeries(session))) {
      await touchCounters(session, RELEASED);
      counters = true;
    }
  }
  const derived = counters ? await deriveIncrements(session) : NOTHING_DERIVED;
  const settled = change.settle ? extents.map((e) => e.sourceKey) : [];
  const opened = await settleDerived(session, [...new Set([...settled, ...derived.sources])], derived);
  if (change.logOnly === true) return derived;
  change.onRollups?.();
  const days = [...extents.flatMap((e) => [e.from, e.to]), derived.from, derived.to, ...opened]
    .filter((d) => d !== null)
    .sort();
  const first = days[0];
  const last = days.at(-1);
  if (first && last) {
    // Rows that were only added are summed alone; all else is summed again from the log.
    if (added && !counters && change.fresh) await session.addToRollups(change.fresh, first, last);
    else await session.refreshRollups(first, last, only);
  }
  await addBareSeries(session);
  await session.run(putCoverage);
  if (change.currencies) await session.run(putCurrencies);
  await deriveLabels(session, change.vocabulary);
  return derived;
}

/** If a source mixes grains: which increments count, then which openings. @returns days of changed openings */
async function settleDerived(session: WriteSession, sources: readonly number[], derived: Derived): Promise<string[]> {
  const days: string[] = [];
  for (const sourceKey of sources) {
    if (!(await mixesGrains(session, sourceKey))) continue;
    const { from, to } = derived;
    if (derived.sources.includes(sourceKey) && from && to) await settle(session, { sourceKey, from, to });
    days.push(...(await settleOpenings(session, sourceKey)));
  }
  return days;
}

async function hasCounters(session: WriteSession): Promise<boolean> {
  const [row] = await session.all(anySnapshot);
  return flagOf(row, 'found');
}

async function movedExtents(session: WriteSession): Promise<Extent[]> {
  const rows = await session.all(daysOfMoved);
  return rows.map((row) => ({
    sourceKey: numberOf(row, 'source_key'),
    from: textOf(row, 'first'),
    to: textOf(row, 'last'),
  }));
}
