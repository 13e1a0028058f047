import { type Bound, sql } from '../warehouse/warehouse.ts';
import { isRepeated, REPLACED_RANGES, ROW } from './log-rows-sql.ts';

/** Whether another import of the source touches these days; counters may touch any day. */
export const touchedByOthers = (sourceKey: number, importNo: number, from: string, to: string) =>
  sql(
    `SELECT count(*) > 0 AS found FROM import
      WHERE status = 'committed' AND kind = 'log' AND source_key = $1 AND import_no <> $2
        AND (from_day <= $4::DATE AND to_day >= $3::DATE OR views_are = 'cumulative')`,
    [sourceKey, importNo, from, to],
  );

const CELL = 'series_key, platform_key, region_key, day';
const within = (only?: string) => `source_key = $1 AND day BETWEEN $2::DATE AND $3::DATE AND ${only ?? 'true'}`;

/**
 * Makes `contested`: cells of several rows, or with rows that do not count. A row alone in its cell counts as before if
 * no import came or went. @param only condition on the rows to look at
 */
export const makeContested = (only: string, values: readonly Bound[]) =>
  sql(
    `CREATE OR REPLACE TEMP TABLE contested AS
  SELECT ${CELL} FROM (
    SELECT ${CELL}, false AS hidden FROM view_log WHERE ${within(only)}
    UNION ALL SELECT ${CELL}, true FROM view_log_hidden WHERE ${within(only)})
  GROUP BY ALL HAVING count(*) > 1 OR bool_or(hidden)`,
    values,
  );

export const makePool = (only: string | undefined, values: readonly Bound[]) => {
  const range = only === undefined ? within() : `${within(only)} AND (${CELL}) IN (SELECT (${CELL}) FROM contested)`;
  return sql(
    `CREATE OR REPLACE TEMP TABLE pool AS
      SELECT rowid AS row_id, false AS hidden, NULL::VARCHAR AS was, ${ROW} FROM view_log WHERE ${range}
      UNION ALL SELECT rowid, true, reason, ${ROW} FROM view_log_hidden WHERE ${range}`,
    values,
  );
};

/**
 * Makes `verdict`: one per row of `pool`, null if it counts. First whole imports (`replaced`), then keys
 * (`superseded`), repeats in mended rejects (`repeated`), then grains: hours before days, then episodes before wholes
 * (`mixed_grain`). Increments of counters come from snapshots that count already, so only their grain is judged; one
 * over skipped days has no hour and goes with the hours of its counter. Openings are judged in `makeOpenings`.
 * @param mended whether imports of the source share places: only then rows may repeat
 */
export const makeVerdict = (mended: boolean) =>
  sql(`CREATE OR REPLACE TEMP TABLE verdict AS
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
        WHEN ${mended ? isRepeated('p') : 'false'} THEN 'repeated'
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
  FROM judged j LEFT JOIN grains g USING (series_key, platform_key, region_key, day)`);

const CHANGED = 'SELECT row_id FROM verdict WHERE reason IS DISTINCT FROM was AND';
const POOLED = 'FROM pool p JOIN verdict v USING (row_id, hidden) WHERE v.reason IS DISTINCT FROM p.was AND';

export const moveByVerdict = [
  sql(`DELETE FROM view_log WHERE rowid IN (${CHANGED} NOT hidden)`),
  sql(`DELETE FROM view_log_hidden WHERE rowid IN (${CHANGED} hidden)`),
  sql(`INSERT INTO view_log_hidden (${ROW}, reason) SELECT ${ROW}, v.reason ${POOLED} v.reason IS NOT NULL`),
  sql(`INSERT INTO view_log (${ROW}) SELECT ${ROW} ${POOLED} v.reason IS NULL`),
  sql('DROP TABLE verdict'),
  sql('DROP TABLE pool'),
] as const;

/** Whether rows of a source, also hidden ones, have several grains. */
export const mixedGrains = (sourceKey: number) => {
  const rows = (table: string, hidden: string) =>
    `SELECT episode, instant, ${hidden} AS hidden FROM ${table} WHERE source_key = $1`;
  const mixed = (column: string) => `(bool_or(${column} IS NULL) AND bool_or(${column} IS NOT NULL))`;
  return sql(
    `SELECT ${mixed('episode')} OR ${mixed('instant')} OR bool_or(hidden) AS mixed
      FROM (${rows('view_log', 'false')} UNION ALL ${rows('view_log_hidden', `reason = 'mixed_grain'`)})`,
    [sourceKey],
  );
};

const OPENED = 'series_key, platform_key, region_key';

/** Makes `openings` of a source: whether they are hidden, and whether they should be. */
export const makeOpenings = (sourceKey: number) =>
  sql(
    `CREATE OR REPLACE TEMP TABLE openings AS
      WITH all_rows AS (
        SELECT rowid AS row_id, false AS hidden, ${OPENED}, episode IS NOT NULL AS fine, kind, day FROM view_log WHERE source_key = $1
        UNION ALL SELECT rowid, true, ${OPENED}, episode IS NOT NULL, kind, day FROM view_log_hidden
          WHERE source_key = $1 AND reason = 'mixed_grain'),
      starts AS (
        SELECT ${OPENED}, min(day) FILTER (fine) AS fine_start, min(day) FILTER (NOT fine) AS whole_start
        FROM all_rows GROUP BY ALL)
      SELECT row_id, hidden, day, coalesce(CASE
          WHEN fine THEN day = fine_start AND whole_start < fine_start
          ELSE day = whole_start AND fine_start <= whole_start END, false) AS hide
      FROM all_rows JOIN starts USING (${OPENED}) WHERE kind = 'opening'`,
    [sourceKey],
  );

export const daysOfChangedOpenings = sql('SELECT DISTINCT day::VARCHAR AS day FROM openings WHERE hide <> hidden');

const changedOpenings = (hidden: boolean) => `SELECT row_id FROM openings WHERE hidden = ${hidden} AND hide <> hidden`;

/** Moves openings that changed; in this order. */
export const moveOpenings = [
  // Both sets are taken before the tables change, as row ids change with them.
  sql(`CREATE OR REPLACE TEMP TABLE moving AS
      SELECT true AS hide, ${ROW} FROM view_log WHERE rowid IN (${changedOpenings(false)})
      UNION ALL SELECT false, ${ROW} FROM view_log_hidden WHERE rowid IN (${changedOpenings(true)})`),
  sql(`DELETE FROM view_log WHERE rowid IN (${changedOpenings(false)})`),
  sql(`DELETE FROM view_log_hidden WHERE rowid IN (${changedOpenings(true)})`),
  sql(`INSERT INTO view_log_hidden (${ROW}, reason) SELECT ${ROW}, 'mixed_grain' FROM moving WHERE hide`),
  sql(`INSERT INTO view_log (${ROW}) SELECT ${ROW} FROM moving WHERE NOT hide`),
  sql('DROP TABLE moving'),
] as const;

export const dropOpenings = sql('DROP TABLE openings');
