import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import type { AnomaliesAnswer } from '../../../server/contract/analyses-outlook.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { addDays } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { day as dayText, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { anomalyKind, anomalyReasons } from './anomalies.ts';
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
  asks: (scope) => ({
    series: seriesCall(scope),
    anomalies: analysis(scope, 'anomalies', { series: scope.params.id }),
  }),
  says: ({ series: answer, anomalies }, scope) => {
    const { daily } = answer;
    const { language } = scope;
    const weekly = calendarOf(daily).length > MOST_DAYS;
    const heading = {
      title: seriesWords.say(language)(weekly ? 'weekly' : 'daily'),
      subtitle: daysText(daily, language),
    };
    if (daily.length === 0) return { ...noCurve(scope), ...heading };
    return {
      ...heading,
      data: columnsOf(answer, marksOf(anomalies, weekly, scope), weekly, scope),
      table: dailyTable(daily, language),
      notes: judged(anomalies, scope),
    };
  },
  draws: stackedColumns,
  native: nativeColumns,
});

function columnsOf(
  answer: SeriesAnswer,
  marks: ColumnsData['marks'],
  weekly: boolean,
  { language }: SeriesScope,
): ColumnsData {
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
    marks,
    measure: seriesWords.say(language)('daily'),
  };
}

function marksOf({ rows }: AnomaliesAnswer, weekly: boolean, { language }: SeriesScope): ColumnsData['marks'] {
  const way = { spike: 'up', drop: 'down', gap: 'gap' } as const;
  return rows.map((row) => ({
    period: weekly ? mondayOf(row.day) : row.day,
    way: way[row.kind],
    notes: [`${anomalyKind(row, language)} · ${dayText(row.day, language)}`, ...anomalyReasons(row, language)],
  }));
}

/** Whether there was anything to judge, where no day is marked. */
function judged({ rows, not_judged }: AnomaliesAnswer, { language }: SeriesScope): string[] {
  const t = seriesWords.say(language);
  const [doubt] = not_judged;
  if (doubt !== undefined) return [t(`unjudged_${doubt.reason}`)];
  return [rows.length === 0 ? t('no_anomalies') : t('anomaly_marks')];
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
