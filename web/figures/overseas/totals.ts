import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { lastCut } from '../../charts/frame.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { trendWindow } from '../../filters/trend.ts';
import { compact, during, range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { numberCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { overseasWords } from './words.ts';

/** Views at home and overseas, period by period, with their sum. */
export const overseasTotals = figure({
  id: 'overseas.totals',
  params: z.object({}),
  heads: (scope) => {
    const t = overseasWords.say(scope.language);
    const { range, grain } = trendWindow(scope);
    return {
      title: t('totals_title'),
      subtitle: t('totals_subtitle', {
        grain: t(`grain_${grain}`),
        range: rangeText(range.from, range.to, scope.language),
      }),
      definition: measureTerm(scope, 'views').definition,
    };
  },
  asks: (scope) => {
    const { range, grain } = trendWindow(scope);
    return {
      whole: query(scope, { measures: ['views'], dimensions: ['market'] }),
      course: query(scope, { measures: ['views'], dimensions: ['market'], time: { ...range, grain } }),
    };
  },
  says: ({ whole, course }, scope) => {
    if (course.rows.length === 0) return noRows(scope);
    const { language } = scope;
    const t = overseasWords.say(language);
    const { range, grain } = trendWindow(scope);
    const [overseas, domestic] = [viewsOf(whole, 'overseas'), viewsOf(whole, 'domestic')];
    const data: ColumnsData = {
      ...periodParts(course, { by: 'market', measure: 'views', language }),
      grain,
      kind: 'count',
      partial: { periods: course.meta.partial_periods, asOf: lastDrawnDay(scope.asOf, range.to), adds: true },
      measure: measureTerm(scope, 'views').label,
    };
    return {
      ...(overseas === null || domestic === null
        ? {}
        : {
            title: t('totals_lead', {
              when: during(scope.range.from, scope.range.to, language),
              overseas: compact(overseas, language),
              domestic: compact(domestic, language),
            }),
          }),
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
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

const viewsOf = ({ rows }: Answer, market: string): number | null =>
  numberCell(rows.find((row) => row.market === market)?.views);
