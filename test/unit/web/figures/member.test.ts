import { describe, expect, it } from 'vitest';
import type { GenresAnswer } from '../../../../server/contract/analyses.ts';
import type { CompareAnswer, ConcentrationAnswer, CurvesAnswer } from '../../../../server/contract/analyses-depth.ts';
import type { Answer } from '../../../../server/contract/query.ts';
import { genreAges, producerAges } from '../../../../web/figures/member/ages.ts';
import { genreConcentration } from '../../../../web/figures/member/concentration.ts';
import { genreBalance, producerShare, producerViews } from '../../../../web/figures/member/course.ts';
import { producerMix } from '../../../../web/figures/member/mix.ts';
import { genreSpread } from '../../../../web/figures/member/spread.ts';
import { comparedRow } from './comparedRow.ts';
import { answer, askedOf, meta, titles, told } from './told.ts';

const page = { id: 'a', producer: 'other', format: 'comic' };
const COMIC = { dimension: 'format', op: 'in', values: ['comic'] };
const ITSELF = { dimension: 'producer', op: 'in', values: ['a'] };

const month = (period: string, views: number): Answer['rows'][number] => ({ period, views });
const mine = (period: string, views: number) => ({ ...month(period, views), producer: 'a', producer_label: 'A' });
const course = {
  own: answer([mine('2025-09-01', 10), mine('2025-10-01', 30)]),
  all: answer([month('2025-09-01', 100), month('2025-10-01', 120)]),
};

describe('a producer’s views over time', () => {
  it('are asked for the page’s producer, whatever the filter bar says of producers', () => {
    expect(askedOf(producerViews, page)).toMatchObject({
      own: { dimensions: ['producer'], filters: [COMIC, ITSELF], time: { grain: 'month', from: '2024-11-01' } },
      all: { filters: [COMIC] },
    });
  });

  it('say the last whole month and what it is of all', () => {
    const said = told(producerViews, course, page);
    expect(titles(said)).toEqual([
      'A2025年10月播放30，占筛选范围的25.0%',
      'A: 30 views in Oct 2025, 25.0% of all within the filters',
    ]);
    expect(said.en.drawn?.table.rows).toEqual([
      ['2025-09', 10, 0.1],
      ['2025-10', 30, 0.25],
    ]);
  });

  it('are of the industry, if the filter bar says nothing of anything else', () => {
    expect(told(producerViews, course, { id: 'a', producer: 'b' }).zh.title).toContain('占全行业的25.0%');
  });

  it('leave a month that the data cut out of what they say', () => {
    const cut = { ...course, all: answer(course.all.rows, { partial_periods: ['2025-10-01'] }) };
    expect(told(producerViews, cut, page).en.title).toContain('in Sep 2025, 10.0%');
    expect(told(producerShare, cut, page).en.title).toBe('Share of views of A');
  });

  it('say that there are none', () => {
    expect(told(producerShare, { ...course, own: answer([]) }, page).en.nothing?.reason).toBe(
      'No data for these filters',
    );
  });
});

describe('a producer’s share over time', () => {
  it('says whether it rose or fell', () => {
    expect(titles(told(producerShare, course, page))).toEqual([
      'A的播放占比由9月的10.0%升至10月的25.0%',
      'A rose from 10.0% of all views in Sep to 25.0% in Oct 2025',
    ]);
    const fell = { ...course, own: answer([mine('2025-09-01', 60), mine('2025-10-01', 30)]) };
    expect(told(producerShare, fell, page).en.title).toBe('A fell from 60.0% of all views in Sep to 25.0% in Oct 2025');
  });
});

const part = (primary_genre: string, share_of_views: number, views = 1): Answer['rows'][number] => ({
  primary_genre,
  primary_genre_label: primary_genre.toUpperCase(),
  share_of_views,
  views,
});

