import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decompositionParams,
  genresParams,
  growthParams,
  moversParams,
  producersParams,
} from '../../../../server/contract/analyses.ts';
import {
  cohortsParams,
  concentrationParams,
  producersCompareParams,
  qualityParams,
} from '../../../../server/contract/analyses-depth.ts';
import { type Column, type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { catalog } from '../../../../server/metrics/analyses/catalog.ts';
import { concentration } from '../../../../server/metrics/analyses/concentration.ts';
import { decomposition } from '../../../../server/metrics/analyses/decomposition.ts';
import { genres } from '../../../../server/metrics/analyses/genres.ts';
import { growth } from '../../../../server/metrics/analyses/growth.ts';
import { movers } from '../../../../server/metrics/analyses/movers.ts';
import { producers } from '../../../../server/metrics/analyses/producers.ts';
import { producersCompare } from '../../../../server/metrics/analyses/producers-compare.ts';
import { cohorts } from '../../../../server/metrics/analyses/series/cohorts.ts';
import { quality } from '../../../../server/metrics/analyses/series/quality.ts';
import type { Engine } from '../../../../server/metrics/language/engine.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';

/**
 * A chart of the two most watched. September: stays 100, leaves 90. October: stays 150, comes 120. The census source
 * states `steady` (another platform) in both months, 10 and 10, and `gone` in September alone.
 */
const ROWS: Fixture['rows'] = [
  { series: 'stays', day: '2025-09-10', views: 100, source: 'top' },
  { series: 'leaves', day: '2025-09-10', views: 90, source: 'top' },
  { series: 'stays', day: '2025-10-10', views: 150, source: 'top' },
  { series: 'comes', day: '2025-10-10', views: 120, source: 'top' },
];
const CENSUS: Fixture['rows'] = [
  { series: 'steady', day: '2025-09-01', views: 0, source: 'all', platform: 'douyin' },
  { series: 'steady', day: '2025-09-10', views: 10, source: 'all', platform: 'douyin' },
  { series: 'gone', day: '2025-09-11', views: 7, source: 'all', platform: 'douyin' },
  { series: 'steady', day: '2025-10-31', views: 10, source: 'all', platform: 'douyin' },
];
/** The log runs from 1 September to 31 October. */
const ENDS: Fixture['rows'] = [
  { series: 'stays', day: '2025-09-01', views: 0, source: 'top' },
  { series: 'stays', day: '2025-10-31', views: 0, source: 'top' },
];
const series = ['stays', 'leaves', 'comes', 'steady', 'gone'].map((id) => ({
  id,
  genres: [id],
  producers: [id === 'leaves' ? 'stays' : id],
  release: '2025-10-05',
}));
const october = { from: '2025-10-01', to: '2025-10-31' };

let chart: Warehouse;
let mixed: Warehouse;
beforeAll(async () => {
  chart = await openFixture({ series, rows: [...ROWS, ...ENDS], charts: ['top'] });
  mixed = await openFixture({ series, rows: [...ROWS, ...CENSUS, ...ENDS], charts: ['top'] });
});
afterAll(async () => {
  await chart.close();
  await mixed.close();
});

const ask = (warehouse: Warehouse, query: Partial<QueryInput>) =>
  withEngine(warehouse, (engine) => answerQuery(engine, querySchema.parse({ measures: ['views'], ...query })));
const on = <T>(warehouse: Warehouse, work: (engine: Engine) => Promise<T>) => withEngine(warehouse, work);
type Answer = Awaited<ReturnType<typeof ask>>;
const compared = ({ rows }: Answer) =>
  rows
    .map((row) => [
      row.series,
      row.views,
      row.views__previous,
      row.views__delta,
      row.views__growth,
      row.views__growth_reason,
    ])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));

