import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeSchema, seriesAnswer } from '../../../../../server/contract/analyses.ts';
import { placeAmong } from '../../../../../server/metrics/analyses/parts/ranks.ts';
import { ladder, series } from '../../../../../server/metrics/analyses/series/series.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../../fixture.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openFixture({
    series: [
      {
        id: 'a',
        title: '盛夏芬德拉',
        titleEn: 'Midsummer',
        producers: ['p', 'q'],
        genres: ['urban'],
        format: 'live_action',
        franchise: 'f',
        release: '2025-10-01T12:00:00+08:00',
        episodes: 80,
      },
      { id: 'b', format: 'live_action' },
      { id: 'c', format: 'live_action' },
      { id: 'd', format: 'comic', release: '2025-08-31' },
      { id: 'empty' },
    ],
    rows: [
      { series: 'b', day: '2025-09-01', views: 3_000_000 },
      { series: 'b', day: '2025-10-01', views: 500 },
      { series: 'c', day: '2025-10-01', views: 2_000_000 },
      { series: 'd', day: '2025-10-01', views: 9_000_000 },
      { series: 'a', day: '2025-10-01', kind: 'opening', views: 400_000 },
      {
        series: 'a',
        at: '2025-10-01T13:10:00+08:00',
        platform: 'douyin',
        views: 500_000,
        completions: 50_000,
        likes: 10,
      },
      { series: 'a', at: '2025-10-02T20:10:00+08:00', views: 1_000_000, region: 'US', likes: 20, shares: 30 },
      { series: 'a', day: '2025-10-12', views: 500_000 },
    ],
    labels: [{ dimension: 'producer', id: 'p', zh: '听花岛', en: 'Tinghua Island' }],
  });
});
afterAll(() => warehouse.close());

const ask = (id: string, query: Record<string, string> = {}) =>
  withEngine(warehouse, (engine) => series(engine, id, scopeSchema.parse(query)));

test('a series is described with names, and the answer keeps the contract', async () => {
  const answer = await ask('a');
  expect(seriesAnswer.parse(answer)).toEqual(answer);
  expect(answer.series).toMatchObject({
    series: 'a',
    series_label: '盛夏芬德拉',
    producers: [
      { id: 'p', label: '听花岛' },
      { id: 'q', label: 'q' },
    ],
    franchise: { id: 'f', label: 'f' },
    cast: [],
    release_at: '2025-10-01T12:00:00+08:00',
    episodes: 80,
  });
});

test('totals are over all data; first days only where it is that old', async () => {
  const { totals } = await ask('a', { from: '2025-10-02', to: '2025-10-02' });
  expect(totals).toEqual({
    views: 2_000_000,
    views_in_window: 1_000_000,
    cumulative_views: 2_400_000,
    views_d1: 500_000,
    views_d7: 1_500_000,
    views_d30: null,
    completion_rate: 50_000 / 2_000_000,
    engagement_rate: 60 / 2_000_000,
    first_day: '2025-10-01',
    last_day: '2025-10-12',
    days: 3,
  });
});

test('a day of an opening alone is no day of the series', async () => {
  const fixture = await openFixture({
    series: [{ id: 'a' }, { id: 'b' }],
    rows: [
      { series: 'a', day: '2025-10-01', kind: 'opening', views: 400 },
      { series: 'a', day: '2025-10-03', views: 20 },
      { series: 'a', day: '2025-10-04', likes: 5 },
      { series: 'b', day: '2025-10-01', kind: 'opening', views: 400 },
      { series: 'b', day: '2025-10-01', views: 0 },
    ],
  });
  const of = (id: string) =>
    withEngine(fixture, async (engine) => {
      const { totals, daily } = await series(engine, id, scopeSchema.parse({}));
      return [
        totals.first_day,
        totals.last_day,
        totals.days,
        daily.map((day) => [day.day, day.views, day.cumulative_views]),
      ];
    });
  const [a, b] = [await of('a'), await of('b')];
  await fixture.close();
  // A day that states likes is one, its views unknown; so is one that states 0 views.
  expect(a).toEqual([
    '2025-10-03',
    '2025-10-04',
    2,
    [
      ['2025-10-03', 20, 420],
      ['2025-10-04', null, 420],
    ],
  ]);
  expect(b).toEqual(['2025-10-01', '2025-10-01', 1, [['2025-10-01', 0, 400]]]);
});

