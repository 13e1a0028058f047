import { describe, expect, it } from 'vitest';
import type { GenresAnswer, GrowthAnswer } from '../../../../server/contract/analyses.ts';
import type { ConcentrationAnswer, CurvesAnswer } from '../../../../server/contract/analyses-depth.ts';
import { genresAges } from '../../../../web/figures/genres/ages.ts';
import { genresConcentration } from '../../../../web/figures/genres/concentration.ts';
import { genreFormat } from '../../../../web/figures/genres/genreFormat.ts';
import { restsOn } from '../../../../web/figures/genres/split.ts';
import { genresSpread } from '../../../../web/figures/genres/spread.ts';
import { bestOpportunity, supplyDemand } from '../../../../web/figures/genres/supplyDemand.ts';
import { genresTrend } from '../../../../web/figures/genres/trend.ts';
import { answer, askedOf, meta, titles, told } from './told.ts';

const genre = (id: string, supply: number, index: number, views = 1, n = 40): GenresAnswer['rows'][number] => ({
  member: id,
  member_label: id.toUpperCase(),
  active_series: n,
  new_series: 0,
  views,
  views_per_series: 1,
  median_views_per_series: 1,
  median_views_d30: null,
  series_d30: 0,
  top_producer: null,
  top_producer_label: null,
  top_producer_share: null,
  top_series_share: null,
  supply_share: supply,
  demand_share: supply * index,
  opportunity_index: index,
  growth: 0.5,
  growth_reason: null,
  n,
  few_peers: n < 20,
});
const genres = (rows: GenresAnswer['rows']): GenresAnswer => ({ columns: [], rows, meta });

describe('supply against demand', () => {
  const rows = [genre('urban', 0.4, 0.8, 30), genre('family', 0.2, 1.5, 90), genre('(unknown)', 0.4, 1, 50)];

  it('says where demand exceeds supply most', () => {
    const said = told(supplyDemand, { genres: genres(rows) });
    expect(titles(said)).toEqual([
      'FAMILY的需求最超出供给：机会指数1.50',
      'Demand exceeds supply most in FAMILY: opportunity index 1.50',
    ]);
    expect(said.en.drawn?.table.rows[1]).toEqual(['FAMILY', 0.2, 0.2 * 1.5, 1.5, 90, 40, null, null]);
    expect(said.zh.drawn?.table.columns[0]?.header).toBe('题材');
    expect(said.zh.drawn?.data.bubbles[0]?.facts.map(({ name }) => name)).toEqual(['机会指数', '活跃剧集', '增长']);
  });

  it('says beside an index that it rests on one house, one series or a few', () => {
    const house = {
      top_producer: 'th',
      top_producer_label: 'Tinghua',
      top_producer_share: 0.872,
      top_series_share: 0.3,
    };
    const family = { ...genre('family', 0.2, 1.5, 90), ...house };
    expect(titles(told(supplyDemand, { genres: genres([family]) }))).toEqual([
      'FAMILY的需求最超出供给：机会指数1.50，87%的播放来自Tinghua一家',
      'Demand exceeds supply most in FAMILY: opportunity index 1.50; 87% of its views are by Tinghua',
    ]);
    expect(restsOn({ ...family, active_series: 4, top_series_share: 0.5 }, 'zh')).toEqual([
      '仅4部活跃剧集',
      '50%的播放来自一部剧',
      '87%的播放来自Tinghua一家',
    ]);
    expect(restsOn({ ...family, top_producer_share: 0.49 }, 'en')).toEqual([]);
    // Nobody knows whether those without a producer are one house.
    expect(restsOn({ ...family, top_producer: '(unknown)' }, 'en')).toEqual([]);
  });

  it('tells of the series of no known genre, which set no scale', () => {
    const { zh, en } = told(supplyDemand, { genres: genres(rows) });
    expect([zh.notes, en.notes]).toEqual([
      ['题材未知的剧集占供给 40.0%、占需求 40.0%，不参与确定坐标与圆的大小。'],
      ['Series of unknown genre are 40.0% of supply and 40.0% of demand; they set neither axes nor sizes.'],
    ]);
    expect(en.drawn?.data.bubbles.filter(({ unknown }) => unknown).map(({ id }) => id)).toEqual(['(unknown)']);
    expect(told(supplyDemand, { genres: genres(rows.slice(0, 2)) }).en.notes).toEqual([]);
  });

  it('asks of formats, too', () => {
    expect(askedOf(supplyDemand, { by: 'format' }).genres).toMatchObject({ by: 'format', compare: 'previous_period' });
    expect(told(supplyDemand, { genres: genres(rows) }, { by: 'format' }).en.drawn?.table.columns[0]?.header).toBe(
      'Format',
    );
  });

  it('colours those with most views, or those that the page names', () => {
    const hues = (owners?: string[]) =>
      told(supplyDemand, { genres: genres(rows) }, {}, owners).en.drawn?.data.bubbles.map(({ hue }) => hue);
    expect(hues()).toEqual([1, 0, 'grey']);
    expect(hues(['urban'])).toEqual([0, 'grey', 'grey']);
  });

  it('finds the best opportunity only where there are enough series to say so', () => {
    expect(
      bestOpportunity([genre('tiny', 0.2, 9, 1, 19), genre('real', 0.05, 2), genre('(unknown)', 0.3, 8)])?.member,
    ).toBe('real');
    expect(bestOpportunity([genre('poor', 0.5, 0.9)])).toBeUndefined();
  });

  it('says so if there is nothing', () => {
    expect(told(supplyDemand, { genres: genres([]) }).zh).toMatchObject({
      title: '需求在哪里超过供给',
      nothing: { reason: '当前筛选下没有数据' },
    });
  });
});

