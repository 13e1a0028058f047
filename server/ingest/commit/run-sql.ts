import type { HiddenReason } from '../../ledger/settle.ts';
import { FRESH_MONTH, sql } from '../../warehouse/warehouse.ts';
import type { Staged } from '../stage/stage.ts';
import { NAME_KEY, STAGED } from '../stage/stage-sql.ts';
import { PLACE_KEY } from './keys-sql.ts';
import { MERGED } from './write-sql.ts';

/** Whether the file has rows of hours and of days, or of episodes and wholes; null if it cannot. */
export const mixedGrainsStaged = (staged: Staged) => {
  const columns = [staged.instant ? 'instant' : null, staged.episode ? 'episode' : null].filter((c) => c !== null);
  if (columns.length === 0) return null;
  const mixed = columns.map((c) => `(count(${c}) NOT IN (0, count(*)))`).join(' OR ');
  return sql(`SELECT ${mixed} AS mixed FROM ${STAGED} WHERE bad = 0`);
};

export const anyParted = sql('SELECT count(*) > 0 AS found FROM series_parted');

export const dropKeys = [NAME_KEY, PLACE_KEY, MERGED, FRESH_MONTH].map((table) => sql(`DROP TABLE IF EXISTS ${table}`));

export const anyExtraName = sql(`FROM ${NAME_KEY} WHERE extra IS NOT NULL LIMIT 1`);
/** Rows that only their name shows to be no facts, by kind. */
export const countExtraNames = sql(`SELECT k.extra, count(*) AS n FROM ${NAME_KEY} k JOIN ${STAGED} s USING (name)
      WHERE k.extra IS NOT NULL AND s.bad = 0 GROUP BY k.extra`);

export const yearlessDays =
  sql(`SELECT count(*) FILTER (yearless) AS n, min(day) FILTER (yearless)::VARCHAR AS first, max(day) FILTER (yearless)::VARCHAR AS last
      FROM ${STAGED} WHERE bad = 0`);

export const hiddenRows = (reason: HiddenReason) =>
  sql('SELECT count(*) AS n FROM view_log_hidden WHERE reason = $1', [reason]);

export const anyValue = (columns: readonly string[]) => {
  const some = columns.map((column) => `${column} IS NOT NULL`).join(' OR ') || 'false';
  return sql(`SELECT 1 FROM ${STAGED} WHERE bad = 0 AND (${some}) LIMIT 1`);
};
