import type { DimensionId } from '../../contract/query.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import { column, EMPTY, identifier, join, type Sql, sql } from '../sql/sql.ts';

/** How the series of a fact, joined to `series s`, spread over the members of a dimension. */
export interface Spread {
  /** A series counts under each of its members: one row each. */
  readonly joins: Sql;
  readonly member: Sql;
  /** Dimensions of the log that the fact has to keep apart for it. */
  readonly logDimensions: readonly DimensionId[];
}

/**
 * Spread over one dimension; without one there is one member, the total.
 * @param fact alias whose `series_key` is joined, and whose columns hold the dimensions of the log
 * @param alias of the joined members, free in the select
 */
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

/** Spread over several dimensions at once: their joins in one, and the member of each. */
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
