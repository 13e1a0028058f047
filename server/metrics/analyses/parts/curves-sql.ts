import type { DimensionId } from '../../../contract/query.ts';
import type { TableName } from '../../language/dimensions.ts';
import { logExpression, sumExpression } from '../../query/log-rows.ts';
import { spreadOver } from '../../query/spread.ts';
import { and, as, call, column, dateValue, join, type Sql, sql, withTables } from '../../sql/sql.ts';
import { factsOf } from './facts.ts';
import { presentSeries, releasedSeries } from './released-series.ts';
import type { AnalysisScope } from './scope.ts';

interface CurveQuestion {
  readonly by: DimensionId | undefined;
  /** The release day is the first. */
  readonly days: number;
  readonly cumulative: boolean;
}

/**
 * `member, age, value, quartiles, series` over every series × day lived by as_of (0 without rows), summed if
 * `cumulative`. A series goes by a number, `unit`: narrow keys for large steps.
 */
export function curveSql(scope: AnalysisScope, question: CurveQuestion, table: TableName): Sql {
  const spread = spreadOver(question.by);
  const { logDimensions } = spread;
  const keys = (alias: string) =>
    join(
      ['series_key', ...logDimensions].map((name) => column(alias, name)),
      ', ',
    );
  const views = question.cumulative
    ? sql`sum(f.views) OVER (PARTITION BY f.unit ORDER BY f.age ROWS UNBOUNDED PRECEDING)`
    : sql`f.views`;
  return withTables(
    [
      ['present', presentSeries(scope, logDimensions)],
      ['released', releasedSeries(scope, logDimensions)],
      [
        'units',
        sql`SELECT row_number() OVER (ORDER BY ${keys('r')}) AS unit, r.release_day, ${keys('r')} FROM released r`,
      ],
      ['life', lifeSql(scope, question, table, logDimensions)],
      ['ages', sql`SELECT ${as(call('eachBelow', sql`${question.days}`), 'age')}`],
      [
        'grid',
        sql`SELECT u.unit, n.age FROM units u JOIN ages n
          ON n.age <= ${call('daysBetween', sql`u.release_day`, dateValue(scope.log.asOf))}`,
      ],
      [
        'filled',
        sql`SELECT g.unit, g.age, coalesce(l.views, 0) AS views
          FROM grid g LEFT JOIN life l ON l.unit = g.unit AND l.age = g.age`,
      ],
      ['summed', sql`SELECT f.unit, f.age, ${as(call('integer', views), 'views')} FROM filled f`],
      ['a', sql`SELECT ${keys('u')}, c.age, c.views FROM summed c JOIN units u ON u.unit = c.unit`],
    ],
    sql`SELECT ${as(spread.member, 'member')}, a.age, max(a.views) AS value,
        ${as(call('quartiles', sql`a.views`), 'quartiles')}, count(*) AS series
      FROM a JOIN series s ON s.series_key = a.series_key ${spread.joins}
      GROUP BY 1, a.age ORDER BY 1, a.age`,
  );
}

/** `unit, age, views` of days with rows, from the release day on. */
function lifeSql(
  { filters }: AnalysisScope,
  { days }: CurveQuestion,
  table: TableName,
  logDimensions: readonly DimensionId[],
): Sql {
  const same = [
    sql`u.series_key = t.series_key`,
    ...logDimensions.map((id) => sql`${column('u', id)} = ${logExpression(id, table)}`),
  ];
  const facts = factsOf({
    table,
    filters,
    dimensions: logDimensions,
    joins: [sql`JOIN units u ON ${and(same)}`],
    conditions: [sql`t.day >= u.release_day`, sql`t.day < ${call('addDays', sql`u.release_day`, sql`${days}`)}`],
  });
  return sql`SELECT u.unit, ${as(call('daysBetween', sql`u.release_day`, sql`t.day`), 'age')},
      ${as(sumExpression('views', table), 'views')} ${facts} GROUP BY 1, 2`;
}
