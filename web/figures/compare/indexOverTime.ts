import { z } from 'zod';
import type { GrowthAnswer } from '../../../server/contract/analyses.ts';
import { lastCut } from '../../charts/frame.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { type FigureScope, figure } from '../figure.ts';
import { genresWords } from '../genres/words.ts';
import { baseTexts, indexCall, indexLines, indexWindow, missingNote, periodCell, scaleNamed } from '../indexLines.ts';
import { within } from '../member/member.ts';
import { compareParams, comparing, memberNamed } from './compared.ts';
import { compareWords } from './words.ts';

type Index = { growth: GrowthAnswer };
const indexParams = z.object({ ...compareParams.shape, base: z.string().catch('') });

const chosenBase = (scope: FigureScope<z.output<typeof indexParams>>): string | undefined =>
  indexWindow(scope).starts.find((start) => start === scope.params.base);

export const compareIndex = figure({
  id: 'compare.index',
  params: indexParams,
  heads: ({ language }) => ({
    title: compareWords.say(language)('index_title'),
    subtitle: genresWords.say(language)('trend_subtitle_no_base'),
    definition: genresWords.say(language)('trend_definition'),
  }),
  asks: (scope) => {
    const { by, ids } = comparing(scope);
    // Without a base the server takes the first period in which all of them have enough views.
    const base = chosenBase(scope);
    return {
      growth: indexCall(within(scope, by, ids), {
        by,
        measure: 'views',
        limit: Math.max(1, ids.length),
        ...(base === undefined ? {} : { base }),
      }),
    };
  },
  says: ({ growth }: Index, scope) => {
    const { language } = scope;
    const { by, ids } = comparing(scope);
    const t = genresWords.say(language);
    const { trend, grain } = indexWindow(scope);
    const subtitle = t('trend_subtitle', baseTexts(growth, chosenBase(scope), scope));
    const until = lastDrawnDay(scope.asOf, trend.range.to);
    const data = indexLines(growth, { by, chosen: ids, until, measure: subtitle, grain }, scope);
    if (data === undefined) return { nothing: t('trend_no_base'), remedy: t('trend_no_base_text'), subtitle };
    const drawn = data.lines.filter(({ values }) => values.some((value) => value !== null));
    const missing = ids.filter((id) => !drawn.some((line) => line.id === id));
    const names = missing.map((id) => memberNamed(scope, by, id)).join(language === 'zh' ? '、' : ', ');
    const { mend } = missingNote(growth, grain, scope);
    return {
      subtitle: scaleNamed(subtitle, data, scope),
      data,
      ...(mend === undefined ? {} : { mend }),
      table: {
        columns: [
          { id: 'member', header: compareWords.say(language)('member'), kind: 'text' },
          { id: 'period', header: t(grain), kind: 'text' },
          { id: 'index', header: t('index'), kind: 'index' },
          { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
        ],
        rows: growth.rows.map((row) => [row.member_label, periodCell(row.period, grain), row.index, row.value]),
        marks: growth.rows.map((row) => markOf(by, row.member, row.member_label)),
      },
      notes: missing.length === 0 ? [] : [compareWords.say(language)('index_missing', { names })],
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});
