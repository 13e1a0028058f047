/**
 * Which rows count (docs/definitions.md#which-rows-count). The others wait in `view_log_hidden` with a reason. The
 * choice depends only on rows and imports that are there, so imports may be undone in any order.
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

/** If not, imports need no settling. Counters may touch any day: increments fill days before their snapshots. */
export async function overlapsEarlier(session: WriteSession, importNo: number, extent: Extent): Promise<boolean> {
  const [row] = await session.all(touchedByOthers(extent.sourceKey, importNo, extent.from, extent.to));
  return flagOf(row, 'found');
}

/**
 * Chooses again among a source's rows between two days. The new import must already be in `import`.
 * @param only SQL condition on whole cells (series, platform, region, day) if no import changed, only some cells
 */
export async function settle(session: WriteSession, extent: Extent, only?: string): Promise<void> {
  const values = [extent.sourceKey, extent.from, extent.to];
  if (only !== undefined) await session.run(makeContested(only, values));
  await session.run(makePool(only, values));
  await session.run(makeVerdict(await hasMended(session, extent.sourceKey)));
  for (const move of moveByVerdict) await session.run(move);
}

/** Whether a source has, or had, both grains: else there is no choice. */
export async function mixesGrains(session: WriteSession, sourceKey: number): Promise<boolean> {
  const [row] = await session.all(mixedGrains(sourceKey));
  return flagOf(row, 'mixed');
}

/**
 * Chooses again among a source's openings. A source that counts episodes and the whole states twice what a series had
 * before. The grain that starts first (episodes on a tie) keeps its openings; those of the other on its first day do
 * not count (`mixed_grain`): the first grain has their views. @returns the days of changed openings, ISO
 */
export async function settleOpenings(session: WriteSession, sourceKey: number): Promise<readonly string[]> {
  await session.run(makeOpenings(sourceKey));
  const changed = await session.all(daysOfChangedOpenings);
  if (changed.length > 0) for (const move of moveOpenings) await session.run(move);
  await session.run(dropOpenings);
  return changed.map((row) => textOf(row, 'day'));
}
