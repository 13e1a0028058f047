import type { z } from 'zod';
import type { ClubNextAnswer, clubNextParams } from '../../contract/analyses-outlook.ts';
import { mapInTurns } from '../../loop-turns.ts';
import { type Holidays, movingHoliday } from '../../vocabulary/holidays.ts';
import { crossingAhead, probabilityOf } from '../forecasting/crossing.ts';
import { forecast as forecastDays } from '../forecasting/forecast.ts';
import { daysAfter, pointsOf } from '../forecasting/points.ts';
import { addDays, earlier } from '../language/calendar.ts';
import type { TableName } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { dayOf } from '../query/log-rows.ts';
import { metaOf } from '../query/meta.ts';
import { parseRows } from '../sql/parse-rows.ts';
import { and, call, dateValue, type Sql, sql, withTables } from '../sql/sql.ts';
import { type SeriesInfo, seriesColumns, seriesInfo, seriesShape } from './parts/catalogue.ts';
import { columnsOf } from './parts/columns.ts';
import { toCount, type Whole, wholeOrZero } from './parts/counts.ts';
import { openingSum } from './parts/crossings.ts';
import { factsOf, tableFor } from './parts/facts.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from './parts/scope.ts';
import { dailyViewsBySeries, type SeriesDay } from './parts/series-days.ts';
import { TOLD_COLUMNS, toldBy } from './parts/told.ts';
import { ENDED_AFTER, LEAST_DAYS, MILESTONE_HORIZON } from './series/forecast.ts';

type Params = z.infer<typeof clubNextParams>;
type Row = ClubNextAnswer['rows'][number];

/** Series that are forecast: those that need least time at the pace of their last days. */
const EXAMINED = 60;
/** Days with rows that a pace is the mean of. */
const PACE_DAYS = 7;
/** Nothing that falls grows to more times the pace of its last days. */
const FASTEST_TURN = 3;

const COLUMNS = columnsOf([
  ...TOLD_COLUMNS,
  'cumulative_views',
  'needed',
  'days_at_pace',
  'date',
  'date_low',
  'date_high',
  'probability',
  'no_forecast',
]);

/**
 * Series below a threshold that may cross it within 90 days (docs/analyses/club-next.md), from rows up to `to`; `from`
 * never cuts. The earliest first; at the end those too young for a forecast.
 */
export async function clubNext(engine: Engine, params: Params, holidays: Holidays): Promise<ClubNextAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const end = earlier(scope.range.to, scope.log.asOf);
  const near = await nearTo(engine, scope, params.threshold, end);
  const ids = near.map(({ series }) => series.id);
  const days =
    ids.length === 0
      ? new Map<string, SeriesDay[]>()
      : await dailyViewsBySeries(engine, {
          ...scope,
          filters: [...scope.filters, { dimension: 'series', op: 'in', values: ids }],
        });
  const foreseen = await mapInTurns(near, (one) => {
    const own = (days.get(one.series.id) ?? []).filter(({ day, stated }) => stated && day <= end);
    return { ...one, ...outlookOf(own, one, params, holidays), days_at_pace: daysAtPace(own, neededOf(one, params)) };
  });
  const likely = foreseen
    .filter((one) => (one.no_forecast === null ? one.date_low !== null : neededOf(one, params) <= Number(one.recent)))
    .toSorted(soonest);
  const shown = likely.slice(0, params.limit);
  const told = await toldBy(
    engine,
    shown.map(({ series }) => series),
  );
  return {
    columns: COLUMNS,
    rows: shown.map(
      (one): Row => ({
        ...told(one.series),
        cumulative_views: toCount(one.cumulative),
        needed: neededOf(one, params),
        days_at_pace: one.days_at_pace,
        date: one.date,
        date_low: one.date_low,
        date_high: one.date_high,
        probability: one.probability,
        no_forecast: one.no_forecast,
      }),
    ),
    threshold: params.threshold,
    days: params.days,
    horizon: MILESTONE_HORIZON,
    meta: metaOf({ state: engine.state, startedAt, filters: scope.filters, truncated: likely.length > params.limit }),
  };
}

const neededOf = ({ cumulative }: Near, { threshold }: Params): number => Math.ceil(threshold - Number(cumulative));

