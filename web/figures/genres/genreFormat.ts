import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { type HeatData, heatmap } from '../../charts/heatmap.ts';
import { heightForRows } from '../../charts/heights.ts';
import { markOf } from '../../filters/marks.ts';
import { type NumberLanguage, range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { memberName, numberCell, textCell } from '../members.ts';
import { noRows } from '../nothing.ts';
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
    const data = heatOf(views, scope.language);
    if (data === undefined) return noRows(scope);
    const { columns, rows, cells } = data;
    return {
      data,
      table: {
        columns: [
          { id: 'genre', header: genresWords.say(scope.language)('member'), kind: 'text' },
          ...columns.map(({ id, name, mark }) => ({ id, header: name, kind: 'fraction' as const, mark })),
        ],
        rows: rows.map(({ name }, row) => [
          name,
          ...columns.map(
            (_, column) => cells.find((cell) => cell.row === row && cell.column === column)?.value ?? null,
          ),
        ]),
        marks: rows.map(({ mark }) => mark),
      },
      height: heightOf(rows.length),
    };
  },
  draws: heatmap,
});

/** Shares of each format's views: rows by size, formats in their fixed order, the genres not drawn still counted. */
function heatOf(answer: Answer, language: NumberLanguage): HeatData | undefined {
  const views = new Map<string, number>();
  const genres = new Map<string, { name: string; sum: number }>();
  const formats = new Map<string, { name: string; sum: number }>();
  const add = (map: Map<string, { name: string; sum: number }>, id: string, name: string, value: number): void => {
    map.set(id, { name, sum: (map.get(id)?.sum ?? 0) + value });
  };
  for (const row of answer.rows) {
    const [genre, format, value] = [textCell(row.primary_genre), textCell(row.format), numberCell(row.views) ?? 0];
    views.set(`${genre}\n${format}`, value);
    add(genres, genre, memberName(genre, textCell(row.primary_genre_label), language), value);
    add(formats, format, memberName(format, textCell(row.format_label), language), value);
  }
  const columns = [...formats]
    .sort(([a], [b]) => FORMATS.indexOf(a) - FORMATS.indexOf(b))
    .filter(([, { sum }]) => sum > 0);
  const rows = [...genres].sort(([, a], [, b]) => b.sum - a.sum).slice(0, HEAT_ROWS);
  if (rows.length === 0 || columns.length === 0) return undefined;
  const cells = rows.flatMap(([genre], row) =>
    columns.map(([format, { sum }], column) => {
      const value = views.get(`${genre}\n${format}`);
      return { row, column, value: value === undefined ? null : value / sum };
    }),
  );
  const named = (dimension: 'primary_genre' | 'format', members: typeof rows) =>
    members.map(([id, { name }]) => ({ id, name, mark: markOf(dimension, id, name) }));
  return {
    rows: named('primary_genre', rows),
    columns: named('format', columns),
    cells,
    kind: 'fraction',
    ramp: 'sequential',
    measure: genresWords.say(language)('heat_measure'),
  };
}
