import { describe, expect, it } from 'vitest';
import type { ClubAnswer, GenresAnswer } from '../../../server/contract/analyses.ts';
import type { Answer, Meta } from '../../../server/contract/query.ts';
import { NOTHING_PARTIAL } from '../../../web/charts/frame.ts';
import { crossingsPerMonth, fastest, producersByCount, raceCurves } from '../../../web/pages/club/clubData.ts';
import { bestOpportunity, genreByFormat, viewsPerSeries } from '../../../web/pages/genres/genresData.ts';

const meta: Meta = {
  version: '1',
  as_of: '2025-10-31',
  source: { table: 'series_day', refused: [] },
  sources: [],
  elapsed_ms: 1,
  truncated: false,
  partial_periods: [],
  alignment: 'calendar',
  currency: null,
  notes: [],
  synthetic: true,
};
type ClubRow = ClubAnswer['rows'][number];
const member = (series: string, more: Partial<ClubRow> = {}): ClubRow => ({
  series,
  series_label: series,
  producer: 'p1',
  producer_label: 'House 1',
  primary_genre: 'urban',
  primary_genre_label: 'Urban',
  format: 'live_action',
  release_at: '2025-09-01',
  crossed_at: '2025-10-03',
  resolution: 'day',
  days_to: 33,
  hours_to: null,
  views_in_window: 1e9,
  cumulative_views: 1.2e9,
  ...more,
});
const club = (rows: ClubRow[], by: [string, number][]): ClubAnswer => ({
  columns: [],
  rows,
  meta,
  earned_in_window: [],
  by_producer: by.map(([producer, count]) => ({
    producer,
    producer_label: `House ${producer}`,
    count,
    share: count / rows.length,
  })),
});
const answer = (rows: Answer['rows']): Answer => ({ columns: [], rows, meta });

describe('the billion club', () => {
  it('adds views up by day since release, day 0 first, and carries days without views on', () => {
    const race = raceCurves(
      answer([
        { series: 'a', day_since_release: '0', views: 5 },
        { series: 'a', day_since_release: '3', views: '7' },
        { series: 'a', day_since_release: '(unknown)', views: 100 },
        { series: 'stranger', day_since_release: '0', views: 9 },
      ]),
      [member('a'), member('without rows')],
      'en',
      1e9,
      'Cumulative views',
    );
    expect(race?.curves.map(({ id, values }) => [id, values])).toEqual([['a', [5, 5, 5, 12]]]);
    expect(race?.threshold?.name).toBe('1B');
  });

  it('names the seven fastest and leaves the others grey', () => {
    const members = Array.from({ length: 9 }, (_, at) => member(`s${at}`, { days_to: 20 - at }));
    const rows = members.map(({ series }) => ({ series, day_since_release: '0', views: 1 }));
    const race = raceCurves(answer(rows), members, 'en', 1e9, '');
    expect(race?.curves.filter(({ context }) => context === true).map(({ id }) => id)).toEqual(['s1', 's0']);
  });

  it('calls fastest whoever needed fewest hours, days counting 24', () => {
    const rows = [
      member('days', { days_to: 2 }),
      member('hours', { days_to: 3, hours_to: 40 }),
      member('unknown', { days_to: null }),
    ];
    expect(fastest(rows)?.series).toBe('hours');
    expect(fastest([member('unknown', { days_to: null })])).toBeUndefined();
  });

  it('counts crossings in every month of the log, the unchosen together', () => {
    const rows = [
      member('a', { crossed_at: '2025-08-30T23:00:00+08:00' }),
      member('b', { crossed_at: '2025-10-01', producer: 'p2' }),
      member('c', { crossed_at: null }),
    ];
    const drawn = crossingsPerMonth(
      club(rows, [
        ['p1', 2],
        ['p2', 1],
      ]),
      { from: '2025-08-10', to: '2025-10-31' },
      ['p1'],
      { others: 'Others', measure: '' },
      NOTHING_PARTIAL,
    );
    expect(drawn?.periods).toEqual(['2025-08-01', '2025-09-01', '2025-10-01']);
    expect(drawn?.parts.map(({ name, values }) => [name, values])).toEqual([
      ['House p1', [1, 0, 0]],
      ['Others', [0, 0, 1]],
    ]);
  });

  it('gives colours first to producers of the range, never to the unknown one', () => {
    const now = club(
      [member('a')],
      [
        ['p3', 1],
        ['(unknown)', 1],
      ],
    );
    const all = club(
      [member('a')],
      [
        ['p1', 9],
        ['p3', 1],
        ['p2', 1],
      ],
    );
    expect(producersByCount(all, now)).toEqual(['p3', 'p1', 'p2']);
  });
});

describe('genres', () => {
  it('gives each genre’s share of its format, the genres not drawn still in the denominator', () => {
    const rows = Array.from({ length: 20 }, (_, at) => ({
      primary_genre: `g${at}`,
      primary_genre_label: `G${at}`,
      format: 'comic',
      format_label: 'Comic',
      views: 20 - at,
    }));
    const heat = genreByFormat(
      answer([
        ...rows,
        {
          primary_genre: 'g0',
          primary_genre_label: 'G0',
          format: 'live_action',
          format_label: 'Live action',
          views: 5,
        },
      ]),
      'en',
      'Share',
    );
    expect(heat?.columns.map(({ id }) => id)).toEqual(['live_action', 'comic']);
    expect(heat?.rows).toHaveLength(15);
    expect(heat?.cells.find((cell) => cell.row === 0 && cell.column === 1)?.value).toBeCloseTo(20 / 210, 12);
    expect(heat?.cells.find((cell) => cell.row === 1 && cell.column === 0)?.value).toBeNull();
  });

  it('summarises the series of each genre, highest median first', () => {
    const row = (genre: string, views: number) => ({
      series: String(views),
      primary_genre: genre,
      primary_genre_label: genre,
      views,
    });
    const drawn = viewsPerSeries(
      answer([row('low', 1), row('low', 100), row('low', 3), row('high', 50), row('high', 0)]),
      'primary_genre',
      [],
      'en',
      { measure: '', counted: '' },
    );
    expect(drawn?.rows.map(({ id, median, count }) => [id, median, count])).toEqual([
      ['high', 50, 1],
      ['low', 3, 3],
    ]);
  });

  it('finds the best opportunity only where there are enough series to say so', () => {
    const genre = (id: string, supply: number, index: number): GenresAnswer['rows'][number] => ({
      member: id,
      member_label: id,
      active_series: 1,
      new_series: 0,
      views: 1,
      views_per_series: 1,
      median_views_per_series: 1,
      median_views_d30: null,
      supply_share: supply,
      demand_share: supply * index,
      opportunity_index: index,
      growth: null,
      growth_reason: null,
    });
    expect(bestOpportunity([genre('tiny', 0.001, 9), genre('real', 0.05, 2), genre('(unknown)', 0.3, 8)])?.member).toBe(
      'real',
    );
    expect(bestOpportunity([genre('poor', 0.5, 0.9)])).toBeUndefined();
  });
});