describe('a comparison on a chart', () => {
  test('knows nothing of a series that is not on it: no fall to 0, nothing new', async () => {
    const answer = await ask(chart, { dimensions: ['series'], time: october, compare: 'previous_period' });
    expect(compared(answer)).toEqual([
      ['comes', 120, null, null, null, 'not_on_chart'],
      ['leaves', null, 90, null, null, 'not_on_chart'],
      ['stays', 150, 100, 50, 0.5, null],
    ]);
    expect(answer.meta.notes.map((note) => note.code)).toEqual(['chart_source']);
    expect(answer.meta.notes[0]?.text.zh).toContain('榜内');
  });

  test('sorts what is unknown behind what is known, also against the order', async () => {
    for (const dir of ['asc', 'desc'] as const) {
      const { rows } = await ask(chart, {
        dimensions: ['series'],
        time: october,
        compare: 'previous_period',
        sort: [{ by: 'views__delta', dir }],
      });
      expect(rows[0]?.series).toBe('stays');
    }
  });

  test('leaves the same source as a census as it was', async () => {
    const census = await openFixture({ series, rows: [...ROWS, ...ENDS] });
    const answer = await ask(census, { dimensions: ['series'], time: october, compare: 'previous_period' });
    await census.close();
    expect(compared(answer)).toEqual([
      ['comes', 120, 0, 120, null, 'new'],
      ['leaves', 0, 90, -90, -1, null],
      ['stays', 150, 100, 50, 0.5, null],
    ]);
    expect(answer.meta.notes).toEqual([]);
  });

  test('counts releases from the catalogue all the same', async () => {
    const { rows } = await ask(chart, {
      measures: ['new_series', 'views'],
      dimensions: ['series'],
      time: october,
      compare: 'previous_period',
    });
    expect(rows.find((row) => row.series === 'leaves')).toMatchObject({
      new_series: 1,
      new_series__previous: 0,
      views: null,
      views__growth_reason: 'not_on_chart',
    });
  });

  test('with a census beside it: absent from both is unknown, too; the note says that sums are mixed', async () => {
    const query = { dimensions: ['series' as const], time: october, compare: 'previous_period' as const };
    const answer = await ask(mixed, query);
    expect(compared(answer)).toEqual([
      ['comes', 120, null, null, null, 'not_on_chart'],
      ['gone', null, 7, null, null, 'not_on_chart'],
      ['leaves', null, 90, null, null, 'not_on_chart'],
      ['stays', 150, 100, 50, 0.5, null],
      ['steady', 10, 10, 0, 0, null],
    ]);
    expect(answer.meta.notes[0]?.text.en).toContain('filter by source');
    // The census alone knows that it is gone.
    const alone = await ask(mixed, { ...query, filters: [{ dimension: 'source', op: 'not_in', values: ['top'] }] });
    expect(compared(alone)).toEqual([
      ['gone', 0, 7, -7, -1, null],
      ['steady', 10, 10, 0, 0, null],
    ]);
    expect(alone.meta.notes).toEqual([]);
  });

  test('a chart that has no data in a range makes nothing unknown there', async () => {
    const young = await openFixture({
      series,
      rows: [...CENSUS, { series: 'comes', day: '2025-10-31', views: 5, source: 'top' }],
      charts: ['top'],
    });
    const answer = await ask(young, { dimensions: ['series'], time: october, compare: 'previous_period' });
    await young.close();
    expect(compared(answer)).toEqual([
      ['comes', 5, 0, 5, null, 'new'],
      ['gone', null, 7, null, null, 'not_on_chart'],
      ['steady', 10, 10, 0, 0, null],
    ]);
    expect(answer.meta.notes.map((note) => note.code)).toEqual(['chart_source', 'tracking_widened']);
  });
});

test('fill gives null, and shares are named after the chart', async () => {
  const { rows, columns } = await ask(chart, {
    measures: ['views', 'share_of_views', 'active_series'],
    dimensions: ['series'],
    time: { from: '2025-09-01', to: '2025-10-31', grain: 'month' },
    fill: true,
  });
  expect(
    rows.filter((row) => row.series !== 'stays').map((row) => [row.series, row.period, row.views, row.active_series]),
  ).toEqual([
    ['leaves', '2025-09-01', 90, 1],
    ['leaves', '2025-10-01', null, null],
    ['comes', '2025-09-01', null, null],
    ['comes', '2025-10-01', 120, 1],
  ]);
  expect(columns.find(({ id }) => id === 'share_of_views')?.label).toEqual({
    en: 'Share of views (of the chart)',
    zh: expect.stringContaining('（榜内）'),
  });
  const both = await ask(mixed, { measures: ['share_of_views'], dimensions: ['series'] });
  expect(both.columns.find(({ id }) => id === 'share_of_views')?.label.en).toContain('(charts included)');
});

test('movers off the chart have no change, no rank before and are not new', async () => {
  const { rows } = await on(chart, (engine) => movers(engine, moversParams.parse({ ...october, by: 'series' })));
  expect(
    rows.map((r) => [
      r.member,
      r.value,
      r.previous,
      r.delta,
      r.growth_reason,
      r.contribution_pp,
      r.rank,
      r.rank_previous,
      r.rank_change_reason,
    ]),
  ).toEqual([
    ['stays', 150, 100, 50, null, (50 / 190) * 100, 1, 1, null],
    ['comes', 120, null, null, 'not_on_chart', null, 2, null, 'not_on_chart'],
    ['leaves', null, 90, null, 'not_on_chart', null, null, 2, null],
  ]);
});

