import { z } from 'zod';
import type { Day } from '../../../../contract/query.ts';
import { addDays } from '../../../language/calendar.ts';
import type { Engine } from '../../../language/engine.ts';
import { activity } from '../../../query/activity.ts';
import { sumExpression } from '../../../query/log-rows.ts';
import { spreadOver } from '../../../query/spread.ts';
import { parseRows } from '../../../sql/parse-rows.ts';
import { as, call, dateValue, sql, withTables } from '../../../sql/sql.ts';
import { factsOf, tableFor } from '../facts.ts';
import type { AnalysisScope } from '../scope.ts';
import type { SeriesDimension } from './member-totals.ts';

const medianRow = z.object({ member: z.string(), median: z.number().nullable(), series: z.number() });

export type EarlyViews = Pick<z.infer<typeof medianRow>, 'median' | 'series'>;

/** Median views of the first `days` days (release day = 1), so that young genres compare; only of series that old (`series`). */
export async function medianEarlyViews(
  engine: Engine,
  scope: AnalysisScope,
  by: SeriesDimension,
  days: number,
): Promise<ReadonlyMap<string, EarlyViews>> {
  const { range, filters, log } = scope;
  const oldEnough: Day = addDays(log.asOf, 1 - days);
  const active = activity({
    table: tableFor({ filters, column: 'views', ranges: [range] }, log).table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters,
    sums: ['views'],
  });
  const { joins, member } = spreadOver(by, 's');
  const aged = sql`SELECT s.series_key, s.release_day AS first_day,
      ${call('addDays', sql`s.release_day`, sql`${days - 1}`)} AS last_day
    FROM a JOIN series s ON s.series_key = a.series_key
    WHERE a.views > 0 AND s.release_day BETWEEN ${dateValue(log.from)} AND ${dateValue(oldEnough)}`;
  const { table } = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const early = sql`SELECT t.series_key, ${sumExpression('views', table)} AS views
    ${factsOf({ table, filters, joins: [sql`JOIN aged g ON g.series_key = t.series_key AND t.day BETWEEN g.first_day AND g.last_day`] })}
    GROUP BY t.series_key`;
  const rows = await engine.all(
    withTables(
      [
        ['a', active],
        ['aged', aged],
        ['early', early],
      ],
      sql`SELECT ${as(member, 'member')}, ${call('median', sql`coalesce(e.views, 0)`)} AS median, count(*) AS series
        FROM aged g JOIN series s ON s.series_key = g.series_key ${joins}
          LEFT JOIN early e ON e.series_key = g.series_key GROUP BY 1`,
    ),
  );
  return new Map((await parseRows(medianRow, rows)).map((row) => [row.member, row]));
}
