import { z } from 'zod';
import type { DecayAnswer, decayParams, HalfLifeReason } from '../../../contract/analyses-depth.ts';
import { daysBetween } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { activity } from '../../query/activity.ts';
import { splitFilters } from '../../query/filters.ts';
import { metaOf } from '../../query/meta.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { among, and, as, call, column, dateValue, type Sql, sql, withTables } from '../../sql/sql.ts';
import { seriesColumns, seriesInfo, seriesShape, titleOf } from '../parts/catalogue.ts';
import { columnsOf } from '../parts/columns.ts';
import { tableFor } from '../parts/facts.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';
import { requireSeries } from './milestones.ts';

type Params = z.infer<typeof decayParams>;

const IDS = ['series', 'series_label', 'peak_day', 'peak_views', 'half_life_days', 'half_life_reason'] as const;

const TOP = 50;
/** Days of the trailing mean. */
const WINDOW = 7;

const decayRow = seriesShape.extend({
  peak_day: z.string().nullable(),
  peak_views: z.number().nullable(),
  half_day: z.string().nullable(),
  last_day: z.string().nullable(),
});
type DecayRow = z.infer<typeof decayRow>;

/**
 * Half-lives (docs/analyses/decay.md): days from the peak of the trailing mean to half of it. Days without rows are
 * skipped, not 0; ages of series without a release count from the first row.
 * @throws ProblemError `unknown_member`
 */
export async function decay(engine: Engine, params: Params): Promise<DecayAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  if (params.series) await requireSeries(engine, params.series);
  const choice = tableFor({ filters: scope.filters, column: 'views', grain: 'day', ranges: [scope.range] }, scope.log);
  const rows = await parseRows(decayRow, await engine.all(decaySql(scope, params, choice)));
  return {
    columns: columnsOf(IDS),
    rows: rows.map((row) => ({
      series: row.series_id,
      series_label: titleOf(seriesInfo.parse(row), engine.language),
      peak_day: row.peak_day,
      peak_views: row.peak_views,
      half_life_days: row.peak_day === null || row.half_day === null ? null : daysBetween(row.peak_day, row.half_day),
      half_life_reason: whyNoHalfLife(row),
    })),
    meta: metaOf({ state: engine.state, startedAt, filters: scope.filters, ranges: [scope.range], choice }),
  };
}

/** A peak so near the end of the data may not be the peak. */
function whyNoHalfLife({ peak_day, half_day, last_day }: DecayRow): HalfLifeReason | null {
  if (peak_day === null || last_day === null) return 'no_views';
  if (half_day !== null) return null;
  const after = daysBetween(peak_day, last_day);
  if (after === 0) return 'peak_on_last_day';
  return after < WINDOW ? 'too_recent' : 'not_reached';
}

function decaySql(scope: AnalysisScope, params: Params, { table }: TableChoice): Sql {
  const { range, filters } = scope;
  const days = activity({
    table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters,
    sums: ['views'],
    period: sql`t.day`,
    conditions: [sql`t.series_key IN (SELECT c.series_key FROM chosen c)`],
  });
  // By day number: engines differ in frames over dates.
  const number = call('daysBetween', dateValue('1970-01-01'), sql`d.period`);
  return withTables(
    [
      ['chosen', chosen(scope, params)],
      ['days', days],
      [
        'lived',
        sql`SELECT d.series_key, d.period AS day, ${as(number, 'number')}, d.views
          FROM days d JOIN series s ON s.series_key = d.series_key
          WHERE d.views IS NOT NULL AND (s.release_day IS NULL OR d.period >= s.release_day)`,
      ],
      [
        'means',
        sql`SELECT l.series_key, l.day, ${call('double', sql`sum(l.views) OVER recent`)} / count(*) OVER recent AS mean
          FROM lived l WINDOW recent AS (PARTITION BY l.series_key ORDER BY l.number
            RANGE BETWEEN ${literal(WINDOW - 1)} PRECEDING AND CURRENT ROW)`,
      ],
      [
        'placed',
        sql`SELECT m.series_key, m.day, m.mean, row_number() OVER (PARTITION BY m.series_key ORDER BY m.mean DESC, m.day) AS place
          FROM means m`,
      ],
      ['ended', sql`SELECT m.series_key, max(m.day) AS day FROM means m GROUP BY m.series_key`],
      ['peak', sql`SELECT p.series_key, p.day, p.mean FROM placed p WHERE p.place = 1 AND p.mean > 0`],
      [
        'half',
        sql`SELECT p.series_key, min(m.day) AS day FROM peak p JOIN means m ON m.series_key = p.series_key
          WHERE m.day > p.day AND m.mean <= p.mean / 2 GROUP BY p.series_key`,
      ],
    ],
    sql`SELECT ${seriesColumns}, p.day AS peak_day, p.mean AS peak_views, h.day AS half_day, e.day AS last_day
      FROM chosen c JOIN series s ON s.series_key = c.series_key
      LEFT JOIN peak p ON p.series_key = c.series_key LEFT JOIN half h ON h.series_key = c.series_key
      LEFT JOIN ended e ON e.series_key = c.series_key
      ORDER BY c.views DESC, s.series_id`,
  );
}

/** A small number of this code, written out: a frame's bound may not be bound. */
const literal = (n: number): Sql => ({ kind: 'sql', parts: [String(n)] });

/** Named series also without rows. */
function chosen({ range, filters, log }: AnalysisScope, { series, top = TOP }: Params): Sql {
  const { table } = tableFor({ filters, column: 'views', ranges: [range] }, log);
  const named = series ? [{ dimension: 'series' as const, op: 'in' as const, values: [...series] }] : [];
  const earned = activity({
    table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters: [...filters, ...named],
    sums: ['views'],
  });
  if (series) {
    const conditions = [among(column('s', 'series_id'), series), ...splitFilters(filters, table).series];
    return sql`SELECT s.series_key, coalesce(e.views, 0) AS views
      FROM series s LEFT JOIN (${earned}) e ON e.series_key = s.series_key WHERE ${and(conditions)}`;
  }
  return sql`SELECT e.series_key, e.views FROM (${earned}) e JOIN series s ON s.series_key = e.series_key
    WHERE e.views > 0 ORDER BY e.views DESC, s.series_id LIMIT ${top}`;
}
