import { HIGHEST_COLUMNS, LOG_COLUMNS, type LogColumn, SUMMED_COLUMNS, WHOLE_COLUMNS } from '../contract/columns.ts';
import { sql } from '../warehouse/warehouse.ts';
import { REPLACED_RANGES } from './log-rows-sql.ts';

const KEY = ['source_key', 'series_key', 'platform_key', 'region_key', 'episode', 'currency'] as const;
const KEYS = KEY.join(', ');
const keysOf = (table: string) => KEY.map((k) => `${table}.${k}`).join(', ');
const sameKey = (a: string, b: string) => KEY.map((k) => `${a}.${k} IS NOT DISTINCT FROM ${b}.${k}`).join(' AND ');
/** As stated, before names were resolved. */
const STATED = 'stated_key, stated_platform_key, region_left_out';
const WHOLE: ReadonlySet<LogColumn> = new Set(WHOLE_COLUMNS);

export const makeTouched =
  sql(`CREATE TEMP TABLE IF NOT EXISTS touched (source_key SMALLINT, series_key INTEGER, platform_key SMALLINT,
      region_key SMALLINT, episode INTEGER, currency VARCHAR, since DATE)`);

export const touch = (where: string) =>
  sql(`INSERT INTO touched SELECT ${KEYS}, min(day) FROM snapshot WHERE ${where} GROUP BY ${KEYS}`);

export const countTouched = sql('SELECT count(*) AS n FROM touched');
export const touchedSources = sql('SELECT DISTINCT source_key FROM touched');
export const dropTouched = sql('DROP TABLE touched');

/**
 * Makes `effective`: for a key and time the latest import's snapshot (the highest, with its mended rejects); a later
 * `replace_range` hides the days it spans.
 */
export const makeEffective = sql(`CREATE OR REPLACE TEMP TABLE effective AS
  WITH ${REPLACED_RANGES}
  SELECT s.* EXCLUDE (rank, place_no) FROM (
    SELECT t.*, i.place_no, rank() OVER latest AS rank, row_number() OVER latest AS place
    FROM snapshot t JOIN import i USING (import_no) WHERE t.source_key IN (SELECT source_key FROM touched)
    WINDOW latest AS (PARTITION BY ${keysOf('t')}, day, instant ORDER BY i.place_no DESC)) s
  WHERE rank = 1 AND NOT EXISTS (FROM replaced_range r
    WHERE r.source_key = s.source_key AND r.place_no > s.place_no AND s.day BETWEEN r.from_day AND r.to_day)
    AND (${LOG_COLUMNS.map((c) => `s.${c} IS NOT NULL`).join(' OR ')})`);

export const hasTies = sql('SELECT max(place) > 1 AS tied FROM effective');

const MOMENT = [...KEY, 'day', 'instant'].join(', ');

/** If names made one state a moment twice, the higher value counts. */
export const mergeTies = sql(`CREATE OR REPLACE TEMP TABLE effective AS
      SELECT ${MOMENT}, min(import_no) AS import_no, min(stated_key) AS stated_key,
        min(stated_platform_key) AS stated_platform_key, bool_and(region_left_out) AS region_left_out,
        max(rounding) AS rounding, ${LOG_COLUMNS.map((c) => `max(${c}) AS ${c}`).join(', ')}
      FROM effective GROUP BY ${MOMENT}`);

export const mixesHoursAndDays = sql(
  'SELECT bool_or(instant IS NULL) AND bool_or(instant IS NOT NULL) AS mixed FROM effective',
);

export const deleteDaysBesideHours = sql(`DELETE FROM effective e WHERE e.instant IS NULL AND EXISTS (
      FROM effective h WHERE h.instant IS NOT NULL AND h.day = e.day AND ${sameKey('h', 'e')})`);

