import { z } from 'zod';
import { ENOUGH_PEERS } from '../../../server/contract/analyses.ts';
import type { Answer, Row } from '../../../server/contract/query.ts';
import { UNKNOWN_MEMBER } from '../../../server/contract/query.ts';
import { TALL_CHART } from '../../charts/heights.ts';
import type { TooltipRow } from '../../charts/parts/tooltip.ts';
import { chartWords } from '../../charts/words.ts';
import { isOnMap, type MapData, worldMap } from '../../charts/worldMap.ts';
import { markOf } from '../../filters/marks.ts';
import { measureTerm, type Scope } from '../../filters/scope.ts';
import { compact, exact, grown, percent, range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName, numberCell, textCell } from '../members.ts';
import { overseasWords } from './words.ts';

export interface RegionRow {
  id: string;
  name: string;
  views: number;
  share: number | null;
  growth: number | null;
  growthReason: string;
  series: number | null;
  median: number | null;
}

const overseas = { dimension: 'market' as const, op: 'in' as const, values: ['overseas'] };

export const overseasMap = figure({
  id: 'overseas.map',
  params: z.object({}),
  heads: (scope) => {
    const t = overseasWords.say(scope.language);
    return {
      title: t('map_title'),
      subtitle: t('map_subtitle', { range: rangeText(scope.range.from, scope.range.to, scope.language) }),
      definition: t('map_definition'),
      height: TALL_CHART,
    };
  },
  asks: (scope) => ({
    markets: query(scope, { measures: ['share_of_views'], dimensions: ['market'] }),
    regions: query(scope, {
      measures: ['views', 'share_of_views', 'active_series', 'median_views_per_series'],
      dimensions: ['region'],
      filters: [overseas],
      ...(scope.comparison === 'none' ? {} : { compare: scope.comparison }),
    }),
  }),
  says: ({ regions, markets }, scope) => {
    const t = overseasWords.say(scope.language);
    const rows = regionRows(regions, scope);
    if (rows.length === 0) return { nothing: t('none'), remedy: t('none_text') };
    const placed = rows.filter(({ id }) => isOnMap(id));
    const [first] = placed;
    const unknown = numberCell(markets.rows.find(({ market }) => market === UNKNOWN_MEMBER)?.share_of_views);
    return {
      ...(first === undefined || first.share === null || placed.length < 2 || (first.series ?? 0) < ENOUGH_PEERS
        ? {}
        : { title: t('map_lead', { name: first.name, share: percent(first.share) }) }),
      data: mapOf(placed, scope),
      notes: [
        ...offMap(
          rows.filter(({ id }) => !isOnMap(id)),
          scope,
        ),
        ...(unknown === null ? [] : [t('unknown_market', { share: percent(unknown) })]),
      ],
      table: {
        columns: [
          { id: 'region', header: t('region'), kind: 'text' },
          { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
          { id: 'share', header: t('share'), kind: 'fraction' },
          { id: 'growth', header: t('growth'), kind: 'fraction' },
          { id: 'series', header: measureTerm(scope, 'active_series').label, kind: 'count' },
        ],
        rows: rows.map(({ name, views, share, growth, series }) => [name, views, share, growth, series]),
        marks: rows.map(({ id, name }) => markOf('region', id, name)),
      },
    };
  },
  draws: worldMap,
});

/** Overseas regions with views, most viewed first, what is unknown last. */
export function regionRows({ rows }: Answer, { language }: Scope): RegionRow[] {
  const isUnknown = ({ id }: RegionRow): boolean => id.startsWith('(');
  return rows
    .map((row) => regionRow(row, language))
    .filter(({ views }) => views > 0)
    .sort((a, b) => Number(isUnknown(a)) - Number(isUnknown(b)) || b.views - a.views);
}

function regionRow(row: Row, language: Scope['language']): RegionRow {
  const id = textCell(row.region);
  return {
    id,
    // Abroad, and nobody knows where.
    name: id.startsWith('(')
      ? overseasWords.say(language)('unknown_region')
      : memberName(id, textCell(row.region_label), language),
    views: numberCell(row.views) ?? 0,
    share: numberCell(row.share_of_views),
    growth: numberCell(row.views__growth),
    growthReason: textCell(row.views__growth_reason),
    series: numberCell(row.active_series),
    median: numberCell(row.median_views_per_series),
  };
}

function mapOf(rows: readonly RegionRow[], scope: FigureScope<object>): MapData {
  const { language, compared } = scope;
  const words = chartWords(language);
  const series = measureTerm(scope, 'active_series').label;
  const against = compared === null ? '' : words.against(rangeText(compared.from, compared.to, language));
  const t = overseasWords.say(language);
  return {
    regions: rows.map(({ id, name, views, share, growth, series: count }, at) => {
      const facts: TooltipRow[] = [
        { name: t('share'), value: percent(share, 2) },
        { name: words.rank, value: String(at + 1) },
        ...(growth === null ? [] : [{ name: t('growth'), value: grown(growth, language), detail: against }]),
        { name: series, value: exact(count) },
      ];
      return { id, name, value: views, facts, mark: markOf('region', id, name) };
    }),
    kind: 'count',
    measure: measureTerm(scope, 'views').label,
  };
}

/** What has no place on a map: groups of countries, and what is known to be abroad and no more. */
function offMap(rows: readonly RegionRow[], { language }: Scope): string[] {
  if (rows.length === 0) return [];
  const t = overseasWords.say(language);
  const list = rows.map(({ name, views, share }) =>
    t('off_map_part', { name, views: compact(views, language), share: percent(share) }),
  );
  return [t('off_map', { list: list.join(language === 'zh' ? '、' : ', ') })];
}
