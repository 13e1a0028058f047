import { STATED, sameRow } from '../../ledger/log-rows-sql.ts';
import { sql } from '../../warehouse/warehouse.ts';
import type { Staged } from '../stage/stage.ts';
import type { Target } from './target.ts';

export const placeOf = (importNo: number) => sql('SELECT place_no FROM import WHERE import_no = $1', [importNo]);

export const putMended = (importNo: number, mends: number) =>
  sql('UPDATE import SET mends_no = $2 WHERE import_no = $1', [importNo, mends]);

/** Puts the new id into the options of imports that mend this one. */
export const renameMended = (importNo: number, before: string, after: string) =>
  sql('UPDATE import SET options = replace(options, $2, $3) WHERE mends_no = $1', [importNo, before, after]);

/** Makes `repeats`: rows of the import that an import of the same place (`of_import_no`) states, too. */
export function makeRepeats({ importNo, sourceKey, staged: { measures } }: Target, placeNo: number) {
  const stated = Object.entries(STATED).map(([column, value]) => `${value} AS ${column}`);
  const rows = (where: string) => `SELECT t.import_no, ${stated.join(', ')}, t.series_key AS now_series,
    t.platform_key AS now_platform, t.region_key AS now_region, ${measures.map((m) => `t.${m}`).join(', ')} FROM (
      FROM view_log UNION ALL BY NAME SELECT * EXCLUDE (reason) FROM view_log_hidden) t WHERE ${where}`;
  const family = `t.import_no IN (SELECT import_no FROM import WHERE place_no = ${placeNo} AND status = 'committed')`;
  const same = measures.map((m) => `b.${m} IS NOT DISTINCT FROM a.${m}`).join(' AND ') || 'true';
  return sql(`CREATE OR REPLACE TEMP TABLE repeats AS
      SELECT a.* , b.import_no AS of_import_no
      FROM (${rows(`t.import_no = ${importNo} AND NOT t.derived`)}) a
      LEFT JOIN (${rows(`${family} AND NOT t.derived AND t.source_key = ${sourceKey}`)}) b ON ${sameRow('a', 'b')} AND ${same}`);
}

/** Keeps only repeats of rows whose every day is one. @param spans select (`spanRows`) */
export function leaveWholeSpans(staged: Staged, spans: string) {
  const keys = [
    ['now_series', 'series_key'],
    ['now_platform', 'platform_key'],
    ['now_region', 'region_key'],
    ['currency', 'currency'],
    ...(staged.episode ? [['episode', 'episode']] : []),
  ];
  const own = keys.map(([a]) => `r.${a}`).join(', ');
  return sql(`CREATE OR REPLACE TEMP TABLE repeats AS
    SELECT r.* FROM repeats r JOIN (${spans}) s ON r.day = s.day AND ${keys.map(([a, b]) => `r.${a} IS NOT DISTINCT FROM s.${b}`).join(' AND ')}
    QUALIFY count(DISTINCT r.day) OVER (PARTITION BY ${own}, s.first, r.of_import_no)
      = count(DISTINCT r.day) OVER (PARTITION BY ${own}, s.first)`);
}

const COLUMNS = Object.keys(STATED).join(', ');
export const insertRepeats = sql(`INSERT INTO mended_repeat (import_no, of_import_no, ${COLUMNS})
      SELECT DISTINCT import_no, of_import_no, ${COLUMNS} FROM repeats WHERE of_import_no IS NOT NULL`);
export const dropRepeats = sql('DROP TABLE repeats');

export const insertHeader = (importNo: number, delimiter: string, header: string) =>
  sql('INSERT INTO reject_header (import_no, delimiter, header) VALUES ($1, $2, $3)', [importNo, delimiter, header]);
