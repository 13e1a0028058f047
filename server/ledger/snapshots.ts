/**
 * Counters to increments (docs/definitions.md#counters-and-openings). The result is a pure function of the effective
 * snapshots and of the release of a series, so the order of imports and undos does not matter. A release is a snapshot
 * of 0: a first snapshot within one step of it is an increment. An increment over skipped days is spread evenly, in
 * whole views, the remainder on the latest days. Levels (heat, viewers) stay on their day.
 */

import { flagOf, maybeNumber, maybeText, numberOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import * as counters from './snapshots-sql.ts';

/** Increments of these counters must be derived again. @param where condition over `snapshot` */
export async function touchCounters(session: WriteSession, where: string): Promise<void> {
  await session.run(counters.makeTouched);
  await session.run(counters.touch(where));
}

export interface Derived {
  /** Business days with changed increments; null if there are none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly fallen: number;
  /** Steps from or to a rounded counter, and the median of their largest error and of their views. */
  readonly rounded: { readonly steps: number; readonly error: number; readonly views: number };
  readonly sources: readonly number[];
}

export const NOTHING_DERIVED: Derived = {
  from: null,
  to: null,
  fallen: 0,
  rounded: { steps: 0, error: 0, views: 0 },
  sources: [],
};

/** Derives the increments of touched counters. Leaves the temporary table `rederived` of their series. */
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

/** If names became one, an import may state a moment twice: the higher value counts, as for a repeated key. */
async function mergeTies(session: WriteSession): Promise<void> {
  const [row] = await session.all(counters.hasTies);
  if (flagOf(row, 'tied')) await session.run(counters.mergeTies);
}

/** If a counter has hours on a day, its value without an hour does not count. */
async function leaveCoarse(session: WriteSession): Promise<void> {
  const [row] = await session.all(counters.mixesHoursAndDays);
  if (flagOf(row, 'mixed')) await session.run(counters.deleteDaysBesideHours);
}

/**
 * A source's step is its most frequent gap between snapshots, in hours, a day without any. If it changed, first
 * snapshots may change between increment and opening, so all counters are touched.
 */
async function touchChangedSteps(session: WriteSession): Promise<void> {
  for (const touch of counters.touchChangedSteps) await session.run(touch);
}
