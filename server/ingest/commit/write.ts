/** From `staged` and the dictionaries to rows of `view_log` or `snapshot`; a repeated key becomes one row. */
import { flagOf, numberOf } from '../../warehouse/row-values.ts';
import type { FreshRows, WriteSession } from '../../warehouse/warehouse.ts';
import type { Target } from './target.ts';
import { anyRepeats, appendRows, countMerged, countRows, keyedRows, makeMerged } from './write-sql.ts';

export async function insertRows(session: WriteSession, table: string, target: Target, rows: string): Promise<number> {
  const before = await count(session, table);
  await session.run(appendRows(table, target, rows));
  return (await count(session, table)) - before;
}

async function count(session: WriteSession, table: string): Promise<number> {
  const [row] = await session.all(countRows(table));
  return numberOf(row, 'n');
}

/** The rows to append, or null if a key repeats. If the key is no finer than the rollup's, its sums show it. */
export async function rowsWithoutRepeats(session: WriteSession, target: Target): Promise<FreshRows | null> {
  const { plan, staged } = target;
  const rows = freshRows(target, keyedRows(target));
  // Events may look alike: each is a view of its own.
  if (plan.viewsAre === 'event') return rows;
  if (plan.viewsAre === 'increment' && !staged.instant && !staged.episode && !staged.currency)
    return (await session.sumMonths(rows)) ? null : { ...rows, monthsSummed: true };
  const [repeats] = await session.all(anyRepeats(target));
  return flagOf(repeats, 'found') ? null : rows;
}

export function freshRows({ sourceKey, staged }: Target, select: string): FreshRows {
  return { select, sourceKey, columns: staged.measures, timed: staged.instant, monthsSummed: false };
}

export interface Merged {
  /** Repeated lines, without the first of each. */
  readonly identical: number;
  /** Keys that different lines state; for lines of several days, spans. */
  readonly repeated: number;
}

/**
 * Makes `merged`: identical lines count once, additive fields add up, levels (heat, viewers, counters) take the
 * maximum. `staged` must carry `line_hash`.
 */
export async function mergeRepeats(session: WriteSession, target: Target): Promise<Merged> {
  await session.run(makeMerged(target));
  const [row] = await session.all(countMerged(target.staged));
  return { identical: numberOf(row, 'identical'), repeated: numberOf(row, 'repeated') };
}
