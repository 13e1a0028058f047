import { describe, expect, it } from 'vitest';
import type { SeriesAnswer } from '../../../../server/contract/analyses.ts';
import type { CurvesAnswer, RetentionAnswer, SeriesRanksAnswer } from '../../../../server/contract/analyses-depth.ts';
import type { AnomaliesAnswer, ForecastAnswer } from '../../../../server/contract/analyses-outlook.ts';
import { seriesCumulative } from '../../../../web/figures/series/cumulative.ts';
import { seriesDaily } from '../../../../web/figures/series/daily.ts';
import { seriesForecast } from '../../../../web/figures/series/forecast.ts';
import { seriesPeers } from '../../../../web/figures/series/peers.ts';
import { seriesRanks } from '../../../../web/figures/series/ranks.ts';
import { relatedRows } from '../../../../web/figures/series/related.ts';
import { seriesRetention } from '../../../../web/figures/series/retention.ts';
import { seriesPlatforms, seriesRegions } from '../../../../web/figures/series/shares.ts';
import { answer, askedOf, meta, titles, told } from './told.ts';

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
      rights_holder_label: null,
      producer_region: null,
      producer_region_label: null,
      genres: [],
      channel: null,
      format: 'comic',
      production: null,
      franchise: null,
      cast: [],
      language: null,
      origin: null,
      origin_label: null,
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
const judged = (rows: AnomaliesAnswer['rows'] = [], more: Partial<AnomaliesAnswer> = {}): AnomaliesAnswer => ({
  columns: [],
  rows,
  series_examined: 1,
  not_judged: [],
  meta,
  ...more,
});
const days = (daily: Daily, anomalies = judged()) => ({ ...series(daily), anomalies });
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
    expect(told(seriesCumulative, series(week.slice(0, 1))).en.nothing?.reason).toBe('A single day makes no curve');
  });
});

describe('views per day', () => {
  it('are zero on days that no row is of, and unknown where the row leaves them blank', () => {
    const data = told(seriesDaily, days(week)).en.drawn?.data;
    expect([data?.grain, data?.parts[0]?.values]).toEqual(['day', [5, 0, 7, null]]);
  });

  it('are of weeks if days would be too thin, the last one cut by the data', () => {
    const long = [day('2025-06-02', 1, 1), day('2025-10-31', 2, 3)];
    const said = told(seriesDaily, days(long));
    expect(titles(said)).toEqual(['每周播放量', 'Views per week']);
    expect(said.en.drawn?.data.periods.at(0)).toBe('2025-06-02');
    expect(said.en.drawn?.data.partial.periods).toEqual(['2025-10-27']);
  });

  it('are nothing without days', () => {
    const said = told(seriesDaily, days([]));
    expect([said.zh.title, said.zh.nothing?.reason]).toEqual(['每日播放量', '没有逐日数据']);
  });
});

describe('days that stand out', () => {
  const spike: AnomaliesAnswer['rows'][number] = {
    series: 's1',
    series_label: 'One',
    day: '2025-10-03',
    days: 1,
    views: 30_000,
    expected: 10_000,
    deviation: 2,
    z: 5.25,
    kind: 'spike',
    source: null,
    holiday: { zh: '国庆', en: 'National Day' },
    by_platform: [
      { platform: 'a', platform_label: 'A', views: 9000, expected: 8000, part: 0.05 },
      { platform: 'b', platform_label: 'B', views: 21_000, expected: 2000, part: 0.95 },
    ],
  };
  const gap = { ...spike, kind: 'gap' as const, days: 2, source: 'log', views: null, by_platform: [], holiday: null };

  it('are marked on the column, with what is known of why', () => {
    const { zh, en } = told(seriesDaily, days(week, judged([spike])));
    expect(en.drawn?.data.marks).toEqual([
      {
        period: '2025-10-03',
        way: 'up',
        notes: [
          'Spike · 3 Oct 2025',
          '30K, expected 10K (z = 5.3)',
          'Mostly from B: 21K, expected 2,000',
          'National Day, which the expected level allows for',
        ],
      },
    ]);
    expect(zh.drawn?.data.marks?.[0]?.notes[2]).toBe('主要来自B：2.1万，预期2,000');
    expect(zh.notes).toEqual(['三角标出明显偏离预期的日子，原因见下表。']);
  });

  it('are no fall if a source is silent', () => {
    const { en } = told(seriesDaily, days(week, judged([gap])));
    expect(en.drawn?.data.marks?.[0]).toMatchObject({
      way: 'gap',
      notes: ['Gap · 3 Oct 2025', 'Source log is silent for 2 days: missing, not a fall'],
    });
  });

  it('are said to be none, or that nothing can be judged', () => {
    expect(told(seriesDaily, days(week)).en.notes).toEqual(['No day is far from what was expected.']);
    const not_judged = [{ series: 's1', reason: 'not_enough_data' as const }];
    expect(told(seriesDaily, days(week, judged([], { not_judged }))).zh.notes).toEqual(['不足 14 天，暂不判断异常。']);
  });
});

