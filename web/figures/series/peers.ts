import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import type { DimensionFilter } from '../../../server/contract/query.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { nativeCurves } from '../../charts/native/lines.ts';
import { fixed, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { noCurve, type SeriesScope, seriesCall, seriesHue, seriesMark, seriesParams } from './series.ts';
import { seriesWords } from './words.ts';

const DAYS = 90;
/** Fewer say nothing of the middle half (docs/definitions.md). */
const LEAST_PEERS = 20;
/** Beyond this the smaller curve lies flat on the axis. */
const FAR = 20;

interface PeerAnswers {
  readonly [name: string]: SeriesAnswer | CurvesAnswer | undefined;
  series: SeriesAnswer;
  own: CurvesAnswer;
  alike?: CurvesAnswer;
  every?: CurvesAnswer;
}

const curves = (scope: SeriesScope, given: { series?: string[]; filters?: DimensionFilter[]; by?: 'format' }) =>
  analysis(scope, 'curves', { days: DAYS, from: scope.since, to: scope.asOf, ...given });

/** What makes a peer: the same first genre and format. Null if either is unknown. */
function alikeFilters({ series }: SeriesAnswer): DimensionFilter[] | null {
  const [genre] = series.genres;
  if (genre === undefined || series.format === null || series.format === '(unknown)') return null;
  return [
    { dimension: 'primary_genre', op: 'in', values: [genre.id] },
    { dimension: 'format', op: 'in', values: [series.format] },
  ];
}

const sizeOf = (answer: CurvesAnswer | undefined): number => answer?.rows[0]?.series ?? 0;

export const seriesPeers = figure<typeof seriesParams, PeerAnswers, CurvesData>({
  id: 'series.peers',
  params: seriesParams,
  heads: (scope) => {
    const t = seriesWords.say(scope.language);
    return {
      title: t('peers'),
      subtitle: t('peers_subtitle'),
      definition: t('peers_definition'),
      height: CHART_HEIGHT,
    };
  },
  asks: (scope, { series, alike }) => {
    const first = { series: seriesCall(scope), own: curves(scope, { series: [scope.params.id] }) };
    if (series === undefined) return first;
    const filters = alikeFilters(series);
    const second = filters === null ? first : { ...first, alike: curves(scope, { filters, by: 'format' }) };
    const few = filters === null || (alike !== undefined && sizeOf(alike) < LEAST_PEERS);
    return few ? { ...second, every: curves(scope, {}) } : second;
  },
  says: ({ series: answer, own, alike, every }, scope) => {
    const t = seriesWords.say(scope.language);
    const values = own.rows.map(({ value }) => toNumber(value));
    if (values.length < 2) {
      // Nothing of it passes the filters: its release is not what is missing.
      const filtered = answer.totals.first_day === null && scope.filters.length > 0;
      return { ...noCurve(scope), ...(filtered ? {} : { nothing: t('peers_no_start') }) };
    }
    const group = every ?? alike;
    const rows = group?.rows ?? [];
    const count = sizeOf(group);
    const name =
      every === undefined
        ? t('peers_alike', { genre: answer.series.genres[0]?.label ?? '', format: rows[0]?.member_label ?? '' })
        : t('peers_every');
    const at = values.length - 1;
    const enough = count >= LEAST_PEERS;
    const median = rows.map((row) => row.median);
    const last = { own: values[at] ?? 0, ...rows[at] };
    return {
      ...(enough && rows[at] !== undefined ? { title: titleOf(last, at + 1, scope) } : {}),
      subtitle: t('peers_named', { group: name, count }),
      data: {
        curves: [
          { id: 'own', name: answer.series.series_label, hue: seriesHue(answer), values, mark: seriesMark(answer) },
          ...(enough ? [{ id: 'median', name: t('peers_median'), hue: 'grey' as const, values: median }] : []),
        ],
        ...(enough
          ? { band: { name: t('peers_middle'), low: rows.map(({ q1 }) => q1), high: rows.map(({ q3 }) => q3) } }
          : {}),
        log: enough && isFar(last),
        kind: 'count' as const,
        measure: t('peers'),
      },
      table: {
        columns: [
          { id: 'day', header: t('age'), kind: 'count' },
          { id: 'own', header: answer.series.series_label, kind: 'count' },
          { id: 'q1', header: t('q1'), kind: 'count' },
          { id: 'median', header: t('peers_median'), kind: 'count' },
          { id: 'q3', header: t('q3'), kind: 'count' },
          { id: 'series', header: t('peers_count'), kind: 'count' },
        ],
        rows: Array.from({ length: Math.max(values.length, rows.length) }, (_, one) => {
          const row = rows[one];
          return [
            one + 1,
            values[one] ?? null,
            row?.q1 ?? null,
            row?.median ?? null,
            row?.q3 ?? null,
            row?.series ?? null,
          ];
        }),
      },
      notes: [...(enough ? [] : [t('peers_few', { count })]), ...(enough && isFar(last) ? [t('peers_log')] : [])],
    };
  },
  draws: cumulativeCurves,
  native: nativeCurves,
});

interface Standing {
  own: number;
  q1?: number | null;
  median?: number | null;
  q3?: number | null;
}

/** Far above the median its quarter of the peers says little: how many times the median does. */
function titleOf(last: Standing, age: number, { language }: SeriesScope): string {
  const t = seriesWords.say(language);
  return last.own > 0 && last.median != null && last.own > last.median && isFar(last)
    ? t('peers_times', { day: age, times: fixed(last.own / last.median, 0, true) })
    : t(standing(last), { day: age });
}

/** Where the series stands among its peers at its age. */
function standing({ own, q1, median, q3 }: Standing): 'peers_top' | 'peers_above' | 'peers_below' | 'peers_low' {
  if (own >= (q3 ?? Number.POSITIVE_INFINITY)) return 'peers_top';
  if (own >= (median ?? Number.POSITIVE_INFINITY)) return 'peers_above';
  return own >= (q1 ?? Number.POSITIVE_INFINITY) ? 'peers_below' : 'peers_low';
}

const isFar = ({ own, median }: Standing): boolean =>
  median != null && median > 0 && own > 0 && Math.max(own / median, median / own) > FAR;
