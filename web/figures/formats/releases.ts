import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { courseOf, courseTexts, partialOf } from './course.ts';
import { formatsWords } from './words.ts';

export const formatsReleases = figure({
  id: 'formats.releases',
  params: z.object({}),
  heads: (scope) => {
    const t = formatsWords.say(scope.language);
    return {
      title: t('releases_title'),
      subtitle: t('releases_subtitle', courseTexts(scope)),
      definition: measureTerm(scope, 'new_series').definition,
    };
  },
  asks: (scope) => {
    const { range, grain } = courseOf(scope);
    return {
      releases: query(scope, { measures: ['new_series'], dimensions: ['production'], time: { ...range, grain } }),
    };
  },
  says: ({ releases }, scope) => {
    const t = formatsWords.say(scope.language);
    const parted = periodParts(releases, { by: 'production', measure: 'new_series', language: scope.language });
    if (parted.parts.length === 0) return noRows(scope);
    const data: ColumnsData = {
      ...parted,
      grain: courseOf(scope).grain,
      kind: 'count',
      partial: partialOf(releases, scope),
      measure: t('releases_subtitle', courseTexts(scope)),
    };
    return {
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
          ...data.parts.map(({ id, name, mark }) => ({ id, header: name, kind: 'count' as const, mark })),
        ],
        rows: data.periods.map((period, at) => [period, ...data.parts.map(({ values }) => values[at] ?? null)]),
        marks: data.periods.map((period) => within(undefined, periodSpan(period, data.grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: stackedColumns,
  native: nativeColumns,
});
