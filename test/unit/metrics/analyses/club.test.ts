import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clubParams } from '../../../../server/contract/analyses.ts';
import type { DimensionFilter } from '../../../../server/contract/query.ts';
import { club, countByProducer } from '../../../../server/metrics/analyses/club.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { crossingsOf, groupBy, oracleRows, viewsOf, within } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

const ask = (warehouse: Warehouse, query: Record<string, string>, language: 'zh' | 'en' = 'zh') =>
  withEngine(warehouse, (engine) => club(engine, clubParams.parse(query)), language);

describe('a worked example', () => {
  // T = 100. a: 60 + 40 = exactly T on 2 October. b: crosses on 30 September. c: above by openings. d: 99. e: 100 in one day.
  const fixture: Fixture = {
    series: [
      {
        id: 'a',
        title: '甲',
        titleEn: 'Alpha',
        producers: ['p1', 'p2'],
        genres: ['urban'],
        format: 'comic',
        release: '2025-10-01',
      },
      { id: 'b', producers: ['p1'] },
      { id: 'c', producers: ['p2'] },
      { id: 'd', producers: ['p2'] },
      { id: 'e' },
    ],
    rows: [
      { series: 'a', day: '2025-10-01', views: 60 },
      { series: 'a', day: '2025-10-02', views: 40 },
      { series: 'a', day: '2025-11-01', views: 7 },
      { series: 'b', day: '2025-09-30', views: 100 },
      { series: 'b', day: '2025-10-03', views: 150 },
      { series: 'c', day: '2025-09-30', kind: 'opening', views: 100 },
      { series: 'c', day: '2025-10-01', views: 10 },
      { series: 'd', day: '2025-10-01', views: 99 },
      { series: 'e', day: '2025-10-31', views: 100 },
      { series: 'e', day: '2025-11-02', views: 0 },
    ],
    labels: [{ dimension: 'producer', id: 'p1', zh: '听花岛', en: 'Tinghua Island' }],
  };
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());
  const october = { threshold: '100', from: '2025-10-01', to: '2025-10-31' };

  test('the club of a month is who crossed in it, with what they earned in it and had by its end', async () => {
    const answer = await ask(warehouse, october);
    expect(answer.fastest).toEqual({ unit: 'days', value: 2, series: ['a'] });
    expect(answer.rows).toEqual([
      {
        series: 'a',
        series_label: '甲',
        producer: 'p1',
        producer_label: '听花岛',
        primary_genre: 'urban',
        primary_genre_label: 'urban',
        format: 'comic',
        release_at: '2025-10-01',
        crossed_at: '2025-10-02',
        resolution: 'day',
        days_to: 2,
        hours_to: null,
        views_in_window: 100,
        cumulative_views: 100,
      },
      expect.objectContaining({
        series: 'e',
        producer: '(unknown)',
        producer_label: '未知',
        format: '(unknown)',
        release_at: null,
        days_to: null,
      }),
    ]);
    expect(answer.columns.map((column) => column.id)).toEqual(Object.keys(answer.rows[0] ?? {}));
  });

  test('producers are counted with their share', async () => {
    const { by_producer } = await ask(warehouse, october);
    expect(by_producer).toEqual([
      { producer: '(unknown)', producer_label: '未知', count: 1, share: 0.5 },
      { producer: 'p1', producer_label: '听花岛', count: 1, share: 0.5 },
    ]);
  });

  test('earned_in_window is who earned the threshold within the range, whenever they crossed', async () => {
    const { earned_in_window } = await ask(warehouse, october);
    expect(earned_in_window.map((row) => [row.series, row.views_in_window])).toEqual([
      ['b', 150],
      ['a', 100],
      ['e', 100],
    ]);
  });

  test('a series above the threshold by openings is in no club, and counted in a note', async () => {
    const answer = await ask(warehouse, { threshold: '100' });
    expect(answer.rows.map((row) => row.series)).toEqual(['b', 'a', 'e']);
    expect(answer.meta.notes.map((note) => note.code)).toContain('before_log');
  });

  test('labels come in the asked language', async () => {
    const answer = await ask(warehouse, october, 'en');
    expect(answer.rows[0]).toMatchObject({ series_label: 'Alpha', producer_label: 'Tinghua Island' });
  });

  test('a measure without a column is refused, a filter on a measure too', async () => {
    await expect(ask(warehouse, { measure: 'valid_views' })).rejects.toMatchObject({ code: 'measure_unavailable' });
    const filters = JSON.stringify([{ measure: 'views', op: 'gt', value: 1 }]);
    await expect(ask(warehouse, { filters })).rejects.toMatchObject({ code: 'invalid_filter' });
  });

  test('a range that ends before it starts is refused', async () => {
    await expect(ask(warehouse, { from: '2025-10-02', to: '2025-10-01' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

test('valid views have a club of their own', async () => {
  const warehouse = await openFixture({
    series: [{ id: 'a' }],
    rows: [
      { series: 'a', day: '2025-10-01', views: 500, valid_views: 50 },
      { series: 'a', day: '2025-10-02', views: 5, valid_views: 60 },
    ],
  });
  const answer = await ask(warehouse, { threshold: '100', measure: 'valid_views' });
  expect(answer.rows.map((row) => [row.crossed_at, row.views_in_window])).toEqual([['2025-10-02', 110]]);
  await warehouse.close();
});

test('counts beyond 2^53 keep their digits', async () => {
  const warehouse = await openFixture({
    series: [{ id: 'a' }],
    rows: [{ series: 'a', day: '2025-10-01', views: 9_007_199_254_740_993n }],
  });
  const answer = await ask(warehouse, {});
  expect(JSON.parse(JSON.stringify(answer.rows))[0].views_in_window).toBe('9007199254740993');
  await warehouse.close();
});

test('producers come by count, then by id', () => {
  expect(countByProducer(['b', 'a', 'c', 'c'])).toEqual([
    { producer: 'c', count: 2, share: 0.5 },
    { producer: 'a', count: 1, share: 0.25 },
    { producer: 'b', count: 1, share: 0.25 },
  ]);
  expect(countByProducer([])).toEqual([]);
});

describe('against plain sums over all rows', () => {
  const fixture = randomFixture(11, 40);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());
  const filters: DimensionFilter[][] = [
    [],
    [{ dimension: 'market', op: 'in', values: ['domestic'] }],
    [{ dimension: 'region', op: 'in', values: ['CN'] }],
    [{ dimension: 'platform', op: 'not_in', values: ['douyin'] }],
  ];
  const ranges: [string, string][] = [
    ['2025-08-01', '2025-08-31'],
    ['2025-07-20', '2025-09-10'],
  ];
  test.each(filters.flatMap((f) => ranges.map(([from, to]) => [JSON.stringify(f), f, from, to] as const)))(
    '%s',
    async (_name, dimensionFilters, from, to) => {
      const threshold = 200;
      const answer = await ask(warehouse, {
        from,
        to,
        threshold: String(threshold),
        filters: JSON.stringify(dimensionFilters),
      });
      const rows = oracleRows(fixture, dimensionFilters);
      const expected = crossingsOf(rows, threshold)
        .filter(({ day }) => day !== null && day >= from && day <= to)
        .map(({ series, crossed_at }) => {
          const own = rows.filter((row) => row.series === series);
          const cumulative = viewsOf(own, 'opening') + viewsOf(within(own, '0000', to));
          return [series, crossed_at, viewsOf(within(own, from, to)), cumulative];
        });
      const got = answer.rows.map((row) => [row.series, row.crossed_at, row.views_in_window, row.cumulative_views]);
      expect(expected.length).toBeGreaterThan(1);
      expect(got.toSorted()).toEqual(expected.toSorted());
      const earned = [...groupBy(within(rows, from, to), (row) => [row.series])].filter(
        ([, own]) => viewsOf(own) >= threshold,
      );
      expect(answer.earned_in_window.map((row) => row.series).toSorted()).toEqual(earned.map(([id]) => id).toSorted());
    },
  );
});
