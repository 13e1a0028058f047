import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type AgeCurvesData, ageCurves } from '../../charts/ageCurves.ts';
import { nativeAges } from '../../charts/native/lines.ts';
import { type Mark, markOf } from '../../filters/marks.ts';
import { measureTerm, type Scope } from '../../filters/scope.ts';
import { compact, day, exact, toNumber } from '../../i18n/numbers.ts';
import { analysis, type Call, query } from '../calls.ts';
import { type FigureTable, figure } from '../figure.ts';
import { memberName, textCell } from '../members.ts';
import { around, memberParams, nameOf, wholeOf, wholeWord, within } from './member.ts';
import { memberWords } from './words.ts';

/** Series drawn, by their views in the range. */
const DRAWN = 7;
const DAYS = 90;

type CurveRow = CurvesAnswer['rows'][number];

/** Curves of all that was released since the data begin: what a range released says little of ninety days. */
export const agesCall = (scope: Scope, given: { series?: string[]; by?: 'producer' | 'primary_genre' } = {}) =>
  analysis(scope, 'curves', { ...given, from: scope.since, to: scope.asOf, days: DAYS });

/** One value a day of life; null where there is none. */
export function byAge(rows: readonly CurveRow[], of: 'value' | 'median' | 'q1' | 'q3'): (number | null)[] {
  const values = new Map(rows.map((row) => [row.day_since_release, toNumber(row[of])]));
  return Array.from({ length: Math.max(0, ...values.keys()) + 1 }, (_, at) => values.get(at) ?? null);
}

/** How many series a group's curve is over; the same at all ages. */
const counted = ({ rows }: CurvesAnswer): number => rows[0]?.series ?? 0;

export function bandOf({ rows }: CurvesAnswer, name: string, hue: number | 'grey'): AgeCurvesData['band'] {
  if (rows.length === 0) return undefined;
  return { name, hue, q1: byAge(rows, 'q1'), median: byAge(rows, 'median'), q3: byAge(rows, 'q3') };
}

/** A column a curve, a row a day. */
export function agesTable({ curves, band }: AgeCurvesData, scope: Scope): FigureTable {
  const t = memberWords.say(scope.language);
  const of = (id: string, header: string, values: readonly (number | null)[], mark?: Mark) => ({
    id,
    header,
    values,
    mark,
  });
  const columns = [
    ...curves.map(({ id, name, values, mark }) => of(id, name, values, mark)),
    ...(band === undefined
      ? []
      : [
          of('q1', t('q1', { name: band.name }), band.q1),
          of('median', band.name, band.median),
          of('q3', t('q3', { name: band.name }), band.q3),
        ]),
  ];
  return {
    columns: [
      { id: 'day', header: t('day'), kind: 'count' },
      ...columns.map(({ id, header, mark }) => ({ id, header, kind: 'count' as const, mark })),
    ],
    rows: Array.from({ length: Math.max(0, ...columns.map(({ values }) => values.length)) }, (_, at) => [
      at + 1,
      ...columns.map(({ values }) => values[at] ?? null),
    ]),
  };
}

type ProducerAges = {
  top: Answer;
  all: CurvesAnswer;
  own?: CurvesAnswer;
};

