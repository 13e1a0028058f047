/**
 * Counters to increments (docs/definitions.md#counters-and-openings). What is derived is a pure function of the
 * effective snapshots of a counter and of the release of its series, so neither the order of imports nor an undo
 * matters.
 *
 * A release counts as a snapshot of 0: a first snapshot within one step of it is an increment over the days since.
 * Between two snapshots days may be skipped; the increment is spread evenly over the days it covers, whole views, the
 * remainder on the latest days. Levels (heat, viewers) stay on the day they were stated.
 */

import { LOG_COLUMNS } from '../contract/columns.ts';
import { maybeNumber, numberOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { REPLACED_RANGES } from './settle.ts';

const KEY = ['source_key', 'series_key', 'platform_key', 'region_key', 'episode', 'currency'] as const;
const KEYS = KEY.join(', ');
/** What the file itself states, where its key was resolved to another. */
const STATED = 'stated_key, stated_platform_key, region_left_out';
const LEVELS = new Set<string>(['viewers', 'heat']);
const REALS = new Set<string>(['watch_seconds', 'revenue', 'spend']);
const COUNTERS = LOG_COLUMNS.filter((c) => !LEVELS.has(c));
const sameKey = (a: string, b: string) => KEY.map((k) => `${a}.${k} IS NOT DISTINCT FROM ${b}.${k}`).join(' AND ');

/** Counters whose increments must be derived anew: those that `where` over `snapshot` names, from its earliest day on. */
export async function touchCounters(session: WriteSession, where: string): Promise<void> {
  await session.run({
    text: `CREATE TEMP TABLE IF NOT EXISTS touched (source_key SMALLINT, series_key INTEGER, platform_key SMALLINT,
      region_key SMALLINT, episode INTEGER, currency VARCHAR, since DATE)`,
    values: [],
  });
  await session.run({
    text: `INSERT INTO touched SELECT ${KEYS}, min(day) FROM snapshot WHERE ${where} GROUP BY ${KEYS}`,
    values: [],
  });
}

export interface Derived {
  /** Business days whose increments may have changed; null where none did. */
  readonly from: string | null;
  readonly to: string | null;
  /** Steps at which a counter fell. */
  readonly fallen: number;
  /** Steps between counters of which one is rounded; of these the typical (median) largest error and views. */
  readonly rounded: { readonly steps: number; readonly error: number; readonly views: number };
  /** Sources whose increments were derived. */
  readonly sources: readonly number[];
}

/**
 * Derives the increments of all touched counters anew, and forgets the touches. Leaves the temporary table `rederived`
 * of the series they belong to.
 */
export async function deriveIncrements(session: WriteSession): Promise<Derived> {
  const run = (text: string) => session.run({ text, values: [] });
  const [any] = await session.all({ text: 'SELECT count(*) AS n FROM touched', values: [] });
  if (numberOf(any, 'n') === 0) {
    await run('CREATE OR REPLACE TEMP TABLE rederived (series_key INTEGER)');
    await run('DROP TABLE touched');
    return NOTHING_DERIVED;
  }
  await run(`CREATE OR REPLACE TEMP TABLE effective AS ${EFFECTIVE}`);
  await mergeTies(session);
  await leaveCoarse(session);
  await touchChangedSteps(session);
  // Snapshots of the last day before the touch are where the chain starts from.
  await run(`CREATE OR REPLACE TEMP TABLE chain_start AS
    SELECT ${KEY.map((k) => `t.${k}`).join(', ')}, coalesce(max(e.day) FILTER (e.views IS NOT NULL), max(e.day)) AS after_day
    FROM (SELECT ${KEYS}, min(since) AS since FROM touched GROUP BY ${KEYS}) t
    LEFT JOIN effective e ON ${sameKey('e', 't')} AND e.day < t.since GROUP BY ALL`);
  await run('CREATE OR REPLACE TEMP TABLE rederived AS SELECT DISTINCT series_key FROM chain_start');
  await run(`CREATE OR REPLACE TEMP TABLE redone AS ${INCREMENTS}`);
  await run(`CREATE OR REPLACE TEMP TABLE stale AS ${staleRows('view_log')}`);
  const [gone] = await session.all({
    text: 'SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM stale',
    values: [],
  });
  await run('DELETE FROM view_log WHERE rowid IN (SELECT row_id FROM stale)');
  // Derived rows that do not count are derived anew, too.
  await run(`DELETE FROM view_log_hidden WHERE rowid IN (SELECT row_id FROM (${staleRows('view_log_hidden')}))`);
  const columns = `import_no, ${STATED}, ${KEYS}, day, instant, kind, derived, estimated, ${LOG_COLUMNS.join(', ')}`;
  await run(`INSERT INTO view_log (${columns}) SELECT ${columns} FROM redone`);
  const [made] = await session.all({
    text: `SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to", count(*) FILTER (fell AND last_day) AS fallen,
        count(*) FILTER (rounding_error > 0) AS rounded, median(rounding_error) FILTER (rounding_error > 0)::DOUBLE AS error,
        median(step_views) FILTER (rounding_error > 0)::DOUBLE AS step
      FROM redone`,
    values: [],
  });
  const sources = await session.all({ text: 'SELECT DISTINCT source_key FROM touched', values: [] });
  for (const table of ['redone', 'stale', 'chain_start', 'effective', 'touched']) await run(`DROP TABLE ${table}`);
  const days = [gone?.from, gone?.to, made?.from, made?.to].filter((d): d is string => typeof d === 'string').sort();
  return {
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    fallen: maybeNumber(made, 'fallen') ?? 0,
    rounded: {
      steps: maybeNumber(made, 'rounded') ?? 0,
      error: maybeNumber(made, 'error') ?? 0,
      views: maybeNumber(made, 'step') ?? 0,
    },
    sources: sources.map((row) => numberOf(row, 'source_key')),
  };
}

/** Where nothing was derived. */
export const NOTHING_DERIVED: Derived = {
  from: null,
  to: null,
  fallen: 0,
  rounded: { steps: 0, error: 0, views: 0 },
  sources: [],
};

/** Increments that are derived anew; the touched series are told apart first, which costs less than the whole key. */
const staleRows = (table: string) => `
  SELECT v.row_id, v.day FROM (
      SELECT rowid AS row_id, day, ${KEYS} FROM ${table} WHERE derived AND series_key IN (SELECT series_key FROM chain_start)) v
    JOIN chain_start c ON ${sameKey('v', 'c')} WHERE c.after_day IS NULL OR v.day > c.after_day`;

/**
 * Of snapshots with one key and time the latest import's counts (the highest where it and what mends it both state one);
 * a later `replace_range` hides the days it spans.
 */
const EFFECTIVE = `
  WITH ${REPLACED_RANGES}
  SELECT s.* EXCLUDE (rank, place_no) FROM (
    SELECT t.*, i.place_no, rank() OVER latest AS rank, row_number() OVER latest AS place
    FROM snapshot t JOIN import i USING (import_no) WHERE t.source_key IN (SELECT source_key FROM touched)
    WINDOW latest AS (PARTITION BY ${KEY.map((k) => `t.${k}`).join(', ')}, day, instant ORDER BY i.place_no DESC)) s
  WHERE rank = 1 AND NOT EXISTS (FROM replaced_range r
    WHERE r.source_key = s.source_key AND r.place_no > s.place_no AND s.day BETWEEN r.from_day AND r.to_day)
    AND (${LOG_COLUMNS.map((c) => `s.${c} IS NOT NULL`).join(' OR ')})`;

/**
 * Names that were made one may state one moment in one import: like a key that a file repeats, the higher value holds.
 */
async function mergeTies(session: WriteSession): Promise<void> {
  const [row] = await session.all({ text: 'SELECT max(place) > 1 AS tied FROM effective', values: [] });
  if (row?.tied !== true) return;
  const moment = [...KEY, 'day', 'instant'];
  const highest = LOG_COLUMNS.map((c) => `max(${c}) AS ${c}`).join(', ');
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE effective AS
      SELECT ${moment.join(', ')}, min(import_no) AS import_no, min(stated_key) AS stated_key,
        min(stated_platform_key) AS stated_platform_key, bool_and(region_left_out) AS region_left_out,
        max(rounding) AS rounding, ${highest}
      FROM effective GROUP BY ${moment.join(', ')}`,
    values: [],
  });
}

/** Where a counter is read by the hour on a day, the reading of the day itself, of no known hour, does not count. */
async function leaveCoarse(session: WriteSession): Promise<void> {
  const [row] = await session.all({
    text: 'SELECT bool_or(instant IS NULL) AND bool_or(instant IS NOT NULL) AS mixed FROM effective',
    values: [],
  });
  if (row?.mixed !== true) return;
  await session.run({
    text: `DELETE FROM effective e WHERE e.instant IS NULL AND EXISTS (
      FROM effective h WHERE h.instant IS NOT NULL AND h.day = e.day AND ${sameKey('h', 'e')})`,
    values: [],
  });
}

/**
 * The step of a source, in hours: its most frequent gap between snapshots of one counter, a day where there is none.
 * Where it changed, first snapshots may change sides between increment and opening, so all counters are touched.
 */
async function touchChangedSteps(session: WriteSession): Promise<void> {
  const run = (text: string) => session.run({ text, values: [] });
  await run(`CREATE OR REPLACE TEMP TABLE step_now AS
    WITH gaps AS (
      SELECT source_key, CASE WHEN instant IS NOT NULL AND before IS NOT NULL THEN round(epoch(instant - before) / 3600, 2) ELSE (day - day_before) * 24.0 END AS hours
      FROM (SELECT source_key, day, instant, lag(day) OVER chain AS day_before, lag(instant) OVER chain AS before FROM effective
        WINDOW chain AS (PARTITION BY ${KEYS} ORDER BY day, instant NULLS LAST))
      WHERE day_before IS NOT NULL),
    counted AS (SELECT source_key, hours, count(*) AS n FROM gaps WHERE hours > 0 GROUP BY ALL)
    SELECT s.source_key, coalesce(arg_max(hours, (n, -hours)), 24.0)::DOUBLE AS hours
    FROM (SELECT DISTINCT source_key FROM touched) s LEFT JOIN counted USING (source_key) GROUP BY s.source_key`);
  await run(`INSERT INTO touched SELECT ${KEYS}, min(day) FROM effective
    WHERE source_key IN (SELECT n.source_key FROM step_now n LEFT JOIN counter_step c USING (source_key) WHERE n.hours IS DISTINCT FROM c.hours)
    GROUP BY ${KEYS}`);
  await run('DELETE FROM counter_step WHERE source_key IN (SELECT source_key FROM step_now)');
  await run('INSERT INTO counter_step (source_key, hours) SELECT source_key, hours FROM step_now');
  await run('DROP TABLE step_now');
}

/** Rounding of the views before; 0 where they are written out. */
const previousRounding =
  'lag(CASE WHEN views IS NOT NULL THEN coalesce(rounding, 0) END IGNORE NULLS) OVER chain AS p_rounding';
const previous = (c: string) => `lag(${c} IGNORE NULLS) OVER chain AS p_${c}`;

/** Value minus value before; on the first day of a chain that starts earlier nothing is made, it only lends its value. */
const steps = `
  SELECT e.*, ${COUNTERS.map(previous).join(', ')}, ${previousRounding}, lag(day) OVER chain AS row_before,
    lag(CASE WHEN views IS NOT NULL THEN day END IGNORE NULLS) OVER chain AS views_before, c.after_day
  FROM effective e JOIN chain_start c ON ${sameKey('e', 'c')} AND (c.after_day IS NULL OR e.day >= c.after_day)
  WINDOW chain AS (PARTITION BY ${KEY.map((k) => `e.${k}`).join(', ')} ORDER BY e.day, e.instant NULLS LAST)`;

const judged = `
  SELECT s.*,
    CASE WHEN row_before IS NOT NULL THEN coalesce(CASE WHEN views IS NOT NULL THEN views_before END, row_before) END AS day_before,
    r.release_day, first,
    first AND coalesce(CASE
      WHEN s.instant IS NOT NULL AND r.release_at IS NOT NULL THEN epoch(s.instant - r.release_at) BETWEEN 0 AND p.hours * 3600
      ELSE s.day - r.release_day BETWEEN 0 AND floor(p.hours / 24) END, false) AS fresh
  FROM (SELECT *, CASE WHEN views IS NOT NULL THEN views_before IS NULL ELSE row_before IS NULL END AS first FROM (${steps})) s
    JOIN counter_step p USING (source_key) LEFT JOIN series r USING (series_key)
  WHERE s.after_day IS NULL OR s.day > s.after_day`;

/** Days that an increment covers. */
const covered = `
  SELECT *, CASE WHEN first AND NOT fresh THEN 1
      WHEN first THEN greatest(1, day - release_day) ELSE greatest(1, day - day_before) END::BIGINT AS n,
    ${COUNTERS.map((c) => `CASE WHEN first AND fresh THEN ${c} WHEN first OR p_${c} IS NULL OR ${c} IS NULL THEN NULL ELSE greatest(${c} - p_${c}, 0) END AS d_${c}`).join(', ')},
    coalesce(views < p_views, false) AS fell
  FROM (${judged})`;

const share = (c: string): string => {
  const whole = `CASE WHEN opening THEN ${c} ELSE d_${c} END`;
  if (REALS.has(c)) return `${whole} / n AS ${c}`;
  return `(${whole} // n + CASE WHEN i >= n - ${whole} % n THEN 1 ELSE 0 END)::BIGINT AS ${c}`;
};

const INCREMENTS = `
  SELECT import_no, ${STATED}, ${KEYS}, (day - (n - 1 - i)::INTEGER)::DATE AS day,
    CASE WHEN n = 1 THEN instant END AS instant, (CASE WHEN opening THEN 'opening' ELSE 'increment' END)::log_kind AS kind,
    true AS derived, n > 1 AS estimated, ${COUNTERS.map(share).join(', ')},
    ${[...LEVELS].map((c) => `CASE WHEN i = n - 1 THEN ${c} END AS ${c}`).join(', ')},
    fell, i = n - 1 AS last_day, CASE WHEN i = n - 1 AND NOT opening AND views IS NOT NULL
      THEN coalesce(rounding, 0) + coalesce(p_rounding, 0) END AS rounding_error, d_views AS step_views
  FROM (SELECT *, first AND NOT fresh AS opening, unnest(range(n)) AS i FROM (${covered}))`;
