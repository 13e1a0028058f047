import type { DimensionId } from '../../contract/query.ts';
import { logExpression, sumExpression } from '../activity.ts';
import type { TableName } from '../dimensions.ts';
import { and, as, call, column, dateValue, EMPTY, join, positions, type Sql, sql, withTables } from '../sql/sql.ts';
import { factsOf } from './facts.ts';
import { spreadOver } from './members.ts';
import { presentSeries, releasedSeries } from './released-series.ts';
import type { AnalysisScope } from './scope.ts';

interface CurveQuestion {
  readonly by: DimensionId | undefined;
  /** Days of life, the release day among them. */
  readonly days: number;
  readonly cumulative: boolean;
}

/**
 * `member, age, value, median, q1, q3, series`, by member and age: a grid of every series × day of life that it has
 * lived by as_of, filled with its views (0 where it has no row), summed along its life where `cumulative`.
 */
export function curveSql(scope: AnalysisScope, question: CurveQuestion, table: TableName): Sql {
  const { filters, log } = scope;
  const spread = spreadOver(question.by);
  const { logDimensions } = spread;
  const keys = (alias: string) => ['series_key', ...logDimensions].map((name) => column(alias, name));
  const age = call('daysBetween', sql`r.release_day`, sql`t.day`);
  const lifeKeys = [sql`t.series_key`, ...logDimensions.map((id) => as(logExpression(id, table), id)), as(age, 'age')];
  const life = factsOf({
    table,
    filters,
    dimensions: logDimensions,
    joins: [sql`JOIN release r ON r.series_key = t.series_key`],
    conditions: [
      sql`t.day >= r.release_day`,
      sql`t.day < ${call('addDays', sql`r.release_day`, sql`${question.days}`)}`,
    ],
  });
  const sameKeys = ['series_key', ...logDimensions].map((name) => sql`${column('l', name)} = ${column('g', name)}`);
  const value = question.cumulative
    ? sql`sum(f.views) OVER (PARTITION BY ${join(keys('f'), ', ')} ORDER BY f.age ROWS UNBOUNDED PRECEDING)`
    : sql`f.views`;
  return withTables(
    [
      ['present', presentSeries(scope, logDimensions)],
      ['released', releasedSeries(scope, { logDimensions })],
      ['release', sql`SELECT DISTINCT r.series_key, r.release_day FROM released r`],
      ['ages', sql`SELECT ${as(call('eachBelow', sql`${question.days}`), 'age')}`],
      [
        'grid',
        sql`SELECT ${join(keys('r'), ', ')}, n.age FROM released r JOIN ages n
          ON n.age <= ${call('daysBetween', sql`r.release_day`, dateValue(log.asOf))}`,
      ],
      [
        'life',
        sql`SELECT ${join(lifeKeys, ', ')}, ${as(sumExpression('views', table), 'views')} ${life}
          GROUP BY ${positions(1, lifeKeys.length)}`,
      ],
      [
        'filled',
        sql`SELECT ${join(keys('g'), ', ')}, g.age, coalesce(l.views, 0) AS views
          FROM grid g LEFT JOIN life l ON ${and([...sameKeys, sql`l.age = g.age`])}`,
      ],
      ['a', sql`SELECT ${join(keys('f'), ', ')}, f.age, ${as(call('integer', value), 'views')} FROM filled f`],
    ],
    pointsOf(question.by === undefined ? EMPTY : spread.joins, spread.member),
  );
}

function pointsOf(joins: Sql, member: Sql): Sql {
  return sql`SELECT ${as(member, 'member')}, a.age, max(a.views) AS value, ${as(call('median', sql`a.views`), 'median')},
      ${as(call('quantile', sql`a.views`, sql`0.25`), 'q1')}, ${as(call('quantile', sql`a.views`, sql`0.75`), 'q3')},
      count(*) AS series
    FROM a JOIN series s ON s.series_key = a.series_key ${joins}
    GROUP BY 1, a.age ORDER BY 1, a.age`;
}
