import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { percent } from '../../i18n/numbers.ts';
import { isAsked } from '../asked.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { numberCell, textCell } from '../members.ts';
import { chosenTime, courseOf, courseTexts, partialOf } from './course.ts';
import { formatsWords } from './words.ts';

const SHARES = ['ai_series_share', 'ai_share'] as const;

export const formatsMadeByAi = figure({
  id: 'formats.made_by_ai',
  params: z.object({}),
  heads: (scope) => {
    const t = formatsWords.say(scope.language);
    return {
      title: t('ai_title'),
      subtitle: t('ai_subtitle', courseTexts(scope)),
      definition: SHARES.map((id) => measureTerm(scope, id).definition).join(' '),
    };
  },
  asks: (scope) => {
    const { range, grain } = courseOf(scope);
    return {
      whole: query(scope, { measures: [...SHARES] }),
      formats: query(scope, { measures: ['share_of_views'], dimensions: ['format'] }),
      course: query(scope, { measures: [...SHARES], time: { ...range, grain } }),
    };
  },
  says: ({ whole, formats, course }, scope) => {
    const t = formatsWords.say(scope.language);
    const [series, views] = SHARES.map((id) => numberCell(whole.rows[0]?.[id]));
    if (series == null || views == null) return { nothing: t('ai_unknown'), remedy: t('ai_unknown_text') };
    const line = (measure: (typeof SHARES)[number], name: string, hue: number) => ({
      id: measure,
      name,
      hue,
      values: course.rows.map((row) => numberCell(row[measure])),
    });
    const data: LinesData = {
      periods: course.rows.map((row) => textCell(row.period)),
      grain: courseOf(scope).grain,
      lines: [line('ai_series_share', t('ai_series'), 5), line('ai_share', t('ai_views'), 3)],
      kind: 'fraction',
      partial: partialOf(course, scope),
      measure: t('ai_subtitle', courseTexts(scope)),
    };
    const format = numberCell(formats.rows.find((row) => row.format === 'ai')?.share_of_views);
    return {
      // What was asked for is no finding.
      ...(isAsked(scope, 'ai', 'production')
        ? {}
        : { title: t('ai_lead', { series: percent(series), views: percent(views) }) }),
      notes: [format === null ? t('ai_note_alone') : t('ai_note', { share: percent(format), when: chosenTime(scope) })],
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
          ...SHARES.map((id) => ({ id, header: measureTerm(scope, id).label, kind: 'fraction' as const })),
        ],
        rows: course.rows.map((row) => [textCell(row.period), ...SHARES.map((id) => numberCell(row[id]))]),
        marks: data.periods.map((period) => within(undefined, periodSpan(period, data.grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});
