import { type Measure, sumsOf } from '../../language/measures.ts';
import type { SumId } from '../../language/sums.ts';
import { as, join, type Sql, sql, withTables } from '../../sql/sql.ts';
import { activity } from '../activity.ts';
import { factorRelation } from '../conversion.ts';
import type { Plan } from '../plan.ts';
import { spreadOverAll } from '../spread.ts';
import { agesJoin, agesOf } from './ages.ts';
import { cellExpression } from './cell-expressions.ts';
import { BLANK, branchesOf, cellColumns, excludedRows, type Family, isLog } from './family.ts';
import { periodExpression } from './periods.ts';

export function activityFamily(plan: Plan, measures: readonly Measure[], zone: string): Family {
  const { table } = plan.choice;
  const logDimensions = plan.dimensions.filter(isLog);
  const period = periodExpression(plan, zone, table);
  const counted = measures.some(({ id }) => id === 'views');
  const sums = [
    ...new Set<SumId>(['views', ...(counted ? (['opening_views'] as const) : []), ...measures.flatMap(sumsOf)]),
  ];
  const stage = activity({
    table,
    branches: branchesOf(plan),
    logDimensions,
    filters: plan.scopeFilters,
    sums,
    period,
    conditions: [...excludedRows(plan, table), ...(plan.timedRows ? [sql`t.instant IS NOT NULL`] : [])],
    conditionDimensions: plan.excluded.dimensions,
    converts: plan.factors !== null,
  });
  const { joins, members } = spreadOverAll(plan.dimensions, 'a');
  const ages = measures.some((measure) => measure.aggregation.kind === 'age');
  const share = measures.some((measure) => measure.aggregation.kind === 'share');
  const keys = [sql`a.branch`, ...members, ...(period ? [sql`a.period`] : [])];
  const columns = [
    sql`a.branch`,
    ...cellColumns(plan, members),
    ...(period ? [as(sql`a.period`, 'period')] : []),
    ...measures.map((measure) => as(cellExpression(measure, plan), measure.id)),
    ...(counted ? [as(sql`bool_and(a.views IS NULL AND a.opening_views IS NULL)`, BLANK)] : []),
  ];
  const periodsMatch = period ? sql` AND total.period = a.period` : sql``;
  const select = sql`SELECT ${join(columns, ', ')} FROM a JOIN series s ON s.series_key = a.series_key
    ${joins}
    ${ages ? agesJoin(logDimensions) : sql``}
    ${share ? sql`JOIN total ON total.branch = a.branch${periodsMatch}` : sql``}
    GROUP BY ${join(keys, ', ')}`;
  const tables: [string, Sql][] = [
    ...(plan.factors ? [['fx', factorRelation(plan.factors)] satisfies [string, Sql]] : []),
    ['a', stage],
  ];
  if (share)
    tables.push([
      'total',
      sql`SELECT branch, ${period ? sql`period, ` : sql``}sum(views) AS views FROM a GROUP BY branch${period ? sql`, period` : sql``}`,
    ]);
  if (ages) tables.push(['age', agesOf(plan, logDimensions)]);
  return { measures, select: withTables(tables, select) };
}
