import type { DimensionId } from '../../contract/query.ts';
import { DIMENSION_CATALOG } from '../dimensions.ts';
import type { Engine } from '../engine.ts';
import { Labels } from '../labels.ts';
import { column, EMPTY, identifier, type Sql, sql } from '../sql/sql.ts';

/** How the rows of a series (alias a, joined to `series s`) spread over the members of a dimension. */
interface Spread {
  /** A series counts under each of its members: one row each. */
  readonly joins: Sql;
  readonly member: Sql;
  /** Dimensions of the log that `a` has to keep apart for it. */
  readonly logDimensions: readonly DimensionId[];
}

/** Without a dimension there is one member, the total. */
export function spreadOver(by: DimensionId | undefined): Spread {
  if (by === undefined) return { joins: EMPTY, member: sql`'(total)'`, logDimensions: [] };
  const { source } = DIMENSION_CATALOG[by];
  switch (source.level) {
    case 'series':
      return { joins: EMPTY, member: source.expression, logDimensions: [] };
    case 'members':
      return {
        joins: sql`LEFT JOIN ${identifier(source.table)} m ON m.series_key = a.series_key`,
        member: sql`coalesce(m.member, '(unknown)')`,
        logDimensions: [],
      };
    case 'log':
      return { joins: EMPTY, member: column('a', by), logDimensions: [by] };
  }
}

/** Names of an analysis' members; without a dimension the one member is the total, which has a name of its own. */
export const labelsOf = (engine: Engine, by: DimensionId | undefined, ids: readonly string[]): Promise<Labels> =>
  by === undefined ? Labels.of(engine, 'series', []) : Labels.of(engine, by, ids);
