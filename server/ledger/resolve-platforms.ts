/**
 * Which platform a name is, after aliases. Rows keep the stated platform (`stated_platform_key`) and whether they left
 * the region out: then it is the home region of the canonical platform.
 */

import { UNKNOWN } from '../vocabulary/regions.ts';
import { flagOf, maybeText, numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { mergedNames } from './aliases.ts';
import { KEYED_TABLES } from './log-rows-sql.ts';
import {
  anyLeftOut,
  makePlatformMoved,
  mergePlatform,
  movePlatformRows,
  notePlatformMoved,
  partPlatform,
  platformsAsMerged,
} from './names-sql.ts';
import { regionKeys } from './regions.ts';

/**
 * Resolves all platforms into `platform_merged`, and moves rows. Makes the temporary table `platform_moved`: the series
 * concerned, with old and new platforms. @returns whether any row's platform may have changed
 */
export async function resolvePlatforms(session: WriteSession): Promise<boolean> {
  const merged = await mergedNames(session, 'platform');
  const rows = await session.all(platformsAsMerged);
  const keys = new Map(rows.map((row) => [textOf(row, 'id'), numberOf(row, 'platform_key')]));
  const changed = rows.flatMap((row) => {
    const key = numberOf(row, 'platform_key');
    const now = keys.get(merged.get(textOf(row, 'id')) ?? '') ?? key;
    return now === numberOf(row, 'was') ? [] : [{ key, was: numberOf(row, 'was'), now }];
  });
  await session.run(makePlatformMoved);
  for (const { key, was, now } of changed) await session.run(notePlatformMoved(key, was, now));
  if (changed.length === 0) return false;
  const homes = new Map(rows.map((row) => [numberOf(row, 'platform_key'), maybeText(row, 'home_region')]));
  for (const { key, now } of changed) {
    await session.run(partPlatform(key));
    if (now !== key) await session.run(mergePlatform(key, now));
    await moveRows(session, key, now, homes.get(now) ?? UNKNOWN);
  }
  return true;
}

async function moveRows(session: WriteSession, key: number, now: number, home: string): Promise<void> {
  const [row] = await session.all(anyLeftOut(key));
  // A region without rows gets no key: copies of the data share the dictionary.
  const homeKey = flagOf(row, 'found') ? await (await regionKeys(session))(home) : null;
  for (const table of KEYED_TABLES) await session.run(movePlatformRows(table, key, now, homeKey));
}
