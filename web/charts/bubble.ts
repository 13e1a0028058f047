import type { Mark } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import { inkOn, mix } from './colour.ts';
import {
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  footRoom,
  isNarrow,
  lineAt,
  type Plot,
  plotOf,
  textAt,
  textColour,
} from './frame.ts';
import { type Hue, hueColour, type Look } from './look.ts';
import { type Box, placeAround } from './parts/placing.ts';
import { type Axis, linearAxis, logAxis, sharedAxis, thinned } from './parts/plainAxis.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { valueFormat } from './scale.ts';
import { ellipsis, textWidth } from './text.ts';
import { chartWords } from './words.ts';

interface Bubble {
  id: string;
  name: string;
  /** Fractions: share of supply across, share of demand up. */
  x: number;
  y: number;
  size: number;
  hue: Hue;
  /** Stands for what is not known: it sets neither axis nor size, and is drawn only if it lies within them. */
  unknown?: boolean | undefined;
  facts: readonly TooltipRow[];
  mark?: Mark | undefined;
}

export interface BubbleData {
  bubbles: readonly Bubble[];
  xName: string;
  yName: string;
  sizeName: string;
  measure: string;
}

/** Supply across, demand up, views as area; the diagonal is where both shares are equal (opportunity index 1). */
export const bubble: ChartBuilder<BubbleData> = (data, context) => {
  // Largest first: small ones lie on top, and the large ones choose the place of their label.
  const all = data.bubbles.filter((one) => one.x > 0 && one.y > 0).toSorted((a, b) => b.size - a.size);
  if (all.length === 0) return emptyOption(context);
  const { look } = context;
  const known = all.some((one) => one.unknown !== true) ? all.filter((one) => one.unknown !== true) : all;
  const axes = axesFor(known, context);
  const within = (axis: Axis, share: number) => axis.position(share) >= 0 && axis.position(share) <= 1;
  const bubbles = all.filter((one) => within(axes.x, one.x) && within(axes.y, one.y));
  const labels = axes.y.ticks.map((tick) => textWidth(axes.y.text(tick), look.type.tick));
  const plot = plotOf(context, {
    top: look.type.label * 2.5,
    right: 16,
    bottom: footRoom(look) + 4,
    left: Math.max(40, Math.ceil((Math.max(...labels) + 12) / 8) * 8),
  });
  const across = (share: number): number => plot.left + axes.x.position(share) * plot.width;
  const up = (share: number): number => plot.bottom - axes.y.position(share) * plot.height;
  const points = bubbles.map((one) => ({ ...one, px: across(one.x), py: up(one.y) }));
  const largest = known[0]?.size ?? 1;
  const most = Math.max(8, Math.min(isNarrow(context) ? 22 : 40, Math.min(plot.width, plot.height) / 11));
  const radius = (one: Bubble): number => Math.max(3.5, Math.sqrt(Math.min(1, Math.max(0, one.size) / largest)) * most);
  return cartesian(context, {
    description: describe(bubbles, data, context),
    plot,
    xAxis: {
      ...sharedAxis(thinned(axes.x, plot.width, look.type.tick), look),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: look.axis } },
    },
    yAxis: sharedAxis(axes.y, look),
    pointer: 'mark',
    tooltip: (at) => tooltip(bubbles, data, context, at),
    series: [
      {
        id: 'bubbles',
        type: 'scatter',
        emphasis: { focus: 'self', itemStyle: { borderColor: look.ink, borderWidth: 1.5, opacity: 0.9 } },
        blur: { itemStyle: { opacity: 0.2 } },
        data: bubbles.map((one) => ({
          id: chartKey(one.id),
          mark: one.mark,
          value: [axes.x.position(one.x), axes.y.position(one.y)],
          symbolSize: radius(one) * 2,
          itemStyle: { color: hueColour(look, one.hue), opacity: 0.72, borderColor: look.surface, borderWidth: 1 },
        })),
      },
    ],
    elements: [...furniture(data, { axes, across, up }, plot, context), ...names(points, radius, plot, context)],
  });
};

interface Axes {
  x: Axis;
  y: Axis;
}

/** Below this part of a shared axis a bubble chart would sit in a corner of its plot. */
const CORNER = 0.6;

/**
 * Shares of a long tail sit on logarithmic scales, else on scales from zero. Both axes are the same, so that 1 is the
 * diagonal, unless the shares of one fill so little of it that it gets its own.
 */
function axesFor(bubbles: readonly Bubble[], context: ChartContext): Axes {
  const shares = (of: 'x' | 'y') => bubbles.map((one) => one[of]).toSorted((a, b) => a - b);
  const both = bubbles.flatMap((one) => [one.x, one.y]).toSorted((a, b) => a - b);
  const log = (both.at(-1) ?? 1) / (both[Math.floor(both.length / 2)] ?? 1) > 5;
  const extent = (sorted: readonly number[]) => ({ low: sorted[0] ?? 0.01, high: sorted.at(-1) ?? 1 });
  const axisOf = ({ low, high }: { low: number; high: number }): Axis =>
    log
      ? logAxis(low, high, 'fraction', context.language, 0.2)
      : withRoom(linearAxis(0, Math.min(1, high * 1.04), 'fraction', context.language), high);
  const shared = axisOf(extent(both));
  const own = (of: 'x' | 'y'): Axis => {
    const { low, high } = extent(shares(of));
    const filled = shared.position(high) - (log ? shared.position(low) : 0);
    return filled < CORNER ? axisOf({ low, high }) : shared;
  };
  return { x: own('x'), y: own('y') };
}

