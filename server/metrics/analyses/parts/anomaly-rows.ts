import { z } from 'zod';
import type { Day } from '../../../contract/query.ts';
import { NEIGHBOURS } from '../../forecasting/anomalies.ts';
import { addDays } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { sumExpression } from '../../query/log-rows.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { and, as, dateValue, join, sql, withTables } from '../../sql/sql.ts';
import { type SeriesInfo, seriesColumns, seriesInfo } from './catalogue.ts';
import { type Whole, wholeOrZero } from './counts.ts';
import { factsOf, tableFor } from './facts.ts';
import type { AnalysisScope } from './scope.ts';

export async function largestSeries(
  engine: Engine,
  { filters, log, range }: AnalysisScope,
  top: number,
): Promise<{ series: SeriesInfo[]; truncated: boolean }> {
  const { table } = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const sizes = sql`SELECT t.series_key, ${sumExpression('views', table)} AS size
    ${factsOf({ table, filters, conditions: [sql`t.day BETWEEN ${dateValue(range.from)} AND ${dateValue(range.to)}`] })}
    GROUP BY t.series_key`;
  const rows =
    await engine.all(sql`SELECT ${seriesColumns} FROM (${sizes}) z JOIN series s ON s.series_key = z.series_key
    WHERE z.size > 0 ORDER BY z.size DESC, s.series_id LIMIT ${top + 1}`);
  return { series: await parseRows(seriesInfo, rows.slice(0, top)), truncated: rows.length > top };
}

const sourceDay = z.object({
  series: z.string(),
  source: z.string(),
  chart: z.boolean(),
  day: z.string(),
  views: wholeOrZero,
});
export type SourceDay = z.infer<typeof sourceDay>;

/** `scope.filters` choose the series. Rows without views say nothing. */
export async function sourceDays(engine: Engine, { filters }: Pick<AnalysisScope, 'filters'>): Promise<SourceDay[]> {
  const rows = await engine.all(sql`SELECT ser.series_id AS series, src.id AS source, src.coverage = 'chart' AS chart,
      t.day, ${sumExpression('views', 'view_log')} AS views
    ${factsOf({
      table: 'view_log',
      filters,
      joins: [
        sql`JOIN series ser ON ser.series_key = t.series_key`,
        sql`JOIN source src ON src.source_key = t.source_key`,
      ],
      conditions: [sql`t.kind = 'increment'`, sql`t.views IS NOT NULL`],
    })}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4`);
  return await parseRows(sourceDay, rows);
}

const platformDay = z.object({
  series: z.string(),
  day: z.string(),
  platform: z.string(),
  views: wholeOrZero,
  around: wholeOrZero,
});

/** Views on a day, and on the days around it. */
export interface PlatformDay {
  readonly platform: string;
  readonly views: Whole;
  readonly around: Whole;
}

export const dayKey = (series: string, day: Day): string => JSON.stringify([series, day]);

/** `dayKey` → platforms, the largest first. */
export async function platformsOf(
  engine: Engine,
  { filters }: Pick<AnalysisScope, 'filters'>,
  days: readonly { readonly series: string; readonly day: Day }[],
): Promise<ReadonlyMap<string, PlatformDay[]>> {
  const found = new Map<string, PlatformDay[]>();
  if (days.length === 0) return found;
  const wanted = join(
    days.map(
      ({ series, day }) => sql`SELECT s.series_id, s.series_key, ${as(dateValue(day), 'day')},
        ${as(dateValue(addDays(day, -NEIGHBOURS)), 'first')}, ${as(dateValue(addDays(day, NEIGHBOURS)), 'last')}
        FROM series s WHERE s.series_id = ${series}`,
    ),
    ' UNION ALL ',
  );
  const rows = await engine.all(
    withTables(
      [['wanted', wanted]],
      sql`SELECT w.series_id AS series, w.day, p.id AS platform,
          sum(t.views) FILTER (WHERE t.day = w.day) AS views, sum(t.views) FILTER (WHERE t.day <> w.day) AS around
        ${factsOf({
          table: 'view_log',
          filters,
          joins: [
            sql`JOIN wanted w ON ${and([sql`w.series_key = t.series_key`, sql`t.day BETWEEN w.first AND w.last`])}`,
            sql`JOIN platform p ON p.platform_key = t.platform_key`,
          ],
          conditions: [sql`t.kind = 'increment'`],
        })}
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC NULLS LAST, 3`,
    ),
  );
  for (const { series, day, ...row } of await parseRows(platformDay, rows)) {
    const key = dayKey(series, day);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}
