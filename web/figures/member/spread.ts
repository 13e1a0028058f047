import type { GenresAnswer } from '../../../server/contract/analyses.ts';
import type { CompareAnswer } from '../../../server/contract/analyses-depth.ts';
import { type BoxesData, boxes } from '../../charts/boxes.ts';
import { heightForRows } from '../../charts/heights.ts';
import { markOf } from '../../filters/marks.ts';
import { compact, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { memberName } from '../members.ts';
import { noRows } from '../nothing.ts';
import { around, type MemberScope, memberParams, nameOf } from './member.ts';
import { memberWords } from './words.ts';

/** The most that are compared, the page's own among them. */
const MOST = 6;
const heightOf = (rows: number): number => heightForRows(rows, { row: 44, top: 24, foot: 30 });

/** All genres, of which the page's own is one. */
export const genresCall = (scope: MemberScope) =>
  analysis(around(scope, 'primary_genre'), 'genres', { by: 'primary_genre' });

type Spread = { genres: GenresAnswer; compare?: CompareAnswer };

export const genreSpread = figure<typeof memberParams, Spread, BoxesData>({
  id: 'genre.spread',
  params: memberParams,
  heads: (scope) => {
    const t = memberWords.say(scope.language);
    return {
      title: t('spread_title', { name: nameOf(scope, 'primary_genre') }),
      subtitle: t('spread_subtitle', { range: rangeText(scope.range.from, scope.range.to, scope.language) }),
      definition: t('spread_definition'),
      height: heightOf(MOST),
    };
  },
  asks: (scope, { genres }) => {
    const first = { genres: genresCall(scope) };
    const others = (genres?.rows ?? [])
      .filter(({ member }) => member !== scope.params.id && !member.startsWith('('))
      .toSorted((a, b) => (toNumber(b.views) ?? 0) - (toNumber(a.views) ?? 0))
      .slice(0, MOST - 1)
      .map(({ member }) => member);
    if (others.length === 0) return first;
    const ids = [scope.params.id, ...others];
    return { ...first, compare: analysis(around(scope, 'primary_genre'), 'genresCompare', { ids }) };
  },
  says: ({ compare }, scope) => {
    const rows = (compare?.rows ?? []).flatMap((row) => {
      const [min, max] = [toNumber(row.series_views_min), toNumber(row.series_views_max)];
      const { series_views_q1: q1, series_views_median: median, series_views_q3: q3 } = row;
      if (min === null || max === null || q1 === null || median === null || q3 === null || min <= 0) return [];
      const hue = row.member === scope.params.id ? 0 : ('grey' as const);
      const name = memberName(row.member, row.member_label, scope.language);
      return [
        {
          id: row.member,
          name,
          mark: markOf('primary_genre', row.member, name),
          hue,
          min,
          q1,
          median,
          q3,
          max,
          count: row.active_series,
        },
      ];
    });
    const own = rows.find(({ id }) => id === scope.params.id);
    if (own === undefined) return noRows(scope);
    const t = memberWords.say(scope.language);
    const said = (value: number) => compact(value, scope.language);
    return {
      title: t('spread_lead', { name: own.name, median: said(own.median), q1: said(own.q1), q3: said(own.q3) }),
      data: {
        rows: rows.toSorted((a, b) => b.median - a.median),
        kind: 'count',
        measure: t('spread_title', { name: own.name }),
        counted: t('series'),
      },
      table: {
        columns: [
          { id: 'member', header: t('genre'), kind: 'text' },
          { id: 'count', header: t('series'), kind: 'count' },
          { id: 'min', header: t('min'), kind: 'count' },
          { id: 'q1', header: t('lower'), kind: 'count' },
          { id: 'median', header: t('median'), kind: 'count' },
          { id: 'q3', header: t('upper'), kind: 'count' },
          { id: 'max', header: t('max'), kind: 'count' },
        ],
        rows: rows.map((row) => [row.name, row.count, row.min, row.q1, row.median, row.q3, row.max]),
        marks: rows.map(({ mark }) => mark),
      },
      height: heightOf(rows.length),
    };
  },
  draws: boxes,
});
