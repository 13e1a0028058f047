import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { measureTerm, membersIn } from '../../filters/scope.ts';
import { exact } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName, numberCell, textCell, withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { chosenRange, chosenTime, courseOf, courseTexts, partialOf } from './course.ts';
import { formatsWords } from './words.ts';

type OngoingScope = FigureScope<object>;

interface Whole {
  id: string;
  name: string;
  count: number;
}

export const formatsOngoing = figure({
  id: 'formats.ongoing',
  params: z.object({}),
  heads: (scope) => {
    const t = formatsWords.say(scope.language);
    return {
      title: t('ongoing_title'),
      subtitle: t('ongoing_subtitle', courseTexts(scope)),
      definition: measureTerm(scope, 'active_series').definition,
    };
  },
  // Distinct series of a range are not the sum of its months, so both are asked.
  asks: (scope) => {
    const { range, grain } = courseOf(scope);
    const by = { measures: ['active_series' as const], dimensions: ['format' as const] };
    return { course: query(scope, { ...by, time: { ...range, grain } }), whole: query(scope, by) };
  },
  says: ({ course, whole }, scope) => {
    const t = formatsWords.say(scope.language);
    const { periods, parts } = periodParts(course, {
      by: 'format',
      measure: 'active_series',
      language: scope.language,
    });
    const formats: Whole[] = whole.rows
      .map((row) => ({
        id: textCell(row.format),
        name: memberName(textCell(row.format), textCell(row.format_label), scope.language),
        count: numberCell(row.active_series) ?? 0,
      }))
      .sort((a, b) => b.count - a.count);
    const [first] = formats.filter(({ id }) => !id.startsWith('('));
    if (parts.length === 0 || first === undefined) return noRows(scope);
    const data: LinesData = {
      periods,
      grain: courseOf(scope).grain,
      lines: parts,
      kind: 'count',
      partial: partialOf(course, scope),
      measure: t('ongoing_subtitle', courseTexts(scope)),
    };
    const list = formats.map(({ name, count }) => t('ongoing_part', { name, count: exact(count) }));
    const words = {
      range: chosenRange(scope),
      grain: courseTexts(scope).grain,
      list: list.join(scope.language === 'zh' ? '、' : ', '),
    };
    return {
      title: t('ongoing_lead', {
        what: whatOf(first.name, scope),
        count: first.count,
        shown: exact(first.count),
        when: chosenTime(scope),
      }),
      // Of one period, it is what the chart shows.
      notes: periods.filter((period) => period > scope.range.from).length === 0 ? [] : [t('ongoing_whole', words)],
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
          ...parts.map(({ id, name, mark }) => ({ id, header: name, kind: 'count' as const, mark })),
        ],
        rows: [
          ...periods.map((period, at) => [period, ...parts.map(({ values }) => values[at] ?? null)]),
          [t('distinct'), ...parts.map(({ id }) => formats.find((one) => one.id === id)?.count ?? null)],
        ],
        marks: periods.map((period) => within(undefined, periodSpan(period, data.grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

/** What is counted, with the genres that the page is filtered to: `comic series of Fantasy or Xianxia`. */
function whatOf(format: string, { filters, names, language }: OngoingScope): string {
  const t = formatsWords.say(language);
  const name = language === 'en' ? withinSentence(format) : format;
  const tags = membersIn(filters).flatMap((filter) =>
    (filter.dimension === 'genre' || filter.dimension === 'primary_genre') && filter.op === 'in'
      ? filter.values.map((id) => names[filter.dimension]?.[id] ?? id)
      : [],
  );
  return tags.length === 0
    ? t('ongoing_plain', { name })
    : t('ongoing_tagged', { name, tags: [...new Set(tags)].join(t('between')) });
}
