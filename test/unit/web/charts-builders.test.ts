import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import '../../../web/charts/parts/register.ts';
import { ageCurves } from '../../../web/charts/ageCurves.ts';
import { spreadOf } from '../../../web/charts/boxes.ts';
import { bubble } from '../../../web/charts/bubble.ts';
import type { ChartContext, ChartOption } from '../../../web/charts/frame.ts';
import { emptyOption, NOTHING_PARTIAL, paceFactor } from '../../../web/charts/frame.ts';
import { heatmap } from '../../../web/charts/heatmap.ts';
import { horizontalBars } from '../../../web/charts/horizontalBars.ts';
import { isLogarithmic, type LinesData, linesOverTime, type TimeLine } from '../../../web/charts/linesOverTime.ts';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';
import { placeAround, spread } from '../../../web/charts/parts/placing.ts';
import { logAxis, rankAxis, thinned } from '../../../web/charts/parts/plainAxis.ts';
import { tooltipHtml } from '../../../web/charts/parts/tooltip.ts';
import { rankLine } from '../../../web/charts/rankLine.ts';
import { linearScale } from '../../../web/charts/scale.ts';
import { stackedColumns } from '../../../web/charts/stackedColumns.ts';
import { ellipsis, escapeHtml, textWidth, wrap } from '../../../web/charts/text.ts';
import { spans, waterfall } from '../../../web/charts/waterfall.ts';
import { markOf } from '../../../web/filters/marks.ts';

use([SVGRenderer]);

const context: ChartContext = { look: LIGHT_LOOK, language: 'en', width: 640, height: 300, motion: false };
const months = ['2025-07-01', '2025-08-01', '2025-09-01', '2025-10-01'];
const line = (id: string, values: (number | null)[], more: Partial<TimeLine> = {}): TimeLine => ({
  id,
  name: id,
  hue: 0,
  values,
  ...more,
});
const lines = (of: TimeLine[], more: Partial<LinesData> = {}): LinesData => ({
  periods: months,
  grain: 'month',
  lines: of,
  kind: 'count',
  partial: NOTHING_PARTIAL,
  measure: 'Views',
  ...more,
});

interface Drawn {
  id: string;
  y: number;
  text: string;
}
/** Texts drawn at pixels, by the start of their id. */
function texts(option: ChartOption, start: string): Drawn[] {
  return option.graphic.elements.flatMap((element) => {
    if (!('id' in element) || !('y' in element) || !('style' in element)) return [];
    const { id, y, style } = element;
    if (typeof id !== 'string' || typeof y !== 'number' || !id.startsWith(start)) return [];
    const text = typeof style === 'object' && style !== null && 'text' in style ? String(style.text) : '';
    return [{ id, y, text }];
  });
}
function tooltipOf(option: ChartOption): (params: unknown) => string {
  const tooltip = option.tooltip;
  if (typeof tooltip !== 'object' || tooltip === null || !('formatter' in tooltip)) throw new Error('no tooltip');
  const { formatter } = tooltip;
  if (typeof formatter !== 'function') throw new Error('no formatter');
  return (params) => String(formatter(params));
}
const description = (option: ChartOption): string => JSON.stringify(option.aria);

/** What the axis of periods writes, by the period. */
function axisTexts(option: ChartOption): string[] {
  const axis = z
    .object({
      data: z.array(z.string()),
      axisLabel: z.object({ interval: z.custom<(at: number) => boolean>(), formatter: z.custom<AxisText>() }),
    })
    .parse(option.xAxis);
  const { interval, formatter } = axis.axisLabel;
  return axis.data.flatMap((period, at) => (interval(at) ? [formatter(period, at).replace('{year|', '{')] : []));
}
type AxisText = (period: string, at: number) => string;

