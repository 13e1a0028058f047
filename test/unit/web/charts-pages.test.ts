import { describe, expect, it } from 'vitest';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { Answer, Meta } from '../../../server/contract/query.ts';
import { NOTHING_PARTIAL } from '../../../web/charts/frame.ts';
import { crossingsPerMonth, fastest, producersByCount, raceCurves } from '../../../web/pages/club/clubData.ts';

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
