import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { measureTerm } from '../../filters/scope.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, toNumber } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import {
  calendarOf,
  dailyTable,
  daysText,
  noCurve,
  seriesCall,
  seriesHue,
  seriesMark,
  seriesParams,
} from './series.ts';
import { seriesWords } from './words.ts';

export const seriesCumulative = figure({
  id: 'series.cumulative',
  params: seriesParams,
  heads: (scope) => ({
    title: seriesWords.say(scope.language)('cumulative'),
    subtitle: '',
    definition: measureTerm(scope, 'cumulative_views').definition,
    height: LOW_CHART,
  }),
  asks: (scope) => ({ series: seriesCall(scope) }),
  says: ({ series: answer }, scope) => {
    const { daily, series, milestones, meta } = answer;
    const { language } = scope;
    const periods = calendarOf(daily);
    const subtitle = daysText(daily, language);
    const oneDay = { nothing: seriesWords.say(language)('one_day') };
    if (periods.length < 2) return { ...noCurve(scope), ...(periods.length === 1 ? oneDay : {}), subtitle };
    const known = new Map(daily.map((row) => [row.day, toNumber(row.cumulative_views)]));
    let before: number | null = null;
    const values = periods.map((day) => {
      before = known.get(day) ?? before;
      return before;
    });
    return {
      subtitle,
      data: {
        periods,
        grain: 'day' as const,
        lines: [
          { id: series.series, name: series.series_label, hue: seriesHue(answer), values, mark: seriesMark(answer) },
        ],
        kind: 'count' as const,
        partial: { periods: [], asOf: meta.as_of },
        breaks: crossings(milestones, language),
        measure: seriesWords.say(language)('cumulative'),
      },
      table: dailyTable(daily, language),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

/** The days on which milestones were reached, the greatest first. */
const crossings = (milestones: SeriesAnswer['milestones'], language: Language): { period: string; note: string }[] =>
  milestones
    .toSorted((a, b) => b.threshold - a.threshold)
    .flatMap(({ reached, crossed_at, threshold }) =>
      reached && crossed_at !== null ? [{ period: crossed_at.slice(0, 10), note: compact(threshold, language) }] : [],
    );
