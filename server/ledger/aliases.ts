/** Active aliases: what the user said of two names of one series, producer, platform or franchise. */
import { maybeText, textOf } from '../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../warehouse/warehouse.ts';
import { follow } from './alias-walk.ts';
import { activeByAge, dropMergedNames, makeMergedNames, replaceMergedNames } from './names-sql.ts';

export type AliasDimension = 'series' | 'producer' | 'platform' | 'franchise';

export interface ActiveAlias {
  readonly from: string;
  readonly into: string;
  /** Only what is stated of this platform; null for everything. */
  readonly platform: string | null;
  /** Only what this source states; null for everything. */
  readonly source: string | null;
}

/** Those of a dimension, the oldest first. */
export async function activeAliases(session: ReadSession, dimension: AliasDimension): Promise<readonly ActiveAlias[]> {
  const rows = await session.all(activeByAge(dimension));
  return rows.map((row) => ({
    from: textOf(row, 'from_id'),
    into: textOf(row, 'into_id'),
    platform: maybeText(row, 'platform'),
    source: maybeText(row, 'source'),
  }));
}

export const leastText = (a: string, b: string): string => (a < b ? a : b);

/** Each merged name of a dimension that titles do not bear on → the name it ends at. */
export async function mergedNames(
  session: ReadSession,
  dimension: Exclude<AliasDimension, 'series'>,
): Promise<ReadonlyMap<string, string>> {
  const next = new Map((await activeAliases(session, dimension)).map((alias) => [alias.from, alias.into]));
  return new Map([...next.keys()].map((from) => [from, follow(from, (name) => next.get(name), leastText).end]));
}

/**
 * Puts merged producers and franchises in the place of the names that files state: in `series`, before the lists of
 * its members are taken from it. A producer named twice by that is named once, where it came first.
 */
export async function mergeMembers(session: WriteSession): Promise<void> {
  for (const dimension of ['producer', 'franchise'] as const) {
    const merged = await mergedNames(session, dimension);
    if (merged.size === 0) continue;
    for (const step of [makeMergedNames(merged), replaceMergedNames[dimension], dropMergedNames])
      await session.run(step);
  }
}
