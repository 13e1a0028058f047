/**
 * Which rows count (docs/definitions.md#which-rows-count). `view_log` holds only rows that do; the rest wait in
 * `view_log_hidden` with a reason. What is chosen depends on nothing but the rows and imports that are there, so
 * imports may be undone in any order.
 */

import { flagOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { type Extent, hasMended } from './mended.ts';
import {
  daysOfChangedOpenings,
  dropOpenings,
  makeContested,
  makeOpenings,
  makePool,
  makeVerdict,
  mixedGrains,
  moveByVerdict,
  moveOpenings,
  touchedByOthers,
} from './settle-sql.ts';

export type HiddenReason = 'superseded' | 'replaced' | 'repeated' | 'mixed_grain';

/**
 * Whether another import of the source touches these days: else there is nothing to settle between imports. Increments
 * of counters may fill days before their own snapshots, so an import of counters may touch any day.
 */
export async function overlapsEarlier(session: WriteSession, importNo: number, extent: Extent): Promise<boolean> {
  const [row] = await session.all(touchedByOthers(extent.sourceKey, importNo, extent.from, extent.to));
  return flagOf(row, 'found');
}

/**
 * Chooses again among all rows of a source between two days, and moves those whose verdict changed.
 * The import in hand must already be in `import`.
 * @param only SQL condition on whole cells (series, platform, region, day), if only some of them changed, and no import
 */
export async function settle(session: WriteSession, extent: Extent, only?: string): Promise<void> {
  const values = [extent.sourceKey, extent.from, extent.to];
  if (only !== undefined) await session.run(makeContested(only, values));
  await session.run(makePool(only, values));
  await session.run(makeVerdict(await hasMended(session, extent.sourceKey)));
  for (const move of moveByVerdict) await session.run(move);
}

/** Whether a source has rows of both grains, or hours and days, or had: else there is nothing to choose. */
export async function mixesGrains(session: WriteSession, sourceKey: number): Promise<boolean> {
  const [row] = await session.all(mixedGrains(sourceKey));
  return flagOf(row, 'mixed');
}

/**
 * Chooses again among a source's openings. What a series had before the log is stated twice if a source counts its
 * episodes and the whole: the grain that starts first keeps its openings (episodes if both start on one day), those of
 * the other on its first day do not count (`mixed_grain`), for what they hold is in the first one's openings and
 * increments.
 * @returns the days of those that changed sides, ISO
 */
export async function settleOpenings(session: WriteSession, sourceKey: number): Promise<readonly string[]> {
  await session.run(makeOpenings(sourceKey));
  const changed = await session.all(daysOfChangedOpenings);
  if (changed.length > 0) for (const move of moveOpenings) await session.run(move);
  await session.run(dropOpenings);
  return changed.map((row) => textOf(row, 'day'));
}
