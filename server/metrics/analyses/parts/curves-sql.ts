import { ENOUGH_PEERS } from '../../../contract/analyses.ts';
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
 * `member, age, value, quartiles, series` over series × days (0 without rows), summed if `cumulative`. A member's days end
 * with the last that 20 of its series, or half of them if that is fewer, have lived by as_of; each day is over the series
 * that have lived that last day, so that no sum falls. A series goes by a number, `unit`: narrow keys for large steps.
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
      [
        'a',
        sql`SELECT ${keys('u')}, u.unit, max(g.age) AS lived FROM grid g JOIN units u ON u.unit = g.unit GROUP BY ALL`,
      ],
      [
        'placed',
        sql`SELECT ${as(spread.member, 'member')}, a.unit, a.lived,
          row_number() OVER (PARTITION BY ${spread.member} ORDER BY a.lived DESC) AS place,
          count(*) OVER (PARTITION BY ${spread.member}) AS members
          FROM a JOIN series s ON s.series_key = a.series_key ${spread.joins}`,
      ],
      [
        'ends',
        sql`SELECT p.member, min(p.lived) AS last FROM placed p
          WHERE p.place <= ${ENOUGH_PEERS} AND 2 * p.place <= p.members + 1 GROUP BY p.member`,
      ],
    ],
    sql`SELECT p.member AS member, c.age, max(c.views) AS value,
        ${as(call('quartiles', sql`c.views`), 'quartiles')}, count(*) AS series
      FROM placed p JOIN ends e ON e.member = p.member AND p.lived >= e.last
        JOIN summed c ON c.unit = p.unit AND c.age <= e.last
      GROUP BY p.member, c.age ORDER BY 1, c.age`,
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
