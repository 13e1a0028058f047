/** Aliases that hold: what the user said of two names of one series, producer, platform or franchise. */
import { textOf } from '../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../warehouse/warehouse.ts';
import { follow } from './alias-walk.ts';

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
  const rows = await session.all({
    text: 'SELECT from_id, into_id, platform, source FROM alias WHERE dimension = $1 AND undone_at IS NULL ORDER BY alias_no',
    values: [dimension],
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return rows.map((row) => ({
    from: textOf(row, 'from_id'),
    into: textOf(row, 'into_id'),
    platform: text(row.platform),
    source: text(row.source),
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

/** Makes a temporary table of pairs of keys. */
export async function tableOfPairs(
  session: WriteSession,
  table: string,
  columns: readonly [string, string],
  pairs: Iterable<readonly [number, number]>,
): Promise<void> {
  const all = [...pairs];
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT unnest($1::INTEGER[]) AS ${columns[0]}, unnest($2::INTEGER[]) AS ${columns[1]}`,
    values: [all.map(([a]) => a), all.map(([, b]) => b)],
  });
}

/**
 * Puts merged producers and franchises in the place of the names that files state: in `series`, before the lists of
 * its members are taken from it. A producer named twice by that is named once, where it came first.
 */
export async function mergeMembers(session: WriteSession): Promise<void> {
  for (const dimension of ['producer', 'franchise'] as const) {
    const merged = await mergedNames(session, dimension);
    if (merged.size === 0) continue;
    await session.run({
      text: `CREATE OR REPLACE TEMP TABLE merged_name AS SELECT unnest($1::VARCHAR[]) AS was, unnest($2::VARCHAR[]) AS now`,
      values: [[...merged.keys()], [...merged.values()]],
    });
    await session.run({ text: REPLACED[dimension], values: [] });
    await session.run({ text: 'DROP TABLE merged_name', values: [] });
  }
}

const REPLACED = {
  producer: `UPDATE series SET producers = m.names, producer = m.names[1] FROM (
      SELECT series_key, list(name ORDER BY place) AS names FROM (
        SELECT series_key, coalesce(n.now, s.name) AS name, min(place) AS place FROM (
          SELECT series_key, unnest(producers) AS name, generate_subscripts(producers, 1) AS place FROM series
          WHERE list_has_any(producers, (SELECT list(was) FROM merged_name))) s
        LEFT JOIN merged_name n ON n.was = s.name GROUP BY ALL)
      GROUP BY series_key) m
    WHERE m.series_key = series.series_key`,
  franchise: 'UPDATE series SET franchise = n.now FROM merged_name n WHERE n.was = series.franchise',
};