describe('a producer’s mix of genres', () => {
  const mix = {
    own: answer([part('(unknown)', 0.5), part('urban', 0.4), part('family', 0.1), part('war', 0)]),
    all: answer([part('urban', 0.2), part('war', 0.8)]),
  };

  it('is read against that of all', () => {
    const said = told(producerMix, mix, page);
    expect(titles(said)).toEqual([
      'a的播放有40%来自URBAN，筛选范围为20%',
      'URBAN: 40% of the views of a, 20% of all within the filters',
    ]);
    expect(said.en.drawn?.data.bars.map(({ name, value, reference }) => [name, value, reference])).toEqual([
      ['Unknown', 0.5, 0],
      ['URBAN', 0.4, 0.2],
      ['FAMILY', 0.1, 0],
    ]);
  });

  it('asks for both within the same filters', () => {
    expect(askedOf(producerMix, page)).toMatchObject({
      own: { dimensions: ['primary_genre'], filters: [COMIC, ITSELF], time: { from: '2025-10-01' } },
      all: { dimensions: ['primary_genre'], filters: [COMIC] },
    });
  });
});

const point = (member: string, day: number, of: Partial<CurvesAnswer['rows'][number]>) => ({
  member,
  member_label: member.toUpperCase(),
  day_since_release: day,
  value: null,
  median: null,
  q1: null,
  q3: null,
  series: 3,
  ...of,
});
const curves = (rows: CurvesAnswer['rows']): CurvesAnswer => ({ columns: [], rows, meta });

describe('curves of a producer’s series by age', () => {
  const top = answer([{ series: 's' }, { series: 'r' }]);
  const all = curves([
    point('(total)', 0, { q1: 1, median: 2, q3: 4 }),
    point('(total)', 1, { q1: 2, median: 4, q3: 8 }),
  ]);
  const own = curves([point('s', 0, { value: 5 }), point('s', 1, { value: 9 }), point('r', 0, { value: 3 })]);

  it('are of those it has most views by, beside the middle half of all that was released since the data begin', () => {
    expect(askedOf(producerAges, page, { top })).toMatchObject({
      top: { limit: 7, filters: [COMIC, ITSELF, { measure: 'views', op: 'gt', value: 0 }] },
      own: { series: ['s', 'r'], from: '2024-11-01', to: '2025-10-31', filters: [COMIC] },
      all: { from: '2024-11-01', filters: [COMIC] },
    });
    expect(askedOf(producerAges, page, { top: answer([]) })).not.toHaveProperty('own');
  });

  it('say how many run above the upper quartile of their age', () => {
    const said = told(producerAges, { top, all, own }, page);
    expect(titles(said)).toEqual([
      'a播放最多的2部剧中，1部高于筛选范围上四分位',
      '1 of the 2 most viewed by a run above the upper quartile of all within the filters',
    ]);
    const alone = curves(own.rows.map((row) => ({ ...row, value: 99 })));
    expect(told(producerAges, { top, all, own: alone }, page).zh.title).toBe('a播放最多的2部剧都高于筛选范围上四分位');
    expect(said.en.drawn?.table.rows).toEqual([
      [1, 5, 3, 1, 2, 4],
      [2, 9, null, 2, 4, 8],
    ]);
  });

  it('say why there are none', () => {
    expect(told(producerAges, { top, all }, page).zh.nothing?.reason).toBe('没有可画的曲线');
  });
});

const genrePage = { id: 'urban' };
const ONE_GENRE = { dimension: 'primary_genre', op: 'in', values: ['urban'] };

describe('a genre’s supply against its demand', () => {
  const of = (views: number, active_series: number, own: boolean): Answer['rows'][number] => ({
    period: '2025-10-01',
    views,
    active_series,
    ...(own ? { primary_genre: 'urban', primary_genre_label: 'Urban' } : {}),
  });

  it('says both of the last whole month', () => {
    const said = told(genreBalance, { own: answer([of(30, 1, true)]), all: answer([of(100, 10, false)]) }, genrePage);
    expect(titles(said)).toEqual([
      'Urban以10.0%的活跃剧集获得30.0%的播放',
      'Urban: 30.0% of views with 10.0% of active series',
    ]);
    expect(said.en.drawn?.data.lines.map(({ id, values }) => [id, values])).toEqual([
      ['demand', [0.3]],
      ['supply', [0.1]],
    ]);
  });
});

