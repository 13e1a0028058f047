import { startOf } from '../../language/calendar.ts';
import type { Measure } from '../../language/measures.ts';
import { as, call, dateValue, identifier, join, type Sql, sql } from '../../sql/sql.ts';
import { activity } from '../activity.ts';
import { dayOf, dimensionsOf } from '../log-rows.ts';
import type { Plan } from '../plan.ts';
import { chooseTable } from '../rollups.ts';
import { spreadOverAll } from '../spread.ts';
import { branchesOf, cellColumns, excludedRows, type Family, isLog } from './family.ts';
import { periodOfDay } from './periods.ts';

/** Up to the end of each period, whatever the range starts with. */
export function cumulativeFamily(plan: Plan, measures: readonly Measure[]): Family {
  const logDimensions = plan.dimensions.filter(isLog);
  const used = [...plan.dimensions, ...dimensionsOf(plan.scopeFilters), ...plan.excluded.dimensions];
  const ranges = branchesOf(plan).flatMap(({ range }) => (range ? [range] : []));
  const { table } = chooseTable(
    { ranges, grain: plan.query.time.grain, dimensions: used, columns: new Set(['views']) },
    plan.log,
  );
  const { joins, members } = spreadOverAll(plan.dimensions, 'a');
  const grain = plan.query.time.grain;
  const selects = branchesOf(plan).map(({ name, range }) => {
    const span = range ?? plan.range;
    const period =
      grain && grain !== 'hour'
        ? sql`CASE WHEN ${dayOf(table)} >= ${dateValue(startOf(grain, span.from))} THEN ${periodOfDay(grain, dayOf(table))} END`
        : undefined;
    const shared = {
      table,
      logDimensions,
      filters: plan.scopeFilters,
      conditions: excludedRows(plan, table),
      conditionDimensions: plan.excluded.dimensions,
    };
    const reached = { from: '0001-01-01', to: span.to };
    const increments = activity({ ...shared, branches: [{ name, range: reached }], sums: ['views'], period });
    // Views from before the log are older than any period.
    const before = period ? sql`CAST(NULL AS DATE)` : undefined;
    const openings = activity({
      ...shared,
      branches: [{ name, range: null }],
      sums: ['opening_views'],
      period: before,
    });
    const stage = sql`${increments} UNION ALL SELECT * FROM (${openings}) o WHERE opening_views IS NOT NULL`;
    const keys = [sql`a.branch`, ...members, ...(period ? [sql`a.period`] : [])];
    const columns = [
      sql`a.branch`,
      ...cellColumns(plan, members),
      ...(period ? [as(sql`a.period`, 'period')] : []),
      as(call('integer', sql`sum(coalesce(a.views, 0))`), 'reached'),
    ];
    const cells = sql`SELECT ${join(columns, ', ')} FROM (${stage}) a JOIN series s ON s.series_key = a.series_key ${joins} GROUP BY ${join(keys, ', ')}`;
    return running(plan, cells, period !== undefined);
  });
  return { measures, select: join(selects, ' UNION ALL ') };
}

/** The row before the range (period null) is the base, dropped unless filled. */
function running(plan: Plan, cells: Sql, hasPeriod: boolean): Sql {
  const names = plan.dimensions.map((id) => identifier(id));
  if (!hasPeriod)
    return sql`SELECT ${join([sql`branch`, ...names, sql`reached AS cumulative_views`], ', ')} FROM (${cells}) c`;
  const total = sql`${call('integer', sql`sum(reached) OVER (PARTITION BY ${join([sql`branch`, ...names], ', ')} ORDER BY period NULLS FIRST)`)} AS cumulative_views`;
  const rows = sql`SELECT ${join([sql`branch`, ...names, sql`period`, total], ', ')} FROM (${cells}) c`;
  return plan.query.fill ? rows : sql`SELECT * FROM (${rows}) r WHERE period IS NOT NULL`;
}
