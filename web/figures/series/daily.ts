import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { addDays } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { toNumber } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import {
  calendarOf,
  type Daily,
  dailyTable,
  daysText,
  noCurve,
  type SeriesScope,
  seriesCall,
  seriesHue,
  seriesMark,
  seriesParams,
} from './series.ts';
import { seriesWords } from './words.ts';

/** More columns than this are thinner than their gaps: weeks instead. */
const MOST_DAYS = 120;

export const seriesDaily = figure({
  id: 'series.daily',
  params: seriesParams,
  heads: (scope) => ({
    title: seriesWords.say(scope.language)('daily'),
    subtitle: '',
    definition: measureTerm(scope, 'views').definition,
    height: LOW_CHART,
  }),
  asks: (scope) => ({ series: seriesCall(scope) }),
  says: ({ series: answer }, scope) => {
    const { daily } = answer;
    const { language } = scope;
    const weekly = calendarOf(daily).length > MOST_DAYS;
    const heading = {
      title: seriesWords.say(language)(weekly ? 'weekly' : 'daily'),
      subtitle: daysText(daily, language),
    };
    if (daily.length === 0) return { ...noCurve(scope), ...heading };
    return { ...heading, data: columnsOf(answer, weekly, scope), table: dailyTable(daily, language) };
  },
  draws: stackedColumns,
});

function columnsOf(answer: SeriesAnswer, weekly: boolean, { language }: SeriesScope): ColumnsData {
  const { daily, series, meta } = answer;
  const views = viewsBy(daily, (day) => (weekly ? mondayOf(day) : day));
  const periods = [...views.keys()];
  const last = periods.at(-1) ?? '';
  const cut = weekly && meta.as_of !== null && addDays(last, 6) > meta.as_of;
  return {
    periods,
    grain: weekly ? 'week' : 'day',
    parts: [
      {
        id: series.series,
        name: series.series_label,
        hue: seriesHue(answer),
        values: [...views.values()],
        mark: seriesMark(answer),
      },
    ],
    kind: 'count',
    partial: { periods: cut ? [last] : [], asOf: meta.as_of, adds: true },
    measure: seriesWords.say(language)('daily'),
  };
}

/** Sums by period; a day that no row is of has none, a period of unknown days alone is unknown. */
function viewsBy(daily: Daily, periodOf: (day: string) => string): Map<string, number | null> {
  const known = new Map(daily.map((row) => [row.day, toNumber(row.views)]));
  const sums = new Map<string, number | null>();
  for (const day of calendarOf(daily)) {
    const period = periodOf(day);
    const views = known.has(day) ? (known.get(day) ?? null) : 0;
    const before = sums.get(period) ?? null;
    sums.set(period, views === null ? before : (before ?? 0) + views);
  }
  return sums;
}

const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
