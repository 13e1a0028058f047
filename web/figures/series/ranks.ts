import { ENOUGH_PEERS, type SeriesAnswer } from '../../../server/contract/analyses.ts';
import type { SeriesRanksAnswer } from '../../../server/contract/analyses-depth.ts';
import { lastCut } from '../../charts/frame.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { nativeRanks } from '../../charts/native/lines.ts';
import { type RankData, rankLine } from '../../charts/rankLine.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { addDays, type DateRange, ends, lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { trendWindow } from '../../filters/trend.ts';
import { compact, exact, inPeriod, percent, range as rangeText } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { type SeriesScope, seriesCall, seriesHue, seriesMark, seriesParams } from './series.ts';
import { seriesWords } from './words.ts';

type Grain = 'month' | 'week';
type Row = SeriesRanksAnswer['rows'][number];

interface RankAnswers {
  readonly [name: string]: SeriesAnswer | SeriesRanksAnswer | undefined;
  series: SeriesAnswer;
  months: SeriesRanksAnswer;
  weeks?: SeriesRanksAnswer;
}

/** Fewer months are no course: weeks instead. */
const LEAST_MONTHS = 4;

const shown = ({ range, since }: SeriesScope): DateRange => trendWindow({ range, since }).range;
const ranksCall = (scope: SeriesScope, grain: Grain) =>
  analysis(scope, 'seriesRanks', { id: scope.params.id, grain, ...shown(scope) });

export const seriesRanks = figure<typeof seriesParams, RankAnswers, RankData>({
  id: 'series.ranks',
  params: seriesParams,
  heads: (scope) => {
    const t = seriesWords.say(scope.language);
    return {
      title: t('ranks'),
      subtitle: subtitle(scope, 'month'),
      definition: t('ranks_definition'),
      height: LOW_CHART,
    };
  },
  asks: (scope, { months }) => ({
    series: seriesCall(scope),
    months: ranksCall(scope, 'month'),
    ...(months !== undefined && months.rows.length < LEAST_MONTHS ? { weeks: ranksCall(scope, 'week') } : {}),
  }),
  says: ({ series: answer, months, weeks }, scope) => {
    const t = seriesWords.say(scope.language);
    const { rows, meta } = weeks ?? months;
    const grain = weeks === undefined ? 'month' : 'week';
    if (rows.length === 0) return { ...noRows(scope), nothing: t('ranks_none'), remedy: t('ranks_none_text') };
    const data = dataOf(rows, answer, grain, meta.partial_periods, scope);
    return {
      title: finding(rows, grain, scope),
      subtitle: subtitle(scope, grain),
      data,
      table: {
        columns: [
          { id: 'period', header: t('ranks_period'), kind: 'text' },
          { id: 'rank', header: t('ranks_rank'), kind: 'count' },
          { id: 'n', header: t('ranks_n'), kind: 'count' },
          { id: 'below', header: t('ranks_below'), kind: 'fraction' },
          { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
        ],
        rows: rows.map(({ period, rank, n, percentile, views }) => [period, rank, n, percentile, views]),
        marks: rows.map(({ period }) => within(undefined, periodSpan(period, grain))),
      },
      notes: rows.some(({ n }) => n < ENOUGH_PEERS) ? [t('ranks_few')] : [],
      cut: lastCut(data),
    };
  },
  draws: rankLine,
  native: nativeRanks,
});

const subtitle = (scope: SeriesScope, grain: Grain): string =>
  seriesWords.say(scope.language)(`ranks_subtitle_${grain}`, {
    range: rangeText(...ends(shown(scope)), scope.language),
  });

function dataOf(
  rows: readonly Row[],
  answer: SeriesAnswer,
  grain: Grain,
  partial: readonly string[],
  scope: SeriesScope,
): RankData {
  const { language, asOf } = scope;
  const t = seriesWords.say(language);
  const known = new Map(rows.map((row) => [row.period, row]));
  const periods = periodsBetween(rows[0]?.period ?? '', rows.at(-1)?.period ?? '', grain);
  return {
    periods,
    grain,
    points: periods.map((period) => {
      const row = known.get(period);
      if (row === undefined) return null;
      const views = { name: measureTerm(scope, 'views').label, value: compact(row.views, language, 1) };
      // Never ahead of all: rounded down.
      const ahead = row.percentile === null ? null : Math.floor(row.percentile * 1000) / 1000;
      const below = ahead === null ? [] : [{ name: t('ranks_below'), value: percent(ahead) }];
      return { rank: row.rank, among: row.n, facts: [...below, views] };
    }),
    id: answer.series.series,
    hue: seriesHue(answer),
    mark: seriesMark(answer),
    partial: { periods: partial, asOf: lastDrawnDay(asOf, shown(scope).to) },
    measure: t('ranks'),
  };
}

/** Those between two periods, so that one without a place keeps its own. */
function periodsBetween(first: string, last: string, grain: Grain): string[] {
  const periods: string[] = [];
  for (let at = first; at <= last; at = addDays(periodSpan(at, grain).to, 1)) periods.push(at);
  return periods;
}

/** The last place, of a whole period if there is one, and the best if that was another. */
function finding(rows: readonly Row[], grain: Grain, { language }: SeriesScope): string {
  const t = seriesWords.say(language);
  const whole = rows.filter(({ partial }) => !partial);
  const judged = whole.length > 0 ? whole : rows;
  const last = judged.at(-1);
  const [best] = judged.toSorted((a, b) => a.rank - b.rank || b.period.localeCompare(a.period));
  if (last === undefined || best === undefined) return t('ranks');
  const now = { rank: exact(last.rank), count: exact(last.n), period: inPeriod(last.period, grain, language) };
  if (best.rank === last.rank) return t('ranks_lead', now);
  return t('ranks_best', { ...now, best: exact(best.rank), when: inPeriod(best.period, grain, language) });
}