describe('an axis of periods', () => {
  const year = Array.from(
    { length: 12 },
    (_, at) => `${at < 2 ? 2024 : 2025}-${String(((at + 10) % 12) + 1).padStart(2, '0')}-01`,
  );
  const over = (periods: string[], grain: LinesData['grain'], width: number): string[] =>
    axisTexts(
      linesOverTime(
        lines(
          [
            line(
              'a',
              periods.map((_, at) => at),
            ),
          ],
          { periods, grain },
        ),
        { ...context, language: 'zh', width },
      ),
    );

  it('names every month if the names alone have room, whatever room a year takes', () => {
    expect(over(year, 'month', 640)).toEqual([
      '11月\n{2024年}',
      '12月',
      '1月\n{2025年}',
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((month) => `${month}月`),
    ]);
    expect(over(year, 'month', 330)).toEqual(['1月\n{2025年}', '4月', '7月', '10月']);
  });

  it('names of many days the months', () => {
    const days = Array.from({ length: 150 }, (_, at) =>
      new Date(Date.UTC(2025, 4, 20 + at)).toISOString().slice(0, 10),
    );
    expect(over(days, 'day', 640)).toEqual(['6月\n{2025年}', '7月', '8月', '9月', '10月']);
  });
});

describe('labels at line ends', () => {
  it('stand at least a line apart, in the order of their values, within the picture', () => {
    const close = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, at) => line(id, [1, 1, 1, 100 - at * 0.1]));
    const labels = texts(linesOverTime(lines(close), context), 'end value');
    expect(labels).toHaveLength(7);
    const ys = labels.map(({ y }) => y);
    for (const [at, y] of ys.slice(1).entries())
      expect(y - (ys[at] ?? 0)).toBeGreaterThanOrEqual(LIGHT_LOOK.type.label * 1.3);
    expect(labels.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => `end value ${id}`));
    expect(Math.min(...ys)).toBeGreaterThan(0);
    expect(Math.max(...ys)).toBeLessThan(context.height);
  });

  it('name the chosen of five hundred lines and count the rest', () => {
    const many = Array.from({ length: 500 }, (_, at) => line(`s${at}`, [at, at, at, at], { context: at >= 3 }));
    const option = linesOverTime(lines(many), context);
    expect(texts(option, 'end value')).toHaveLength(3);
    expect(texts(option, 'end rest').map(({ text }) => text)).toEqual(['497 others']);
  });

  it('are never more than seven, whatever the data ask for', () => {
    const nine = Array.from({ length: 9 }, (_, at) => line(`s${at}`, [1, 1, 1, at + 1]));
    const option = linesOverTime(lines(nine), context);
    expect(texts(option, 'end value')).toHaveLength(7);
    expect(texts(option, 'end rest').map(({ text }) => text)).toEqual(['2 others']);
  });

  it('name the only one that is left, where its line ends', () => {
    const eight = Array.from({ length: 8 }, (_, at) => line(`s${at}`, [1, 1, 1, at + 1], { context: at === 4 }));
    const option = linesOverTime(lines(eight), context);
    expect(texts(option, 'end rest')).toEqual([]);
    expect(texts(option, 'end value').map(({ id }) => id)).toContain('end value s4');
  });

  it('move only what must move', () => {
    const placed = spread(
      [
        { item: 'far', y: 20 },
        { item: 'near', y: 100 },
        { item: 'nearer', y: 104 },
      ],
      16,
      0,
      200,
    );
    expect(placed.map(({ item, y }) => [item, y])).toEqual([
      ['far', 20],
      ['near', 94],
      ['nearer', 110],
    ]);
  });

  it('leave out the least important where there is no room', () => {
    const placed = spread(
      [
        { item: 1, y: 5 },
        { item: 2, y: 5 },
        { item: 3, y: 5 },
      ],
      16,
      0,
      40,
    );
    expect(placed.map(({ item }) => item).toSorted()).toEqual([1, 2]);
    expect(placed.every(({ y }) => y >= 8 && y <= 32)).toBe(true);
  });
});

