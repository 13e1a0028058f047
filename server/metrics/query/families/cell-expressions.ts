import { addDays, type Range } from '../../language/calendar.ts';
import type { Measure } from '../../language/measures.ts';
import type { SumId } from '../../language/sums.ts';
import { call, column, dateValue, join, type Sql, sql } from '../../sql/sql.ts';
import type { Plan } from '../plan.ts';
import { periodOfDay } from './periods.ts';

const AI = sql`(s.production = 'ai' OR (coalesce(s.production, '(unknown)') = '(unknown)' AND s.format = 'ai'))`;

/** Over the series rows (a, s). */
export function cellExpression(measure: Measure, plan: Plan): Sql {
  const { aggregation } = measure;
  const sum = (id: SumId) => sql`sum(${column('a', id)})`;
  switch (aggregation.kind) {
    case 'sum': {
      if (aggregation.scale !== undefined)
        return sql`${sum(aggregation.sum)} * ${call('double', sql`${aggregation.scale}`)}`;
      return measure.integer ? call('integer', sum(aggregation.sum)) : sum(aggregation.sum);
    }
    case 'max':
      return sql`max(${column('a', aggregation.sum)})`;
    case 'ratio':
      return ratio(totalOf(aggregation.numerator), totalOf(aggregation.denominator), aggregation.scale);
    case 'share':
      return ratio(sum('views'), sql`max(total.views)`);
    case 'new_series':
      return newHere(plan);
    case 'age':
      return ageExpression(aggregation.days, aggregation.perEpisode === true, plan.log.asOf);
    case 'cell':
      return countExpression(aggregation.of);
    case 'cumulative':
      throw new Error('cumulative_views has a family of its own');
  }
}

/** Missing parts count as nothing; all missing is missing. */
function totalOf(ids: readonly SumId[]): Sql {
  const parts = ids.map((id) => sql`sum(${column('a', id)})`);
  const [first] = parts;
  if (first && parts.length === 1) {
    // A market without rows has no views: 0 of a known whole.
    return ids[0] === 'overseas_views' ? sql`coalesce(${first}, 0)` : first;
  }
  const values = ids.map((id) => sql`sum(coalesce(${column('a', id)}, 0))`);
  const present = ids.map((id) => sql`count(${column('a', id)}) > 0`);
  return sql`CASE WHEN ${join(present, ' OR ')} THEN ${values.reduce((left, right) => sql`${left} + ${right}`)} END`;
}

/** Null if the denominator is missing or 0. */
export const ratio = (numerator: Sql, denominator: Sql, scale?: number): Sql =>
  sql`CASE WHEN ${denominator} <> 0 THEN ${call('double', numerator)}${scale === undefined ? sql`` : sql` * ${scale}`} / ${call('double', denominator)} END`;

function countExpression(
  of:
    | 'active_series'
    | 'active_producers'
    | 'views_per_series'
    | 'median_views_per_series'
    | 'ai_share'
    | 'ai_series_share',
): Sql {
  const active = sql`count(*) FILTER (WHERE a.views > 0)`;
  switch (of) {
    case 'active_series':
      return active;
    case 'active_producers':
      return sql`count(DISTINCT s.producer) FILTER (WHERE a.views > 0 AND s.producer <> '(unknown)')`;
    case 'views_per_series':
      return ratio(sql`sum(a.views)`, active);
    case 'median_views_per_series':
      return sql`${call('median', sql`a.views`)} FILTER (WHERE a.views > 0)`;
    case 'ai_share':
      return ratio(sql`coalesce(sum(a.views) FILTER (WHERE ${AI}), 0)`, sql`sum(a.views)`);
    case 'ai_series_share':
      return ratio(sql`count(*) FILTER (WHERE a.views > 0 AND ${AI})`, active);
  }
}

/** With a log dimension: released in the cell's period and with views in the cell. */
function newHere(plan: Plan): Sql {
  const { comparison, range } = plan;
  const inRange = (r: Range) => sql`s.release_day BETWEEN ${dateValue(r.from)} AND ${dateValue(r.to)}`;
  const released = comparison
    ? sql`CASE WHEN a.branch = 'current' THEN ${inRange(comparison.current)} ELSE ${inRange(comparison.previous)} END`
    : inRange(range);
  const grain = plan.query.time.grain;
  const inPeriod = grain && grain !== 'hour' ? sql` AND ${periodOfDay(grain, sql`s.release_day`)} = a.period` : sql``;
  return sql`count(*) FILTER (WHERE a.views > 0 AND ${released}${inPeriod})`;
}

/** Over the series rows of one cell. */
export function ageExpression(days: 1 | 7 | 30, perEpisode: boolean, asOf: string): Sql {
  const old = sql`a.views > 0 AND s.release_day <= ${dateValue(addDays(asOf, 1 - days))}`;
  const value = column('age', `d${days}`);
  if (!perEpisode) return call('integer', sql`sum(${value}) FILTER (WHERE ${old})`);
  const stated = sql`${old} AND s.episodes > 0 AND ${value} IS NOT NULL`;
  return ratio(sql`sum(${value}) FILTER (WHERE ${stated})`, sql`sum(s.episodes) FILTER (WHERE ${stated})`);
}
