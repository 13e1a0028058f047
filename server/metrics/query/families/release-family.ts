import type { Measure } from '../../language/measures.ts';
import { and, as, call, dateValue, join, sql } from '../../sql/sql.ts';
import { splitFilters } from '../filters.ts';
import type { Plan } from '../plan.ts';
import { spreadOverAll } from '../spread.ts';
import { branchesOf, cellColumns, excludedSeries, type Family } from './family.ts';
import { periodOfDay } from './periods.ts';

/** From the catalogue alone, so a release without views counts too. */
export function releaseFamily(plan: Plan, measures: readonly Measure[]): Family {
  const { joins, members } = spreadOverAll(plan.dimensions, 's');
  const split = splitFilters(plan.scopeFilters, plan.choice.table);
  const grain = plan.query.time.grain;
  const period = grain && grain !== 'hour' ? periodOfDay(grain, sql`s.release_day`) : null;
  const selects = branchesOf(plan).map(({ name, range }) => {
    const inside = range ? [sql`s.release_day BETWEEN ${dateValue(range.from)} AND ${dateValue(range.to)}`] : [];
    const keys = [...members, ...(period ? [period] : [])];
    const columns = [
      as(call('text', sql`${name}`), 'branch'),
      ...cellColumns(plan, members),
      ...(period ? [as(period, 'period')] : []),
      as(sql`count(DISTINCT s.series_key)`, 'new_series'),
    ];
    return sql`SELECT ${join(columns, ', ')} FROM series s ${joins} WHERE ${and([...inside, ...split.series, ...excludedSeries(plan)])}${keys.length > 0 ? sql` GROUP BY ${join(keys, ', ')}` : sql``}`;
  });
  return { measures, select: join(selects, ' UNION ALL ') };
}