describe('lines over time', () => {
  const cut = { periods: ['2025-10-01'], asOf: '2025-10-18', adds: true };

  it('put a hollow point at the pace of a cut period whose values add up, and its total into the tooltip', () => {
    const option = linesOverTime(lines([line('a', [31, 31, 30, 18])], { partial: cut }), context);
    const drawn = JSON.parse(JSON.stringify(option.series));
    expect(drawn[1].data.at(-1)).toMatchObject({ value: 31, itemStyle: { color: LIGHT_LOOK.surface } });
    expect(texts(option, 'end value').map(({ text }) => text)).toEqual(['≈ 31']);
    const tooltip = tooltipOf(option)([{ dataIndex: 3 }]);
    expect(tooltip).toMatch(/>18<.*At the pace so far.*>31</u);
    // A share has no pace.
    const share = linesOverTime(
      lines([line('a', [0.3, 0.2, 0.3, 0.2])], { kind: 'fraction', partial: { ...cut, adds: false } }),
      context,
    );
    expect(texts(share, 'end value').map(({ text }) => text)).toEqual(['20.0%']);
  });

  it('of columns stand at the total, with the point above them', () => {
    const option = stackedColumns(
      {
        periods: months,
        grain: 'month',
        parts: [line('a', [31, 31, 30, 18])],
        kind: 'count',
        partial: cut,
        measure: 'Views',
      },
      context,
    );
    const drawn = JSON.parse(JSON.stringify(option.series));
    expect([drawn[0].data.at(-1).value, drawn[1].data]).toEqual([18, [['2025-10-01', 31]]]);
    expect(tooltipOf(option)([{ dataIndex: 3 }])).toContain('At the pace so far');
    expect(tooltipOf(option)([{ dataIndex: 2 }])).not.toContain('At the pace so far');
  });

  it.each([
    ['week', '2025-10-06', '2025-10-07', 7 / 2],
    ['month', '2024-02-01', '2024-02-10', 29 / 10],
    ['quarter', '2025-10-01', '2025-10-31', 92 / 31],
    ['day', '2025-10-01', '2025-10-01', null],
    ['month', '2025-10-01', '2025-10-31', null],
  ] as const)('a %s from %s with data to %s', (grain, start, asOf, factor) => {
    expect(paceFactor({ periods: ['2020-01-01', start], grain, partial: { periods: [start], asOf, adds: true } })).toBe(
      factor,
    );
  });

  it('of an index take a logarithmic scale from a ratio of twenty on, without the zeros', () => {
    const index = (values: number[]) =>
      lines([line('a', values)], { kind: 'index', baseline: { value: 100, name: '100' } });
    expect([isLogarithmic(index([100, 1990, 100, 100])), isLogarithmic(index([100, 2010, 0, 100]))]).toEqual([
      false,
      true,
    ]);
    const drawn = JSON.parse(JSON.stringify(linesOverTime(index([100, 10_000, 0, 1000]), context).series));
    const [first, second, third, last] = drawn[0].data.map(({ value }: { value: number | null }) => value);
    expect(third).toBeNull();
    // Ten times is as far anywhere.
    expect(second - last).toBeCloseTo(last - first, 9);
  });

  it('do not count among the others who has no value', () => {
    const option = linesOverTime(
      lines([line('a', [1, 2, 3, 4]), line('b', [null, null, null, null], { context: true })]),
      context,
    );
    expect(texts(option, 'end rest')).toEqual([]);
  });

  it('draw the segment into a cut period dashed and name where it is cut', () => {
    const option = linesOverTime(
      lines([line('a', [1, 2, 3, 2])], { partial: { periods: ['2025-10-01'], asOf: '2025-10-18' } }),
      context,
    );
    const drawn = JSON.parse(JSON.stringify(option.series));
    const values = (at: number) => drawn[at].data.map((item: { value: number | null }) => item.value);
    expect(values(0)).toEqual([1, 2, 3, null]);
    expect(values(1)).toEqual([null, null, 3, 2]);
    expect(drawn[1].lineStyle.type).toEqual([4, 4]);
    const axis = option.xAxis;
    const label = typeof axis === 'object' && axis !== null && 'axisLabel' in axis ? axis.axisLabel : null;
    const formatter = typeof label === 'object' && label !== null && 'formatter' in label ? label.formatter : null;
    expect(typeof formatter === 'function' ? formatter('', 3) : '').toBe('Oct\nto 18 Oct');
    expect(description(option)).toContain('Incomplete: data to 18 Oct 2025');
  });

  it('never give a change into a cut period, but do between whole ones', () => {
    const tooltip = tooltipOf(
      linesOverTime(
        lines([line('a', [100, 150, 300, 20])], { partial: { periods: ['2025-10-01'], asOf: '2025-10-18' } }),
        context,
      ),
    );
    expect(tooltip([{ dataIndex: 2 }])).toContain('+100.0%');
    expect(tooltip([{ dataIndex: 2 }])).toContain('vs Aug 2025');
    expect(tooltip([{ dataIndex: 3 }])).not.toContain('%');
  });

  it('mark days by their weight: of two that are too close, the weightier stays', () => {
    const days = Array.from({ length: 100 }, (_, at) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10));
    const breaks = [30, 31, 60].map((at) => ({ period: days[at] ?? '', note: `day ${at}` }));
    const data = lines([line('a', days.map(Number.parseFloat))], { periods: days, grain: 'day', breaks });
    expect(texts(linesOverTime(data, context), 'break note').map(({ text }) => text)).toEqual(['day 30', 'day 60']);
    expect(texts(linesOverTime(data, { ...context, width: 390 }), 'break note')).toHaveLength(2);
    expect(texts(linesOverTime({ ...data, breaks: breaks.toReversed() }, context), 'break note')).toHaveLength(2);
  });

  it('start at zero even where all values are far from it', () => {
    const axis = linesOverTime(lines([line('a', [900, 910, 905, 920])]), context).yAxis;
    expect(axis).toMatchObject({ min: 0, max: 1000 });
  });

  it('show one period as a point, and nothing as a sentence', () => {
    const one = JSON.stringify(linesOverTime({ ...lines([line('a', [5])]), periods: ['2025-10-01'] }, context).series);
    expect(one).toContain('"symbol":"circle"');
    expect(texts(linesOverTime(lines([]), context), 'empty')[0]?.text).toBe('No data for these filters');
    expect(texts(emptyOption({ ...context, language: 'zh' }), 'empty')[0]?.text).toBe('当前筛选下没有数据');
  });

  it('describe themselves in the reader’s language', () => {
    const data = lines([line('漫剧', [1e8, 2e8, 3e8, 12.35e8])], { measure: '播放量' });
    expect(description(linesOverTime(data, { ...context, language: 'zh' }))).toContain('漫剧由1亿至12.35亿');
    expect(description(linesOverTime(data, context))).toContain('from 100M to 1.24B');
  });
});

