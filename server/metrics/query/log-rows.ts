import { OPENED_COLUMNS, WHOLE_COLUMNS } from '../../contract/columns.ts';
import type { DimensionId, ScopeFilter } from '../../contract/query.ts';
import type { Range } from '../language/calendar.ts';
import { DIMENSION_CATALOG, isMonthly, keepsMarket, marketOf, type TableName } from '../language/dimensions.ts';
import { columnOf, type SumId } from '../language/sums.ts';
import { call, column, dateValue, type Sql, sql } from '../sql/sql.ts';

/** Dimensions that filters read. Series chosen by a total are found apart, by a select of their own. */
export const dimensionsOf = (filters: readonly ScopeFilter[]): DimensionId[] =>
  filters.flatMap((filter) => ('dimension' in filter ? [filter.dimension] : []));

/** The month's first if rows are months. */
export function dayOf(table: TableName): Sql {
  return column('t', isMonthly(table) ? 'month' : 'day');
}

/** A month row counts if the range holds any of its days: `chooseTable` saw that it cuts none. */
export function rangeCondition(table: TableName, range: Range | null): Sql[] {
  if (range === null) return [];
  const day = dayOf(table);
  const from = dateValue(range.from);
  return [
    sql`${day} >= ${isMonthly(table) ? call('startOfMonth', from) : from}`,
    sql`${day} <= ${dateValue(range.to)}`,
  ];
}

export function logExpression(id: DimensionId, table: TableName): Sql {
  const { source } = DIMENSION_CATALOG[id];
  if (source.level !== 'log') throw new Error(`${id} is not a dimension of the log`);
  return source.expression(table);
}

const INTEGER_SUMS: ReadonlySet<SumId> = new Set<SumId>([
  ...WHOLE_COLUMNS.filter((name) => name !== 'viewers'),
  ...OPENED_COLUMNS.map((name) => `opening_${name}` as const),
  'overseas_views',
  'domestic_views',
  'heat_rows',
]);
const marketSums: ReadonlySet<SumId> = new Set<SumId>(['overseas_views', 'domestic_views']);

export function dictionaryJoins(request: {
  readonly table: TableName;
  readonly logDimensions: readonly DimensionId[];
  readonly filters: readonly ScopeFilter[];
  readonly sums: readonly SumId[];
  readonly conditionDimensions?: readonly DimensionId[];
}): Sql[] {
  const used = [...request.logDimensions, ...dimensionsOf(request.filters), ...(request.conditionDimensions ?? [])];
  const needed = new Set<string>();
  for (const id of used) {
    const { source } = DIMENSION_CATALOG[id];
    if (source.level === 'log' && source.join) needed.add(source.join);
  }
  if (request.sums.some((sum) => marketSums.has(sum))) needed.add('region');
  const joins: Sql[] = [];
  if (needed.has('platform')) joins.push(sql`JOIN platform ON platform.platform_key = t.platform_key`);
  if (needed.has('source')) joins.push(sql`JOIN source ON source.source_key = t.source_key`);
  if (needed.has('series')) joins.push(sql`JOIN series s ON s.series_key = t.series_key`);
  if (needed.has('region') && !keepsMarket(request.table))
    joins.push(sql`JOIN region ON region.region_key = t.region_key`);
  return joins;
}

/** Over rows of t, of any table. */
export function sumExpression(sum: SumId, table: TableName, converts = false): Sql {
  const base =
    converts && (sum === 'revenue' || sum === 'spend')
      ? sql`sum(${column('t', sum)} * fx.factor) FILTER (WHERE t.kind = 'increment')`
      : aggregate(sum, table);
  return INTEGER_SUMS.has(sum) ? call('integer', base) : base;
}

function aggregate(sum: SumId, table: TableName): Sql {
  const raw = table === 'view_log';
  const increments = raw ? sql`t.kind = 'increment'` : sql`TRUE`;
  switch (sum) {
    case 'overseas_views':
      return sql`sum(t.views) FILTER (WHERE ${marketOf(table)} = 'overseas' AND ${increments})`;
    case 'domestic_views':
      return sql`sum(t.views) FILTER (WHERE ${marketOf(table)} = 'domestic' AND ${increments})`;
    case 'opening_views':
    case 'opening_valid_views':
      return raw
        ? sql`sum(${column('t', columnOf(sum))}) FILTER (WHERE t.kind = 'opening')`
        : sql`sum(${column('t', sum)})`;
    case 'heat_max':
      return raw ? sql`max(t.heat)` : sql`max(t.heat_max)`;
    case 'heat_sum':
      return raw ? sql`sum(t.heat)` : sql`sum(t.heat_sum)`;
    case 'heat_rows':
      return raw ? sql`count(t.heat)` : sql`sum(t.heat_rows)`;
    case 'viewers':
      return sql`max(t.viewers)`;
    default:
      return raw ? sql`sum(${column('t', sum)}) FILTER (WHERE ${increments})` : sql`sum(${column('t', sum)})`;
  }
}
