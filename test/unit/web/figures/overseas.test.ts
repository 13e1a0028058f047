import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { describe, expect, it } from 'vitest';
import type { CurvesAnswer } from '../../../../server/contract/analyses-depth.ts';
import { DARK_LOOK, LIGHT_LOOK } from '../../../../web/charts/look.ts';
import { isOnMap, type MapData, worldMap } from '../../../../web/charts/worldMap.ts';
import { WORLD_SHAPES, WORLD_SIZE } from '../../../../web/charts/worldShapes.ts';
import { overseasCurves } from '../../../../web/figures/overseas/curves.ts';
import { overseasRegionGenre } from '../../../../web/figures/overseas/regionGenre.ts';
import { overseasMap, regionRows } from '../../../../web/figures/overseas/regions.ts';
import { overseasShare } from '../../../../web/figures/overseas/share.ts';
import { overseasTotals } from '../../../../web/figures/overseas/totals.ts';
import { answer, askedOf, meta, scopeOf, titles, told } from './told.ts';

import '../../../../web/charts/parts/register.ts';

use([SVGRenderer]);

const region = (id: string, name: string, views: number, share_of_views: number) => ({
  region: id,
  region_label: name,
  views,
  share_of_views,
  active_series: 30,
  median_views_per_series: 5,
  views__growth: 0.5,
  views__growth_reason: null,
});

describe('the map of overseas regions', () => {
  const regions = answer([
    region('(overseas)', 'Overseas', 900, 0.6),
    region('JP', 'Japan', 100, 0.1),
    region('US', 'United States', 300, 0.2),
    region('035', 'Southeast Asia', 150, 0.1),
    region('FR', 'France', 0, 0),
  ]);
  const markets = answer([{ market: '(unknown)', market_label: 'Unknown', share_of_views: 0.07 }]);

  it('is asked within the overseas market, compared as the page is', () => {
    expect(askedOf(overseasMap, { format: 'comic' }).regions).toMatchObject({
      dimensions: ['region'],
      filters: [
        { dimension: 'format', values: ['comic'] },
        { dimension: 'market', op: 'in', values: ['overseas'] },
      ],
      compare: 'previous_period',
    });
    expect(askedOf(overseasMap, { compare: 'none' }).regions).not.toHaveProperty('compare');
  });

  it('names what has no place on it, and lets nothing unknown lead', () => {
    const said = told(overseasMap, { regions, markets });
    expect(titles(said)).toEqual([
      'United States占海外播放量的20.0%，居首',
      'United States leads with 20.0% of overseas views',
    ]);
    expect(said.en.drawn?.data.regions.map(({ id }) => id)).toEqual(['US', 'JP']);
    expect(said.zh.notes).toEqual([
      '未标在图上：Southeast Asia 150（占海外10.0%）、海外（地区未知） 900（占海外60.0%）。',
      '另有7.0%的播放量不知在国内还是海外，不计入占比。',
    ]);
    expect(regionRows(regions, scopeOf(overseasMap)).map(({ id }) => id)).toEqual(['US', '035', 'JP', '(overseas)']);
  });

  it('has no leader of few series', () => {
    const few = regions.rows.map((row) => ({ ...row, active_series: 19 }));
    expect(told(overseasMap, { regions: answer(few), markets }).en.title).toBe('Where overseas viewers are');
  });

  it('says that there is nothing overseas', () => {
    expect(told(overseasMap, { regions: answer([]), markets: answer([]) }).zh.nothing?.reason).toBe('没有海外播放');
  });
});

