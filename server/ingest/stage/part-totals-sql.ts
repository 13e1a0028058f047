import { sql } from '../../warehouse/warehouse.ts';
import { EXTRA_ROWS } from '../cells/extra-rows.ts';
import { oneOf } from '../cells/sql.ts';
import type { PartTotals } from './staged-columns.ts';

const STAGED_TOTALS = 'staged_totals';

export interface Dimension {
  readonly column: string;
  readonly totals: readonly string[];
  /** A part must agree with its total in these; a genre describes the series and need not. */
  readonly agrees: boolean;
}

export const differentCells = (rows: string, column: string, most: number) =>
  sql(`SELECT DISTINCT ${column} AS cell FROM ${rows} WHERE ${column} IS NOT NULL LIMIT ${most}`);

/** Makes `staged_totals`: totals beside a part. @param rows table or view @param counters parts may be on other days */
export function makeTotals(rows: string, dimensions: readonly Dimension[], counters: boolean) {
  const columns = dimensions.map(({ column }) => column);
  const isTotal = dimensions.map(({ column, totals }, i) => `coalesce(${oneOf(column, totals)}, false) AS total_${i}`);
  const some = dimensions.map((_, i) => `t.total_${i}`).join(' OR ');
  const parts = dimensions.map(({ column, agrees }, i) => {
    const part = `NOT o.total_${i} AND trim(coalesce(o.${column}, '')) <> ''`;
    return `CASE WHEN t.total_${i} THEN ${part} ELSE ${agrees ? `o.${column} IS NOT DISTINCT FROM t.${column}` : 'true'} END`;
  });
  return sql(`CREATE OR REPLACE TEMP TABLE ${STAGED_TOTALS} AS
    WITH stated AS (SELECT DISTINCT name, day, ${columns.join(', ')}, ${isTotal.join(', ')} FROM ${rows} WHERE bad = 0)
    SELECT name, day, ${columns.join(', ')} FROM stated t
    WHERE (${some}) AND EXISTS (SELECT 1 FROM stated o
      WHERE o.name = t.name ${counters ? '' : 'AND o.day = t.day'} AND ${parts.join(' AND ')})`);
}

export const anyTotal = sql(`FROM ${STAGED_TOTALS} LIMIT 1`);
export const dropTotals = sql(`DROP TABLE IF EXISTS ${STAGED_TOTALS}`);

const sameRow = ({ keys }: PartTotals) => keys.map((key) => `t.${key} IS NOT DISTINCT FROM s.${key}`).join(' AND ');

export const markTotals = (table: string, totals: PartTotals) =>
  sql(
    `UPDATE ${table} AS s SET bad = ${EXTRA_ROWS.total} FROM ${STAGED_TOTALS} t WHERE s.bad = 0 AND ${sameRow(totals)}`,
  );

export const markedSelect = (select: string, totals: PartTotals) =>
  `SELECT s.* REPLACE ((CASE WHEN s.bad = 0 AND t.name IS NOT NULL THEN ${EXTRA_ROWS.total} ELSE s.bad END)::UTINYINT AS bad)
    FROM (${select}) s LEFT JOIN ${STAGED_TOTALS} t ON ${sameRow(totals)}`;