/** Touches all counters of sources whose step changed, and stores the steps; in this order. */
export const touchChangedSteps = [
  sql(`CREATE OR REPLACE TEMP TABLE step_now AS
    WITH gaps AS (
      SELECT source_key, CASE WHEN instant IS NOT NULL AND before IS NOT NULL THEN round(epoch(instant - before) / 3600, 2) ELSE (day - day_before) * 24.0 END AS hours
      FROM (SELECT source_key, day, instant, lag(day) OVER chain AS day_before, lag(instant) OVER chain AS before FROM effective
        WINDOW chain AS (PARTITION BY ${KEYS} ORDER BY day, instant NULLS LAST))
      WHERE day_before IS NOT NULL),
    counted AS (SELECT source_key, hours, count(*) AS n FROM gaps WHERE hours > 0 GROUP BY ALL)
    SELECT s.source_key, coalesce(arg_max(hours, (n, -hours)), 24.0)::DOUBLE AS hours
    FROM (SELECT DISTINCT source_key FROM touched) s LEFT JOIN counted USING (source_key) GROUP BY s.source_key`),
  sql(`INSERT INTO touched SELECT ${KEYS}, min(day) FROM effective
    WHERE source_key IN (SELECT n.source_key FROM step_now n LEFT JOIN counter_step c USING (source_key) WHERE n.hours IS DISTINCT FROM c.hours)
    GROUP BY ${KEYS}`),
  sql('DELETE FROM counter_step WHERE source_key IN (SELECT source_key FROM step_now)'),
  sql('INSERT INTO counter_step (source_key, hours) SELECT source_key, hours FROM step_now'),
  sql('DROP TABLE step_now'),
] as const;

/** Makes `chain_start`: the last day before the touch, from which a counter's snapshots are subtracted. */
export const makeChainStart = sql(`CREATE OR REPLACE TEMP TABLE chain_start AS
    SELECT ${keysOf('t')}, coalesce(max(e.day) FILTER (e.views IS NOT NULL), max(e.day)) AS after_day
    FROM (SELECT ${KEYS}, min(since) AS since FROM touched GROUP BY ${KEYS}) t
    LEFT JOIN effective e ON ${sameKey('e', 't')} AND e.day < t.since GROUP BY ALL`);

export const makeRederived = sql(
  'CREATE OR REPLACE TEMP TABLE rederived AS SELECT DISTINCT series_key FROM chain_start',
);
export const makeRederivedOfNone = sql('CREATE OR REPLACE TEMP TABLE rederived (series_key INTEGER)');

/** Increments to derive again. Looking for the series first is cheaper than the whole key. */
const staleRows = (table: string) => `
  SELECT v.row_id, v.day FROM (
      SELECT rowid AS row_id, day, ${KEYS} FROM ${table} WHERE derived AND series_key IN (SELECT series_key FROM chain_start)) v
    JOIN chain_start c ON ${sameKey('v', 'c')} WHERE c.after_day IS NULL OR v.day > c.after_day`;

export const makeStale = sql(`CREATE OR REPLACE TEMP TABLE stale AS ${staleRows('view_log')}`);
export const staleDays = sql('SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM stale');
export const deleteStale = sql('DELETE FROM view_log WHERE rowid IN (SELECT row_id FROM stale)');
/** Derived rows that do not count are derived again, too. */
export const deleteStaleHidden = sql(
  `DELETE FROM view_log_hidden WHERE rowid IN (SELECT row_id FROM (${staleRows('view_log_hidden')}))`,
);

/** Of the previous value; 0 if it is not rounded. */
const previousRounding =
  'lag(CASE WHEN views IS NOT NULL THEN coalesce(rounding, 0) END IGNORE NULLS) OVER chain AS p_rounding';
const previous = (c: string) => `lag(${c} IGNORE NULLS) OVER chain AS p_${c}`;

/** Value minus the one before; on the first day of an older chain it only gives its value. */
const STEPS = `
  SELECT e.*, ${SUMMED_COLUMNS.map(previous).join(', ')}, ${previousRounding}, lag(day) OVER chain AS row_before,
    lag(CASE WHEN views IS NOT NULL THEN day END IGNORE NULLS) OVER chain AS views_before, c.after_day
  FROM effective e JOIN chain_start c ON ${sameKey('e', 'c')} AND (c.after_day IS NULL OR e.day >= c.after_day)
  WINDOW chain AS (PARTITION BY ${keysOf('e')} ORDER BY e.day, e.instant NULLS LAST)`;