describe('the world that is drawn', () => {
  const data: MapData = {
    regions: [
      { id: 'US', name: 'United <b>States', value: 4e9, facts: [] },
      { id: 'SG', name: 'Singapore', value: 2e7, facts: [] },
    ],
    kind: 'count',
    measure: 'Views',
  };
  const svg = (width: number, look = LIGHT_LOOK): string => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: 520 });
    chart.setOption({ ...worldMap(data, { look, language: 'en', width, height: 520, motion: false }) });
    const drawn = chart.renderToSVGString();
    chart.dispose();
    return drawn;
  };
  const fills = (drawn: string) =>
    [...drawn.matchAll(/<(?:path|circle)[^>]*? fill="([^"]+)"/gu)].map(([, fill]) => fill ?? '');

  it('shades the regions that have data, and leaves every other in one colour', () => {
    for (const look of [LIGHT_LOOK, DARK_LOOK]) {
      const drawn = fills(svg(1000, look)).filter((fill) => fill.startsWith('#') || fill.startsWith('rgb'));
      const outlines = Object.values(WORLD_SHAPES).filter(({ path }) => path !== '').length;
      expect(drawn.filter((fill) => fill === look.grid)).toHaveLength(outlines - 1);
    }
  });

  it('draws all borders alike', () => {
    const widths = new Set([...svg(1000).matchAll(/<path[^>]* stroke-width="([\d.]+)"/gu)].map(([, width]) => width));
    expect(widths.size).toBe(1);
  });

  it('lists on a phone what it cannot name on the map', () => {
    expect(svg(358)).toContain('Singapore');
    expect(svg(358)).toMatch(/>4B</u);
  });

  it('has a place for small countries, none for groups of them, and nothing beyond its edges', () => {
    expect(['SG', 'HK', 'MT', 'US', 'JP'].every(isOnMap)).toBe(true);
    expect(['(overseas)', '035', 'constructor'].some(isOnMap)).toBe(false);
    for (const { at } of Object.values(WORLD_SHAPES)) {
      expect(at[0]).toBeGreaterThanOrEqual(0);
      expect(at[0]).toBeLessThanOrEqual(WORLD_SIZE.width);
    }
  });
});

describe('the overseas share', () => {
  const whole = answer([{ overseas_share: 0.165 }]);

  it('is one line, or one a format', () => {
    const one = { whole, course: answer([{ period: '2025-10-01', overseas_share: 0.165 }]) };
    expect(titles(told(overseasShare, one))).toEqual([
      '2025年10月海外占播放量的16.5%',
      '16.5% of views were overseas in Oct 2025',
    ]);
    const row = (format: string, overseas_share: number) => ({
      period: '2025-10-01',
      format,
      format_label: format,
      overseas_share,
    });
    const split = { whole, course: answer([row('comic', 0.1), row('live_action', 0.2)]) };
    expect(
      told(overseasShare, split, { split: 'format' }).en.drawn?.data.lines.map(({ id, hue }) => [id, hue]),
    ).toEqual([
      ['live_action', 0],
      ['comic', 1],
    ]);
    expect(askedOf(overseasShare, { split: 'format' }).course).toMatchObject({ dimensions: ['format'] });
  });
});

describe('the overseas share of one market', () => {
  it('is not drawn: it would be all or nothing', () => {
    const all = { whole: answer([]), course: answer([{ period: '2025-10-01', overseas_share: 1 }]) };
    expect(told(overseasShare, all, { market: 'overseas' }).zh.nothing?.reason).toBe('已按市场或地区筛选');
    expect(told(overseasShare, all, { region: 'US' }).en.nothing?.reason).toBe('Filtered to a market or region');
  });
});

describe('regions by genre', () => {
  it('are shares of each region, the genres and regions without a name left out but counted', () => {
    const row = (region: string, primary_genre: string, views: number) => ({
      region,
      region_label: region,
      primary_genre,
      primary_genre_label: primary_genre,
      views,
    });
    const views = answer([
      row('US', 'romance', 60),
      row('US', '(unknown)', 40),
      row('CN', 'romance', 300),
      row('(unknown)', 'romance', 9),
    ]);
    const said = told(overseasRegionGenre, { views });
    expect(said.en.drawn?.table.rows).toEqual([
      ['CN', 1],
      ['US', 0.6],
    ]);
    expect(told(overseasRegionGenre, { views: answer([]) }).en.nothing?.reason).toBe('No data for these filters');
  });
});

