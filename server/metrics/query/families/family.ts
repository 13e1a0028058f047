import type { DimensionId } from '../../../contract/query.ts';
import { DIMENSION_CATALOG, type TableName } from '../../language/dimensions.ts';
import type { Measure } from '../../language/measures.ts';
import { amongCombos, and, as, column, eachCombo, join, type Sql, sql } from '../../sql/sql.ts';
import type { Branch } from '../activity.ts';
import { logExpression } from '../log-rows.ts';
import { currentRange, type Plan } from '../plan.ts';
import { spreadOverAll } from '../spread.ts';

/** Measures over one relation (activity, releases, cumulative), as cells that `query-sql.ts` folds into rows. */
export interface Family {
  readonly measures: readonly Measure[];
  /** `branch, dimensions…, [period], measures…`. */
  readonly select: Sql;
}

/** The cell's rows say nothing of views: unknown, not 0. */
export const BLANK = 'views_blank';

export const branchesOf = (plan: Plan): Branch[] => {
  const current = { name: 'current', range: currentRange(plan) };
  return plan.comparison ? [current, { name: 'previous', range: plan.comparison.previous }] : [current];
};

export const isLog = (id: DimensionId) => DIMENSION_CATALOG[id].source.level === 'log';

export const cellColumns = (plan: Plan, members: readonly Sql[]): Sql[] =>
  plan.dimensions.map((id, i) => as(members[i] ?? sql`NULL`, id));

/** Over t: leaves out the excluded combinations. */
export function excludedRows({ excluded }: Plan, table: TableName): Sql[] {
  if (excluded.combos.length === 0) return [];
  const ofLog = excluded.dimensions.filter(isLog);
  const values = ofLog.map((id) => logExpression(id, table));
  if (ofLog.length === excluded.dimensions.length) return [sql`NOT ${amongCombos(values, excluded.combos)}`];
  const chosen = [sql`s.series_key`, ...ofLog.map((id) => column('shown', id))];
  return [sql`(${join([sql`t.series_key`, ...values], ', ')}) NOT IN (${seriesShown(excluded, chosen)})`];
}

/** Over `series s`. */
export function excludedSeries({ excluded }: Plan): Sql[] {
  if (excluded.combos.length === 0) return [];
  return [sql`s.series_key NOT IN (${seriesShown(excluded, [sql`s.series_key`])})`];
}

/** Once for each combination. */
function seriesShown({ dimensions, combos }: Plan['excluded'], columns: readonly Sql[]): Sql {
  const own = dimensions.filter((id) => !isLog(id));
  const { joins, members } = spreadOverAll(own, 's');
  const values = eachCombo(dimensions.length, combos);
  const shown = sql`SELECT ${join(
    dimensions.map((id, i) => as(values[i] ?? sql`NULL`, id)),
    ', ',
  )}`;
  const having = own.map((id, i) => sql`${members[i] ?? sql`NULL`} = ${column('shown', id)}`);
  return sql`SELECT ${join(columns, ', ')} FROM series s ${joins} JOIN (${shown}) shown ON ${and(having)}`;
}