describe('the forecast', () => {
  const row = (day: string, mean: number): ForecastAnswer['rows'][number] => ({
    day,
    mean,
    low80: mean - 10,
    high80: mean + 10,
    low95: mean - 20,
    high95: mean + 20,
  });
  const forecast = (more: Partial<ForecastAnswer> = {}): ForecastAnswer => ({
    columns: [],
    rows: [row('2025-11-01', 100), row('2025-11-02', 90)],
    series: 's1',
    series_label: 'One',
    method: { id: 'm', text: { zh: '', en: '' } },
    origin: '2025-10-31',
    days_of_data: 17,
    cumulative_views: 900_000_000,
    next_milestone: { threshold: 1e9, date: '2025-12-16', date_low: '2025-12-09', date_high: '2025-12-28' },
    next_milestone_horizon: 90,
    backtest: {
      mase: 0.2,
      mase_power_law: 0.4,
      coverage80: 0.9,
      coverage95: 1,
      folds: 5,
      held_out_days: 70,
      beats_naive: true,
      beats_power_law: true,
    },
    reason: null,
    meta,
    ...more,
  });
  const daily = answer([28, 29, 30, 31].map((at) => ({ period: `2025-10-${at}`, views: at === 30 ? 150 : 100 })));
  const earlier = forecast({
    origin: '2025-10-28',
    rows: [row('2025-10-29', 105), row('2025-10-30', 104), row('2025-10-31', 103)],
  });

  it('is made from the last day of the data, and once before it, as far back as there are days', () => {
    const first = askedOf(seriesForecast, { id: 's1', range: '3m' });
    expect(first.forecast).toMatchObject({ series: 's1', horizon: 28, to: '2025-10-31' });
    const next = askedOf(seriesForecast, { id: 's1' }, { forecast: forecast(), daily });
    expect(next.earlier).toMatchObject({ horizon: 3, to: '2025-10-28' });
    expect(askedOf(seriesForecast, { id: 's1' }, { forecast: forecast({ days_of_data: 15 }) })).not.toHaveProperty(
      'earlier',
    );
  });

  it('says that the filters leave nothing, rather than that it is young, with the way out', () => {
    const reason = { code: 'not_enough_data' as const, text: { zh: '数据不足', en: 'Too few days' } };
    const none = { forecast: forecast({ rows: [], origin: null, days_of_data: 0, reason }), daily };
    expect(told(seriesForecast, none, { id: 's1', format: 'comic' }).zh).toMatchObject({
      nothing: { reason: '当前筛选下没有数据' },
      mend: { change: { format: undefined } },
    });
    expect(told(seriesForecast, none, { id: 's1' }).zh.nothing?.reason).toBe('数据不足');
  });

  it('says that its intervals were too narrow, if far fewer days lay inside', () => {
    const base = forecast();
    if (base.backtest === null) throw new Error('no backtest');
    const off = { ...base, backtest: { ...base.backtest, coverage80: 0.2, coverage95: 0.5 } };
    const { en } = told(seriesForecast, { forecast: off, daily, earlier }, { id: 's1' });
    expect(en.notes).toContain(
      'The intervals were too narrow: far fewer days lay inside than should; take them as wider.',
    );
  });

  it('says when the next milestone comes, and how an earlier forecast did', () => {
    const { zh, en } = told(seriesForecast, { forecast: forecast(), daily, earlier }, { id: 's1' });
    expect(titles({ zh, en })).toEqual([
      '预计2025年12月16日突破10亿，80% 区间为2025年12月9日至12月28日',
      'Expected to pass 1B on 16 Dec 2025 (80% interval 9 Dec – 28 Dec 2025)',
    ]);
    expect(en.notes).toEqual([
      'Grey: the forecast of 28 Oct 2025. 2 of the 3 days since lie within its 80% interval.',
      'Backtest: forecasts made at 5 past moments, held against 70 days: 90% inside the 80% interval, 100% inside the 95% interval.',
      'Its error is 0.20 times that of repeating last week.',
    ]);
    const data = en.drawn?.data;
    expect(data?.periods).toEqual(['2025-10-28', '2025-10-29', '2025-10-30', '2025-10-31', '2025-11-01', '2025-11-02']);
    expect(data?.actual.values).toEqual([100, 100, 150, 100, null, null]);
    expect(data?.fans.map(({ hue, middle }) => [hue, middle])).toEqual([
      ['grey', [100, 105, 104, 103, null, null]],
      [0, [null, null, null, 100, 100, 90]],
    ]);
    expect(en.drawn?.table.rows[4]).toEqual(['2025-11-01', null, 100, 90, 110, 80, 120]);
  });

  it('leaves a launch out that would press it flat', () => {
    const launch = answer([{ period: '2025-10-26', views: 9000 }, { period: '2025-10-27', views: 200 }, ...daily.rows]);
    const { en } = told(seriesForecast, { forecast: forecast(), daily: launch, earlier }, { id: 's1' });
    expect(en.drawn?.data.periods[0]).toBe('2025-10-27');
  });

  it('says why there is none, and what to wait for', () => {
    const reason = { code: 'not_enough_data' as const, text: { zh: '太少', en: 'Too few' } };
    const none = forecast({ reason, rows: [], backtest: null, next_milestone: null });
    expect(told(seriesForecast, { forecast: none, daily }, { id: 's1' }).zh.nothing).toEqual({
      reason: '太少',
      remedy: '满 14 天数据后，这里显示预测。',
    });
  });

  it('is honest about a milestone that may not come', () => {
    const next = (date: string | null, date_low: string | null) =>
      told(
        seriesForecast,
        { forecast: forecast({ next_milestone: { threshold: 1e9, date, date_low, date_high: null } }), daily, earlier },
        { id: 's1' },
      ).en.title;
    expect(next('2026-01-22', '2025-12-13')).toBe(
      'Expected to pass 1B on 22 Jan 2026, at the earliest 13 Dec 2025, perhaps much later',
    );
    expect(next(null, '2026-01-20')).toBe('Unlikely to pass 1B within 90 days; at the earliest on 20 Jan 2026');
    expect(next(null, null)).toBe('Will not pass 1B within 90 days');
  });
});