describe('text of data', () => {
  const evil = '<img src=x onerror=alert(1)>';

  it('is escaped in every tooltip', () => {
    expect(escapeHtml(`${evil}"'&`)).toBe('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
    const fromLines = tooltipOf(linesOverTime(lines([line(evil, [1, 2, 3, 4])]), context))([{ dataIndex: 1 }]);
    const bars = horizontalBars(
      { bars: [{ id: 'x', name: evil, value: 3, hue: 0, change: evil }], kind: 'count', measure: evil },
      context,
    );
    const fromBars = tooltipOf(bars)([{ dataIndex: 0 }]);
    const plain = tooltipHtml(LIGHT_LOOK, {
      title: evil,
      rows: [{ name: evil, value: evil, detail: evil, colour: evil }],
      notes: [evil],
    });
    for (const html of [fromLines, fromBars, plain]) {
      expect(html).toContain('&lt;img');
      expect(html).not.toContain('<img');
    }
  });

  it('is drawn and measured also if it is a word of the language', () => {
    const values = [1, 2, 3, 4];
    const names = ['constructor', '__proto__', 'hasOwnProperty', 'toString'];
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 800, height: 400 });
    for (const option of [
      linesOverTime(lines(names.map((name) => ({ ...line(name, values), id: name }))), context),
      horizontalBars(
        {
          bars: names.map((name) => ({ id: name, name, value: 3, hue: 0 })),
          kind: 'count',
          measure: 'Views',
        },
        context,
      ),
    ]) {
      chart.setOption({ animation: false, ...option }, true);
      const svg = chart.renderToSVGString();
      for (const name of names) expect(svg).toContain(name);
      expect(svg).not.toContain('NaN');
    }
    chart.dispose();
    expect([...Object.keys(Object.prototype), ...Object.keys(Object)]).toEqual([]);
  });

  it('is cut with an ellipsis by its width, Chinese characters counting double', () => {
    expect(ellipsis('盛夏芬德拉', 200, 12)).toBe('盛夏芬德拉');
    expect(ellipsis('重生之我在古代开超市的那些年', 60, 12)).toBe('重生之我…');
    expect(textWidth('盛夏', 12)).toBe(24);
    expect(textWidth(ellipsis('Great-grandma at Eighteen', 80, 12), 12)).toBeLessThanOrEqual(80);
  });

  it('stands whole in the tooltip where the label is cut', () => {
    const name = 'A production house with quite a long registered name in two cities';
    const option = horizontalBars(
      { bars: [{ id: 'x', name, value: 3, hue: 0 }], kind: 'count', measure: 'Series' },
      { ...context, width: 320 },
    );
    expect(texts(option, 'row')[0]?.text.endsWith('…')).toBe(true);
    expect(tooltipOf(option)([{ dataIndex: 0 }])).toContain(name);
  });

  it('wraps between words in English and between characters in Chinese, and marks what does not fit', () => {
    expect(wrap('Newly released series', 60, 12, 2)).toEqual(['Newly', 'released…']);
    expect(wrap('需求在哪里超过供给', 60, 12, 2)).toEqual(['需求在哪里', '超过供给']);
  });
});

