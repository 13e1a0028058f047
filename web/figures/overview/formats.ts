import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { lastCut } from '../../charts/frame.ts';
import { memberHue } from '../../charts/look.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { markOf, periodSpan, within } from '../../filters/marks.ts';
import { grainFor, lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { type TrendWindow, trendWindow } from '../../filters/trend.ts';
import { range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { overviewWords } from './words.ts';

export const formatsParams = z.object({ trend: z.enum(['year', 'range']).catch('year') });
type FormatsScope = FigureScope<z.output<typeof formatsParams>>;

/** The steadiest at the bottom, so that what grows is seen growing. */
const ORDER = ['live_action', 'comic', 'ai', 'other'];

/** The time drawn, and whether it is more than the range. */
export function formatsWindow({ range, since, params }: FormatsScope): { shown: TrendWindow; widened: boolean } {
  const year = trendWindow(range, since);
  const widened = year.range.from !== range.from;
  return { shown: widened && params.trend === 'range' ? { range, grain: grainFor(range) } : year, widened };
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
});

/** Rows of period × format as one part a format over all periods. */
function columnsOf(answer: Answer, scope: FormatsScope): ColumnsData {
  const { range, grain } = formatsWindow(scope).shown;
  const periods = [...new Set(answer.rows.map((row) => String(row.period)))].sort();
  const parts = new Map<string, { name: string; values: (number | null)[]; total: number }>();
  for (const row of answer.rows) {
    const id = String(row.format);
    const part = parts.get(id) ?? { name: String(row.format_label ?? id), values: periods.map(() => null), total: 0 };
    const views = typeof row.views === 'boolean' ? null : toNumber(row.views);
    part.values[periods.indexOf(String(row.period))] = views;
    part.total += views ?? 0;
    parts.set(id, part);
  }
  const place = (id: string) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return {
    periods,
    grain,
    parts: [...parts]
      .sort(([a, one], [b, other]) => place(a) - place(b) || other.total - one.total)
      .map(([id, { name, values }]) => ({
        id,
        name,
        hue: memberHue('format', id, []),
        values,
        mark: markOf('format', id, name),
      })),
    kind: 'count',
    partial: { periods: answer.meta.partial_periods, asOf: lastDrawnDay(scope.asOf, range.to) },
    measure: measureTerm(scope, 'views').label,
  };
}