describe('the curve against its peers', () => {
  const curve = (rows: Partial<CurvesAnswer['rows'][number]>[]): CurvesAnswer => ({
    columns: [],
    rows: rows.map((row, at) => ({
      member: 'm',
      member_label: 'Comic',
      day_since_release: at,
      value: null,
      median: null,
      q1: null,
      q3: null,
      series: 1,
      ...row,
    })),
    meta,
  });
  const own = curve([{ value: 100 }, { value: '150' }]);
  const group = (series: number) =>
    curve([
      { median: 50, q1: 10, q3: 80, series },
      { median: 90, q1: 20, q3: 160, series },
      { median: 95, q1: 25, q3: 170, series },
    ]);
  const page = () => {
    const { series: one } = series(week);
    return { ...one, series: { ...one.series, genres: [{ id: 'family', label: 'Family' }] } };
  };

  it('is asked with series of the same first genre and format, with all if those are few', () => {
    expect(askedOf(seriesPeers, { id: 's1' }, { series: page() }).alike).toMatchObject({
      by: 'format',
      filters: [
        { dimension: 'primary_genre', values: ['family'] },
        { dimension: 'format', values: ['comic'] },
      ],
    });
    const few = { series: page(), own, alike: group(19) };
    expect(Object.keys(askedOf(seriesPeers, { id: 's1' }, few))).toEqual(['series', 'own', 'alike', 'every']);
    expect(Object.keys(askedOf(seriesPeers, { id: 's1' }, { series: series(week).series }))).toContain('every');
  });

  it('says where the series stands at its age', () => {
    const { zh, en } = told(seriesPeers, { series: page(), own, alike: group(40) }, { id: 's1' });
    expect(titles({ zh, en })).toEqual(['上线第2天，高于同类中位数', 'Ahead of the median peer on day 2']);
    expect(en.subtitle).toBe('Cumulative views by days since release; peers: Family · Comic, 40 series');
    expect(en.drawn?.data).toMatchObject({ log: false, band: { low: [10, 20, 25], high: [80, 160, 170] } });
    expect(en.drawn?.table.rows.at(-1)).toEqual([3, null, 25, 95, 170, 40]);
  });

  it('is on a logarithmic scale if it is far from them, and says so', () => {
    const far = curve([{ value: 1e6 }, { value: 2e6 }]);
    const { en } = told(seriesPeers, { series: page(), own: far, alike: group(40) }, { id: 's1' });
    expect([en.title, en.drawn?.data.log]).toEqual(['22,222 times the median of its peers on day 2', true]);
    expect(en.notes).toEqual(['Far from its peers, so the scale is logarithmic.']);
  });

  it('draws no quartiles of a few', () => {
    const { en } = told(seriesPeers, { series: page(), own, alike: group(3), every: group(5) }, { id: 's1' });
    expect(en.title).toBe('Against its peers at the same age');
    expect(en.drawn?.data.band).toBeUndefined();
    expect(en.notes).toEqual(['Only 5 peers: too few for quartiles.']);
  });

  it('needs a first day', () => {
    const { zh } = told(seriesPeers, { series: page(), own: curve([]), alike: group(40) }, { id: 's1' });
    expect(zh.nothing?.reason).toBe('上线早于最早的数据，或上线日期未知，无法按天龄比较');
  });
});

