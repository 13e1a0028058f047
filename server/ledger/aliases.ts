/** Active aliases: what the user said about names of one series, producer, platform or franchise. */
import { maybeText, textOf } from '../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../warehouse/warehouse.ts';
import { activeByAge, dropMergedNames, makeMergedNames, replaceMergedNames } from './names-sql.ts';

export type AliasDimension = 'series' | 'producer' | 'platform' | 'franchise';

export interface ActiveAlias {
  readonly from: string;
  readonly into: string;
  /** Null for all platforms. */
  readonly platform: string | null;
  /** Null for all sources. */
  readonly source: string | null;
}

/** Oldest first. */
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

/** Each merged name → its canonical name; not for series, as titles lead on. */
export async function mergedNames(
  session: ReadSession,
  dimension: Exclude<AliasDimension, 'series'>,
): Promise<ReadonlyMap<string, string>> {
  const next = new Map((await activeAliases(session, dimension)).map((alias) => [alias.from, alias.into]));
  return new Map([...next.keys()].map((from) => [from, follow(from, (name) => next.get(name), leastText).end]));
}

/**
 * Writes the canonical names of producers and franchises into `series`, before its lists of members are made. A
 * producer that comes twice by this is kept once, at its first place.
 */
export async function mergeMembers(session: WriteSession): Promise<void> {
  for (const dimension of ['producer', 'franchise'] as const) {
    const merged = await mergedNames(session, dimension);
    if (merged.size === 0) continue;
    for (const step of [makeMergedNames(merged), replaceMergedNames[dimension], dropMergedNames])
      await session.run(step);
  }
}

/** The lesser of two nodes: a circle ends at the least of its nodes. */
type Least<N> = (a: N, b: N) => N;

export interface Way<N> {
  readonly end: N;
  readonly passed: readonly N[];
}

/** Follows `next` to its end. Only titles can close a circle (such aliases are refused): its least node is the end. */
export function follow<N>(start: N, next: (node: N) => N | undefined, least: Least<N>): Way<N> {
  const passed: N[] = [start];
  for (;;) {
    const node = passed.at(-1) ?? start;
    const then = next(node);
    if (then === undefined || then === node) return { end: node, passed };
    const again = passed.indexOf(then);
    if (again >= 0) return { end: passed.slice(again).reduce(least), passed };
    passed.push(then);
  }
}
