import type { LogColumn } from '../../../contract/columns.ts';
import type { DimensionId, Grain, ScopeFilter } from '../../../contract/query.ts';
import type { LogSpan, Range } from '../../language/calendar.ts';
import type { TableName } from '../../language/dimensions.ts';
import { chosenSeries, splitFilters } from '../../query/filters.ts';
import { dictionaryJoins, dimensionsOf } from '../../query/log-rows.ts';
import { chooseTable, type TableChoice } from '../../query/rollups.ts';
import { and, identifier, join, type Sql, sql } from '../../sql/sql.ts';

interface Facts {
  readonly table: TableName;
  readonly filters: readonly ScopeFilter[];
  /** Log dimensions that the select reads (`logExpression`). */
  readonly dimensions?: readonly DimensionId[];
  /** To t; the aliases `s`, `platform`, `region` and `source` are taken. */
  readonly joins?: readonly Sql[];
  readonly conditions?: readonly Sql[];
}

/** Rows are alias t. */
export function factsOf({ table, filters, dimensions = [], joins = [], conditions = [] }: Facts): Sql {
  const split = splitFilters(filters, table);
  const chosen = chosenSeries(split);
  const dictionaries = dictionaryJoins({ table, filters, logDimensions: dimensions, sums: [] });
  const all = [...split.rows, ...(chosen ? [sql`t.series_key IN (${chosen})`] : []), ...conditions];
  return sql`FROM ${identifier(table)} t ${join([...dictionaries, ...joins], ' ')} WHERE ${and(all)}`;
}

/** For whole ranges, or by `grain`. */
export function tableFor(
  needs: {
    readonly filters: readonly ScopeFilter[];
    readonly column: LogColumn;
    readonly ranges?: readonly Range[];
    readonly grain?: Grain;
    readonly dimensions?: readonly DimensionId[];
  },
  log: LogSpan,
): TableChoice {
  return chooseTable(
    {
      ranges: needs.ranges ?? [],
      grain: needs.grain,
      dimensions: [...(needs.dimensions ?? []), ...dimensionsOf(needs.filters)],
      columns: new Set([needs.column]),
    },
    log,
  );
}

/** 1 if every row of a group has a time of day, else 0. */
export const allTimed = (table: TableName): Sql =>
  table === 'series_day'
    ? sql`min(CASE WHEN t.timed THEN 1 ELSE 0 END)`
    : sql`min(CASE WHEN t.instant IS NOT NULL THEN 1 ELSE 0 END)`;
