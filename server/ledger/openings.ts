/**
 * Openings of mixed grains. What a series had before the log is stated twice where a source counts its episodes and the
 * whole: the grain that starts first keeps its openings (episodes where both start on one day), those of the other on
 * its first day do not count (`mixed_grain`), for what they hold is in the first one's openings and increments.
 */
import { flagOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { ROW } from './settle.ts';

const CELL = 'series_key, platform_key, region_key';

/** Whether a source has rows of both grains, or hours and days, or had: else there is nothing to choose. */
export async function mixesGrains(session: WriteSession, sourceKey: number): Promise<boolean> {
  const rows = (table: string, hidden: string) =>
    `SELECT episode, instant, ${hidden} AS hidden FROM ${table} WHERE source_key = $1`;
  const mixed = (column: string) => `(bool_or(${column} IS NULL) AND bool_or(${column} IS NOT NULL))`;
  const [row] = await session.all({
    text: `SELECT ${mixed('episode')} OR ${mixed('instant')} OR bool_or(hidden) AS mixed
      FROM (${rows('view_log', 'false')} UNION ALL ${rows('view_log_hidden', `reason = 'mixed_grain'`)})`,
    values: [sourceKey],
  });
  return flagOf(row, 'mixed');
}

/** Chooses anew among a source's openings. @returns the days of those that changed sides, ISO */
export async function settleOpenings(session: WriteSession, sourceKey: number): Promise<readonly string[]> {
  const run = (text: string, values: readonly number[] = []) => session.run({ text, values });
  await run(
    `CREATE OR REPLACE TEMP TABLE openings AS
      WITH all_rows AS (
        SELECT rowid AS row_id, false AS hidden, ${CELL}, episode IS NOT NULL AS fine, kind, day FROM view_log WHERE source_key = $1
        UNION ALL SELECT rowid, true, ${CELL}, episode IS NOT NULL, kind, day FROM view_log_hidden
          WHERE source_key = $1 AND reason = 'mixed_grain'),
      starts AS (
        SELECT ${CELL}, min(day) FILTER (fine) AS fine_start, min(day) FILTER (NOT fine) AS whole_start
        FROM all_rows GROUP BY ALL)
      SELECT row_id, hidden, day, coalesce(CASE
          WHEN fine THEN day = fine_start AND whole_start < fine_start
          ELSE day = whole_start AND fine_start <= whole_start END, false) AS hide
      FROM all_rows JOIN starts USING (${CELL}) WHERE kind = 'opening'`,
    [sourceKey],
  );
  const changed = await session.all({
    text: 'SELECT DISTINCT day::VARCHAR AS day FROM openings WHERE hide <> hidden',
    values: [],
  });
  if (changed.length > 0) {
    const rows = (hidden: boolean) => `SELECT row_id FROM openings WHERE hidden = ${hidden} AND hide <> hidden`;
    // Both sets are taken before either table changes: their row ids hold only until then.
    await run(`CREATE OR REPLACE TEMP TABLE moving AS
      SELECT true AS hide, ${ROW} FROM view_log WHERE rowid IN (${rows(false)})
      UNION ALL SELECT false, ${ROW} FROM view_log_hidden WHERE rowid IN (${rows(true)})`);
    await run(`DELETE FROM view_log WHERE rowid IN (${rows(false)})`);
    await run(`DELETE FROM view_log_hidden WHERE rowid IN (${rows(true)})`);
    await run(`INSERT INTO view_log_hidden (${ROW}, reason) SELECT ${ROW}, 'mixed_grain' FROM moving WHERE hide`);
    await run(`INSERT INTO view_log (${ROW}) SELECT ${ROW} FROM moving WHERE NOT hide`);
    await run('DROP TABLE moving');
  }
  await run('DROP TABLE openings');
  return changed.map((row) => textOf(row, 'day'));
}
