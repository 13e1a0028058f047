import { z } from 'zod';
import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { type Hue, memberHue } from '../../charts/look.ts';
import { type Mark, markOf, periodSpan, within } from '../../filters/marks.ts';
import { addDays } from '../../filters/ranges.ts';
import type { Language } from '../../i18n/i18n.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { analysis, type Call } from '../calls.ts';
import type { FigureScope, FigureTable, Nothing } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { seriesWords } from './words.ts';

/** On the page the id stands in the path. */
export const seriesParams = z.object({ id: z.string().catch('') });
export type SeriesScope = FigureScope<z.output<typeof seriesParams>>;
export type Daily = SeriesAnswer['daily'];

export const seriesCall = (scope: SeriesScope): Call<SeriesAnswer> =>
  analysis(scope, 'series', { id: scope.params.id });

/** The hue of the series' format, which it wears everywhere. */
export function seriesHue({ series }: SeriesAnswer): Hue {
  const own = memberHue('format', series.format ?? '', []);
  return own === 'grey' ? 0 : own;
}

/** The series; also on its own page, where it leads nowhere. */
export const seriesMark = ({ series }: SeriesAnswer): Mark | undefined =>
  markOf('series', series.series, series.series_label);

/** Every day from the first to the last, so that days without data keep their place. */
export function calendarOf(daily: Daily): string[] {
  const [first, last] = [daily[0]?.day, daily.at(-1)?.day];
  if (first === undefined || last === undefined) return [];
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

export function daysText(daily: Daily, language: Language): string {
  const [first, last] = [daily[0]?.day, daily.at(-1)?.day];
  return first === undefined || last === undefined
    ? ''
    : seriesWords.say(language)('curve_subtitle', { range: rangeText(first, last, language) });
}

export function dailyTable(daily: Daily, language: Language): FigureTable {
  const t = seriesWords.say(language);
  return {
    columns: [
      { id: 'day', header: t('day'), kind: 'text' },
      { id: 'views', header: t('daily'), kind: 'count' },
      { id: 'cumulative_views', header: t('total'), kind: 'count' },
    ],
    rows: daily.map(({ day, views, cumulative_views }) => [day, views, cumulative_views]),
    marks: daily.map(({ day }) => within(undefined, periodSpan(day, 'day'))),
  };
}

export const noCurve = (scope: SeriesScope): Nothing => ({
  ...noRows(scope),
  nothing: seriesWords.say(scope.language)('no_curve'),
});