describe('scales', () => {
  it.each([
    [4.3e9, 'zh', ['0', '10亿', '20亿', '30亿', '40亿', '50亿']],
    [6.8e9, 'en', ['0', '2B', '4B', '6B', '8B']],
    [7, 'en', ['0', '2', '4', '6', '8']],
    [1, 'en', ['0', '1']],
    [0, 'en', ['0', '1', '2', '3', '4']],
  ] as const)('to %d have round ticks', (high, language, ticks) => {
    const scale = linearScale(0, high, 'count', language);
    expect(scale.ticks.map(scale.text)).toEqual([...ticks]);
  });

  it('never have a fraction of a series as a tick', () => {
    for (let high = 1; high <= 40; high++) {
      expect(linearScale(0, high, 'count', 'en').ticks.every(Number.isInteger)).toBe(true);
    }
  });

  it('pass through zero where values do, and write shares as percentages', () => {
    const scale = linearScale(-0.12, 0.3, 'fraction', 'en');
    expect(scale.ticks).toContain(0);
    expect(scale.min).toBeLessThanOrEqual(-0.12);
    expect(scale.text(0.1)).toBe('10%');
  });
});

describe('a logarithmic axis', () => {
  it('has round ticks, more of them where it spans little, and ends a little outside the data', () => {
    const wide = logAxis(12_000, 8e8, 'count', 'zh');
    expect(wide.ticks.map(wide.text)).toEqual(['1万', '10万', '100万', '1,000万', '1亿', '10亿']);
    const shares = logAxis(0.02, 0.2, 'fraction', 'en');
    expect(shares.ticks.map(shares.text)).toEqual(['2%', '5%', '10%', '20%']);
    expect(shares.position(0.02)).toBeGreaterThan(0);
    expect(shares.position(0.2)).toBeLessThan(1);
  });

  it('has no tick that reads as zero', () => {
    const texts = (low: number, high: number) => {
      const axis = logAxis(low, high, 'index', 'en');
      return axis.ticks.map(axis.text);
    };
    expect(texts(0.02, 900)).toEqual(['0.1', '1', '10', '100', '1,000']);
    expect(texts(0.002, 0.04)).toEqual(['0.002', '0.005', '0.01', '0.02', '0.05']);
  });

  it('of one value has it in the middle', () => {
    expect(logAxis(0.03, 0.03, 'fraction', 'en').position(0.03)).toBeCloseTo(0.5, 9);
  });

  it('leaves out ticks whose texts would touch on a phone', () => {
    const wide = logAxis(1_000, 8e8, 'count', 'zh');
    expect(thinned(wide, 600, 12).ticks).toEqual(wide.ticks);
    const few = thinned(wide, 150, 12).ticks;
    expect(few.length).toBeLessThan(wide.ticks.length);
    const room = few
      .slice(1)
      .map((tick, at) => wide.position(tick) - wide.position(few[at] ?? 0))
      .map((part) => part * 150);
    for (const pixels of room) expect(pixels).toBeGreaterThanOrEqual(textWidth('1,000万', 12));
  });
});