export const producerAges = figure<typeof memberParams, ProducerAges, AgeCurvesData>({
  id: 'producer.ages',
  params: memberParams,
  heads: (scope) => {
    const t = memberWords.say(scope.language);
    return {
      title: t('ages_title', { name: nameOf(scope, 'producer') }),
      subtitle: t('ages_subtitle', { since: day(scope.since, scope.language) }),
      definition: t('ages_definition'),
    };
  },
  asks: (scope, { top }) => {
    const first = {
      top: query(within(scope, 'producer', [scope.params.id]), {
        measures: ['views'],
        dimensions: ['series'],
        filters: [{ measure: 'views', op: 'gt', value: 0 }],
        sort: [{ by: 'views' }],
        limit: DRAWN,
      }),
      all: agesCall(around(scope, 'producer')),
    };
    const ids = (top?.rows ?? []).map((row) => textCell(row.series));
    if (ids.length === 0) return first;
    const own: Call<CurvesAnswer> = agesCall(around(scope, 'producer'), { series: ids });
    return { ...first, own };
  },
  says: ({ all, own }, scope) => {
    const t = memberWords.say(scope.language);
    const rows = own?.rows ?? [];
    const ids = [...new Set(rows.map((row) => row.member))];
    if (ids.length === 0) return { nothing: t('ages_none'), remedy: t('ages_none_text') };
    const whole = wholeOf(scope, 'producer');
    const data: AgeCurvesData = {
      curves: ids.map((id, hue) => {
        const mine = rows.filter((row) => row.member === id);
        const name = memberName(id, mine[0]?.member_label, scope.language);
        return { id, name, mark: markOf('series', id, name), hue, values: byAge(mine, 'value') };
      }),
      band: bandOf(all, t(`${wholeWord(scope, 'producer')}_median`), 'grey'),
      kind: 'count',
      measure: measureTerm(scope, 'cumulative_views').label,
    };
    const above = data.curves.filter(({ values }) => {
      const at = values.length - 1;
      return (values[at] ?? 0) > (data.band?.q3[at] ?? Number.POSITIVE_INFINITY);
    }).length;
    const name = nameOf(scope, 'producer');
    return {
      title:
        above === 0
          ? t('ages_title', { name })
          : t(above === ids.length && above > 1 ? 'ages_all' : 'ages_lead', { name, above, count: ids.length, whole }),
      data,
      table: agesTable(data, scope),
    };
  },
  draws: ageCurves,
  native: nativeAges,
});

type GenreAges = {
  all: CurvesAnswer;
  own: CurvesAnswer;
};

export const genreAges = figure<typeof memberParams, GenreAges, AgeCurvesData>({
  id: 'genre.ages',
  params: memberParams,
  heads: (scope) => {
    const t = memberWords.say(scope.language);
    return {
      title: t('genre_ages_title', { name: nameOf(scope, 'primary_genre') }),
      subtitle: t('genre_ages_subtitle', { since: day(scope.since, scope.language) }),
      definition: t('ages_definition'),
    };
  },
  asks: (scope) => ({
    own: agesCall(within(scope, 'primary_genre', [scope.params.id])),
    all: agesCall(around(scope, 'primary_genre')),
  }),
  says: ({ all, own }, scope) => {
    const t = memberWords.say(scope.language);
    const name = nameOf(scope, 'primary_genre');
    const band = bandOf(own, name, 0);
    if (band === undefined) return { nothing: t('ages_none'), remedy: t('ages_none_text') };
    const whole = wholeOf(scope, 'primary_genre');
    const data: AgeCurvesData = {
      curves: [
        {
          id: 'all',
          name: t(`${wholeWord(scope, 'primary_genre')}_median`),
          hue: 'grey',
          values: byAge(all.rows, 'median'),
        },
      ],
      band,
      kind: 'count',
      measure: measureTerm(scope, 'cumulative_views').label,
    };
    const at = Math.min(DAYS, band.median.length, Math.max(1, data.curves[0]?.values.length ?? 0)) - 1;
    const [mine, others] = [band.median[at], data.curves[0]?.values[at]];
    const known = typeof mine === 'number' && typeof others === 'number';
    const said = (value: number) => compact(value, scope.language);
    return {
      title: known
        ? t('genre_ages_lead', { name, count: counted(own), day: at + 1, own: said(mine), all: said(others), whole })
        : t('genre_ages_title', { name }),
      subtitle: `${t('genre_ages_subtitle', { since: day(scope.since, scope.language) })}${t('genre_ages_counted', { name, count: counted(own), whole, all: exact(counted(all)) })}`,
      data,
      table: agesTable(data, scope),
    };
  },
  draws: ageCurves,
  native: nativeAges,
});