describe('a genre’s typical series', () => {
  const genre = (member: string, views: number): GenresAnswer['rows'][number] => ({
    member,
    member_label: member,
    n: 3,
    few_peers: true,
    active_series: 3,
    new_series: 0,
    views,
    views_per_series: null,
    median_views_per_series: null,
    median_views_d30: null,
    series_d30: 0,
    top_producer: null,
    top_producer_label: null,
    top_producer_share: null,
    top_series_share: null,
    supply_share: null,
    demand_share: null,
    opportunity_index: null,
    growth: null,
    growth_reason: null,
  });
  const genres: GenresAnswer = {
    columns: [],
    meta,
    rows: [genre('(unknown)', 99), genre('urban', 1), genre('family', 5), genre('war', 7)],
  };

  it('are set beside those of the most viewed genres', () => {
    expect(askedOf(genreSpread, genrePage, { genres }).compare).toMatchObject({
      ids: ['urban', 'war', 'family'],
      filters: [],
    });
    expect(askedOf(genreSpread, genrePage, { genres: { ...genres, rows: [] } })).not.toHaveProperty('compare');
  });

  it('are said by their median and the middle half', () => {
    const five = { series_views_min: 1, series_views_q1: 2, series_views_median: 4, series_views_q3: 8 };
    const compare: CompareAnswer = {
      columns: [],
      meta,
      mix: [],
      index: [],
      index_base: '2025-10-01',
      rows: [comparedRow('urban', { ...five, series_views_max: 16, active_series: 3 }), comparedRow('war', {})],
    };
    const said = told(genreSpread, { genres, compare }, genrePage);
    expect(said.zh.title).toBe('URBAN的典型剧集播放4，中间一半在2至8之间');
    expect(said.en.drawn?.data.rows.map(({ id, count }) => [id, count])).toEqual([['urban', 3]]);
    expect(told(genreSpread, { genres }, genrePage).en.nothing?.reason).toBe('No data for these filters');
  });
});

describe('a genre’s curve by age and its concentration', () => {
  it('is its middle half, beside the median of all', () => {
    const own = curves([point('(total)', 0, { q1: 1, median: 3, q3: 9 })]);
    const all = curves([point('(total)', 0, { q1: 1, median: 2, q3: 4 })]);
    expect(askedOf(genreAges, genrePage)).toMatchObject({ own: { filters: [ONE_GENRE] }, all: { filters: [] } });
    const said = told(genreAges, { own, all }, genrePage);
    expect(titles(said)).toEqual([
      '上线1天，urban3部剧的累计播放中位数为3，全行业为2',
      'By day 1 the median of 3 series of urban is 3 views, 2 in the industry',
    ]);
    expect(said.en.subtitle).toMatch(/, the same series at all ages: 3 of urban, 3 in the industry$/u);
    expect(said.zh.drawn?.data.curves.map(({ name, values }) => [name, values])).toEqual([['全行业中位数', [2]]]);
    expect(told(genreAges, { own: curves([]), all }, genrePage).en.nothing?.reason).toBe('No curve to draw');
  });

  it('says what the first four producers have in the last whole month', () => {
    const month = (period: string, cr4: number, partial: boolean): ConcentrationAnswer['rows'][number] => ({
      period,
      cr4,
      cr10: 0.9,
      hhi: 800,
      gini: 0.5,
      members: 12,
      partial,
    });
    const rows = [month('2025-09-01', 0.5, false), month('2025-10-01', 0.7, true)];
    const said = told(genreConcentration, { concentration: { columns: [], meta, rows } }, genrePage);
    expect(said.zh.title).toBe('2025年9月，前4家承制方占urban播放的50%');
    expect(askedOf(genreConcentration, genrePage).concentration).toMatchObject({
      by: 'producer',
      grain: 'month',
      filters: [ONE_GENRE],
    });
  });
});
