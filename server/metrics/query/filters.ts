import { type DimensionFilter, type ScopeFilter, type SeriesFilter, UNKNOWN_MEMBER } from '../../contract/query.ts';
import type { LogSpan } from '../language/calendar.ts';
import { DIMENSION_CATALOG, type DimensionSource, labelDimension, type TableName } from '../language/dimensions.ts';
import { fixedMembers, fixedNameContains } from '../language/labels.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { columnOf } from '../language/sums.ts';
import { among, and, call, column, identifier, join, type Sql, sql } from '../sql/sql.ts';
import { dictionaryJoins, dimensionsOf, rangeCondition, sumExpression } from './log-rows.ts';
import { chooseTable } from './rollups.ts';
import { type Total, totalOf } from './series-filters.ts';

/** Whole series, or rows of the log. */
export interface SplitFilters {
  /** Over `series s`. */
  readonly series: readonly Sql[];
  /** Over t and its joined dictionaries. */
  readonly rows: readonly Sql[];
}

/** As docs/definitions.md#filters: `not_in` takes a series with none of the members, so `(unknown)` passes. */
export function splitFilters(filters: readonly ScopeFilter[], table: TableName): SplitFilters {
  const series: Sql[] = [];
  const rows: Sql[] = [];
  for (const filter of filters) {
    if (!('dimension' in filter)) {
      series.push(totalCondition(filter));
      continue;
    }
    const { source } = DIMENSION_CATALOG[filter.dimension];
    if (source.level === 'members') series.push(memberCondition(source.table, filter));
    else if (source.level === 'series') series.push(valueCondition(source.expression, filter));
    else rows.push(valueCondition(source.expression(table), filter));
  }
  return { series, rows };
}

/** Its ends are no borders of a range, as those of the log would be. */
const ANY_LOG: LogSpan = { from: '0001-01-01', asOf: '9999-12-31' };

export function comparedWith(value: Sql, filter: Threshold): Sql {
  switch (filter.op) {
    case 'gt':
      return sql`${value} > ${filter.value}`;
    case 'gte':
      return sql`${value} >= ${filter.value}`;
    case 'lt':
      return sql`${value} < ${filter.value}`;
    case 'lte':
      return sql`${value} <= ${filter.value}`;
    case 'between':
      return sql`${value} BETWEEN ${filter.values[0]} AND ${filter.values[1]}`;
  }
}
type Threshold =
  | { readonly op: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: number }
  | { readonly op: 'between'; readonly values: readonly [number, number] };

/** A series without a stated total is never chosen; of equal ones the ids decide. */
function totalCondition(filter: SeriesFilter): Sql {
  const total = column('c', 'total');
  const totals = sql`(${totalsBySeries(totalOf(filter))}) c`;
  const chosen =
    'series_top' in filter
      ? sql`SELECT c.series_key FROM ${totals} JOIN series o ON o.series_key = c.series_key WHERE ${total} IS NOT NULL
          ORDER BY ${total} DESC, o.series_id LIMIT ${filter.series_top.n}`
      : sql`SELECT c.series_key FROM ${totals} WHERE ${comparedWith(total, filter.series_where)}`;
  return sql`${column('s', 'series_key')} IN (${chosen})`;
}

/** `series_key, total`. */
function totalsBySeries({ measure, over }: Total): Sql {
  const { aggregation } = MEASURE_CATALOG[measure];
  if (aggregation.kind !== 'sum' || over === undefined) throw new Error(`${measure} has no total over a range`);
  const { sum, scale } = aggregation;
  const logDimensions = dimensionsOf(over.filters);
  const { table } = chooseTable(
    { ranges: [over], dimensions: logDimensions, columns: new Set([columnOf(sum)]) },
    ANY_LOG,
  );
  const split = splitFilters(over.filters, table);
  const chosen = chosenSeries(split);
  const total = sumExpression(sum, table);
  return sql`SELECT t.series_key, ${scale === undefined ? total : sql`${total} * ${scale}`} AS total FROM ${identifier(table)} t
    ${join(dictionaryJoins({ table, logDimensions: [], filters: over.filters, sums: [] }), ' ')}
    WHERE ${and([...rangeCondition(table, over), ...split.rows, ...(chosen ? [sql`t.series_key IN (${chosen})`] : [])])} GROUP BY 1`;
}

function valueCondition(expression: Sql, filter: DimensionFilter): Sql {
  switch (filter.op) {
    case 'in':
      return among(expression, filter.values);
    case 'not_in':
      return sql`NOT ${among(expression, filter.values)}`;
    case 'contains':
      return textCondition(expression, filter);
    case 'not_contains':
      return sql`NOT (${textCondition(expression, filter)})`;
    case 'is_null':
      return sql`${expression} = ${UNKNOWN_MEMBER}`;
    case 'not_null':
      return sql`${expression} <> ${UNKNOWN_MEMBER}`;
  }
}

/** Over the id and its names in both languages; of a series, its titles. */
function textCondition(expression: Sql, filter: DimensionFilter & { value: string }): Sql {
  const { dimension, value } = filter;
  const named = fixedMembers(dimension).filter((id) => fixedNameContains(dimension, id, value));
  const holds = call('containsFolded', expression, sql`${value}`);
  const inId = named.length === 0 ? holds : sql`${holds} OR ${among(expression, named)}`;
  if (filter.dimension === 'series') {
    const title = (name: string) =>
      call('containsFolded', sql`coalesce(${column('s', name)}, '')`, sql`${filter.value}`);
    return sql`${inId} OR ${title('title')} OR ${title('title_en')}`;
  }
  const inLabel = (name: string) => call('containsFolded', column('l', name), sql`${filter.value}`);
  return sql`${inId} OR ${expression} IN (SELECT l.id FROM label l WHERE l.dimension = ${labelDimension(filter.dimension)} AND (${inLabel('zh')} OR ${inLabel('en')}))`;
}

function memberCondition(table: (DimensionSource & { level: 'members' })['table'], filter: DimensionFilter): Sql {
  const key = column('s', 'series_key');
  const withMember = (condition: Sql) =>
    sql`${key} IN (SELECT m.series_key FROM ${identifier(table)} m WHERE ${condition})`;
  const member = column('m', 'member');
  const none = sql`${key} NOT IN (SELECT m.series_key FROM ${identifier(table)} m)`;
  switch (filter.op) {
    case 'in': {
      const named = withMember(among(member, filter.values));
      return filter.values.includes(UNKNOWN_MEMBER) ? sql`${named} OR ${none}` : named;
    }
    case 'not_in': {
      const named = sql`NOT (${withMember(among(member, filter.values))})`;
      return filter.values.includes(UNKNOWN_MEMBER) ? sql`${named} AND NOT (${none})` : named;
    }
    case 'contains':
      return withMember(textCondition(member, filter));
    case 'not_contains':
      return sql`NOT (${withMember(textCondition(member, filter))})`;
    case 'is_null':
      return none;
    case 'not_null':
      return sql`NOT (${none})`;
  }
}

/** A select of series_key; null if every series is left. */
export function chosenSeries(split: SplitFilters): Sql | null {
  if (split.series.length === 0) return null;
  return sql`SELECT s.series_key FROM series s WHERE ${and(split.series)}`;
}
