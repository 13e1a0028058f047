import { type DimensionFilter, UNKNOWN_MEMBER } from '../../contract/query.ts';
import { DIMENSION_CATALOG, type DimensionSource, labelDimension, type TableName } from '../language/dimensions.ts';
import { among, and, call, column, identifier, type Sql, sql } from '../sql/sql.ts';

/** Whole series, or rows of the log. */
export interface SplitFilters {
  /** Over `series s`. */
  readonly series: readonly Sql[];
  /** Over t and its joined dictionaries. */
  readonly rows: readonly Sql[];
}

/** As docs/definitions.md#filters: `not_in` takes a series with none of the members, so `(unknown)` passes. */
export function splitFilters(filters: readonly DimensionFilter[], table: TableName): SplitFilters {
  const series: Sql[] = [];
  const rows: Sql[] = [];
  for (const filter of filters) {
    const { source } = DIMENSION_CATALOG[filter.dimension];
    if (source.level === 'members') series.push(memberCondition(source.table, filter));
    else if (source.level === 'series') series.push(valueCondition(source.expression, filter));
    else rows.push(valueCondition(source.expression(table), filter));
  }
  return { series, rows };
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

/** Over the id and its labels; of a series, its titles. */
function textCondition(expression: Sql, filter: DimensionFilter & { value: string }): Sql {
  const inId = call('containsFolded', expression, sql`${filter.value}`);
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
