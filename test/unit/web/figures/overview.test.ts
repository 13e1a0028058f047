import { describe, expect, it } from 'vitest';
import type { MoversAnswer } from '../../../../server/contract/analyses.ts';
import { formatsWindow, overviewFormats } from '../../../../web/figures/overview/formats.ts';
import { kpiClub, kpiQueries } from '../../../../web/figures/overview/kpis.ts';
import { genreMovers, producerMovers } from '../../../../web/figures/overview/movers.ts';
import { answer, askedOf, meta, scopeOf, titles, told } from './told.ts';

describe('views by format', () => {
  const row = (period: string, format: string, views: number | string | null) => ({
    period,
    format,
    format_label: format.toUpperCase(),
    views,
  });
  const views = answer(
    [row('2025-09-01', 'comic', 3), row('2025-10-01', 'comic', 5), row('2025-10-01', 'live_action', '7')],
    { partial_periods: ['2025-10-01'] },
  );

  it('ask for the year that leads to the range, or for the range alone', () => {
    expect(askedOf(overviewFormats).views).toMatchObject({
      time: { from: '2024-11-01', to: '2025-10-31', grain: 'month' },
    });
    expect(askedOf(overviewFormats, { trend: 'range' }).views).toMatchObject({
      time: { from: '2025-10-01', to: '2025-10-31', grain: 'day' },
    });
    expect(formatsWindow(scopeOf(overviewFormats, { range: 'all' })).widened).toBe(false);
  });

  it('stand steadiest first, each in its own colour', () => {
    const { en } = told(overviewFormats, { views });
    expect(en.drawn?.data.parts).toMatchObject([
      { id: 'live_action', name: 'LIVE_ACTION', hue: 0, values: [null, 7] },
      { id: 'comic', name: 'COMIC', hue: 1, values: [3, 5] },
    ]);
    expect(en.cut).toBe('2025-10-31');
  });

  it('are said in both languages, with their table', () => {
    const { zh, en } = told(overviewFormats, { views });
    expect(titles({ zh, en })).toEqual(['各形态播放量', 'Views by format']);
    expect([zh.subtitle, en.subtitle]).toEqual(['按月，2024年11月至2025年10月', 'By month, Nov 2024 – Oct 2025']);
    expect(zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['月', 'LIVE_ACTION', 'COMIC']);
    expect(zh.drawn?.table.rows).toEqual([
      ['2025-09-01', null, 3],
      ['2025-10-01', 7, 5],
    ]);
    expect(told(overviewFormats, { views: answer([]) }).en.nothing?.reason).toBe('No data for these filters');
  });
});

describe('who rose and who fell', () => {
  const mover = (id: string, delta: number, growth: number | null = 0.1): MoversAnswer['rows'][number] => ({
    member: id,
    member_label: id,
    value: 1000 + delta,
    previous: 1000,
    delta,
    growth,
    growth_reason: growth === null ? 'new' : null,
    contribution_pp: 1.25,
    rank: 1,
    rank_previous: 1,
    rank_change: 0,
    rank_change_reason: null,
  });
  const movers = (rows: MoversAnswer['rows']): { movers: MoversAnswer } => ({ movers: { columns: [], rows, meta } });

  it('are the strongest five of each direction', () => {
    const rows = Array.from({ length: 20 }, (_, at) => mover(`m${at}`, at - 10));
    const said = told(genreMovers, movers(rows));
    expect(said.en.drawn?.data.movers.map(({ delta }) => delta)).toEqual([9, 8, 7, 6, 5, -6, -7, -8, -9, -10]);
    expect(said.en.height).toBe(10 * 32 + 8);
    expect(said.zh.drawn?.table.rows).toHaveLength(20);
  });

  it('are said in words if there is one only', () => {
    const { zh, en } = told(producerMovers, movers([mover('a', 50, 0.05)]));
    expect(zh.nothing).toEqual({ reason: '只有a一家承制方', remedy: '播放量1,050，对比期1,000（+5.0%）。' });
    expect(en.nothing).toEqual({
      reason: 'There is one producer only: a',
      remedy: '1,050 views, 1,000 before (+5.0%).',
    });
  });

  it('are said in both languages', () => {
    const said = told(producerMovers, movers([mover('a', 50, null), mover('b', 0)]));
    expect(titles(said)).toEqual(['哪些承制方在涨，哪些在跌', 'Which producers rose, which fell']);
    expect(said.zh.subtitle).toBe('播放量变化，2025年10月对比2025年9月');
    expect(said.en.drawn?.data.movers[0]?.facts.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'Now 1,050',
      'Before 1,000',
      'Growth New',
      'Contribution +1.3 pp',
    ]);
  });

  it('ask nothing without a comparison, and say what to do', () => {
    expect(askedOf(genreMovers, { compare: 'none' })).toEqual({});
    expect(askedOf(genreMovers).movers).toMatchObject({ by: 'primary_genre', compare: 'previous_period' });
    expect(told(genreMovers, {}, { compare: 'none' }).zh.nothing?.reason).toBe('未设对比');
    expect(told(genreMovers, movers([mover('a', 0)])).en.nothing?.reason).toBe('No data for these filters');
  });
});

describe('what the tiles ask', () => {
  it('is compared if the page is, and reaches back to what is compared', () => {
    const compared = scopeOf(overviewFormats);
    expect(kpiQueries(compared).totals.compare).toBe('previous_period');
    expect(kpiClub(compared).given).toMatchObject({ from: '2024-11-01', to: '2025-10-31' });
    expect(kpiQueries(scopeOf(overviewFormats, { compare: 'none' })).totals).not.toHaveProperty('compare');
  });
});
