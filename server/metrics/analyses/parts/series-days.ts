import { z } from 'zod';
import type { SeriesAnswer } from '../../../contract/analyses.ts';
import type { Day } from '../../../contract/query.ts';
import { addDays, type LogSpan, type Range } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import type { SumId } from '../../language/sums.ts';
import { sumExpression } from '../../query/log-rows.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, join, sql } from '../../sql/sql.ts';
import { plus, toCount, type Whole } from './counts.ts';
import { factsOf, tableFor } from './facts.ts';
import { ratioOf } from './ratios.ts';
import type { AnalysisScope } from './scope.ts';

const SUMS = [
  'views',
  'opening_views',
  'completions',
  'likes',
  'comments',
  'shares',
  'favourites',
] as const satisfies readonly SumId[];

const known = z.union([z.number(), z.bigint()]).nullable();
const sumsShape = z.object({
  day: z.string(),
  views: known,
  opening_views: known,
  completions: known,
  likes: known,
  comments: known,
  shares: known,
  favourites: known,
});
const dayRow = sumsShape.transform(({ opening_views: openings, ...row }) => ({
  ...row,
  views: row.views ?? 0,
  openings: openings ?? 0,
  /** Blank views are unknown, not 0. */
  blank: row.views === null && openings === null,
  /** False if all is blank, or an opening alone, which is of the time before. */
  stated: Object.values(row).filter((value) => value !== null).length > 1,
}));
const namedRow = sumsShape.extend({ series: z.string() });

export type SeriesDay = z.infer<typeof dayRow>;

/** In order; `scope.filters` choose the series. */
export async function dailyViews(
  engine: Engine,
  { filters, log }: AnalysisScope,
): Promise<{ days: SeriesDay[]; choice: TableChoice }> {
  const choice = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const sums = SUMS.map((id) => as(sumExpression(id, choice.table), id));
  const rows = await engine.all(sql`SELECT t.day, ${join(sums, ', ')}
    ${factsOf({ table: choice.table, filters })} GROUP BY t.day ORDER BY t.day`);
  return { days: await parseRows(dayRow, rows), choice };
}

/** The same of each of several series, by id. */
export async function dailyViewsBySeries(
  engine: Engine,
  { filters, log }: AnalysisScope,
): Promise<Map<string, SeriesDay[]>> {
  const { table } = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const sums = SUMS.map((id) => as(sumExpression(id, table), id));
  const rows = await engine.all(sql`SELECT s.series_id AS series, d.* FROM (
      SELECT t.series_key, t.day, ${join(sums, ', ')} ${factsOf({ table, filters })} GROUP BY t.series_key, t.day
    ) d JOIN series s ON s.series_key = d.series_key ORDER BY s.series_id, d.day`);
  const found = new Map<string, SeriesDay[]>();
  for (const { series, ...row } of await parseRows(namedRow, rows)) {
    const own = found.get(series) ?? [];
    own.push(dayRow.parse(row));
    found.set(series, own);
  }
  return found;
}

export const views = (days: readonly SeriesDay[]): Whole => days.reduce<Whole>((sum, day) => plus(sum, day.views), 0);

/** Not days of an opening alone (docs/definitions.md#views_d1-views_d7-views_d30). */
export function totalsOf(
  days: readonly SeriesDay[],
  context: { readonly log: LogSpan; readonly range: Range; readonly releaseDay: Day | null },
): SeriesAnswer['totals'] {
  const { log, range, releaseDay } = context;
  const between = (from: Day, to: Day) => days.filter(({ day }) => day >= from && day <= to);
  const first = (n: number) => {
    if (releaseDay === null || releaseDay < log.from || addDays(releaseDay, n - 1) > log.asOf) return null;
    return toCount(views(between(releaseDay, addDays(releaseDay, n - 1))));
  };
  const all = views(days);
  const sum = (pick: (day: SeriesDay) => Whole | null) => {
    const stated = days.map(pick).filter((value) => value !== null);
    return stated.length === 0 ? null : stated.reduce<Whole>(plus, 0);
  };
  const reactions = [
    sum((day) => day.likes),
    sum((day) => day.comments),
    sum((day) => day.shares),
    sum((day) => day.favourites),
  ].filter((value) => value !== null);
  const openings = days.reduce<Whole>((total, day) => plus(total, day.openings), 0);
  const lived = days.filter(({ stated }) => stated);
  return {
    views: toCount(all),
    views_in_window: toCount(views(between(range.from, range.to))),
    cumulative_views: toCount(plus(all, openings)),
    views_d1: first(1),
    views_d7: first(7),
    views_d30: first(30),
    completion_rate: ratioOf(
      sum((day) => day.completions),
      all,
    ),
    engagement_rate: ratioOf(reactions.length === 0 ? null : reactions.reduce<Whole>(plus, 0), all),
    first_day: lived[0]?.day ?? null,
    last_day: lived.at(-1)?.day ?? null,
    days: lived.length,
  };
}
