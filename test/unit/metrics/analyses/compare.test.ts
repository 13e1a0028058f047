import { describe, expect, test } from 'vitest';
import { producersParams } from '../../../../server/contract/analyses.ts';
import { genresCompareParams, producersCompareParams } from '../../../../server/contract/analyses-depth.ts';
import { genresCompare } from '../../../../server/metrics/analyses/genres-compare.ts';
import { producers } from '../../../../server/metrics/analyses/producers.ts';
import { producersCompare } from '../../../../server/metrics/analyses/producers-compare.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { randomDataset } from '../random-dataset.ts';
import { groupBy, membersOf, oracleRows, releaseDayOf, viewsOf, within } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

type Query = Record<string, string | string[]>;

async function ofProducers(fixture: Fixture, query: Query) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => producersCompare(engine, producersCompareParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

async function ofGenres(fixture: Fixture, query: Query) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => genresCompare(engine, genresCompareParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const EXAMPLE: Fixture = {
  series: [
    { id: 'a', producers: ['甲', '乙'], genres: ['urban'], release: '2025-08-01' },
    { id: 'b', producers: ['甲'], genres: ['family'], release: '2025-09-02' },
    { id: 'c', producers: ['甲'], genres: ['urban'] },
    { id: 'd', producers: ['乙'], genres: ['fantasy'], release: '2025-09-29' },
    { id: 'e', producers: ['丙'] },
    { id: 'f', producers: ['丁'] },
  ],
  rows: [
    { series: 'a', day: '2025-08-01', views: 100 },
    { series: 'a', day: '2025-09-01', views: 10, completions: 5 },
    { series: 'b', day: '2025-09-02', views: 20 },
    { series: 'c', day: '2025-09-03', views: 70, region: 'US' },
    { series: 'd', day: '2025-09-30', views: 50 },
    { series: 'e', day: '2025-09-30', views: 50 },
  ],
};

test('a worked example: two producers over September, side by side in the order asked', async () => {
  const answer = await ofProducers(EXAMPLE, {
    ids: ['乙', '甲'],
    from: '2025-09-01',
    to: '2025-09-30',
    hit_threshold: '20',
    days: '7',
  });
  expect(answer.rows).toEqual([
    expect.objectContaining({
      member: '乙',
      views: 50,
      share_of_views: 0.25,
      growth: null,
      growth_reason: 'new',
      active_series: 1,
      new_series: 1,
      series_views_min: 50,
      series_views_q1: 50,
      series_views_median: 50,
      series_views_q3: 50,
      series_views_max: 50,
      mature_releases: 0,
      immature: 1,
      hit_rate: null,
    }),
    expect.objectContaining({
      member: '甲',
      // 10 + 20 + 70 of 200; 100 in August.
      views: 100,
      share_of_views: 0.5,
      growth: 0,
      growth_reason: null,
      active_series: 3,
      new_series: 1,
      views_per_series: 100 / 3,
      completion_rate: 0.05,
      overseas_share: 0.7,
      // 10, 20, 70: the quartiles lie half-way between.
      series_views_min: 10,
      series_views_q1: 15,
      series_views_median: 20,
      series_views_q3: 45,
      series_views_max: 70,
      mature_releases: 1,
      hits: 1,
      hit_rate: 1,
      immature: 0,
    }),
  ]);
  expect(answer.mix.map((row) => [row.member, row.part, row.views, row.share, row.active_series])).toEqual([
    ['乙', 'fantasy', 50, 1, 1],
    ['甲', 'urban', 80, 0.8, 2],
    ['甲', 'family', 20, 0.2, 1],
  ]);
});

test('the index is of the members asked for, also where others are larger', async () => {
  const { index } = await ofProducers(EXAMPLE, { ids: ['丙', '乙'], from: '2025-09-01', to: '2025-09-30' });
  expect(index.map((point) => [point.member, point.value])).toEqual([
    ['丙', 50],
    ['乙', 50],
  ]);
});

test('the index is over the first whole period of the range', async () => {
  const answer = await ofProducers(EXAMPLE, { ids: ['甲', '丁'], from: '2025-08-01', to: '2025-09-30' });
  expect(answer.index_base).toBe('2025-08-01');
  expect(answer.index).toEqual([
    { member: '甲', period: '2025-08-01', value: 100, index: 100, partial: false },
    { member: '甲', period: '2025-09-01', value: 100, index: 100, partial: false },
  ]);
  // 丁 is in the catalogue and has no rows: nothing, not an error.
  expect(answer.rows[1]).toMatchObject({ member: '丁', views: 0, views_per_series: null, series_views_median: null });
});

test('a range that as_of cuts is compared over the elapsed days', async () => {
  const answer = await ofProducers(EXAMPLE, { ids: ['甲', '乙'], from: '2025-09-01', to: '2025-10-31' });
  expect(answer.meta.alignment).toBe('elapsed');
  expect(answer.meta.notes.map((note) => note.code)).toContain('elapsed');
  // October has not begun: it is no period of the answer.
  expect(answer.meta.partial_periods).toEqual([]);
});

test('ids that no series has are named', async () => {
  await expect(ofProducers(EXAMPLE, { ids: ['甲', '无', '虚'] })).rejects.toMatchObject({
    code: 'unknown_member',
    errors: [
      { path: 'ids', message: { en: 'unknown producer "无"' } },
      { path: 'ids', message: { en: 'unknown producer "虚"' } },
    ],
  });
});

test.each([
  ['one', '甲'],
  ['the same twice', ['甲', '甲']],
  ['seven', ['1', '2', '3', '4', '5', '6', '7']],
])('%s is not a comparison', (_name, ids) => {
  expect(producersCompareParams.safeParse({ ids }).success).toBe(false);
});

test('more than ten parts of a mix are told as the ten largest and the others', async () => {
  const series = Array.from({ length: 14 }, (_, i) => ({
    id: `s${i}`,
    producers: [`p${String(i).padStart(2, '0')}`],
    genres: [i < 13 ? 'urban' : 'family'],
  }));
  const rows = series.map(({ id }, i) => ({ series: id, day: '2025-09-30', views: 100 - i }));
  const { mix } = await ofGenres({ series, rows }, { ids: ['urban', 'family'] });
  const urban = mix.filter((row) => row.member === 'urban');
  expect(urban.map((row) => row.part).slice(-2)).toEqual(['p09', '(others)']);
  expect(urban.at(-1)).toMatchObject({ part_label: '其他', views: 90 + 89 + 88, active_series: 3 });
  expect(mix.filter((row) => row.member === 'family').map((row) => row.part)).toEqual(['p13']);
});

/** Quantile with linear interpolation between order statistics. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return low + (high - low) * (at - Math.floor(at));
}

const GENRES = ['primary_genre', 'genre', 'format'] as const;
const PRODUCERS = ['producer', 'credited_producer'] as const;

describe('against plain sums over all rows', () => {
  const cases = [randomFixture(24, 40), randomFixture(25, 40), randomDataset(81, '2025-07-12', 70)].flatMap(
    (fixture, n) => [...GENRES, ...PRODUCERS].map((by) => ({ name: `dataset ${n} by ${by}`, fixture, by })),
  );
  test.each(cases)('$name', async ({ fixture, by }) => {
    const [from, to, days, hit] = ['2025-08-01', '2025-08-31', 7, 100];
    const ofGenre = GENRES.some((genre) => genre === by);
    const filters = [{ dimension: 'platform' as const, op: 'in' as const, values: ['hongguo', 'douyin'] }];
    const rows = oracleRows(fixture, filters);
    const members = [...groupBy(oracleRows(fixture), (row) => membersOf(row, by)).keys()].slice(0, 6);
    const query = { ids: members, by, from, to, days: `${days}`, hit_threshold: `${hit}` };
    const answer = await (ofGenre ? ofGenres : ofProducers)(fixture, { ...query, filters: JSON.stringify(filters) });
    const asOf =
      oracleRows(fixture)
        .map((row) => row.day)
        .sort()
        .at(-1) ?? '';
    expect(answer.rows.map((row) => row.member)).toEqual(members);
    for (const row of answer.rows) {
      const own = rows.filter((r) => membersOf(r, by).includes(row.member));
      const series = [...groupBy(within(own, from, to), (r) => [r.series]).values()].filter((r) => viewsOf(r) > 0);
      const values = series.map((r) => viewsOf(r));
      const at = (p: number) => (values.length === 0 ? null : expect.closeTo(quantile(values, p), 9));
      const released = fixture.series.flatMap((info) => {
        const day = releaseDayOf(info);
        if (day === null || day < from || day > to || !membersOf({ info }, by).includes(row.member)) return [];
        return [{ last: addDays(day, days - 1), stated: own.filter((r) => r.series === info.id) }];
      });
      const mature = released.filter(({ last, stated }) => last <= asOf && stated.length > 0);
      const reached = mature.map(({ last, stated }) => viewsOf(stated, 'opening') + viewsOf(within(stated, '', last)));
      expect(row).toMatchObject({
        views: values.reduce((a, b) => a + b, 0),
        active_series: values.length,
        n: values.length,
        few_peers: values.length < 20,
        new_series: released.filter(({ stated }) => viewsOf(within(stated, from, to)) > 0).length,
        series_views_min: values.length === 0 ? null : Math.min(...values),
        series_views_q1: at(0.25),
        series_views_median: at(0.5),
        series_views_q3: at(0.75),
        series_views_max: values.length === 0 ? null : Math.max(...values),
        mature_releases: mature.length,
        hits: reached.filter((views) => views >= hit).length,
        immature: released.filter(({ last }) => last > asOf).length,
      });
      // Of all views, each series once, also where it has several of the members.
      expect(row.share_of_views).toBeCloseTo(Number(row.views) / viewsOf(within(rows, from, to)), 12);
      const mix = answer.mix.filter((part) => part.member === row.member);
      expect(mix.reduce((sum, part) => sum + Number(part.views), 0)).toBe(row.views);
      if (row.views !== 0) expect(mix.reduce((sum, part) => sum + (part.share ?? 0), 0)).toBeCloseTo(1, 12);
      for (const part of mix) {
        const theirs = own.filter((r) => membersOf(r, ofGenre ? 'producer' : 'primary_genre')[0] === part.part);
        expect(part.views).toBe(viewsOf(within(theirs, from, to)));
      }
      const index = answer.index.filter((point) => point.member === row.member);
      expect(index).toHaveLength(within(own, from, to).some((r) => r.kind !== 'opening') ? 1 : 0);
      for (const august of index)
        expect([august.value, august.index]).toEqual([row.views, row.views === 0 ? null : 100]);
    }
  });
});

test('of a genre that every tag of a series counts under, the share may pass what the members add up to', async () => {
  const fixture: Fixture = {
    series: [
      { id: 'a', genres: ['urban', 'family'] },
      { id: 'b', genres: ['family', 'urban', 'fantasy'] },
      { id: 'c', genres: ['xianxia'] },
    ],
    rows: [
      { series: 'a', day: '2025-09-01', views: 10 },
      { series: 'b', day: '2025-09-02', views: 70 },
      { series: 'c', day: '2025-09-02', views: 20 },
    ],
  };
  const { rows, index } = await ofGenres(fixture, { by: 'genre', ids: ['fantasy', 'family'] });
  expect(rows.map((row) => [row.member, row.views, row.share_of_views, row.active_series])).toEqual([
    ['fantasy', 70, 0.7, 1],
    ['family', 80, 0.8, 2],
  ]);
  // urban has as many views as family and was not asked for.
  expect(index.map((point) => [point.member, point.value])).toEqual([
    ['fantasy', 70],
    ['family', 80],
  ]);
});

test('two producers compared have the figures of the league table', async () => {
  const warehouse = await openFixture(randomFixture(26, 40));
  const range = { from: '2025-08-01', to: '2025-08-31', hit_threshold: '300', days: '7' };
  const [compared, league] = await withEngine(warehouse, async (engine) => [
    await producersCompare(engine, producersCompareParams.parse({ ...range, ids: ['p1', 'p2', '(unknown)'] })),
    await producers(engine, producersParams.parse(range)),
  ]);
  await warehouse.close();
  for (const row of compared.rows) {
    const {
      producer: _,
      producer_label: __,
      median_views_per_series,
      ...same
    } = league.rows.find((r) => r.producer === row.member) ?? expect.fail(`${row.member} is not in the league`);
    const { rank: ___, rank_previous: ____, rank_change: _____, club_count: ______, ...figures } = same;
    expect(row).toMatchObject({ ...figures, series_views_median: median_views_per_series });
  }
});
