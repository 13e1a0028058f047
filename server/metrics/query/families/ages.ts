import type { DimensionId } from '../../../contract/query.ts';
import { and, as, call, column, dateValue, identifier, join, type Sql, sql } from '../../sql/sql.ts';
import { chosenSeries, splitFilters } from '../filters.ts';
import { dictionaryJoins, dimensionsOf, logExpression } from '../log-rows.ts';
import type { Plan } from '../plan.ts';
import { chooseTable } from '../rollups.ts';
import { excludedRows } from './family.ts';

export function agesJoin(logDimensions: readonly DimensionId[]): Sql {
  const on = [
    sql`age.series_key = a.series_key`,
    ...logDimensions.map((id) => sql`${column('age', id)} = ${column('a', id)}`),
  ];
  return sql`LEFT JOIN age ON ${and(on)}`;
}

/** First 1, 7 and 30 days, of series released inside the log. */
export function agesOf(plan: Plan, logDimensions: readonly DimensionId[]): Sql {
  const filters = plan.scopeFilters;
  const { table } = chooseTable(
    {
      ranges: [],
      grain: 'day',
      dimensions: [...logDimensions, ...dimensionsOf(filters), ...plan.excluded.dimensions],
      columns: new Set(['views']),
    },
    plan.log,
  );
  const split = splitFilters(filters, table);
  const chosen = chosenSeries(split);
  const day = column('t', 'day');
  const first = (days: number) => {
    const within = sql`${day} < ${call('addDays', sql`r.release_day`, sql`${days}`)}`;
    return as(call('integer', sql`coalesce(sum(t.views) FILTER (WHERE ${within}), 0)`), `d${days}`);
  };
  const keys = [sql`t.series_key`, ...logDimensions.map((id) => logExpression(id, table))];
  return sql`SELECT t.series_key, ${join([...logDimensions.map((id) => as(logExpression(id, table), id)), first(1), first(7), first(30)], ', ')}
    FROM ${identifier(table)} t JOIN series r ON r.series_key = t.series_key
    ${join(dictionaryJoins({ table, logDimensions, filters, sums: [], conditionDimensions: plan.excluded.dimensions }), ' ')}
    WHERE ${and([
      // The join would throw the rest away.
      sql`t.series_key IN (SELECT series_key FROM a WHERE views > 0)`,
      sql`r.release_day >= ${dateValue(plan.log.from)}`,
      sql`${day} >= r.release_day`,
      sql`${day} < ${call('addDays', sql`r.release_day`, sql`30`)}`,
      // A day of an opening alone says nothing of that day's views.
      sql`t.views IS NOT NULL`,
      ...(table === 'view_log' ? [sql`t.kind = 'increment'`] : []),
      ...split.rows,
      ...excludedRows(plan, table),
      ...(chosen ? [sql`t.series_key IN (${chosen})`] : []),
    ])} GROUP BY ${join(keys, ', ')}`;
}