describe('curves by market', () => {
  const point = (member: string, day: number, median: number, series = 30): CurvesAnswer['rows'][number] => ({
    member,
    member_label: member,
    day_since_release: day,
    value: null,
    median,
    q1: 0,
    q3: 0,
    series,
  });
  const curves = (rows: CurvesAnswer['rows']): { curves: CurvesAnswer } => ({ curves: { columns: [], rows, meta } });

  it('are of the releases of the year that leads to the range', () => {
    expect(askedOf(overseasCurves).curves).toMatchObject({ by: 'market', from: '2024-11-01', to: '2025-10-31' });
  });

  it('are of a year also where the range is some days, as far as the data reach', () => {
    const days = { from: '2025-10-03', to: '2025-10-18' };
    expect(askedOf(overseasCurves, days).curves).toMatchObject({ from: '2024-11-01', to: '2025-10-18' });
    expect(askedOf(overseasCurves, { from: '2025-01-03', to: '2025-01-18' }).curves).toMatchObject({
      from: '2024-11-01',
      to: '2025-01-18',
    });
  });

  it('are compared on the last day that both have, from twenty series on', () => {
    const rows = [
      point('domestic', 0, 10),
      point('domestic', 1, 20),
      point('overseas', 0, 1),
      point('overseas', 1, 2),
      point('overseas', 2, 9, 19),
      point('(unknown)', 0, 99),
    ];
    const said = told(overseasCurves, curves(rows));
    expect(titles(said)).toEqual([
      '上线后国内的累计播放中位数一直高于海外：第2天20对2',
      'At every age the median series has more views at home than overseas: 20 against 2 by day 2',
    ]);
    expect(said.en.drawn?.data.curves.map(({ id, values }) => [id, values])).toEqual([
      ['overseas', [1, 2]],
      ['domestic', [10, 20]],
    ]);
    expect(told(overseasCurves, curves([point('overseas', 0, 1, 3)])).zh.nothing?.reason).toBe('样本太少');
  });

  it('say who is ahead and since when, or that they are level', () => {
    const of = (overseas: number[], domestic: number[]) =>
      titles(
        told(
          overseasCurves,
          curves([
            ...overseas.map((median, day) => point('overseas', day, median)),
            ...domestic.map((median, day) => point('domestic', day, median)),
          ]),
        ),
      );
    expect(of([1, 5, 20, 40], [9, 5, 10, 30])).toEqual([
      '上线第3天起，海外的累计播放中位数超过国内：第4天40对30',
      'From day 3 the median series has more views overseas than at home: 40 against 30 by day 4',
    ]);
    expect(of([9, 9, 9], [1, 5, 10])[1]).toBe(
      'From day 3 the median series has more views at home than overseas: 10 against 9 by day 3',
    );
    expect(of([2, 1000], [1, 1009])[1]).toBe('By day 2 the median series has as many views overseas as at home: 1,000');
  });
});

describe('views overseas and at home', () => {
  const row = (market: string, views: number, period = '2025-10-01') => ({
    period,
    market,
    market_label: market,
    views,
  });
  const whole = answer([row('domestic', 300), row('overseas', 100)]);

  it('stand on each other, those at home below, with both totals of the range in the title', () => {
    const said = told(overseasTotals, { whole, course: answer([...whole.rows, row('overseas', 50, '2025-09-01')]) });
    expect(titles(said)).toEqual(['2025年10月海外播放100，国内300', '100 views overseas and 300 at home in Oct 2025']);
    expect(said.en.drawn?.data.parts.map(({ id, values }) => [id, values])).toEqual([
      ['domestic', [null, 300]],
      ['overseas', [50, 100]],
    ]);
    expect(askedOf(overseasTotals).course).toMatchObject({ dimensions: ['market'], time: { grain: 'month' } });
    expect(askedOf(overseasTotals).whole).toMatchObject({ dimensions: ['market'] });
  });

  it('name no total that the filters leave out', () => {
    const one = answer([row('overseas', 100)]);
    expect(told(overseasTotals, { whole: one, course: one }, { market: 'overseas' }).en.title).toBe(
      'Views overseas and at home',
    );
    expect(told(overseasTotals, { whole: answer([]), course: answer([]) }).en.nothing?.reason).toBe(
      'No data for these filters',
    );
  });
});
