import type { CompareAnswer } from '../../../../server/contract/analyses-depth.ts';

type ComparedRow = CompareAnswer['rows'][number];

/** A member side by side with others, of which only what is given is known. */
export const comparedRow = (member: string, of: Partial<ComparedRow>): ComparedRow => ({
  member,
  member_label: member.toUpperCase(),
  n: 1,
  few_peers: true,
  views: 0,
  share_of_views: null,
  growth: null,
  growth_reason: null,
  active_series: 1,
  new_series: 0,
  views_per_series: null,
  median_views_d30: null,
  completion_rate: null,
  engagement_rate: null,
  overseas_share: null,
  ai_share: null,
  series_views_min: null,
  series_views_q1: null,
  series_views_median: null,
  series_views_q3: null,
  series_views_max: null,
  mature_releases: 0,
  hits: 0,
  hit_rate: null,
  hit_rate_low: null,
  hit_rate_high: null,
  immature: 0,
  ...of,
});