describe('bubbles, boxes and steps', () => {
  it('take neither axes nor sizes from the unknown member', () => {
    const one = (id: string, share: number, size: number, unknown = false) => ({
      id,
      name: id,
      x: share,
      y: share,
      size,
      hue: 0,
      unknown,
      facts: [],
    });
    const named = { xName: 'Supply', yName: 'Demand', sizeName: 'Views', measure: 'Shares' };
    const draw = (bubbles: ReturnType<typeof one>[]) =>
      JSON.parse(JSON.stringify(bubble({ bubbles, ...named }, context).series))[0].data;
    const known = [one('a', 0.02, 10), one('b', 0.03, 20), one('c', 0.025, 15)];
    // Outside the axes of the others it is not drawn.
    expect(draw([...known, one('(unknown)', 0.9, 9999, true)])).toEqual(draw(known));
    // Within them it is as large as the largest at most.
    const [unknown, largest] = draw([...known, one('(unknown)', 0.021, 9999, true)]);
    expect(unknown.symbolSize).toBe(largest.symbolSize);
  });

  it('do not sit in a corner if one share spans much more than the other', () => {
    const one = (id: string, x: number, y: number) => ({ id, name: id, x, y, size: 1, hue: 0, facts: [] });
    const named = { xName: 'Supply', yName: 'Demand', sizeName: 'Views', measure: 'Shares' };
    const draw = (bubbles: ReturnType<typeof one>[]) => {
      const option = bubble({ bubbles, ...named }, context);
      const places: number[][] = JSON.parse(JSON.stringify(option.series))[0].data.map(
        ({ value }: { value: number[] }) => value,
      );
      return { across: places.map(([x]) => x ?? -1), ids: JSON.stringify(option.graphic.elements) };
    };
    const long = [one('a', 0.02, 0.00002), one('b', 0.04, 0.001), one('c', 0.08, 0.36)];
    const { across, ids } = draw(long);
    expect(Math.min(...across)).toBeLessThan(0.3);
    expect(ids).toContain('"parity"');
    // All above: the line of equal shares is not in the plot, and no side is named that is not there.
    const above = draw([one('a', 0.001, 0.1), one('b', 0.002, 0.8), one('c', 0.001, 0.1)]);
    expect(above.ids).not.toContain('"parity"');
    expect(above.ids).not.toContain('"below"');
  });

  it('never put a label on another label or on another bubble', () => {
    const points = Array.from({ length: 40 }, (_, at) => ({
      x: 60 + ((at * 53) % 300),
      y: 40 + ((at * 37) % 200),
      radius: 4 + (at % 5) * 4,
      width: 50,
    }));
    const within = { left: 0, top: 0, right: 420, bottom: 280 };
    const boxes = placeAround(points, 14, within).flatMap((placed) => (placed === null ? [] : [placed.box]));
    expect(boxes.length).toBeGreaterThan(15);
    for (const { left, top, right, bottom } of boxes)
      expect(left >= 0 && top >= 0 && right <= 420 && bottom <= 280).toBe(true);
    for (const [at, a] of boxes.entries()) {
      for (const b of boxes.slice(at + 1)) {
        expect(Math.abs(a.left - b.left) >= 50 || Math.abs(a.top - b.top) >= 14).toBe(true);
      }
    }
  });

  it('summarise positive values in five numbers, with linear quantiles', () => {
    expect(spreadOf([4, 1, 3, 2, 0])).toEqual({ min: 1, q1: 1.75, median: 2.5, q3: 3.25, max: 4, count: 4 });
    expect(spreadOf([0])).toBeNull();
  });

  it('lie down where the texts of a waterfall would touch', () => {
    const steps = ['2025-09', 'Live action', 'Comic', 'AI', 'Others', '2025-10'].map((name, at) => ({
      id: name,
      name,
      role: at % 5 === 0 ? ('level' as const) : ('change' as const),
      value: at === 5 ? 24e9 + 6e9 : at === 0 ? 24e9 : 1.5e9,
    }));
    const draw = (width: number) => waterfall({ steps, kind: 'count', measure: 'Views' }, { ...context, width });
    const places = (width: number) => texts(draw(width), 'value').map(({ y }) => y);
    expect(places(900).at(-1)).toBeLessThan(places(900)[0] ?? 0);
    const lying = places(340);
    for (const [at, y] of lying.slice(1).entries()) expect(y - (lying[at] ?? 0)).toBeGreaterThan(LIGHT_LOOK.type.label);
    expect(texts(draw(340), 'row').map(({ text }) => text)).toEqual(steps.map(({ name }) => name));
  });

  it('carry each level of a waterfall to the next step and end on the later whole', () => {
    const drawn = spans([
      { id: 'a', name: 'a', role: 'level', value: 100 },
      { id: 'b', name: 'b', role: 'change', value: -30 },
      { id: 'c', name: 'c', role: 'change', value: 50 },
      { id: 'd', name: 'd', role: 'level', value: 120 },
    ]);
    expect(drawn.map(({ from, to }) => [from, to])).toEqual([
      [0, 100],
      [100, 70],
      [70, 120],
      [0, 120],
    ]);
  });
});