describe('episode retention', () => {
  const retention = (rows: Partial<RetentionAnswer['rows'][number]>[]): { retention: RetentionAnswer } => ({
    retention: {
      columns: [],
      rows: rows.map((row, at) => ({
        episode: at + 1,
        views: 100,
        series: 1,
        retained: 1,
        drop: null,
        largest_drop: false,
        paywall: false,
        ...row,
      })),
      meta,
    },
  });

  it('names the episode at which most leave, and the paywall', () => {
    const rows = [{}, { retained: 0.9, drop: 0.1, paywall: true }, { retained: 0.3, drop: 0.667, largest_drop: true }];
    const said = told(seriesRetention, retention(rows), { id: 's1' });
    expect(titles(said)).toEqual([
      '第3集流失最多，较前一集跌 66.7%',
      'Most leave at episode 3: 66.7% fewer than the one before',
    ]);
    expect(said.en.drawn?.data).toMatchObject({
      along: 'episode',
      marks: [
        { at: 1, note: 'Paywall, episode 2' },
        { at: 2, note: 'Steepest drop, 66.7%' },
      ],
    });
  });

  it('leaves an episode that no row is of empty', () => {
    const rows = [{}, { episode: 3, retained: 0.5, drop: 0.5, largest_drop: true, paywall: true }];
    const { zh } = told(seriesRetention, retention(rows), { id: 's1' });
    expect(zh.drawn?.data.curves[0]?.values).toEqual([1, null, 0.5]);
    expect(zh.drawn?.data.marks).toEqual([{ at: 2, note: '付费第3集，跌 50.0%' }]);
    expect(zh.title).toBe('付费第3集流失最多，较前一集跌 50.0%');
  });

  it('says what is missing without episodes', () => {
    expect(told(seriesRetention, retention([]), { id: 's1' }).en.nothing?.reason).toBe('No views by episode');
  });
});

