import type { z } from 'zod';
import type { ForecastAnswer, forecastParams, OutlookReason } from '../../../contract/analyses-outlook.ts';
import type { Column, Day } from '../../../contract/query.ts';
import { type Holidays, movingHoliday } from '../../../vocabulary/holidays.ts';
import { backtest } from '../../forecasting/backtest.ts';
import { forecast as forecastDays } from '../../forecasting/forecast.ts';
import { nextMilestone } from '../../forecasting/next-milestone.ts';
import { daysAfter, pointsOf } from '../../forecasting/points.ts';
import { daysBetween, earlier } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { metaOf } from '../../query/meta.ts';
import { sql } from '../../sql/sql.ts';
import { noSuchSeries, type SeriesInfo, seriesColumns, seriesInfo, titleOf } from '../parts/catalogue.ts';
import { plus, toCount, type Whole } from '../parts/counts.ts';
import { requireMeasure, scopeOf } from '../parts/scope.ts';
import { dailyViews, type SeriesDay } from '../parts/series-days.ts';

/** Fewer days with rows give no forecast (docs/analyses/forecast.md). */
export const LEAST_DAYS = 14;
/** A series without rows for so many last days has ended. */
export const ENDED_AFTER = 14;
/** Days after the origin. */
export const MILESTONE_HORIZON = 90;

const METHOD = {
  id: 'decay-weekday-level',
  text: {
    en: 'Decay (power of age times exponential), weekday and holiday effects on log views, fitted to the series with recent days weighing most and drawn towards published figures; lifted to the level of the last days. Intervals from the errors of its own earlier forecasts, widening with the horizon. mean is the centre on the log scale.',
    zh: '对数播放量上的衰减（上线天数的幂乘指数）、星期与节假日效应，近期权重最大，并向行业公开数据收缩；再对齐最近几天的水平。区间取自该剧自身过往预测的误差，随预测天数变宽。mean 为对数尺度的中心。',
  },
};

/**
 * Daily views ahead, the next milestone and a backtest (docs/analyses/forecast.md), from rows up to `to`; `from` never
 * cuts. `reason` says why there are no rows.
 * @throws ProblemError `unknown_member`
 */
export async function forecast(
  engine: Engine,
  params: z.infer<typeof forecastParams>,
  holidays: Holidays,
): Promise<ForecastAnswer> {
  const startedAt = performance.now();
  const { series: id } = params;
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const info = await seriesOf(engine, id);
  const own = {
    ...scope,
    filters: [...scope.filters, { dimension: 'series' as const, op: 'in' as const, values: [id] }],
  };
  const { days: all, choice } = await dailyViews(engine, own);
  const end = earlier(scope.range.to, scope.log.asOf);
  const days = all.filter(({ day }) => day <= end);
  const stated = days.filter((day) => day.stated);
  const cumulative = days.reduce<Whole>((sum, day) => plus(sum, plus(day.views, day.openings)), 0);
  const reason = whyNot(stated, end);
  return {
    columns: COLUMNS,
    ...(reason ? NOTHING : outlookOf(stated, info.releaseDay, { cumulative, horizon: params.horizon, holidays })),
    series: id,
    series_label: titleOf(info, engine.language),
    method: METHOD,
    origin: stated.at(-1)?.day ?? null,
    days_of_data: stated.length,
    cumulative_views: toCount(cumulative),
    next_milestone_horizon: MILESTONE_HORIZON,
    reason,
    meta: metaOf({ state: engine.state, startedAt, filters: scope.filters, choice }),
  };
}

const NOTHING = { rows: [], next_milestone: null, backtest: null };

function outlookOf(
  days: readonly SeriesDay[],
  releaseDay: Day | null,
  asked: { readonly cumulative: Whole; readonly horizon: number; readonly holidays: Holidays },
): Pick<ForecastAnswer, 'rows' | 'next_milestone' | 'backtest'> {
  const numbers = days.map(({ day, views }) => ({ day, views: Number(views) }));
  const series = pointsOf(numbers, releaseDay, (day) => movingHoliday(asked.holidays, day) !== null);
  const last = days.at(-1);
  if (series === null || last === undefined) return NOTHING;
  const { points, origin } = series;
  const looked = Math.max(asked.horizon, MILESTONE_HORIZON);
  const ahead = forecastDays(points, daysAfter(last.day, looked, origin));
  return {
    rows: ahead.slice(0, asked.horizon),
    next_milestone: nextMilestone(Number(asked.cumulative), ahead.slice(0, MILESTONE_HORIZON)),
    backtest: backtest(points),
  };
}

function whyNot(days: readonly SeriesDay[], end: Day): OutlookReason | null {
  const last = days.at(-1);
  if (last === undefined) {
    return { code: 'no_rows', text: { en: 'The series has no views in the data.', zh: '该剧在数据中没有播放量。' } };
  }
  if (daysBetween(last.day, end) >= ENDED_AFTER) {
    return {
      code: 'ended',
      text: {
        en: `The series has no rows since ${last.day}, ${daysBetween(last.day, end)} days before the end of the data: it is taken to have ended.`,
        zh: `该剧自 ${last.day} 之后（距数据末日 ${daysBetween(last.day, end)} 天）没有数据，视为已停播。`,
      },
    };
  }
  if (days.length >= LEAST_DAYS) return null;
  return {
    code: 'not_enough_data',
    text: {
      en: `A forecast needs ${LEAST_DAYS} days with rows; the series has ${days.length}.`,
      zh: `预测需要 ${LEAST_DAYS} 天的数据，该剧只有 ${days.length} 天。`,
    },
  };
}

/** @throws ProblemError `unknown_member` */
export async function seriesOf(engine: Engine, id: string): Promise<SeriesInfo> {
  const [row] = await engine.all(sql`SELECT ${seriesColumns} FROM series s WHERE s.series_id = ${id}`);
  if (row !== undefined) return seriesInfo.parse(row);
  throw noSuchSeries(id);
}

const views = (id: string, en: string, zh: string): Column => ({
  id,
  type: 'number',
  unit: 'views',
  label: { en, zh },
});
const COLUMNS: Column[] = [
  { id: 'day', type: 'date', unit: 'date', label: { en: 'Day', zh: '日期' } },
  views('mean', 'Expected views', '预期播放量'),
  views('low80', '80 % interval, low', '80% 区间下限'),
  views('high80', '80 % interval, high', '80% 区间上限'),
  views('low95', '95 % interval, low', '95% 区间下限'),
  views('high95', '95 % interval, high', '95% 区间上限'),
];
