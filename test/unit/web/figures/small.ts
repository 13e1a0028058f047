import type {
  ClubAnswer,
  DecompositionAnswer,
  GenresAnswer,
  GrowthAnswer,
  MilestonesAnswer,
  MoversAnswer,
  ProducersAnswer,
  SeriesAnswer,
} from '../../../../server/contract/analyses.ts';
import type { CohortsAnswer, CurvesAnswer, SeriesRanksAnswer } from '../../../../server/contract/analyses-depth.ts';
import type { CoverageAnswer } from '../../../../server/contract/coverage.ts';
import { meta } from './told.ts';

/** The smallest answers that draw something. */

export const moversOf = (...moved: readonly [string, number][]): MoversAnswer => ({
  columns: [],
  meta,
  rows: moved.map(([member, delta]) => ({
    ...{ member, member_label: member, value: 10 + delta, previous: 10, delta, growth: delta / 10 },
    ...{ growth_reason: null, contribution_pp: 1, rank: 1, rank_previous: 1, rank_change: 0, rank_change_reason: null },
  })),
});

export const clubOf = (series: string): ClubAnswer => ({
  columns: [],
  meta,
  fastest: null,
  earned_in_window: [],
  rows: [
    {
      ...{ series, series_label: series, producer: 'p1', producer_label: 'House', primary_genre: 'urban' },
      ...{ primary_genre_label: 'Urban', format: 'comic', release_at: '2025-09-01', crossed_at: '2025-10-03' },
      ...{ resolution: 'day', days_to: 33, hours_to: null, views_in_window: 1e9, cumulative_views: 1e9 },
    },
  ],
  by_producer: [{ producer: 'p1', producer_label: 'House', count: 1, share: 1 }],
});

export const genresOf = (...members: readonly string[]): GenresAnswer => ({
  columns: [],
  meta,
  rows: members.map((member) => ({
    ...{ member, member_label: member, active_series: 4, new_series: 0, views: 9, views_per_series: 1 },
    ...{
      median_views_per_series: 1,
      median_views_d30: null,
      series_d30: 0,
      top_producer: null,
      top_producer_label: null,
      top_producer_share: null,
      top_series_share: null,
      supply_share: 0.4,
      demand_share: 0.5,
    },
    ...{ opportunity_index: 1.25, growth: null, growth_reason: null, n: 4, few_peers: true },
  })),
});

export const growthOf = (member: string): GrowthAnswer => ({
  columns: [],
  meta,
  base: '2024-11-01',
  missing_base: [],
  rows: ['2024-11-01', '2025-10-01'].map((period, at) => ({
    ...{ member, member_label: member, period, value: 1, growth: null, growth_reason: null },
    ...{ index: 100 + at, partial: false, pace: null },
  })),
});

export const leagueOf = (producer: string): { producers: ProducersAnswer } => ({
  producers: {
    columns: [],
    meta,
    rows: [
      {
        ...{ producer, producer_label: producer, rank: 1, rank_previous: 1, rank_change: 0, views: 60 },
        ...{ share_of_views: 0.6, growth: null, growth_reason: null, active_series: 3, new_series: 1, club_count: 1 },
        ...{ hits: 1, mature_releases: 4, immature: 0, hit_rate: 0.25, hit_rate_low: 0.05, hit_rate_high: 0.7 },
        ...{ median_views_per_series: 5, n: 4, few_peers: true },
      },
    ],
  },
});

export const coverageOf = (): { coverage: CoverageAnswer } => ({
  coverage: {
    columns: [],
    meta,
    rows: ['2025-08-01', '2025-08-02'].map((day) => ({
      ...{ source: 'log', day, state: 'stated' as const, rows: 1, estimated_rows: 0, views: 0 },
    })),
    sources: [
      {
        ...{
          source: 'log',
          kind: 'census' as const,
          from: '2025-08-01',
          to: '2025-08-02',
          days: 2,
          stated_days: 2,
          estimated_days: 0,
        },
        ...{ gap_days: 0, rows: 2 },
      },
    ],
  },
});

/** First of three in each period. */
export const ranksOf = (...periods: string[]): SeriesRanksAnswer => ({
  columns: [],
  rows: periods.map((period) => ({
    ...{ period, views: 5, rank: 1, n: 3, partial: false },
    ...{ percentile: null, percentile_reason: 'few_peers' as const },
  })),
  meta,
});

export const seriesOf = (): { series: SeriesAnswer } => ({
  series: {
    meta,
    series: {
      ...{ series: 's1', series_label: 'One', title: 'One', title_en: null, producers: [], rights_holder: null },
      ...{ rights_holder_label: null, producer_region_label: null, origin_label: null },
      ...{ producer_region: null, genres: [], channel: null, format: 'comic', production: null, franchise: null },
      ...{ cast: [], language: null, origin: null, release_at: null, episodes: null, paywall_episode: null },
    },
    totals: {
      ...{ views: 0, views_in_window: 0, cumulative_views: 0, views_d1: null, views_d7: null, views_d30: null },
      ...{ completion_rate: null, engagement_rate: null, first_day: null, last_day: null, days: 0 },
    },
    milestones: [],
    platforms: [{ id: 'douyin', label: 'Douyin', views: 9, share: 0.9 }],
    regions: [{ id: 'US', label: 'United States', views: 9, share: 0.9 }],
    peers: { format: null, series: 0, views_rank: null, views_percentile: null, views_percentile_reason: null },
    daily: [
      { day: '2025-10-01', views: 5, cumulative_views: 5 },
      { day: '2025-10-02', views: 7, cumulative_views: 12 },
    ],
  },
});

export const decompositionOf = (): DecompositionAnswer => ({
  columns: [],
  meta,
  rows: [
    {
      ...{ member: '(total)', member_label: '', views_base: 100, views: 150, active_base: 10, active: 12, delta: 50 },
      ...{ reason: null, effect_supply: 22.5, effect_intensity: 27.5, new: 60, entered: 5, returning: -10, lost: -5 },
    },
  ],
});

/** @param value of one series on its first day; a group has none */
export const curvesOf = (member: string, value: number | null = null): CurvesAnswer => ({
  columns: [],
  meta,
  rows: [0, 1].map((day) => ({
    ...{ member, member_label: member, day_since_release: day, value: value === null ? null : value + day },
    ...{ median: 5 + day, q1: 1, q3: 9, series: 30 },
  })),
});

export const cohortsOf = (cohort: string): CohortsAnswer => ({
  columns: [],
  meta,
  rows: [{ cohort, week: 0, series: 3, views: 300, views_per_series: 100, retention: 1, complete: true }],
});

export const milestonesOf = (series: string): MilestonesAnswer => ({
  columns: [],
  meta,
  rows: [
    {
      ...{ series, series_label: series, threshold: 1e9, reached: true, crossed_at: '2025-10-03', resolution: 'day' },
      ...{ hours_to: null, days_to: 4, before_log: false, platform: null },
    },
  ],
});
