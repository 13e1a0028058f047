import type { z } from 'zod';
import type { ProducersAnswer, producersParams } from '../../contract/analyses.ts';
import type { Engine } from '../language/engine.ts';
import { columnsOf, sharesOfChart } from './parts/columns.ts';
import { crossingsOf } from './parts/crossings.ts';
import { comparing } from './parts/members/comparing.ts';
import { hitRateOf, releasesOf } from './parts/members/hit-rate.ts';
import { memberTotalsOf, suppliedBy } from './parts/members/member-totals.ts';
import { namesOf } from './parts/members/members.ts';
import { rankChanges } from './parts/ranks.ts';
import { ratioOf } from './parts/ratios.ts';
import type { AnalysisScope } from './parts/scope.ts';

const IDS = [
  'producer',
  'producer_label',
  'rank',
  'rank_previous',
  'rank_change',
  'views',
  'share_of_views',
  'growth',
  'growth_reason',
  'active_series',
  'new_series',
  'club_count',
  'mature_releases',
  'hits',
  'hit_rate',
  'hit_rate_low',
  'hit_rate_high',
  'immature',
  'median_views_per_series',
  'n',
  'few_peers',
] as const;

/** League table (docs/analyses/producers.md). If as_of cuts the range, growth and earlier rank are of elapsed days. */
export const producers = (engine: Engine, params: z.infer<typeof producersParams>): Promise<ProducersAnswer> =>
  comparing(engine, params, async (scope) => {
    const { totals, all, comparison, choice, charts } = await memberTotalsOf(engine, scope, 'producer', params.compare);
    const releases = await releasesOf(engine, scope, 'producer', {
      threshold: params.hit_threshold,
      days: params.days,
    });
    const club = await clubCounts(engine, scope, params.threshold);
    const ranks = rankChanges(
      totals.map(({ views }) => Number(views)),
      totals.map(({ previous }) => Number(previous)),
      comparison.previousInLog,
    );
    const shown = totals.slice(0, params.limit);
    const nameOf = await namesOf(
      engine,
      'producer',
      shown.map(({ member }) => member),
    );
    const answer = {
      columns: columnsOf(IDS, sharesOfChart(['share_of_views', 'hit_rate', 'hit_rate_low', 'hit_rate_high'], charts)),
      rows: shown.map((total, i) => {
        return {
          producer: total.member,
          producer_label: nameOf(total.member),
          rank: ranks[i]?.rank ?? null,
          rank_previous: ranks[i]?.rank_previous ?? null,
          rank_change: ranks[i]?.rank_change ?? null,
          ...suppliedBy(total, comparison),
          share_of_views: ratioOf(total.views, all),
          club_count: club.get(total.member) ?? 0,
          ...hitRateOf(releases, total.member),
          median_views_per_series: total.median,
        };
      }),
    };
    return { answer, comparison, choice, charts, countsReleases: true };
  });

/** Within the range. */
async function clubCounts(
  engine: Engine,
  scope: AnalysisScope,
  threshold: number,
): Promise<ReadonlyMap<string, number>> {
  const { crossings } = await crossingsOf(engine, { ...scope, measure: 'views', thresholds: [threshold] });
  const counts = new Map<string, number>();
  for (const { bucket, series } of crossings) {
    if (bucket === null || bucket.day < scope.range.from || bucket.day > scope.range.to) continue;
    counts.set(series.producer, (counts.get(series.producer) ?? 0) + 1);
  }
  return counts;
}
