import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { nativeAreas } from '../../charts/native/columns.ts';
import { type AreasData, stackedAreas } from '../../charts/stackedAreas.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { betweenPeriods, percent } from '../../i18n/numbers.ts';
import { isAsked } from '../asked.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { courseOf, courseTexts, partialOf } from './course.ts';
import { formatsWords } from './words.ts';

/** A share that moved by less is no headline. */
const LEAST_MOVE = 0.01;

export const formatsMix = figure({
  id: 'formats.mix',
  params: z.object({}),
  heads: (scope) => {
    const t = formatsWords.say(scope.language);
    return {
      title: t('mix_title'),
      subtitle: t('mix_subtitle', courseTexts(scope)),
      definition: measureTerm(scope, 'share_of_views').definition,
    };
  },
  asks: (scope) => {
    const { range, grain } = courseOf(scope);
    const time = { ...range, grain };
    return { shares: query(scope, { measures: ['share_of_views', 'views'], dimensions: ['format'], time }) };
  },
  says: ({ shares }, scope) => {
    const t = formatsWords.say(scope.language);
    if (shares.rows.length === 0) return noRows(scope);
    const of = (measure: 'share_of_views' | 'views') =>
      periodParts(shares, { by: 'format', measure, language: scope.language });
    const { periods, parts } = of('share_of_views');
    const views = of('views').parts;
    const [only] = parts;
    if (parts.length === 1) {
      const asked = isAsked(scope, only?.id, 'format');
      const name = scope.language === 'en' ? withinSentence(only?.name ?? '') : only?.name;
      return {
        nothing: t('mix_single'),
        remedy: t(asked ? 'mix_single_text' : 'mix_single_else', { name: name ?? '' }),
      };
    }
    const data: AreasData = {
      periods,
      grain: courseOf(scope).grain,
      parts: parts.map((part) => ({ ...part, amounts: views.find(({ id }) => id === part.id)?.values ?? [] })),
      partial: partialOf(shares, scope),
      measure: t('mix_subtitle', courseTexts(scope)),
    };
    const title = finding(data, scope);
    return {
      ...(title === undefined ? {} : { title }),
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
          ...data.parts.map(({ id, name, mark }) => ({ id, header: name, kind: 'fraction' as const, mark })),
        ],
        rows: data.periods.map((period, at) => [period, ...data.parts.map(({ values }) => values[at] ?? null)]),
        marks: data.periods.map((period) => within(undefined, periodSpan(period, data.grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: stackedAreas,
  native: nativeAreas,
});

/** The known format whose share rose most, or else fell most, between the first and the last whole period. */
function finding({ periods, grain, partial, parts }: AreasData, { language }: FigureScope<object>): string | undefined {
  const whole = periods.flatMap((period, at) => (partial.periods.includes(period) ? [] : [at]));
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const { from: since, to: when } = betweenPeriods(periods[first] ?? '', periods[last] ?? '', grain, language);
  const [most] = parts
    .filter(({ id }) => !id.startsWith('('))
    .map(({ name, values }) => ({ name, from: values[first] ?? 0, to: values[last] ?? 0 }))
    .filter(({ from, to }) => Math.abs(to - from) >= LEAST_MOVE)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  if (most === undefined) return undefined;
  const values = { name: most.name, from: percent(most.from), to: percent(most.to), since, when };
  return formatsWords.say(language)(most.to > most.from ? 'mix_rose' : 'mix_fell', values);
}
