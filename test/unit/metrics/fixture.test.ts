import { expect, test } from 'vitest';
import { openFixture } from './fixture.ts';

test('a fixture fills log, rollups, catalogue and the state', async () => {
  const warehouse = await openFixture({
    series: [{ id: 'a', producers: ['p', 'q'], genres: ['urban', 'family'], release: '2025-10-01T20:00:00+08:00' }],
    rows: [
      { series: 'a', day: '2025-09-30', kind: 'opening', views: 5 },
      { series: 'a', at: '2025-10-01T23:30:00+08:00', views: 7, heat: 3 },
      { series: 'a', day: '2025-10-01', region: 'US', views: 9_007_199_254_740_993n },
    ],
  });
  const rows = await warehouse.read((session) =>
    session.all({
      text: `SELECT day, market::VARCHAR AS market, timed, views, opening_views, release_at, release_day, genres
        FROM series_day JOIN series USING (series_key) ORDER BY day, market`,
      values: [],
    }),
  );
  const release = { release_at: '2025-10-01T12:00:00Z', release_day: '2025-10-01', genres: ['urban', 'family'] };
  expect(rows).toEqual([
    { day: '2025-09-30', market: 'domestic', timed: false, views: null, opening_views: 5, ...release },
    { day: '2025-10-01', market: 'domestic', timed: true, views: 7, opening_views: null, ...release },
    {
      day: '2025-10-01',
      market: 'overseas',
      timed: false,
      views: 9_007_199_254_740_993n,
      opening_views: null,
      ...release,
    },
  ]);
  expect(warehouse.state()).toMatchObject({ from: '2025-09-30', asOf: '2025-10-01', rows: 3, series: 1, producers: 1 });
  expect([...warehouse.state().columns]).toEqual(['views', 'heat']);
  await warehouse.close();
});