describe('related series', () => {
  it('are the others, the largest first', () => {
    const rows = ['a', 's1', 'b'].map((series) => ({ series, series_label: series, cumulative_views: 5 }));
    expect(relatedRows(answer(rows), 's1').map(({ id }) => id)).toEqual(['a', 'b']);
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

const place = (period: string, rank: number, n: number, more: Partial<SeriesRanksAnswer['rows'][number]> = {}) => ({
  period,
  views: 1000,
  rank,
  n,
  percentile: n < 20 ? null : (n - rank) / (n - 1),
  percentile_reason: n < 20 ? ('few_peers' as const) : null,
  partial: false,
  ...more,
});
const ranked = (rows: SeriesRanksAnswer['rows'], partial_periods: string[] = []): SeriesRanksAnswer => ({
  columns: [],
  rows,
  meta: { ...meta, partial_periods },
});

describe('ranks over time', () => {
  const year = [
    place('2025-06-01', 5, 2000),
    place('2025-07-01', 2, 2100),
    place('2025-09-01', 1999, 2200),
    place('2025-10-01', 12, 2300, { partial: true }),
  ];

  it('are asked by months, and by weeks if those are few', () => {
    expect(askedOf(seriesRanks, { id: 's1' }).months).toMatchObject({ id: 's1', grain: 'month', from: '2024-11-01' });
    const { series: own } = series([]);
    expect(askedOf(seriesRanks, { id: 's1' }, { series: own, months: ranked(year) }).weeks).toBeUndefined();
    const few = { series: own, months: ranked(year.slice(0, 3)) };
    expect(askedOf(seriesRanks, { id: 's1' }, few).weeks).toMatchObject({ grain: 'week' });
  });

  it('say the place of the last whole period, and the best', () => {
    const { zh, en } = told(seriesRanks, { ...series([]), months: ranked(year, ['2025-10-01']) });
    expect(titles({ zh, en })).toEqual([
      '2025年9月排第1,999，共2,200部；最高第2（2025年7月）',
      'Rank 1,999 of 2,200 series in Sep 2025; best 2, in Jul 2025',
    ]);
    expect(en.subtitle).toBe('Rank by views of the month among all series, Nov 2024 – Oct 2025');
    expect(en.cut).toBe('2025-10-31');
    // August has no place, and keeps its own.
    expect(en.drawn?.data.points.map((point) => point?.rank ?? null)).toEqual([5, 2, null, 1999, 12]);
    expect(en.drawn?.data.points[1]).toMatchObject({ among: 2100, facts: [{ name: 'Ahead of', value: '99.9%' }, {}] });
    expect(en.drawn?.table.rows[1]).toEqual(['2025-07-01', 2, 2100, 2098 / 2099, 1000]);
  });

  it('are weeks by their names, and humble among few', () => {
    const weeks = ranked([place('2025-10-06', 3, 19), place('2025-10-13', 1, 19)]);
    const { zh, en } = told(seriesRanks, { ...series([]), months: ranked([]), weeks });
    expect(titles({ zh, en })).toEqual([
      '2025年10月13日当周排第1，共19部',
      'Rank 1 of 19 series in the week of 13 Oct 2025',
    ]);
    expect(en.drawn?.data.points[0]?.facts).toHaveLength(1);
    expect(en.notes).toHaveLength(1);
  });

  it('are none without views', () => {
    const none = { ...series([]), months: ranked([]), weeks: ranked([]) };
    expect(told(seriesRanks, none).en.nothing?.reason).toBe('No views in the time shown, so there is no rank');
  });
});
