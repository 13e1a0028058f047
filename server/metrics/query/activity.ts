import type { DimensionId, ScopeFilter } from '../../contract/query.ts';
import type { Range } from '../language/calendar.ts';
import type { TableName } from '../language/dimensions.ts';
import type { SumId } from '../language/sums.ts';
import { and, as, call, EMPTY, identifier, join, positions, type Sql, sql } from '../sql/sql.ts';
import { chosenSeries, splitFilters } from './filters.ts';
import { dictionaryJoins, logExpression, rangeCondition, sumExpression } from './log-rows.ts';

/** One row per series × log dimensions × period, so that distinct counts and medians are right. */

/** A named range: `current`, `previous`, or an analysis' own. */
export interface Branch {
  readonly name: string;
  readonly range: Range | null;
}

export interface ActivityRequest {
  readonly table: TableName;
  readonly branches: readonly Branch[];
  /** Dimensions of the series are joined afterwards. */
  readonly logDimensions: readonly DimensionId[];
  readonly filters: readonly ScopeFilter[];
  readonly sums: readonly SumId[];
  readonly period?: Sql | undefined;
  /** Over t, and the dimensions whose dictionaries they read. */
  readonly conditions?: readonly Sql[];
  readonly conditionDimensions?: readonly DimensionId[];
  /** By the relation `fx` (currency, day, factor); `view_log` only. */
  readonly converts?: boolean;
}

/** `branch, [log dimensions], [period], series_key, sums`. */
export function activity(request: ActivityRequest): Sql {
  const selects = request.branches.map((branch) => activityOf(request, branch));
  return join(selects, ' UNION ALL ');
}

function activityOf(request: ActivityRequest, branch: Branch): Sql {
  const { table } = request;
  const split = splitFilters(request.filters, table);
  const chosen = chosenSeries(split);
  const conditions = [
    ...rangeCondition(table, branch.range),
    ...split.rows,
    ...(request.conditions ?? []),
    ...(chosen ? [sql`t.series_key IN (${chosen})`] : []),
  ];
  const dimensions = request.logDimensions.map((id) => as(logExpression(id, table), id));
  const keys = [...dimensions, ...(request.period ? [as(request.period, 'period')] : []), sql`t.series_key`];
  const sums = request.sums.map((sum) => as(sumExpression(sum, table, request.converts), sum));
  const fx = request.converts
    ? sql`LEFT JOIN fx ON fx.day = t.day AND fx.currency = coalesce(t.currency, '(unknown)')`
    : EMPTY;
  return sql`SELECT ${call('text', sql`${branch.name}`)} AS branch, ${join([...keys, ...sums], ', ')}
    FROM ${identifier(table)} t ${join(dictionaryJoins(request), ' ')} ${fx}
    WHERE ${and(conditions)} GROUP BY ${positions(2, keys.length + 1)}`;
}