test('the growth index knows no growth from a period in which the member was not on the chart', async () => {
  const { rows } = await on(chart, (engine) => growth(engine, growthParams.parse({ by: 'series' })));
  expect(rows.map((r) => [r.member, r.period, r.growth, r.growth_reason])).toEqual([
    ['stays', '2025-09-01', null, 'no_data'],
    ['stays', '2025-10-01', 0.5, null],
    ['comes', '2025-10-01', null, 'not_on_chart'],
    ['leaves', '2025-09-01', null, 'no_data'],
  ]);
});

test('a decomposition tells the change of what is listed, not what is new or lost', async () => {
  const total = await on(chart, (engine) => decomposition(engine, decompositionParams.parse(october)));
  expect(total.rows).toEqual([
    expect.objectContaining({
      views_base: 190,
      views: 270,
      delta: 80,
      returning: 50,
      new: null,
      entered: null,
      lost: null,
      effect_supply: null,
      effect_intensity: null,
      reason: 'not_on_chart',
    }),
  ]);
  const each = await on(chart, (engine) =>
    decomposition(engine, decompositionParams.parse({ ...october, by: 'series' })),
  );
  expect(each.rows.map((r) => [r.member, r.views_base, r.views, r.delta])).toEqual([
    ['stays', 100, 150, 50],
    ['comes', null, 120, null],
    ['leaves', 90, null, null],
  ]);
});

test('genres and producers leave out who is not on the chart, and name their shares after it', async () => {
  const byGenre = await on(chart, (engine) => genres(engine, genresParams.parse(october)));
  expect(byGenre.rows.map((r) => [r.member, r.views, r.growth, r.growth_reason])).toEqual([
    ['stays', 150, 0.5, null],
    ['comes', 120, null, 'not_on_chart'],
  ]);
  expect(byGenre.columns.find(({ id }) => id === 'demand_share')?.label.zh).toContain('（榜内）');
  const league = await on(chart, (engine) => producers(engine, producersParams.parse(october)));
  // The house of `stays` also made `leaves`: it has series on the chart in both months.
  expect(league.rows.map((r) => [r.producer, r.views, r.share_of_views, r.growth, r.growth_reason])).toEqual([
    ['stays', 150, 150 / 270, 150 / 190 - 1, null],
    ['comes', 120, 120 / 270, null, 'not_on_chart'],
  ]);
  expect(league.columns.find(({ id }) => id === 'share_of_views')?.label.en).toBe('Share of views (of the chart)');
  expect(league.meta.notes.map((note) => note.code)).toContain('chart_source');
});

describe('shares, places and rates over a chart say so in their names', () => {
  const rows = ROWS.map((row) => ({ ...row, completions: 5 }));
  const asked: Record<string, (engine: Engine) => Promise<{ columns: Column[] }>> = {
    'hhi cr4 cr10 gini': (engine) => concentration(engine, concentrationParams.parse(october)),
    retention: (engine) => cohorts(engine, cohortsParams.parse(october)),
    'x_percentile y_percentile': (engine) => quality(engine, qualityParams.parse(october)),
    'share_of_views hit_rate hit_rate_low hit_rate_high': (engine) => producers(engine, producersParams.parse(october)),
    'share_of_views overseas_share ai_share hit_rate hit_rate_low hit_rate_high': (engine) =>
      producersCompare(engine, producersCompareParams.parse({ ...october, ids: ['stays', 'comes'] })),
    'supply_share demand_share opportunity_index': (engine) => genres(engine, genresParams.parse(october)),
  };
  let only: Warehouse;
  let census: Warehouse;
  beforeAll(async () => {
    only = await openFixture({ series, rows: [...rows, ...ENDS], charts: ['top'] });
    census = await openFixture({ series, rows: [...rows, ...ENDS] });
  });
  afterAll(async () => {
    await only.close();
    await census.close();
  });

  test.each(Object.entries(asked))('%s', async (names, answer) => {
    const named = async (warehouse: Warehouse) => {
      const { columns } = await on(warehouse, answer);
      return columns.filter(({ label }) => label.en.endsWith(' (of the chart)') && label.zh.endsWith('（榜内）'));
    };
    expect((await named(only)).map(({ id }) => id)).toEqual(names.split(' '));
    expect(await named(census)).toEqual([]);
  });
});

test('side by side, a member off the chart has no views', async () => {
  const { rows } = await on(mixed, (engine) =>
    producersCompare(engine, producersCompareParams.parse({ ...october, ids: ['steady', 'gone'] })),
  );
  expect(rows.map((r) => [r.member, r.views, r.growth_reason])).toEqual([
    ['steady', 10, null],
    ['gone', null, 'not_on_chart'],
  ]);
});

test('the catalog names what each source covers', async () => {
  const { dataset } = await on(mixed, catalog);
  expect(dataset.sources.map(({ id, coverage }) => [id, coverage])).toEqual([
    ['all', 'census'],
    ['top', 'chart'],
  ]);
});
