import { UNKNOWN_MEMBER } from '../../../server/contract/query.ts';
import { type BubbleData, bubble } from '../../charts/bubble.ts';
import { TALL_CHART } from '../../charts/heights.ts';
import { memberHue } from '../../charts/look.ts';
import { markOf } from '../../filters/marks.ts';
import { exact, grown, percent, range as rangeText, ratio, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName, withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { type GenreRow, memberHeader, mostViewed, restsOn, type SplitParams, splitParams } from './split.ts';
import { genresWords } from './words.ts';

const subtitleOf = ({ range, language }: FigureScope<SplitParams>): string =>
  genresWords.say(language)('bubble_subtitle', { range: rangeText(range.from, range.to, language) });

export const supplyDemand = figure({
  id: 'genres.supply_demand',
  params: splitParams,
  heads: (scope) => {
    const t = genresWords.say(scope.language);
    return {
      title: t('bubble_title'),
      subtitle: subtitleOf(scope),
      definition: t('opportunity_definition'),
      height: TALL_CHART,
    };
  },
  asks: (scope) => ({ genres: analysis(scope, 'genres', { by: scope.params.by }) }),
  says: ({ genres: { rows } }, scope) => {
    const data = bubblesOf(rows, scope);
    if (data === undefined) return noRows(scope);
    const t = genresWords.say(scope.language);
    const best = bestOpportunity(rows);
    return {
      ...(best === undefined
        ? {}
        : {
            title: [
              t('bubble_lead', { name: best.member_label, index: ratio(best.opportunity_index) }),
              ...restsOn(best, scope.language),
            ].join(scope.language === 'zh' ? '，' : '; '),
          }),
      data,
      notes: unknownNote(rows, scope),
      table: {
        columns: [
          { id: 'member', header: memberHeader(scope.params.by, scope.language), kind: 'text' },
          { id: 'supply', header: t('supply_share'), kind: 'fraction' },
          { id: 'demand', header: t('demand_share'), kind: 'fraction' },
          { id: 'opportunity', header: t('opportunity'), kind: 'ratio' },
          { id: 'views', header: t('views'), kind: 'count' },
          { id: 'series', header: t('active'), kind: 'count' },
          { id: 'producer', header: t('top_producer'), kind: 'text' },
          { id: 'producer_share', header: t('share_of_it'), kind: 'fraction' },
        ],
        rows: rows.map((row) => [
          row.member_label,
          row.supply_share,
          row.demand_share,
          row.opportunity_index,
          row.views,
          row.active_series,
          row.top_producer === null
            ? null
            : memberName(row.top_producer, row.top_producer_label ?? undefined, scope.language),
          row.top_producer_share,
        ]),
        marks: rows.map((row) => markOf(scope.params.by, row.member, row.member_label)),
      },
    };
  },
  draws: bubble,
});

/** The member where demand exceeds supply most, among those with enough series to say so. */
export function bestOpportunity(rows: readonly GenreRow[]): GenreRow | undefined {
  return rows
    .filter((row) => !row.member.startsWith('(') && !row.few_peers && (row.opportunity_index ?? 0) > 1)
    .toSorted((a, b) => (b.opportunity_index ?? 0) - (a.opportunity_index ?? 0))[0];
}

/** How much is of no known genre or format: it sets no scale. */
function unknownNote(rows: readonly GenreRow[], { language, params }: FigureScope<SplitParams>): string[] {
  const unknown = rows.find(({ member }) => member === UNKNOWN_MEMBER);
  if (unknown === undefined || (unknown.demand_share ?? 0) === 0 || rows.length === 1) return [];
  const t = genresWords.say(language);
  return [
    t('bubble_unknown', {
      by: withinSentence(memberHeader(params.by, language)),
      supply: percent(unknown.supply_share),
      demand: percent(unknown.demand_share),
    }),
  ];
}

function bubblesOf(rows: readonly GenreRow[], scope: FigureScope<SplitParams>): BubbleData | undefined {
  const { language, params, owners = mostViewed(rows) } = scope;
  const t = genresWords.say(language);
  const bubbles = rows.flatMap((row) => {
    if (row.supply_share === null || row.demand_share === null || row.supply_share <= 0 || row.demand_share <= 0)
      return [];
    return [
      {
        id: row.member,
        name: memberName(row.member, row.member_label, language),
        x: row.supply_share,
        y: row.demand_share,
        size: toNumber(row.views) ?? 0,
        hue: memberHue(params.by, row.member, owners),
        unknown: row.member === UNKNOWN_MEMBER,
        mark: markOf(params.by, row.member, memberName(row.member, row.member_label, language)),
        facts: [
          { name: t('opportunity'), value: ratio(row.opportunity_index) },
          { name: t('active'), value: exact(row.active_series) },
          ...(row.top_producer === null || row.top_producer_share === null
            ? []
            : [
                {
                  name: t('top_producer'),
                  value: `${percent(row.top_producer_share, 0)} ${memberName(row.top_producer, row.top_producer_label ?? undefined, language)}`,
                },
              ]),
          ...(row.growth === null ? [] : [{ name: t('growth'), value: grown(row.growth, language) }]),
        ],
      },
    ];
  });
  if (bubbles.length === 0) return undefined;
  return {
    bubbles,
    xName: t('supply_share'),
    yName: t('demand_share'),
    sizeName: t('views'),
    measure: subtitleOf(scope),
  };
}