const JUDGED = `
  SELECT s.*,
    CASE WHEN row_before IS NOT NULL THEN coalesce(CASE WHEN views IS NOT NULL THEN views_before END, row_before) END AS day_before,
    r.release_day, first,
    first AND coalesce(CASE
      WHEN s.instant IS NOT NULL AND r.release_at IS NOT NULL THEN epoch(s.instant - r.release_at) BETWEEN 0 AND p.hours * 3600
      ELSE s.day - r.release_day BETWEEN 0 AND floor(p.hours / 24) END, false) AS fresh
  FROM (SELECT *, CASE WHEN views IS NOT NULL THEN views_before IS NULL ELSE row_before IS NULL END AS first FROM (${STEPS})) s
    JOIN counter_step p USING (source_key) LEFT JOIN series r USING (series_key)
  WHERE s.after_day IS NULL OR s.day > s.after_day`;

const COVERED = `
  SELECT *, CASE WHEN first AND NOT fresh THEN 1
      WHEN first THEN greatest(1, day - release_day) ELSE greatest(1, day - day_before) END::BIGINT AS n,
    ${SUMMED_COLUMNS.map((c) => `CASE WHEN first AND fresh THEN ${c} WHEN first OR p_${c} IS NULL OR ${c} IS NULL THEN NULL ELSE greatest(${c} - p_${c}, 0) END AS d_${c}`).join(', ')},
    coalesce(views < p_views, false) AS fell
  FROM (${JUDGED})`;

const share = (c: LogColumn): string => {
  const all = `CASE WHEN opening THEN ${c} ELSE d_${c} END`;
  if (!WHOLE.has(c)) return `${all} / n AS ${c}`;
  return `(${all} // n + CASE WHEN i >= n - ${all} % n THEN 1 ELSE 0 END)::BIGINT AS ${c}`;
};

/** Makes `redone`: increments and openings of touched counters. */
export const makeRedone = sql(`CREATE OR REPLACE TEMP TABLE redone AS
  SELECT import_no, ${STATED}, ${KEYS}, (day - (n - 1 - i)::INTEGER)::DATE AS day,
    CASE WHEN n = 1 THEN instant END AS instant, (CASE WHEN opening THEN 'opening' ELSE 'increment' END)::log_kind AS kind,
    true AS derived, n > 1 AS estimated, ${SUMMED_COLUMNS.map(share).join(', ')},
    ${HIGHEST_COLUMNS.map((c) => `CASE WHEN i = n - 1 THEN ${c} END AS ${c}`).join(', ')},
    fell, i = n - 1 AS last_day, CASE WHEN i = n - 1 AND NOT opening AND views IS NOT NULL
      THEN coalesce(rounding, 0) + coalesce(p_rounding, 0) END AS rounding_error, d_views AS step_views
  FROM (SELECT *, first AND NOT fresh AS opening, unnest(range(n)) AS i FROM (${COVERED}))`);

const DERIVED = `import_no, ${STATED}, ${KEYS}, day, instant, kind, derived, estimated, ${LOG_COLUMNS.join(', ')}`;
export const insertRedone = sql(`INSERT INTO view_log (${DERIVED}) SELECT ${DERIVED} FROM redone`);

/** Days of `redone`, steps at which a counter fell or is rounded, and the median error and views of the latter. */
export const redoneFindings =
  sql(`SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to", count(*) FILTER (fell AND last_day) AS fallen,
        count(*) FILTER (rounding_error > 0) AS rounded, median(rounding_error) FILTER (rounding_error > 0)::DOUBLE AS error,
        median(step_views) FILTER (rounding_error > 0)::DOUBLE AS step
      FROM redone`);

export const dropDerivation = ['redone', 'stale', 'chain_start', 'effective', 'touched'].map((table) =>
  sql(`DROP TABLE ${table}`),
);
