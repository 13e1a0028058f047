import type { DimensionId } from '../../contract/query.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import { column, EMPTY, identifier, join, type Sql, sql } from '../sql/sql.ts';

export interface Spread {
  readonly joins: Sql;
  readonly member: Sql;
  /** Log dimensions that the fact has to keep apart. */
  readonly logDimensions: readonly DimensionId[];
}

/** Without a dimension the one member is the total. @param fact alias with `series_key` and log dimensions */
export function spreadOver(by: DimensionId | undefined, fact: 'a' | 's' = 'a', alias = 'm'): Spread {
  if (by === undefined) return { joins: EMPTY, member: sql`'(total)'`, logDimensions: [] };
  const { source } = DIMENSION_CATALOG[by];
  switch (source.level) {
    case 'series':
      return { joins: EMPTY, member: source.expression, logDimensions: [] };
    case 'members':
      return {
        joins: sql`LEFT JOIN ${identifier(source.table)} ${identifier(alias)} ON ${column(alias, 'series_key')} = ${column(fact, 'series_key')}`,
        member: sql`coalesce(${column(alias, 'member')}, '(unknown)')`,
        logDimensions: [],
      };
    case 'log':
      return { joins: EMPTY, member: column(fact, by), logDimensions: [by] };
  }
}

export function spreadOverAll(
  dimensions: readonly DimensionId[],
  fact: 'a' | 's',
): { readonly joins: Sql; readonly members: readonly Sql[] } {
  const spreads = dimensions.map((id) => spreadOver(id, fact, `m_${id}`));
  return {
    joins: join(
      spreads.map(({ joins }) => joins),
      ' ',
    ),
    members: spreads.map(({ member }) => member),
  };
}
