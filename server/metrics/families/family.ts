import type { DimensionFilter, DimensionId } from '../../contract/query.ts';
import type { Branch } from '../activity.ts';
import { DIMENSION_CATALOG, type TableName } from '../dimensions.ts';
import { chosenSeries, splitFilters } from '../filters.ts';
import type { Measure } from '../measures.ts';
import { currentRange, type Plan } from '../plan.ts';
import { and, as, type Sql, sql } from '../sql/sql.ts';

/**
 * Measures fall into families that count over different relations: what series earned (activity), when they were
 * released (releases), what they had reached (cumulative). Each family yields the same cell columns, and
 * `query-sql.ts` folds them into one row per cell.
 */
export interface Family {
  readonly measures: readonly Measure[];
  /** Select of `branch, dimensions…, [period], measures…`. */
  readonly select: Sql;
}

/** The ranges that a plan asks: current, and previous where it compares. */
export const branchesOf = (plan: Plan): Branch[] => {
  const current = { name: 'current', range: currentRange(plan) };
  return plan.comparison ? [current, { name: 'previous', range: plan.comparison.previous }] : [current];
};

export const isLog = (id: DimensionId) => DIMENSION_CATALOG[id].source.level === 'log';

/** The plan's dimensions as columns of a cell. */
export const cellColumns = (plan: Plan, members: readonly Sql[]): Sql[] =>
  plan.dimensions.map((id, i) => as(members[i] ?? sql`NULL`, id));

/** Conditions over t that leave out each of the plan's excluded combinations. */
export function excludedRows(plan: Plan, table: TableName): Sql[] {
  const { dimensions, combos } = plan.excluded;
  return combos.map((combo) => {
    const parts = dimensions.flatMap((id, i) => {
      const split = splitFilters([{ dimension: id, op: 'in', values: [combo[i] ?? ''] }], table);
      const chosen = chosenSeries(split);
      return [...split.rows, ...(chosen ? [sql`t.series_key IN (${chosen})`] : [])];
    });
    return sql`NOT (${and(parts)})`;
  });
}

/** The same over `series s`, for combinations of the series' own dimensions. */
export function excludedSeries(plan: Plan): Sql[] {
  const { dimensions, combos } = plan.excluded;
  return combos.map((combo) => {
    const filters = dimensions.map(
      (dimension, i): DimensionFilter => ({ dimension, op: 'in', values: [combo[i] ?? ''] }),
    );
    return sql`NOT (${and(splitFilters(filters, plan.choice.table).series)})`;
  });
}