test('first days are unknown of a series released before the log, or at an unknown time', async () => {
  for (const id of ['b', 'd']) {
    const { totals } = await ask(id);
    expect(totals).toMatchObject({ views_d1: null, views_d7: null, views_d30: null });
  }
});

test('milestones are those reached and the next', async () => {
  const { milestones } = await ask('a');
  expect(milestones.map((m) => [m.threshold, m.reached, m.crossed_at, m.days_to, m.hours_to])).toEqual([
    [1e6, true, '2025-10-02T20:00:00+08:00', 2, 33],
    [2e6, true, '2025-10-12', 12, null],
    [3e6, false, null, null, null],
  ]);
});

test('shares, peers and the curve follow the range; the cumulative curve is never cut', async () => {
  const whole = await ask('a');
  expect(whole.platforms).toEqual([
    { id: 'hongguo', label: 'hongguo', views: 1_500_000, share: 0.75 },
    { id: 'douyin', label: 'douyin', views: 500_000, share: 0.25 },
  ]);
  expect(whole.regions.map((r) => [r.id, r.share])).toEqual([
    ['CN', 0.5],
    ['US', 0.5],
  ]);
  // In all: b 3,000,500; a and c 2,000,000 each, a tie. Three are too few for a percentile.
  expect(whole.peers).toEqual({
    format: 'live_action',
    series: 3,
    views_rank: 2,
    views_percentile: null,
    views_percentile_reason: 'few_peers',
  });
  const october = await ask('a', { from: '2025-10-01', to: '2025-10-31' });
  // a and c tie for the first place before b.
  expect(october.peers).toMatchObject({ series: 3, views_rank: 1, views_percentile: null });
  const day = await ask('a', { from: '2025-10-02', to: '2025-10-03' });
  expect(day.daily).toEqual([{ day: '2025-10-02', views: 1_000_000, cumulative_views: 1_900_000 }]);
});

test('filters choose rows', async () => {
  const filters = JSON.stringify([{ dimension: 'region', op: 'in', values: ['US'] }]);
  const { totals, daily } = await ask('a', { filters });
  expect([totals.views, totals.cumulative_views, daily.length]).toEqual([1_000_000, 1_000_000, 1]);
});

test('a series without rows has zeros, one that does not exist is not found', async () => {
  const { totals, peers, milestones } = await ask('empty');
  expect(totals).toMatchObject({ views: 0, first_day: null, days: 0, completion_rate: null });
  expect(peers).toEqual({
    format: '(unknown)',
    series: 0,
    views_rank: null,
    views_percentile: null,
    views_percentile_reason: null,
  });
  expect(milestones.map((m) => [m.threshold, m.reached])).toEqual([[1e6, false]]);
  await expect(ask('nobody')).rejects.toMatchObject({
    code: 'unknown_member',
    message: expect.stringContaining('"nobody"'),
  });
});

test('the ladder of milestones ends with the next one', () => {
  expect(ladder(0)).toEqual([1e6]);
  expect(ladder(1e6)).toEqual([1e6, 2e6]);
  expect(ladder(3_100_000_000n).slice(-2)).toEqual([3e9, 5e9]);
});

test('percent_rank needs twenty peers; below that there is the reason', () => {
  expect([placeAmong(19, 20), placeAmong(0, 20), placeAmong(18, 19), placeAmong(0, 0)]).toEqual([
    { percentile: 1, reason: null },
    { percentile: 0, reason: null },
    { percentile: null, reason: 'few_peers' },
    { percentile: null, reason: 'few_peers' },
  ]);
});
