/**
 * Rows for all platforms, regions or genres together (`全网`, `全球`, `合计`): beside their parts they are a sum and would
 * count twice. Alone they are all that is known, and count.
 */
import { fold } from '../../vocabulary/text.ts';
import type { TotalSpellings } from '../../vocabulary/vocabulary.ts';
import type { StagingSession } from '../../warehouse/warehouse.ts';
import { anyTotal, type Dimension, differentCells, makeTotals } from './part-totals-sql.ts';
import type { ImportPlan } from './plan.ts';
import type { PartTotals, StagedColumns } from './staged-columns.ts';

/** With more distinct cells than this a column is no platform, region or genre. */
const MOST_CELLS = 5000;

/**
 * Keeps totals beside their parts in `staged_totals`; null if there are none. The parts of a counter may be on other
 * days: a counter that is a total on one day is one on all. @param rows table or view of staged rows
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
  await session.run(makeTotals(rows, dimensions, plan.viewsAre === 'cumulative'));
  const [found] = await session.all(anyTotal);
  return found ? { keys } : null;
}

async function cellsOf(
  session: StagingSession,
  rows: string,
  column: string,
  spellings: ReadonlySet<string>,
): Promise<string[]> {
  const cells = await session.all(differentCells(rows, column, MOST_CELLS));
  return cells.flatMap(({ cell }) => (typeof cell === 'string' && spellings.has(fold(cell)) ? [cell] : []));
}
