import { z } from 'zod';
import { heatmap } from '../../charts/heatmap.ts';
import { heightForRows } from '../../charts/heights.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { shareHeat, shareTable } from '../shareHeat.ts';
import { overseasWords } from './words.ts';

const [ROWS, COLUMNS] = [12, 8];
const heightOf = (rows: number): number => heightForRows(rows, { row: 30, top: 54 });

export const overseasRegionGenre = figure({
  id: 'overseas.region_genre',
  params: z.object({}),
  heads: ({ range, language }) => {
    const t = overseasWords.say(language);
    return {
      title: t('heat_title'),
      subtitle: t('heat_subtitle', { range: rangeText(range.from, range.to, language) }),
      definition: t('heat_definition'),
      height: heightOf(ROWS),
    };
  },
  asks: (scope) => ({ views: query(scope, { measures: ['views'], dimensions: ['region', 'primary_genre'] }) }),
  says: ({ views }, scope) => {
    const t = overseasWords.say(scope.language);
    const data = shareHeat(views, {
      rows: { by: 'region', most: ROWS, unknown: false },
      columns: { by: 'primary_genre', most: COLUMNS, unknown: false },
      of: 'row',
      measure: t('heat_measure'),
      language: scope.language,
    });
    if (data === undefined) return noRows(scope);
    return {
      data,
      table: shareTable(data, 'region', t('region')),
      height: heightOf(data.rows.length),
    };
  },
  draws: heatmap,
});
