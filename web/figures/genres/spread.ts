import type { Answer } from '../../../server/contract/query.ts';
import { type BoxesData, boxes, spreadOf } from '../../charts/boxes.ts';
import { heightForRows } from '../../charts/heights.ts';
import { memberHue } from '../../charts/look.ts';
import { markOf } from '../../filters/marks.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { knownOf, memberName, numberCell, textCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import { memberHeader, type SplitParams, splitParams } from './split.ts';
import { genresWords } from './words.ts';

const BOX_ROWS = 12;
const COLOURED = 7;
const heightOf = (rows: number): number => heightForRows(rows, { row: 35, top: 24, foot: 30 });

const subtitleOf = ({ range, language }: FigureScope<SplitParams>): string =>
  genresWords.say(language)('box_subtitle', { range: rangeText(range.from, range.to, language) });

export const genresSpread = figure({
  id: 'genres.spread',
  params: splitParams,
  heads: (scope) => {
    const t = genresWords.say(scope.language);
    return {
      title: t('box_title'),
      subtitle: subtitleOf(scope),
      definition: t('box_definition'),
      height: heightOf(BOX_ROWS),
    };
  },
  asks: (scope) => ({ views: query(scope, { measures: ['views'], dimensions: ['series', scope.params.by] }) }),
  says: ({ views }, scope) => {
    const data = boxesOf(views, scope);
    if (data === undefined) return noRows(scope);
    const t = genresWords.say(scope.language);
    return {
      data,
      table: {
        columns: [
          { id: 'member', header: memberHeader(scope.params.by, scope.language), kind: 'text' },
          { id: 'count', header: t('series'), kind: 'count' },
          ...(['min', 'q1', 'median', 'q3', 'max'] as const).map((id) => ({
            id,
            header: t(id),
            kind: 'count' as const,
          })),
        ],
        rows: data.rows.map((row) => [row.name, row.count, row.min, row.q1, row.median, row.q3, row.max]),
        marks: data.rows.map(({ mark }) => mark),
      },
      height: heightOf(data.rows.length),
      notes: views.meta.truncated ? [t('box_truncated')] : [],
    };
  },
  draws: boxes,
});

function boxesOf(answer: Answer, scope: FigureScope<SplitParams>): BoxesData | undefined {
  const { language, params } = scope;
  const groups = new Map<string, { name: string; values: number[]; sum: number }>();
  for (const row of answer.rows) {
    const id = textCell(row[params.by]);
    const name = memberName(id, textCell(row[`${params.by}_label`]), language);
    const group = groups.get(id) ?? { name, values: [], sum: 0 };
    const value = numberCell(row.views) ?? 0;
    if (value > 0) group.values.push(value);
    group.sum += value;
    groups.set(id, group);
  }
  const largest = knownOf([...groups], ([id]) => id).toSorted(([, a], [, b]) => b.sum - a.sum);
  const known = largest.map(([id]) => id).filter((id) => !id.startsWith('('));
  const owners = scope.owners ?? known.slice(0, COLOURED);
  const rows = largest
    .slice(0, BOX_ROWS)
    .flatMap(([id, { name, values }]) => {
      const spread = spreadOf(values);
      const mark = markOf(params.by, id, name);
      return spread === null ? [] : [{ id, name, mark, hue: memberHue(params.by, id, owners), ...spread }];
    })
    .toSorted((a, b) => b.median - a.median);
  const counted = genresWords.say(language)('series');
  return rows.length === 0 ? undefined : { rows, kind: 'count', measure: subtitleOf(scope), counted };
}
