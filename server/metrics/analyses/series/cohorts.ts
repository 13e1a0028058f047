import { z } from 'zod';
import type { CohortsAnswer, cohortsParams } from '../../../contract/analyses-depth.ts';
import type { Day } from '../../../contract/query.ts';
import { addDays, periodsOf } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { chartsAsked } from '../../query/charts.ts';
import { sumExpression } from '../../query/log-rows.ts';
import { metaOf } from '../../query/meta.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, call, type Sql, sql, withTables } from '../../sql/sql.ts';
import { COUNTED_SERIES, columnsOf, sharesOfChart } from '../parts/columns.ts';
import { toCount, type Whole, whole, wholeOrZero } from '../parts/counts.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { ratioOf } from '../parts/ratios.ts';
import { leftOutByRelease, presentSeries, releasedSeries } from '../parts/released-series.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';

const IDS = ['cohort', 'week', 'series', 'views', 'views_per_series', 'retention', 'complete'] as const;

const cohortShape = z.object({ cohort: z.string(), series: z.number(), first: z.string(), last: z.string() });
type Cohort = z.infer<typeof cohortShape>;

const cellRow = cohortShape.extend({ week: whole.nullable(), views: wholeOrZero });

/**
 * Release cohorts by month (docs/analyses/cohorts.md): views per series by week of life. `from` and `to` choose
 * releases, they never cut views; series without a release inside the log are left out and noted.
 */
export async function cohorts(engine: Engine, params: z.infer<typeof cohortsParams>): Promise<CohortsAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const choice = tableFor({ filters: scope.filters, column: 'views', grain: 'day' }, scope.log);
  const cells = await parseRows(cellRow, await engine.all(cohortSql(scope, params.weeks, choice)));
  const partial = periodsOf(scope.range, 'month', scope.log).filter((period) => period.partial);
  // Views of these releases may lie in any later week.
  const charts = chartsAsked(engine.state, scope.filters, { current: { from: scope.range.from, to: scope.log.asOf } });
  return {
    columns: columnsOf(IDS, { ...COUNTED_SERIES, ...sharesOfChart(['retention'], charts) }),
    rows: byCohort(cells).flatMap(({ cohort, views }) => weeksOf(cohort, views, params.weeks, scope.log.asOf)),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      choice,
      partialPeriods: partial.map(({ id }) => id),
      charts,
      notes: await leftOutByRelease(engine, scope),
    }),
  };
}

/** Summed by release day and day first, as there are few of these. */
function cohortSql(scope: AnalysisScope, weeks: number, { table }: TableChoice): Sql {
  const { filters } = scope;
  const lifetime = sql`t.day >= r.release_day AND t.day < ${call('addDays', sql`r.release_day`, sql`${weeks * 7}`)}`;
  const days = sql`SELECT r.release_month, r.release_day, t.day, ${as(sumExpression('views', table), 'views')}
    ${factsOf({ table, filters, joins: [sql`JOIN released r ON r.series_key = t.series_key`], conditions: [lifetime] })}
    GROUP BY r.release_month, r.release_day, t.day`;
  const week = call('integer', sql`floor(${call('daysBetween', sql`d.release_day`, sql`d.day`)} / 7.0)`);
  return withTables(
    [
      ['present', presentSeries(scope)],
      ['released', releasedSeries(scope)],
      [
        'cohort',
        sql`SELECT r.release_month, count(*) AS series, min(r.release_day) AS first, max(r.release_day) AS last
          FROM released r GROUP BY r.release_month`,
      ],
      ['days', days],
      ['weeks', sql`SELECT d.release_month, ${as(week, 'week')}, d.views FROM days d`],
      [
        'cells',
        sql`SELECT w.release_month, w.week, ${as(call('integer', sql`sum(w.views)`), 'views')}
          FROM weeks w GROUP BY w.release_month, w.week`,
      ],
    ],
    sql`SELECT c.release_month AS cohort, c.series, c.first, c.last, w.week, w.views
      FROM cohort c LEFT JOIN cells w ON w.release_month = c.release_month ORDER BY c.release_month`,
  );
}

/** Per cohort: week → views. */
function byCohort(cells: readonly z.infer<typeof cellRow>[]): { cohort: Cohort; views: Map<number, Whole> }[] {
  const found = new Map<string, { cohort: Cohort; views: Map<number, Whole> }>();
  for (const { week, views, ...cohort } of cells) {
    const own = found.get(cohort.cohort) ?? { cohort, views: new Map<number, Whole>() };
    if (week !== null) own.views.set(Number(week), views);
    found.set(cohort.cohort, own);
  }
  return [...found.values()];
}

/** Weeks that at least the oldest series has begun. */
function weeksOf(cohort: Cohort, views: ReadonlyMap<number, Whole>, weeks: number, asOf: Day): CohortsAnswer['rows'] {
  const rows: CohortsAnswer['rows'] = [];
  for (let week = 0; week < weeks && addDays(cohort.first, week * 7) <= asOf; week++) {
    const own = views.get(week) ?? 0;
    rows.push({
      cohort: cohort.cohort,
      week,
      series: cohort.series,
      views: toCount(own),
      views_per_series: Number(own) / cohort.series,
      retention: ratioOf(own, views.get(0) ?? 0),
      complete: addDays(cohort.last, week * 7 + 6) <= asOf,
    });
  }
  return rows;
}
