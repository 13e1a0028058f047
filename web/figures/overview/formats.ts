import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { lastCut } from '../../charts/frame.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { grainFor, lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { type TrendWindow, trendWindow } from '../../filters/trend.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { overviewWords } from './words.ts';

export const formatsParams = z.object({ trend: z.enum(['year', 'range']).catch('year') });
type FormatsScope = FigureScope<z.output<typeof formatsParams>>;

/** The time drawn, and whether it is more than the range. */
export function formatsWindow(scope: FormatsScope): { shown: TrendWindow; widened: boolean } {
  const { range, params, grain } = scope;
  const year = trendWindow(scope);
  const widened = year.range.from !== range.from;
  return { shown: widened && params.trend === 'range' ? { range, grain: grain ?? grainFor(range) } : year, widened };
}

export const overviewFormats = figure({
  id: 'overview.formats',
  params: formatsParams,
  heads: (scope) => {
    const t = overviewWords.say(scope.language);
    const { range, grain } = formatsWindow(scope).shown;
    return {
      title: t('formats'),
      subtitle: t('formats_subtitle', {
        grain: t(`grain_${grain}`),
        range: rangeText(range.from, range.to, scope.language),
      }),
      definition: measureTerm(scope, 'views').definition,
    };
  },
  asks: (scope) => {
    const { range, grain } = formatsWindow(scope).shown;
    return { views: query(scope, { measures: ['views'], dimensions: ['format'], time: { ...range, grain } }) };
  },
  says: ({ views }, scope) => {
    if (views.rows.length === 0) return noRows(scope);
    const data = columnsOf(views, scope);
    const { grain } = formatsWindow(scope).shown;
    return {
      data,
      table: {
        columns: [
          { id: 'period', header: overviewWords.say(scope.language)(`grain_${grain}`), kind: 'text' },
          ...data.parts.map(({ id, name, mark }) => ({ id, header: name, kind: 'count' as const, mark })),
        ],
        rows: data.periods.map((period, at) => [period, ...data.parts.map(({ values }) => values[at] ?? null)]),
        marks: data.periods.map((period) => within(undefined, periodSpan(period, grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: stackedColumns,
  native: nativeColumns,
});

function columnsOf(answer: Answer, scope: FormatsScope): ColumnsData {
  const { range, grain } = formatsWindow(scope).shown;
  return {
    ...periodParts(answer, { by: 'format', measure: 'views', language: scope.language }),
    grain,
    kind: 'count',
    partial: { periods: answer.meta.partial_periods, asOf: lastDrawnDay(scope.asOf, range.to), adds: true },
    measure: measureTerm(scope, 'views').label,
  };
}