describe('the trend of genres', () => {
  const row = (period: string, index: number | null): GrowthAnswer['rows'][number] => ({
    member: 'urban',
    member_label: 'Urban',
    period,
    value: 5,
    growth: null,
    growth_reason: null,
    index,
    partial: false,
    pace: null,
  });
  const growth = (rows: GrowthAnswer['rows']): GrowthAnswer => ({
    columns: [],
    rows,
    meta,
    base: '2024-11-01',
    missing_base: [],
  });

  it('names the month that it starts from', () => {
    const { zh, en } = told(genresTrend, { growth: growth([row('2024-11-01', 100), row('2024-12-01', 80)]) });
    expect([zh.subtitle, en.subtitle]).toEqual([
      '播放量指数，2024年11月 = 100（首个完整月份）',
      'Views as an index, Nov 2024 = 100 (the first whole month)',
    ]);
    expect(en.drawn?.table.rows).toEqual([
      ['Urban', '2024-11', 100, 5],
      ['Urban', '2024-12', 80, 5],
    ]);
  });

  it('says that no month can be the base', () => {
    const { zh, en } = told(genresTrend, { growth: growth([row('2024-11-01', null)]) });
    expect([zh.nothing?.reason, en.nothing?.reason]).toEqual(['没有可作基期的月份', 'No month to serve as the base']);
  });
});

describe('genre by format', () => {
  it('gives each genre’s share of its format, the genres not drawn still in the denominator', () => {
    const rows = Array.from({ length: 20 }, (_, at) => ({
      primary_genre: `g${at}`,
      primary_genre_label: `G${at}`,
      format: 'comic',
      format_label: 'Comic',
      views: 20 - at,
    }));
    const views = answer([
      ...rows,
      { primary_genre: 'g0', primary_genre_label: 'G0', format: 'live_action', format_label: 'Live', views: 5 },
    ]);
    const { en, zh } = told(genreFormat, { views });
    const heat = en.drawn?.data;
    expect(heat?.columns.map(({ id }) => id)).toEqual(['live_action', 'comic']);
    expect(heat?.rows).toHaveLength(15);
    expect(heat?.cells.find((cell) => cell.row === 0 && cell.column === 1)?.value).toBeCloseTo(20 / 210, 12);
    expect(heat?.cells.find((cell) => cell.row === 1 && cell.column === 0)?.value).toBeNull();
    expect(zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['题材', 'Live', 'Comic']);
    expect(zh.drawn?.table.rows[1]).toEqual(['G1', null, 19 / 210]);
    expect([zh.subtitle, en.subtitle]).toEqual([
      '各题材占该形态播放量的比例，2025年10月',
      'Share of the format’s views that each genre has, Oct 2025',
    ]);
  });

  it('says so if there is nothing', () => {
    expect(told(genreFormat, { views: answer([]) }).en.nothing?.reason).toBe('No data for these filters');
  });
});