describe('curves by age', () => {
  const data = {
    curves: [{ id: 'a', name: 'A', hue: 0, values: [0, 10, 1000] }],
    band: { name: 'All', hue: 'grey' as const, q1: [1, 2], median: [2, 4], q3: [4, 8] },
    kind: 'count' as const,
    measure: 'Views',
  };

  it('name each curve and the band’s median at their ends, and leave a zero out of a scale that has no place for it', () => {
    const option = ageCurves(data, context);
    expect(texts(option, 'end value').map(({ text }) => text)).toEqual(['1,000', '4']);
    expect(JSON.stringify(option.series)).not.toContain('Infinity');
    const tooltip = tooltipOf(option);
    expect(tooltip([{ dataIndex: 1 }])).toContain('2 – 8');
    expect(tooltip([{ dataIndex: 2 }])).not.toContain('All');
  });

  it('draw the band as one shape within the plot, and nothing of nothing', () => {
    const shapes = ageCurves(data, context).graphic.elements.filter((one) => 'type' in one && one.type === 'polygon');
    expect(shapes).toHaveLength(1);
    expect(JSON.stringify(ageCurves({ ...data, curves: [], band: undefined }, context))).toContain('No data');
  });
});

describe('a heat map', () => {
  const names = ['Modern romance', 'Palace intrigue', 'Period costume', 'Rebirth', 'Urban', 'Family'];
  const heat = (mark: boolean, width: number) =>
    heatmap(
      {
        rows: [{ id: 'r', name: 'China' }],
        columns: names.map((name) => ({ id: name, name, ...(mark ? { mark: markOf('genre', name, name) } : {}) })),
        cells: names.map((_, column) => ({ row: 0, column, value: column / 10 })),
        kind: 'fraction',
        ramp: 'sequential',
        measure: 'Share',
      },
      { ...context, width, height: 460 },
    );
  const headed = (option: ChartOption): string[] => texts(option, 'column').map(({ text }) => text);

  it('names every column: on two lines, or turned, before it is cut', () => {
    expect(headed(heat(true, 560)).slice(0, 4)).toEqual(['Modern', 'romance', 'Palace', 'intrigue']);
    expect(headed(heat(true, 326))).toEqual(names);
    expect(JSON.stringify(heat(true, 326).graphic)).toContain('"rotation":1.57');
  });
});

