/**
 * Counters to increments (docs/definitions.md#counters-and-openings). What is derived is a pure function of the
 * effective snapshots of a counter and of the release of its series, so neither the order of imports nor an undo
 * matters.
 *
 * A release counts as a snapshot of 0: a first snapshot within one step of it is an increment over the days since.
 * Between two snapshots days may be skipped; the increment is spread evenly over the days it covers, whole views, the
 * remainder on the latest days. Levels (heat, viewers) stay on the day they were stated.
 */

import { flagOf, maybeNumber, maybeText, numberOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import * as counters from './snapshots-sql.ts';

/** Counters whose increments must be derived again: those that `where` over `snapshot` names, from its earliest day on. */
export async function touchCounters(session: WriteSession, where: string): Promise<void> {
  await session.run(counters.makeTouched);
  await session.run(counters.touch(where));
}

export interface Derived {
  /** Business days whose increments may have changed; null if none did. */
  readonly from: string | null;
  readonly to: string | null;
  /** Steps at which a counter fell. */
  readonly fallen: number;
  /** Steps between counters of which one is rounded; of these the typical (median) largest error and views. */
  readonly rounded: { readonly steps: number; readonly error: number; readonly views: number };
  /** Sources whose increments were derived. */
  readonly sources: readonly number[];
}

export const NOTHING_DERIVED: Derived = {
  from: null,
  to: null,
  fallen: 0,
  rounded: { steps: 0, error: 0, views: 0 },
  sources: [],
};

/**
 * Derives the increments of all touched counters again, and forgets the touches. Leaves the temporary table `rederived`
 * of the series they belong to.
 */
export async function deriveIncrements(session: WriteSession): Promise<Derived> {
  const [touched] = await session.all(counters.countTouched);
  if (numberOf(touched, 'n') === 0) {
    await session.run(counters.makeRederivedOfNone);
    await session.run(counters.dropTouched);
    return NOTHING_DERIVED;
  }
  await session.run(counters.makeEffective);
  await mergeTies(session);
  await leaveCoarse(session);
  await touchChangedSteps(session);
  for (const make of [counters.makeChainStart, counters.makeRederived, counters.makeRedone, counters.makeStale])
    await session.run(make);
  const [gone] = await session.all(counters.staleDays);
  for (const replace of [counters.deleteStale, counters.deleteStaleHidden, counters.insertRedone])
    await session.run(replace);
  const [made] = await session.all(counters.redoneFindings);
  const sources = await session.all(counters.touchedSources);
  for (const drop of counters.dropDerivation) await session.run(drop);
  const days = [gone, made]
    .flatMap((row) => [maybeText(row, 'from'), maybeText(row, 'to')])
    .filter((day) => day !== null)
    .sort();
  return {
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    fallen: numberOf(made, 'fallen'),
    rounded: {
      steps: numberOf(made, 'rounded'),
      error: maybeNumber(made, 'error') ?? 0,
      views: maybeNumber(made, 'step') ?? 0,
    },
    sources: sources.map((row) => numberOf(row, 'source_key')),
  };
}

/** Names that were made one may state one moment in one import: like a key that a file repeats, the higher value counts. */
async function mergeTies(session: WriteSession): Promise<void> {
  const [row] = await session.all(counters.hasTies);
  if (flagOf(row, 'tied')) await session.run(counters.mergeTies);
}

/** If a counter is read by the hour on a day, the reading of the day itself, of no known hour, does not count. */
async function leaveCoarse(session: WriteSession): Promise<void> {
  const [row] = await session.all(counters.mixesHoursAndDays);
  if (flagOf(row, 'mixed')) await session.run(counters.deleteDaysBesideHours);
}

/**
 * The step of a source, in hours: its most frequent gap between snapshots of one counter, a day if there is none. If it
 * changed, first snapshots may change sides between increment and opening, so all counters are touched.
 */
async function touchChangedSteps(session: WriteSession): Promise<void> {
  for (const touch of counters.touchChangedSteps) await session.run(touch);
}
