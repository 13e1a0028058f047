/**
 * Which rows count (docs/definitions.md#which-rows-count). `view_log` holds only rows that do; the rest wait in
 * `view_log_hidden` with a reason. What is chosen depends on nothing but the rows and imports that are there, so
 * imports may be undone in any order.
 */

import { LOG_COLUMNS } from '../contract/columns.ts';
import { flagOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { type Extent, hasMended, isRepeated } from './mended.ts';

export type HiddenReason = 'superseded' | 'replaced' | 'repeated' | 'mixed_grain';

export const KEY_COLUMNS = [
  'source_key',
  'series_key',
  'platform_key',
  'region_key',
  'episode',
  'day',
  'instant',
  'kind',
  'currency',
] as const;
/** All columns of a row of the log. */
export const ROW = [
  'import_no',
  'stated_key',
  'stated_platform_key',
  'region_left_out',
  ...KEY_COLUMNS,
  'derived',
  'estimated',
  ...LOG_COLUMNS,
].join(', ');

/**
 * Whether another import of the source touches these days: else there is nothing to settle between imports. Increments
 * of counters may fill days before their own snapshots, so an import of counters may touch any day.
 */
export async function overlapsEarlier(session: WriteSession, importNo: number, extent: Extent): Promise<boolean> {
  const [row] = await session.all({
    text: `SELECT count(*) > 0 AS found FROM import
      WHERE status = 'committed' AND kind = 'log' AND source_key = $1 AND import_no <> $2
        AND (from_day <= $4::DATE AND to_day >= $3::DATE OR views_are = 'cumulative')`,
    values: [extent.sourceKey, importNo, extent.from, extent.to],
  });
  return flagOf(row, 'found');
}

/**
 * Chooses anew among all rows of a source between two days, and moves those whose verdict changed.
 * The import in hand must already be in `import`.
 * @param only SQL condition on whole cells (series, platform, region, day), where only some of them changed, and no import
 */
export async function settle(session: WriteSession, extent: Extent, only?: string): Promise<void> {
  const values = [extent.sourceKey, extent.from, extent.to];
  const run = (text: string, bound: readonly (string | number)[] = []) => session.run({ text, values: bound });
  const within = `source_key = $1 AND day BETWEEN $2::DATE AND $3::DATE AND ${only ?? 'true'}`;
  const range = only === undefined ? within : `${within} AND ${CONTESTED}`;
  if (only !== undefined) await run(contested(within), values);
  await run(
    `CREATE OR REPLACE TEMP TABLE pool AS
      SELECT rowid AS row_id, false AS hidden, NULL::VARCHAR AS was, ${ROW} FROM view_log WHERE ${range}
      UNION ALL SELECT rowid, true, reason, ${ROW} FROM view_log_hidden WHERE ${range}`,
    values,
  );
  const repeated = (await hasMended(session, extent.sourceKey)) ? isRepeated('p') : 'false';
  await run(`CREATE OR REPLACE TEMP TABLE verdict AS ${verdict(repeated)}`);
  const moved = `SELECT row_id FROM verdict WHERE reason IS DISTINCT FROM was AND`;
  await run(`DELETE FROM view_log WHERE rowid IN (${moved} NOT hidden)`);
  await run(`DELETE FROM view_log_hidden WHERE rowid IN (${moved} hidden)`);
  const from = `FROM pool p JOIN verdict v USING (row_id, hidden) WHERE v.reason IS DISTINCT FROM p.was AND`;
  await run(`INSERT INTO view_log_hidden (${ROW}, reason) SELECT ${ROW}, v.reason ${from} v.reason IS NOT NULL`);
  await run(`INSERT INTO view_log (${ROW}) SELECT ${ROW} ${from} v.reason IS NULL`);
  await run('DROP TABLE verdict');
  await run('DROP TABLE pool');
}

/**
 * Cells of more than one row, or with rows that do not count: where a row is alone in its cell, and no import came or
 * went, it counts as it did.
 */
const CELL = 'series_key, platform_key, region_key, day';
const contested = (within: string) => `CREATE OR REPLACE TEMP TABLE contested AS
  SELECT ${CELL} FROM (
    SELECT ${CELL}, false AS hidden FROM view_log WHERE ${within}
    UNION ALL SELECT ${CELL}, true FROM view_log_hidden WHERE ${within})
  GROUP BY ALL HAVING count(*) > 1 OR bool_or(hidden)`;
const CONTESTED = `(${CELL}) IN (SELECT (${CELL}) FROM contested)`;

/** The days that imports replace, by their place: of a file and its mended rejects together, as of one file. */
export const REPLACED_RANGES = `replaced_range AS (
    SELECT source_key, place_no, min(from_day) AS from_day, max(to_day) AS to_day
    FROM import WHERE status = 'committed' AND kind = 'log' GROUP BY ALL HAVING bool_or(mode = 'replace_range'))`;

/**
 * One verdict per row of `pool`: null where it counts. First whole imports (`replaced`), then keys (`superseded`), what
 * mended rejects say once more (`repeated`), then grains: hours beat a day, and of what is left episodes beat a whole (`mixed_grain`). Increments of counters come from
 * snapshots that count already, so only grains are judged of them; an increment over skipped days has no hour of its
 * own and goes with the hours of its counter. Openings: `openings.ts`.
 */
const verdict = (repeated: string) => `
  WITH ${REPLACED_RANGES},
  judged AS (
    SELECT row_id, hidden, was, p.import_no, series_key, platform_key, region_key, day, episode, p.kind,
      CASE WHEN derived THEN bool_or(instant IS NOT NULL) OVER (PARTITION BY derived, series_key, platform_key, region_key, episode, day)
        ELSE instant IS NOT NULL END AS by_hour,
      CASE
        WHEN derived THEN CASE WHEN p.kind = 'opening' THEN was END
        WHEN EXISTS (FROM replaced_range r WHERE r.source_key = p.source_key
          AND r.place_no > i.place_no AND p.day BETWEEN r.from_day AND r.to_day) THEN 'replaced'
        WHEN max(CASE WHEN i.mode <> 'append' THEN i.place_no END)
          OVER (PARTITION BY derived, series_key, platform_key, region_key, episode, day, instant, p.kind, currency) > i.place_no
          THEN 'superseded'
        WHEN ${repeated} THEN 'repeated'
      END AS reason
    FROM pool p JOIN import i USING (import_no)
  ),
  grains AS (
    SELECT series_key, platform_key, region_key, day, bool_or(by_hour) AS timed,
      bool_or(episode IS NOT NULL) FILTER (by_hour) AS timed_episodes, bool_or(episode IS NOT NULL) AS episodes
    FROM judged WHERE reason IS NULL AND kind = 'increment'
    GROUP BY ALL
  )
  SELECT row_id, hidden, was, CASE
      WHEN reason IS NOT NULL OR kind <> 'increment' THEN reason
      WHEN g.timed AND NOT by_hour THEN 'mixed_grain'
      WHEN (CASE WHEN g.timed THEN g.timed_episodes ELSE g.episodes END) AND episode IS NULL THEN 'mixed_grain'
    END AS reason
  FROM judged j LEFT JOIN grains g USING (series_key, platform_key, region_key, day)`;