describe('the last total over columns', () => {
  it('begins with its column if it is wider, so that it does not lie on the one before', () => {
    const periods = Array.from(
      { length: 24 },
      (_, at) => `2025-${String(at < 12 ? 1 : 2).padStart(2, '0')}-${String((at % 12) + 1).padStart(2, '0')}`,
    );
    const values = periods.map((_, at) => 1e9 + at * 1e7);
    const option = stackedColumns(
      {
        periods,
        grain: 'day',
        parts: [{ id: 'a', name: 'A', hue: 0, values }],
        kind: 'count',
        partial: NOTHING_PARTIAL,
        measure: 'V',
      },
      { ...context, width: 326 },
    );
    const [total] = option.graphic.elements.filter((one) => 'id' in one && String(one.id).startsWith('sum'));
    expect(total).toMatchObject({ id: 'sum 23', style: { textAlign: 'left' } });
  });
});

describe('bars with a reference', () => {
  it('have room for the larger of both, and say it in the tooltip', () => {
    const bars = [{ id: 'a', name: 'A', value: 0.1, reference: 0.4, hue: 0 }];
    const option = horizontalBars({ bars, kind: 'fraction', measure: 'Share', against: 'Industry' }, context);
    expect(option.xAxis).toMatchObject({ max: 0.4 });
    const tooltip = tooltipOf(option)([{ dataIndex: 0 }]);
    expect(tooltip).toContain('Industry');
    expect(tooltip).toContain('40.00%');
  });

  it('have their values where the bars end, not after the strokes', () => {
    const bar = (id: string, value: number, reference: number) => ({ id, name: id, value, reference, hue: 0 });
    const bars = [bar('long', 0.4, 0.2), bar('far', 0.05, 0.3), bar('near', 0.3, 0.31), bar('short', 0.01, 0.02)];
    const { elements } = horizontalBars({ bars, kind: 'fraction', measure: 'Share' }, context).graphic;
    const at = z.object({ id: z.string(), x: z.number(), style: z.object({ textAlign: z.string() }) });
    const values = elements.flatMap((one) => {
      const read = at.safeParse(one);
      return read.success && read.data.id.startsWith('value') ? [read.data] : [];
    });
    expect(values.map(({ style }) => style.textAlign)).toEqual(['left', 'left', 'right', 'left']);
    const [long, far, near, short] = values.map(({ x }) => x);
    // Of 0.4 the plot is as wide as from its left edge to there.
    expect(far).toBeLessThan(long ?? 0);
    expect(near).toBeGreaterThan(far ?? 0);
    expect(short).toBeLessThan(far ?? 0);
  });
});

describe('ranks', () => {
  it('stand on an axis whose top is the first, in even steps or, far apart, in powers', () => {
    const near = rankAxis(1, 11, 'en');
    expect(near.ticks).toEqual([1, 2, 4, 6, 8, 10]);
    expect(near.position(1)).toBeGreaterThan(near.position(2));
    expect(rankAxis(3, 3, 'en').ticks).toEqual([3]);
    const far = rankAxis(1, 1999, 'en');
    expect(far.ticks[0]).toBe(1);
    expect(far.position(1) - far.position(10)).toBeCloseTo(far.position(10) - far.position(100), 9);
  });

  it('are written at their points, the last and the best before those between', () => {
    const point = (rank: number) => ({ rank, among: 5000, facts: [] });
    const periods = Array.from({ length: 60 }, (_, at) =>
      new Date(Date.UTC(2025, 0, 6 + 7 * at)).toISOString().slice(0, 10),
    );
    const points = periods.map((_, at) => (at === 5 ? null : point(at === 30 ? 1 : 1000 + at)));
    const option = rankLine(
      { periods, grain: 'week', points, id: 's', hue: 0, partial: NOTHING_PARTIAL, measure: 'Rank' },
      context,
    );
    const written = texts(option, 'place ').map(({ text }) => text);
    expect(written.slice(0, 2)).toEqual(['1,059', '1']);
    expect(written.length).toBeLessThan(20);
    expect(option.time).toMatchObject({ grain: 'week', bands: false });
    expect(tooltipOf(option)({ dataIndex: 30 })).toContain('/ 5,000');
  });
});
