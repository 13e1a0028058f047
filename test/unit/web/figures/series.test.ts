import { describe, expect, it } from 'vitest';
import type { SeriesAnswer } from '../../../../server/contract/analyses.ts';
import { seriesCumulative } from '../../../../web/figures/series/cumulative.ts';
import { seriesDaily } from '../../../../web/figures/series/daily.ts';
import { seriesPlatforms, seriesRegions } from '../../../../web/figures/series/shares.ts';
import { askedOf, meta, titles, told } from './told.ts';

type Daily = SeriesAnswer['daily'];
const day = (day: string, views: number | null, cumulative_views: number): Daily[number] => ({
  day,
  views,
  cumulative_views,
});
const milestone = (threshold: number, crossed_at: string | null): SeriesAnswer['milestones'][number] => ({
  series: 's1',
  series_label: 'One',
  threshold,
  reached: crossed_at !== null,
  crossed_at,
  resolution: 'day',
  hours_to: null,
  days_to: null,
  before_log: false,
  platform: null,
});
const series = (daily: Daily, more: Partial<SeriesAnswer> = {}): { series: SeriesAnswer } => ({
  series: {
    series: {
      series: 's1',
      series_label: 'One',
      title: 'One',
      title_en: null,
      producers: [],
      rights_holder: null,
      producer_region: null,
      genres: [],
      channel: null,
      format: 'comic',
      production: null,
      franchise: null,
      cast: [],
      language: null,
      origin: null,
      release_at: null,
      episodes: null,
      paywall_episode: null,
    },
    totals: {
      views: 0,
      views_in_window: 0,
      cumulative_views: 0,
      views_d1: null,
      views_d7: null,
      views_d30: null,
      completion_rate: null,
      engagement_rate: null,
      first_day: null,
      last_day: null,
      days: 0,
    },
    milestones: [],
    platforms: [],
    regions: [],
    peers: { format: null, series: 0, views_rank: null, views_percentile: null, views_percentile_reason: null },
    daily,
    meta,
    ...more,
  },
});
const week = [day('2025-10-01', 5, 5), day('2025-10-03', 7, 12), day('2025-10-04', null, 12)];

describe('cumulative views', () => {
  it('ask for the series that the address names', () => {
    expect(askedOf(seriesCumulative, { id: 's1' }).series).toMatchObject({ id: 's1', from: '2025-10-01' });
  });

  it('keep their height on days without data, in the colour of the format', () => {
    const { en, zh } = told(seriesCumulative, series(week));
    expect(en.drawn?.data.lines).toMatchObject([{ id: 's1', name: 'One', hue: 1, values: [5, 5, 12, 12] }]);
    expect(titles({ zh, en })).toEqual(['累计播放量与里程碑', 'Cumulative views and milestones']);
    expect([zh.subtitle, en.subtitle]).toEqual(['播放次数，2025年10月1日至10月4日', 'Views, 1 Oct – 4 Oct 2025']);
    expect(zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['日期', '每日播放量', '累计播放量']);
    expect(zh.drawn?.table.rows).toHaveLength(3);
  });

  it('mark what was reached, the greatest milestone first', () => {
    const milestones = [
      milestone(1e7, '2025-10-01'),
      milestone(1e8, '2025-10-03T20:00:00+08:00'),
      milestone(1e9, null),
    ];
    expect(told(seriesCumulative, series(week, { milestones })).zh.drawn?.data.breaks).toEqual([
      { period: '2025-10-03', note: '1亿' },
      { period: '2025-10-01', note: '1,000万' },
    ]);
  });

  it('are nothing of one day', () => {
    expect(told(seriesCumulative, series(week.slice(0, 1))).en.nothing?.reason).toBe('No daily data');
  });
});

describe('views per day', () => {
  it('are zero on days that no row is of, and unknown where the row leaves them blank', () => {
    const data = told(seriesDaily, series(week)).en.drawn?.data;
    expect([data?.grain, data?.parts[0]?.values]).toEqual(['day', [5, 0, 7, null]]);
  });

  it('are of weeks if days would be too thin, the last one cut by the data', () => {
    const long = [day('2025-06-02', 1, 1), day('2025-10-31', 2, 3)];
    const said = told(seriesDaily, series(long));
    expect(titles(said)).toEqual(['每周播放量', 'Views per week']);
    expect(said.en.drawn?.data.periods.at(0)).toBe('2025-06-02');
    expect(said.en.drawn?.data.partial.periods).toEqual(['2025-10-27']);
  });

  it('are nothing without days', () => {
    const said = told(seriesDaily, series([]));
    expect([said.zh.title, said.zh.nothing?.reason]).toEqual(['每日播放量', '没有逐日数据']);
  });
});

describe('where it is watched', () => {
  const platforms = Array.from({ length: 10 }, (_, at) => ({
    id: `p${at}`,
    label: `P${at}`,
    views: String(100 - at),
    share: at === 9 ? null : 0.1,
  }));

  it('is drawn for the first eight, and told for all', () => {
    const { en, zh } = told(seriesPlatforms, series([], { platforms }));
    expect(en.drawn?.data.bars.map(({ hue }) => hue)).toEqual([0, ...Array(7).fill('grey')]);
    expect(en.drawn?.table.rows[0]).toEqual(['P0', 100, 0.1]);
    expect(en.drawn?.table.rows).toHaveLength(10);
    expect(zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['平台分布', '播放量', '播放占比']);
  });

  it('is said to be unknown', () => {
    const said = told(seriesRegions, series([]));
    expect([said.zh.title, said.en.title, said.en.nothing?.reason]).toEqual([
      '地区分布',
      'Regions',
      'No data for these filters',
    ]);
  });
});
