import type { z } from 'zod';
import type { GenresAnswer, genresParams } from '../../contract/analyses.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { columnsOf, sharesOfChart } from './parts/columns.ts';
import { plus, type Whole } from './parts/counts.ts';
import { comparing } from './parts/members/comparing.ts';
import { medianEarlyViews } from './parts/members/early-views.ts';
import { largestParts } from './parts/members/largest-parts.ts';
import { memberTotalsOf, suppliedBy } from './parts/members/member-totals.ts';
import { namesOf } from './parts/members/members.ts';
import { ratioOf } from './parts/ratios.ts';

const IDS = [
  'member',
  'member_label',
  'active_series',
  'new_series',
  'views',
  'views_per_series',
  'median_views_per_series',
  'median_views_d30',
  'series_d30',
  'supply_share',
  'demand_share',
  'opportunity_index',
  'top_producer',
  'top_producer_label',
  'top_producer_share',
  'top_series_share',
  'growth',
  'growth_reason',
  'n',
  'few_peers',
] as const;

/** Supply and demand (docs/analyses/genres.md). If as_of cuts the range, only growth uses the elapsed days. */
export const genres = (engine: Engine, params: z.infer<typeof genresParams>): Promise<GenresAnswer> =>
  comparing(engine, params, async (scope) => {
    const { totals, comparison, choice, charts } = await memberTotalsOf(engine, scope, params.by, params.compare);
    const medians = await medianEarlyViews(engine, scope, params.by, 30);
    const largest = await largestParts(engine, scope, params.by);
    const shares = supplyAndDemand(totals);
    const houses = [...largest.values()].map(({ producer }) => producer);
    const houseOf = await namesOf(engine, 'producer', [...new Set(houses)]);
    const nameOf = await namesOf(
      engine,
      params.by,
      totals.map(({ member }) => member),
    );
    const { label } = DIMENSION_CATALOG[params.by];
    const answer = {
      columns: columnsOf(IDS, {
        member_label: { label },
        ...sharesOfChart(['supply_share', 'demand_share', 'opportunity_index'], charts),
      }),
      rows: totals.map((total, i) => {
        const { median = null, series = 0 } = medians.get(total.member) ?? {};
        const top = largest.get(total.member);
        return {
          member: total.member,
          member_label: nameOf(total.member),
          ...suppliedBy(total, comparison),
          views_per_series: ratioOf(total.views, total.active),
          median_views_per_series: total.median,
          median_views_d30: median,
          series_d30: series,
          supply_share: shares[i]?.supply ?? null,
          demand_share: shares[i]?.demand ?? null,
          opportunity_index: shares[i]?.opportunity ?? null,
          top_producer: top?.producer ?? null,
          top_producer_label: top === undefined ? null : houseOf(top.producer),
          top_producer_share: top === undefined ? null : ratioOf(top.producer_views, total.views),
          top_series_share: top === undefined ? null : ratioOf(top.series_views, total.views),
        };
      }),
    };
    return { answer, comparison, choice, charts, countsReleases: true };
  });

export interface Shares {
  readonly supply: number | null;
  readonly demand: number | null;
  readonly opportunity: number | null;
}

/** Null if there is nothing to share. */
export function supplyAndDemand(members: readonly { readonly active: number; readonly views: Whole }[]): Shares[] {
  const active = members.reduce((sum, member) => sum + member.active, 0);
  const views = members.reduce<Whole>((sum, member) => plus(sum, member.views), 0);
  return members.map((member) => {
    const supply = ratioOf(member.active, active);
    const demand = ratioOf(member.views, views);
    return { supply, demand, opportunity: ratioOf(demand, supply) };
  });
}
