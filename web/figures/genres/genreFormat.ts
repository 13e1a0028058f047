import { z } from 'zod';
import { heatmap } from '../../charts/heatmap.ts';
import { heightForRows } from '../../charts/heights.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { shareHeat, shareTable } from '../shareHeat.ts';
import { genresWords } from './words.ts';

const HEAT_ROWS = 15;
const FORMATS = ['live_action', 'comic', 'ai', 'other', '(unknown)'];
const heightOf = (rows: number): number => heightForRows(rows, { row: 28, top: 54 });

export const genreFormat = figure({
  id: 'genres.genre_format',
  params: z.object({}),
  heads: ({ range, language }) => {
    const t = genresWords.say(language);
    return {
      title: t('heat_title'),
      subtitle: t('heat_subtitle', { range: rangeText(range.from, range.to, language) }),
      definition: t('heat_definition'),
      height: heightOf(12),
    };
  },
  asks: (scope) => ({ views: query(scope, { measures: ['views'], dimensions: ['primary_genre', 'format'] }) }),
  says: ({ views }, scope) => {
    const data = shareHeat(views, {
      rows: { by: 'primary_genre', most: HEAT_ROWS, unknown: false },
      columns: { by: 'format', most: FORMATS.length, order: FORMATS, unknown: false },
      of: 'column',
      measure: genresWords.say(scope.language)('heat_measure'),
      language: scope.language,
    });
    if (data === undefined) return noRows(scope);
    return {
      data,
      table: shareTable(data, 'genre', genresWords.say(scope.language)('member')),
      height: heightOf(data.rows.length),
    };
  },
  draws: heatmap,
});
