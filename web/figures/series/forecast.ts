import type { ForecastAnswer } from '../../../server/contract/analyses-outlook.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type Fan, type FanData, forecastFan } from '../../charts/forecastFan.ts';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { type Hue, memberHue } from '../../charts/look.ts';
import { nativeForecast } from '../../charts/native/lines.ts';
import { addDays, daysIn } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { compact, day, percent, range as rangeText, ratio } from '../../i18n/numbers.ts';
import { analysis, query } from '../calls.ts';
import { type FigureTable, figure } from '../figure.ts';
import { numberCell, textCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import { type SeriesScope, seriesParams } from './series.ts';
import { seriesWords } from './words.ts';

/** Days ahead; days of the earlier forecast that came since; days shown before the end. */
const AHEAD = 28;
const BACK = 14;
const SHOWN = 42;
/** A launch that ran at more times the level of what is foreseen would press the forecast flat. */
const TALLEST = 3;
/** The least days with rows that a forecast is made from (docs/analyses/forecast.md). */
const LEAST_DAYS = 14;
/** Intervals that held fewer of the days than this were too narrow. */
const NARROW_80 = 0.6;
const NARROW_95 = 0.8;
/** Fewer days that came since say little. */
const LEAST_BACK = 3;

interface ForecastAnswers {
  readonly [name: string]: ForecastAnswer | Answer | undefined;
  forecast: ForecastAnswer;
  daily: Answer;
  earlier?: ForecastAnswer;
}

/** What lies ahead begins where the data end, whatever the page's range. */
const ahead = (scope: SeriesScope, horizon: number, to: string) =>
  analysis(scope, 'forecast', { series: scope.params.id, horizon, from: scope.since, to });

/** How far back an earlier forecast can be made and held against what came; 0 if not at all. */
function daysBack({ days_of_data, rows }: ForecastAnswer): number {
  const back = Math.min(BACK, days_of_data - LEAST_DAYS);
  return rows.length === 0 || back < LEAST_BACK ? 0 : back;
}

export const seriesForecast = figure<typeof seriesParams, ForecastAnswers, FanData>({
  id: 'series.forecast',
  params: seriesParams,
  heads: (scope) => {
    const t = seriesWords.say(scope.language);
    return {
      title: t('forecast'),
      subtitle: t('forecast_subtitle', { date: day(scope.asOf, scope.language) }),
      definition: t('forecast_definition'),
      height: CHART_HEIGHT,
    };
  },
  asks: (scope, { forecast }) => {
    const daily = query(scope, {
      measures: ['views'],
      time: { from: addDays(scope.asOf, 1 - SHOWN), to: scope.asOf, grain: 'day' },
      filters: [{ dimension: 'series', op: 'in', values: [scope.params.id] }],
    });
    const first = { forecast: ahead(scope, AHEAD, scope.asOf), daily };
    const back = forecast === undefined ? 0 : daysBack(forecast);
    if (forecast?.origin == null || back === 0) return first;
    return { ...first, earlier: ahead(scope, back, addDays(forecast.origin, -back)) };
  },
  says: ({ forecast, daily, earlier }, scope) => {
    const { language } = scope;
    const t = seriesWords.say(language);
    const { reason, rows, origin } = forecast;
    if (reason !== null || origin === null || rows.length === 0) {
      // The filters, not its age, leave it without a day.
      if (forecast.days_of_data === 0 && scope.filters.length > 0) return noRows(scope);
      const young = reason?.code === 'not_enough_data';
      return { nothing: reason?.text[language] ?? t('no_curve'), remedy: young ? t('forecast_young') : '' };
    }
    const came = new Map(daily.rows.map((row) => [textCell(row.period).slice(0, 10), numberCell(row.views)]));
    const foresaw = earlier !== undefined && earlier.rows.length > 0 ? earlier : null;
    const first = firstShown(came, forecast, foresaw?.origin ?? origin);
    const last = rows.at(-1)?.day ?? origin;
    const periods = Array.from({ length: daysIn({ from: first, to: last }) }, (_, at) => addDays(first, at));
    const hue = memberHue('series', forecast.series, [forecast.series]);
    const fans = [
      ...(foresaw?.origin == null
        ? []
        : [fanOf('earlier', foresaw, 'grey' as const, periods, came.get(foresaw.origin) ?? null, scope)]),
      fanOf('ahead', forecast, hue, periods, came.get(origin) ?? null, scope),
    ];
    const date = (at: string): string => day(at, language, true);
    return {
      title: titleOf(forecast, scope),
      data: {
        periods,
        grain: 'day' as const,
        actual: {
          id: 'actual',
          name: measureTerm(scope, 'views').label,
          hue,
          values: periods.map((one) => (one > origin ? null : (came.get(one) ?? null))),
        },
        fans,
        origins: [
          ...(foresaw?.origin == null
            ? []
            : [{ period: foresaw.origin, note: t('forecast_earlier', { date: date(foresaw.origin) }) }]),
          { period: origin, note: t('forecast_now', { date: date(origin) }) },
        ],
        kind: 'count' as const,
        measure: t('forecast'),
      },
      table: tableOf(periods, came, forecast, foresaw, scope),
      notes: [...heldAgainst(foresaw, came, scope), ...backtestText(forecast, scope)],
    };
  },
  draws: forecastFan,
  native: nativeForecast,
});

/** @param until the day that is shown whatever came before it */
function firstShown(came: ReadonlyMap<string, number | null>, { rows }: ForecastAnswer, until: string): string {
  const most = TALLEST * Math.max(...rows.map(({ high95 }) => high95));
  const before = [...came.keys()].filter((one) => one < until).sort();
  const tall = before.findLastIndex((one) => (came.get(one) ?? 0) > most);
  return before[tall + 1] ?? until;
}

function titleOf(
  { next_milestone: next, next_milestone_horizon: horizon }: ForecastAnswer,
  scope: SeriesScope,
): string {
  const { language } = scope;
  const t = seriesWords.say(language);
  if (next === null) return t('forecast');
  const threshold = compact(next.threshold, language);
  const { date, date_low: low, date_high: high } = next;
  if (date === null) {
    return low === null
      ? t('forecast_beyond', { threshold, days: horizon })
      : t('forecast_perhaps', { threshold, days: horizon, date: day(low, language) });
  }
  const values = { threshold, date: day(date, language) };
  if (low === null || low === high) return t('forecast_next', values);
  return high === null
    ? t('forecast_next_open', { ...values, low: day(low, language) })
    : t('forecast_next_span', { ...values, span: rangeText(low, high, language) });
}

function fanOf(
  id: string,
  { rows }: ForecastAnswer,
  hue: Hue,
  periods: readonly string[],
  start: number | null,
  { language }: SeriesScope,
): Fan {
  const t = seriesWords.say(language);
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const first = rows[0]?.day;
  const of = (pick: (row: ForecastAnswer['rows'][number]) => number) =>
    periods.map((period) => {
      const row = byDay.get(period);
      if (row !== undefined) return pick(row);
      // What is foreseen goes on from what came.
      return first !== undefined && period === addDays(first, -1) ? start : null;
    });
  return {
    id,
    name: id === 'ahead' ? t('forecast_ahead') : t('forecast_before'),
    hue,
    middle: of((row) => row.mean),
    intervals: [
      {
        name: t('interval', { percent: percent(0.95, 0) }),
        low: of((row) => row.low95),
        high: of((row) => row.high95),
      },
      { name: t('interval', { percent: percent(0.8, 0) }), low: of((row) => row.low80), high: of((row) => row.high80) },
    ],
  };
}

/** How many of the days since fell where the earlier forecast had said. */
function heldAgainst(
  earlier: ForecastAnswer | null,
  came: ReadonlyMap<string, number | null>,
  { language }: SeriesScope,
): string[] {
  const t = seriesWords.say(language);
  if (earlier?.origin == null) return [t('forecast_no_earlier')];
  const known = earlier.rows.flatMap((row) => {
    const views = came.get(row.day) ?? null;
    return views === null ? [] : [views >= row.low80 && views <= row.high80];
  });
  const inside = known.filter(Boolean).length;
  return [t('forecast_held', { date: day(earlier.origin, language), inside, count: known.length })];
}

function backtestText({ backtest }: ForecastAnswer, { language }: SeriesScope): string[] {
  if (backtest === null) return [];
  const t = seriesWords.say(language);
  const { mase, coverage80, coverage95, folds, held_out_days, beats_naive } = backtest;
  const values = { folds, count: held_out_days, in80: percent(coverage80, 0), in95: percent(coverage95, 0) };
  return [
    t('backtest', values),
    ...(coverage80 < NARROW_80 || coverage95 < NARROW_95 ? [t('backtest_narrow')] : []),
    ...(mase === null ? [] : [t(beats_naive ? 'backtest_better' : 'backtest_worse', { mase: ratio(mase) })]),
  ];
}

function tableOf(
  periods: readonly string[],
  came: ReadonlyMap<string, number | null>,
  forecast: ForecastAnswer,
  earlier: ForecastAnswer | null,
  scope: SeriesScope,
): FigureTable {
  const t = seriesWords.say(scope.language);
  const rows = new Map([...(earlier?.rows ?? []), ...forecast.rows].map((row) => [row.day, row]));
  const ends = (['low80', 'high80', 'low95', 'high95'] as const).map((id) => ({
    id,
    header: t(id),
    kind: 'count' as const,
  }));
  return {
    columns: [
      { id: 'day', header: t('day'), kind: 'text' },
      { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
      { id: 'mean', header: t('forecast_ahead'), kind: 'count' },
      ...ends,
    ],
    rows: periods.map((period) => {
      const row = rows.get(period);
      const whole = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value));
      return [period, came.get(period) ?? null, whole(row?.mean), ...ends.map(({ id }) => whole(row?.[id]))];
    }),
  };
}
