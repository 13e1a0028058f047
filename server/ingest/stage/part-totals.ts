/**
 * Rows that state all platforms, regions or genres of a series together (`全网`, `全球`, `合计`): beside rows of its parts
 * they are their sum, and would count twice. Where they stand alone they are all that is known, and count.
 */
import { fold } from '../../vocabulary/text.ts';
import type { TotalSpellings } from '../../vocabulary/vocabulary.ts';
import type { ResultRow, StagingSession } from '../../warehouse/warehouse.ts';
import { EXTRA_ROWS } from '../cells/extra-rows.ts';
import { oneOf } from '../cells/sql.ts';
import type { ImportPlan } from './plan.ts';
import type { PartTotals, StagedColumns } from './staged-columns.ts';

/** Temporary table of the rows that are totals: name, day and the cells of the dimensions. */
export const STAGED_TOTALS = 'staged_totals';

/** More different cells than this, and the column names no platform, region or genre. */
const MOST_CELLS = 5000;

interface Dimension {
  readonly column: string;
  /** Cells as written that mean all together. */
  readonly totals: readonly string[];
  /** A part must agree with its total in the others; a genre is the series’ own and need not. */
  readonly agrees: boolean;
}

/**
 * Looks for totals beside their parts, and keeps them in `staged_totals`. The parts of a counter may stand on other
 * days: a counter that is a total on one day is one on all.
 * @param rows name of the table or view of staged rows
 * @returns null where there are none
 */
export async function findPartTotals(
  session: StagingSession,
  rows: string,
  plan: ImportPlan,
  staged: StagedColumns,
  spellings: TotalSpellings,
): Promise<PartTotals | null> {
  const dimensions: Dimension[] = [];
  for (const [field, column, agrees] of [
    ['platform', 'platform', true],
    ['region', 'region', true],
    ['genres', 'f_genres', false],
  ] as const) {
    const there = field === 'genres' ? staged.catalog.includes('genres') : staged[field];
    if (!there) continue;
    dimensions.push({ column, agrees, totals: await cellsOf(session, rows, column, spellings[field]) });
  }
  const summed = dimensions.filter(({ totals }) => totals.length > 0);
  if (summed.length === 0) return null;
  const keys = ['name', 'day', ...dimensions.map(({ column }) => column)];
  await session.run({ text: totalsSql(rows, dimensions, plan.viewsAre === 'cumulative'), values: [] });
  const [found] = await session.all({ text: `FROM ${STAGED_TOTALS} LIMIT 1`, values: [] });
  return found ? { keys } : null;
}

/** The cells of a column that mean all together. */
async function cellsOf(
  session: StagingSession,
  rows: string,
  column: string,
  spellings: ReadonlySet<string>,
): Promise<string[]> {
  const cells: readonly ResultRow[] = await session.all({
    text: `SELECT DISTINCT ${column} AS cell FROM ${rows} WHERE ${column} IS NOT NULL LIMIT ${MOST_CELLS}`,
    values: [],
  });
  return cells.flatMap(({ cell }) => (typeof cell === 'string' && spellings.has(fold(cell)) ? [cell] : []));
}

function totalsSql(rows: string, dimensions: readonly Dimension[], counters: boolean): string {
  const columns = dimensions.map(({ column }) => column);
  const isTotal = dimensions.map(({ column, totals }, i) => `coalesce(${oneOf(column, totals)}, false) AS total_${i}`);
  const some = dimensions.map((_, i) => `t.total_${i}`).join(' OR ');
  const parts = dimensions.map(({ column, agrees }, i) => {
    const part = `NOT o.total_${i} AND trim(coalesce(o.${column}, '')) <> ''`;
    return `CASE WHEN t.total_${i} THEN ${part} ELSE ${agrees ? `o.${column} IS NOT DISTINCT FROM t.${column}` : 'true'} END`;
  });
  return `CREATE OR REPLACE TEMP TABLE ${STAGED_TOTALS} AS
    WITH stated AS (SELECT DISTINCT name, day, ${columns.join(', ')}, ${isTotal.join(', ')} FROM ${rows} WHERE bad = 0)
    SELECT name, day, ${columns.join(', ')} FROM stated t
    WHERE (${some}) AND EXISTS (SELECT 1 FROM stated o
      WHERE o.name = t.name ${counters ? '' : 'AND o.day = t.day'} AND ${parts.join(' AND ')})`;
}

const sameRow = ({ keys }: PartTotals) => keys.map((key) => `t.${key} IS NOT DISTINCT FROM s.${key}`).join(' AND ');

/** Marks the totals in a table of staged rows. */
export const markSql = (table: string, totals: PartTotals) =>
  `UPDATE ${table} AS s SET bad = ${EXTRA_ROWS.total} FROM ${STAGED_TOTALS} t WHERE s.bad = 0 AND ${sameRow(totals)}`;

/** The staged rows of a select with the totals marked. */
export const markedSelect = (select: string, totals: PartTotals) =>
  `SELECT s.* REPLACE ((CASE WHEN s.bad = 0 AND t.name IS NOT NULL THEN ${EXTRA_ROWS.total} ELSE s.bad END)::UTINYINT AS bad)
    FROM (${select}) s LEFT JOIN ${STAGED_TOTALS} t ON ${sameRow(totals)}`;