/** No share is above 100 %, but a bubble near it needs room: the axis goes on a little beyond its last tick. */
function withRoom(axis: Axis, high: number): Axis {
  const stretch = axis.position(high) > 0.92 ? 1.08 : 1;
  const [low, end] = axis.ends;
  return { ...axis, ends: [low, low + (end - low) * stretch], position: (value) => axis.position(value) / stretch };
}

interface Placed {
  axes: Axes;
  across: (share: number) => number;
  up: (share: number) => number;
}

/** Where the line of equal shares enters and leaves the plot; undefined if it is outside. */
function parityEnds({
  axes: { x, y },
  across,
  up,
}: Placed): { from: [number, number]; to: [number, number] } | undefined {
  const [low, high] = [Math.max(x.ends[0], y.ends[0]), Math.min(x.ends[1], y.ends[1])];
  return low >= high ? undefined : { from: [across(low), up(low)], to: [across(high), up(high)] };
}

function furniture(data: BubbleData, placed: Placed, plot: Plot, context: ChartContext): object[] {
  const { look, language } = context;
  const words = chartWords(language);
  const faint = { size: look.type.note, fill: look.inkFaint, font: look.font, halo: look.surface };
  const left = context.inset?.left ?? 0;
  const foot = context.height - (context.inset?.bottom ?? 0) - look.type.tick * 0.7;
  const parity = parityEnds(placed);
  const { x, y } = placed.axes;
  const sides = [
    ...(y.ends[1] > x.ends[0]
      ? [textAt('above', words.aboveParity, plot.left + 8, plot.top + look.type.note, { ...faint, weight: 500 })]
      : []),
    ...(y.ends[0] < x.ends[1]
      ? [
          textAt('below', words.belowParity, plot.right - 8, plot.bottom - look.type.note, {
            ...faint,
            weight: 500,
            align: 'right',
          }),
        ]
      : []),
  ];
  return [
    ...(parity === undefined
      ? []
      : [lineAt('parity', parity.from, parity.to, { stroke: look.axis, width: look.stroke.thin, dash: [4, 4] })]),
    ...(plot.width < 50 * look.type.label ? [] : sides),
    textAt('y name', `↑ ${data.yName}`, left, plot.top - look.type.label * 1.5, { ...faint, fill: look.inkSoft }),
    textAt('x name', `${data.xName} →`, plot.right, foot, { ...faint, fill: look.inkSoft, align: 'right' }),
  ];
}

function names(
  points: readonly (Bubble & { px: number; py: number })[],
  radius: (one: Bubble) => number,
  plot: Plot,
  context: ChartContext,
): object[] {
  const { look } = context;
  const size = look.type.label;
  const texts = points.map((one) => ellipsis(one.name, isNarrow(context) ? 96 : 168, size));
  const sides = placeAround(
    points.map((one, at) => ({
      x: one.px,
      y: one.py,
      radius: radius(one),
      width: textWidth(texts[at] ?? '', size),
      must: one.hue !== 'grey',
    })),
    size * 1.25,
    { left: plot.left, top: plot.top - size * 2, right: plot.right + 12, bottom: plot.bottom },
  );
  return points.flatMap((one, at) => {
    const placed = sides[at] ?? null;
    if (placed === null) return [];
    const { side, box, led } = placed;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const colour = hueColour(look, one.hue);
    const outside = one.hue === 'grey' ? look.inkSoft : textColour(look, colour);
    const fill = side === 'inside' ? inkOn(mix(look.surface, colour, 0.72)) : outside;
    const halo = side === 'inside' ? {} : { halo: look.surface };
    const text = textAt(`name ${one.id}`, texts[at] ?? '', x, y, {
      size,
      fill,
      font: look.font,
      align: 'center',
      ...halo,
      mark: one.mark,
    });
    return led ? [leader(one, radius(one), box, look), text] : [text];
  });
}

/** From a bubble to its label that stands apart. */
function leader(point: Bubble & { px: number; py: number }, radius: number, box: Box, look: Look): object {
  const x = Math.min(Math.max(point.px, box.left), box.right);
  const y = Math.min(Math.max(point.py, box.top), box.bottom);
  const away = Math.hypot(x - point.px, y - point.py) || 1;
  const edge: [number, number] = [
    point.px + ((x - point.px) / away) * radius,
    point.py + ((y - point.py) / away) * radius,
  ];
  return lineAt(`leader ${point.id}`, edge, [x, y], { stroke: look.axis, width: look.stroke.hair });
}

function tooltip(bubbles: readonly Bubble[], data: BubbleData, context: ChartContext, at: number | null): string {
  const one = at === null ? undefined : bubbles[at];
  if (one === undefined) return '';
  const share = valueFormat('fraction', context.language);
  const rows: TooltipRow[] = [
    { name: data.xName, value: share.tooltip(one.x) },
    { name: data.yName, value: share.tooltip(one.y) },
    { name: data.sizeName, value: valueFormat('count', context.language).tooltip(one.size) },
    ...one.facts,
  ];
  return tooltipHtml(context.look, { title: one.name, rows });
}

function describe(bubbles: readonly Bubble[], data: BubbleData, context: ChartContext): string {
  const words = chartWords(context.language);
  const share = valueFormat('fraction', context.language);
  const spoken = bubbles
    .slice(0, 8)
    .map((one) => `${one.name} (${data.xName} ${share.label(one.x)}, ${data.yName} ${share.label(one.y)})`);
  const rest = bubbles.length > 8 ? words.others(bubbles.length - 8) : '';
  return words.sentence([data.measure, words.list(spoken), rest]);
}