describe('the spread of views', () => {
  const row = (id: string, views: number) => ({
    series: String(views),
    primary_genre: id,
    primary_genre_label: id,
    views,
  });
  const views = answer([row('low', 1), row('low', 100), row('low', 3), row('high', 50), row('high', 0)]);

  it('is summed up by genre, highest median first', () => {
    const { zh, en } = told(genresSpread, { views });
    expect(en.drawn?.data.rows.map(({ id, median, count, hue }) => [id, median, count, hue])).toEqual([
      ['high', 50, 1, 1],
      ['low', 3, 3, 0],
    ]);
    expect(zh.drawn?.table.rows[1]).toEqual(['low', 3, 1, 2, 3, 51.5, 100]);
    expect(titles({ zh, en })).toEqual(['一部剧通常能有多少播放', 'What does one series usually earn?']);
    expect(en.notes).toEqual([]);
  });

  it('says that the server sent only some, and that there is nothing', () => {
    expect(told(genresSpread, { views: { ...views, meta: { ...meta, truncated: true } } }).en.notes).toHaveLength(1);
    expect(told(genresSpread, { views: answer([row('zero', 0)]) }).en.nothing?.reason).toBe(
      'No data for these filters',
    );
  });
});

describe('genres by age', () => {
  const point = (member: string, day: number, median: number, series: number): CurvesAnswer['rows'][number] => ({
    member,
    member_label: member.toUpperCase(),
    day_since_release: day,
    value: null,
    median,
    q1: 1,
    q3: 9,
    series,
  });
  const curves = (rows: CurvesAnswer['rows']): { curves: CurvesAnswer } => ({ curves: { columns: [], rows, meta } });

  it('are medians of twenty series at least, and say of how many', () => {
    const rows = [
      point('urban', 0, 5, 40),
      point('urban', 1, 8, 40),
      point('tiny', 0, 50, 3),
      point('(unknown)', 0, 7, 99),
    ];
    const { zh, en } = told(genresAges, curves(rows));
    expect(en.drawn?.data.curves.map(({ id, values }) => [id, values])).toEqual([['urban', [5, 8]]]);
    expect([zh.notes, en.notes]).toEqual([
      ['计入的剧集（上线满2天）：URBAN40部。', '不足 20 部、未画出的题材：TINY。'],
      ['Series counted, at least 2 days old: URBAN 40.', 'Not drawn, with fewer than 20 series of the genre: TINY.'],
    ]);
    expect(askedOf(genresAges).curves).toMatchObject({ by: 'primary_genre', from: '2024-11-01' });
  });

  it('say why there are none', () => {
    expect(told(genresAges, curves([])).zh.nothing?.reason).toBe('没有可比的新剧');
    expect(told(genresAges, curves([point('tiny', 0, 50, 3)])).en.nothing?.reason).toBe('Fewer than 20 series in each');
  });
});

describe('concentration of genres', () => {
  it('says what the four largest have in the last whole month', () => {
    const row = (period: string, cr4: number, partial = false) => ({
      period,
      cr4,
      cr10: 0.7,
      hhi: 640,
      gini: 0.5,
      members: 37,
      partial,
    });
    const rows = [row('2025-09-01', 0.37), row('2025-10-01', 0.42), row('2025-11-01', 0.9, true)];
    const concentration: ConcentrationAnswer = { columns: [], rows, meta };
    const said = told(genresConcentration, { concentration });
    expect(titles(said)).toEqual(['前 4 大题材占播放量的 42.0%', 'The 4 largest genres hold 42.0% of the views']);
    expect(said.en.drawn?.data.lines.map(({ name, values }) => [name, values])).toEqual([
      ['Largest 4', [0.37, 0.42, 0.9]],
      ['Largest 10', [0.7, 0.7, 0.7]],
    ]);
    expect(said.en.drawn?.data.partial.periods).toEqual(['2025-11-01']);
    expect(said.zh.drawn?.table.rows[0]).toEqual(['2025-09', 0.37, 0.7, 640, 0.5, 37]);
    expect(told(genresConcentration, { concentration: { ...concentration, rows: [] } }).en.nothing?.reason).toBe(
      'No data for these filters',
    );
  });
});
