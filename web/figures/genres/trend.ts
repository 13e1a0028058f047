import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { type FigureScope, figure } from '../figure.ts';
import { baseTexts, indexCall, indexLines, indexWindow, missingNote, periodCell, scaleNamed } from '../indexLines.ts';
import { memberHeader, splitParams } from './split.ts';
import { genresWords } from './words.ts';

const params = z.object({ ...splitParams.shape, base: z.string().catch('') });

const chosenBase = (scope: FigureScope<z.output<typeof params>>): string | undefined =>
  indexWindow(scope).starts.find((start) => start === scope.params.base);

export const genresTrend = figure({
  id: 'genres.trend',
  params,
  heads: ({ language }) => {
    const t = genresWords.say(language);
    return { title: t('trend_title'), subtitle: t('trend_subtitle_no_base'), definition: t('trend_definition') };
  },
  asks: (scope) => ({
    growth: indexCall(scope, {
      by: scope.params.by,
      measure: 'views',
      limit: 7,
      base: chosenBase(scope),
    }),
  }),
  says: ({ growth }, scope) => {
    const { language, params } = scope;
    const t = genresWords.say(language);
    const { trend, grain } = indexWindow(scope);
    const subtitle = t('trend_subtitle', baseTexts(growth, chosenBase(scope), scope));
    const data = indexLines(
      growth,
      {
        by: params.by,
        chosen: scope.owners ?? [...new Set(growth.rows.map((row) => row.member))],
        until: lastDrawnDay(scope.asOf, trend.range.to),
        measure: subtitle,
        grain,
      },
      scope,
    );
    if (data === undefined) return { nothing: t('trend_no_base'), remedy: t('trend_no_base_text') };
    return {
      subtitle: scaleNamed(subtitle, data, scope),
      data,
      ...missingNote(growth, grain, scope),
      table: {
        columns: [
          { id: 'member', header: memberHeader(params.by, language), kind: 'text' },
          { id: 'period', header: t(grain), kind: 'text' },
          { id: 'index', header: t('index'), kind: 'index' },
          { id: 'views', header: t('views'), kind: 'count' },
        ],
        rows: growth.rows.map((row) => [row.member_label, periodCell(row.period, grain), row.index, row.value]),
        marks: growth.rows.map((row) => markOf(params.by, row.member, row.member_label)),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});