/** Days at the mean of its last days with rows; null if they brought nothing. */
function daysAtPace(days: readonly SeriesDay[], needed: number): number | null {
  const last = days.slice(-PACE_DAYS);
  const views = last.reduce((sum, day) => sum + Number(day.views), 0);
  return views > 0 ? Math.ceil((needed * last.length) / views) : null;
}

type Ahead = Pick<Row, 'date' | 'date_low' | 'date_high' | 'probability' | 'no_forecast'>;

const TOO_YOUNG: Ahead = {
  date: null,
  date_low: null,
  date_high: null,
  probability: null,
  no_forecast: 'not_enough_data',
};

function outlookOf(days: readonly SeriesDay[], near: Near, params: Params, holidays: Holidays): Ahead {
  const last = days.at(-1);
  const numbers = days.map(({ day, views }) => ({ day, views: Number(views) }));
  const made = pointsOf(numbers, near.series.releaseDay, (day) => movingHoliday(holidays, day) !== null);
  if (made === null || last === undefined || days.length < LEAST_DAYS) return TOO_YOUNG;
  const ahead = forecastDays(made.points, daysAfter(last.day, MILESTONE_HORIZON, made.origin));
  return {
    ...crossingAhead(Number(near.cumulative), params.threshold, ahead),
    probability: probabilityOf(neededOf(near, params), ahead.slice(0, params.days)),
    no_forecast: null,
  };
}

/** By the day, then by the earliest day, then by what is needed; those without a forecast last. */
function soonest(a: Ahead & Near, b: Ahead & Near): number {
  const late = '9999-12-31';
  const key = (one: Ahead) => `${one.date ?? late} ${one.date_low ?? late}`;
  if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  return Number(b.cumulative) - Number(a.cumulative) || (a.series.id < b.series.id ? -1 : 1);
}

const nearRow = seriesShape.extend({ cumulative: wholeOrZero, recent: wholeOrZero });

interface Near {
  readonly series: SeriesInfo;
  readonly cumulative: Whole;
  /** Of the last 14 days. */
  readonly recent: Whole;
}

/** Below the threshold and still running, the nearest in time first. */
async function nearTo(
  engine: Engine,
  { filters, log }: AnalysisScope,
  threshold: number,
  end: string,
): Promise<Near[]> {
  const increments = (table: TableName, condition: Sql) => {
    const own = table === 'view_log' ? sql`t.kind = 'increment' AND ${condition}` : condition;
    return call('integer', sql`coalesce(sum(t.views) FILTER (WHERE ${own}), 0)`);
  };
  // The last days need days; for the sum a coarser table may do.
  const daily = tableFor({ filters, column: 'views', grain: 'day' }, log).table;
  const total = tableFor({ filters, column: 'views', ranges: [{ from: log.from, to: end }] }, log).table;
  const lately = and([
    sql`${dayOf(daily)} <= ${dateValue(end)}`,
    sql`${dayOf(daily)} > ${dateValue(addDays(end, -ENDED_AFTER))}`,
  ]);
  const recent = sql`SELECT t.series_key, ${increments(daily, lately)} AS recent
    ${factsOf({ table: daily, filters, conditions: [lately] })} GROUP BY t.series_key`;
  const until = sql`${dayOf(total)} <= ${dateValue(end)}`;
  const running = sql`SELECT t.series_key,
      ${increments(total, until)} + coalesce(${openingSum('views', total)}, 0) AS cumulative
    ${factsOf({ table: total, filters, conditions: [sql`t.series_key IN (SELECT series_key FROM recent)`] })}
    GROUP BY t.series_key`;
  const most = (FASTEST_TURN * MILESTONE_HORIZON) / ENDED_AFTER;
  const rows = await engine.all(
    withTables(
      [
        ['recent', recent],
        ['running', running],
      ],
      sql`SELECT ${seriesColumns}, r.cumulative, l.recent
        FROM running r JOIN recent l ON l.series_key = r.series_key JOIN series s ON s.series_key = r.series_key
        WHERE l.recent > 0 AND r.cumulative < ${threshold} AND ${threshold} - r.cumulative <= l.recent * ${most}
        ORDER BY (${threshold} - r.cumulative) / l.recent, s.series_id LIMIT ${EXAMINED}`,
    ),
  );
  const parsed = await parseRows(nearRow, rows);
  return parsed.map((row) => ({ series: seriesInfo.parse(row), cumulative: row.cumulative, recent: row.recent }));
}
