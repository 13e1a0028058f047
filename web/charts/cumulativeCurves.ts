import type { Mark } from '../filters/marks.ts';
import { compact } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  faded,
  footRoom,
  lineAt,
  type Plot,
  plotOf,
  textAt,
  valueAxis,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { bandSeries } from './parts/bands.ts';
import { endLabels, type LineEnd } from './parts/endLabels.ts';
import { type Axis, linearAxis, logAxis, sharedAxis } from './parts/plainAxis.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, linearScale, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

interface Curve {
  id: string;
  name: string;
  hue: Hue;
  /** Cumulative value at the end of day 1, 2, 3 … since release; shorter where the series is younger. */
  values: readonly (number | null)[];
  context?: boolean | undefined;
  mark?: Mark | undefined;
}

export interface CurvesData {
  curves: readonly Curve[];
  kind: ValueKind;
  threshold?: { value: number; name: string } | undefined;
  /** What most of the peers do at each step, behind the curves. */
  band?: { name: string; low: readonly (number | null)[]; high: readonly (number | null)[] } | undefined;
  /** What the curves go along: days since release unless said. */
  along?: 'day' | 'episode' | undefined;
  /** Steps that stand out, from 0, dashed, with their notes; the weightiest first. */
  marks?: readonly { at: number; note: string }[] | undefined;
  /** For curves of which one is many times the other: zeros are left out. */
  log?: boolean | undefined;
  /** Room for more than is drawn: curves that grow while they are watched. */
  extent?: { steps: number; high: number } | undefined;
  measure: string;
}

/** Hits of different months laid over each other: cumulative views by days since release, each named where it ends. */
export const cumulativeCurves: ChartBuilder<CurvesData> = (data, context) => {
  const curves = data.curves.filter((curve) => curve.values.some((value) => value !== null));
  const all = curves.flatMap((curve) => curve.values.filter((value): value is number => value !== null));
  if (all.length === 0) return emptyOption(context);
  const { look } = context;
  const length = Math.max(
    ...curves.map((curve) => curve.values.length),
    data.band?.high.length ?? 0,
    data.extent?.steps ?? 0,
  );
  const reach = [...all, data.extent?.high ?? 0, ...(data.band?.low ?? []), ...(data.band?.high ?? [])].filter(
    (value) => value !== null,
  );
  const value = valueScale(data, reach, context);
  const lasts = curves.flatMap(({ values }) => values.findLast((value) => value !== null) ?? []);
  const format = labelFormat(data.kind, context.language, lasts);
  const ends: LineEnd[] = curves
    .filter((curve) => curve.context !== true)
    .map((curve) => {
      const at = curve.values.findLastIndex((value) => value !== null);
      const y = curve.values[at] ?? 0;
      return { id: curve.id, name: curve.name, value: format.label(y), hue: curve.hue, at, y, mark: curve.mark };
    })
    .sort((a, b) => b.y - a.y);
  const labels = endLabels(ends, curves.length - ends.length, context);
  const plot = plotOf(context, {
    top: data.marks === undefined ? 16 : 24,
    right: labels.room,
    bottom: footRoom(look),
    left: value.room,
  });
  const x = (at: number): number =>
    length === 1 ? plot.left + plot.width / 2 : plot.left + (plot.width * at) / (length - 1);
  const y = (amount: number): number => plot.bottom - (value.position(amount) ?? 0) * plot.height;
  return cartesian(context, {
    description: describe(curves, data, context),
    plot,
    xAxis: dayAxis(length, plot, context),
    yAxis: value.axis,
    pointer: 'line',
    tooltip: (at) => tooltip(curves, data, context, at),
    series: [
      ...(data.band === undefined
        ? []
        : bandSeries('peers', data.band.low.map(value.drawn), data.band.high.map(value.drawn), {
            color: look.grey,
            opacity: 0.22,
          })),
      ...curves.map((curve, at) =>
        curveSeries({ ...curve, values: curve.values.map(value.drawn) }, at, curves.length, context),
      ),
    ],
    elements: [...furniture(data, value.max, plot, x, y, context), ...labels.draw(plot, x, y)],
  });
};

interface ValueScale {
  max: number;
  room: number;
  axis: Record<string, unknown>;
  /** From 0 at the foot to 1 at the top. */
  position: (value: number) => number | null;
  /** As the axis takes it. */
  drawn: (value: number | null) => number | null;
}

function valueScale(data: CurvesData, reach: readonly number[], context: ChartContext): ValueScale {
  const { look, language } = context;
  const high = Math.max(...reach, data.threshold?.value ?? 0);
  const low = Math.min(...reach.filter((value) => value > 0));
  if (data.log === true && low < high) {
    const axis: Axis = logAxis(low, high, data.kind, language, 0.05);
    const position = (value: number): number | null => (value > 0 ? axis.position(value) : null);
    const widest = Math.max(...axis.ticks.map((tick) => textWidth(axis.text(tick), look.type.tick)));
    return {
      max: high,
      room: Math.max(40, Math.ceil((widest + 12) / 8) * 8),
      axis: sharedAxis(axis, look),
      position,
      drawn: (value) => (value === null ? null : position(value)),
    };
  }
  const scale = linearScale(0, high, data.kind, language);
  return {
    max: scale.max,
    room: axisRoom(scale, look),
    axis: valueAxis(scale, look),
    position: linearAxis(0, high, data.kind, language).position,
    drawn: (value) => value,
  };
}

function curveSeries(curve: Curve, at: number, count: number, context: ChartContext): object {
  const { look } = context;
  const crowd = curve.context === true && count > 40;
  const last = curve.values.findLastIndex((value) => value !== null);
  return {
    id: chartKey(curve.id),
    name: chartKey(curve.id),
    type: 'line',
    ...(curve.mark === undefined ? { silent: true } : { mark: curve.mark, triggerEvent: 'line' }),
    z: curve.context === true ? 2 : 4 + (at === 0 ? 1 : 0),
    connectNulls: true,
    showSymbol: true,
    showAllSymbol: true,
    ...faded('series'),
    lineStyle: {
      color: crowd ? look.greyFaint : hueColour(look, curve.hue),
      width: curve.context === true ? look.stroke.thin : look.stroke.line,
      join: 'round',
      cap: 'round',
    },
    data: curve.values.map((value, place) =>
      place === last && curve.context !== true
        ? { value, symbol: 'circle', symbolSize: look.stroke.dot, itemStyle: { color: hueColour(look, curve.hue) } }
        : { value, symbol: 'none' },
    ),
  };
}

const DAY_STEPS = [1, 5, 7, 10, 30, 60, 90, 180, 365] as const;

/** Days since release from 1 on, as many named as there is room for. */
export function dayAxis(length: number, plot: Plot, context: ChartContext): Record<string, unknown> {
  const { look } = context;
  const most = Math.max(2, Math.floor(plot.width / (look.type.tick * 3.2)));
  const fitting = DAY_STEPS.filter((one) => length / one <= most);
  const [least = length] = fitting;
  // A little wider, if the last day is named by it.
  const step = fitting.find((one) => length % one === 0 && one <= least * 1.5) ?? least;
  const shown = (at: number): boolean => at === 0 || ((at + 1) % step === 0 && at >= step * 0.6);
  return {
    type: 'category',
    data: Array.from({ length }, (_, at) => String(at + 1)),
    boundaryGap: length === 1,
    axisLine: { show: true, lineStyle: { color: look.axis, width: look.stroke.hair } },
    axisTick: { show: true, alignWithLabel: true, length: 4, interval: shown, lineStyle: { color: look.axis } },
    axisLabel: { color: look.inkFaint, fontSize: look.type.tick, fontFamily: look.font, margin: 8, interval: shown },
  };
}

function furniture(
  data: CurvesData,
  max: number,
  plot: Plot,
  x: (at: number) => number,
  y: (value: number) => number,
  context: ChartContext,
): object[] {
  const { look, language } = context;
  const foot = context.height - (context.inset?.bottom ?? 0) - look.type.tick * 0.7;
  const faint = { size: look.type.note, fill: look.inkFaint, font: look.font };
  const words = chartWords(language);
  const along = data.along === 'episode' ? words.episodes : words.daysSinceRelease;
  const drawn: object[] = [
    textAt('axis name', `${along} →`, plot.right, foot, { ...faint, align: 'right' }),
    ...stepMarks(data.marks ?? [], plot, x, context),
  ];
  if (data.threshold !== undefined && data.threshold.value <= max) {
    const at = y(data.threshold.value);
    const name = data.threshold.name;
    drawn.push(
      lineAt('threshold', [plot.left, at], [plot.right, at], {
        stroke: look.inkFaint,
        width: look.stroke.thin,
        dash: [4, 4],
      }),
      textAt('threshold name', name, plot.right - 4, at - look.type.note * 0.8, {
        ...faint,
        weight: 500,
        align: 'right',
        halo: look.surface,
      }),
    );
  }
  return drawn;
}

/** Notes over the plot, on the side where there is room; one that would meet a weightier one is left out. */
function stepMarks(
  marks: readonly { at: number; note: string }[],
  plot: Plot,
  x: (at: number) => number,
  { look }: ChartContext,
): object[] {
  const size = look.type.note;
  const taken: { from: number; to: number }[] = [];
  return marks.flatMap(({ at, note }) => {
    const place = x(at);
    const width = textWidth(note, size) + 6;
    const flip = place + width > plot.right;
    const span = { from: flip ? place - width : place, to: flip ? place : place + width };
    const line = lineAt(`mark ${at}`, [place, plot.top - 8], [place, plot.bottom], {
      stroke: look.axis,
      width: 1,
      dash: [4, 4],
    });
    if (taken.some((other) => span.from < other.to && other.from < span.to)) return [line];
    taken.push(span);
    const style = { size, fill: look.inkFaint, font: look.font, align: flip ? 'right' : 'left', halo: look.surface };
    // On a phone the line alone.
    if (flip && place - width < plot.left) return [line];
    return [line, textAt(`mark note ${at}`, note, place + (flip ? -6 : 6), plot.top - 14, style)];
  });
}

function tooltip(curves: readonly Curve[], data: CurvesData, context: ChartContext, at: number | null): string {
  if (at === null) return '';
  const { language, look } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const sorted = curves
    .map((curve) => ({ curve, value: curve.values[at] ?? null }))
    .filter((one): one is { curve: Curve; value: number } => one.value !== null)
    .sort((a, b) => b.value - a.value);
  const ranked = data.band === undefined && sorted.length > 1;
  const rows: TooltipRow[] = sorted.slice(0, 10).map(({ curve, value }, place) => ({
    colour: hueColour(look, curve.hue),
    name: ranked ? `${place + 1}  ${curve.name}` : curve.name,
    value: format.tooltip(value),
  }));
  const [low, high] = [data.band?.low[at] ?? null, data.band?.high[at] ?? null];
  if (data.band !== undefined && low !== null && high !== null)
    rows.push({ name: data.band.name, value: `${format.label(low)} – ${format.label(high)}` });
  const notes = (data.marks ?? []).flatMap((mark) => (mark.at === at ? [mark.note] : []));
  const more = sorted.length > 10 ? words.more(sorted.length - 10) : '';
  const title = data.along === 'episode' ? words.episode(at + 1) : words.day(at + 1);
  return tooltipHtml(look, { title, rows, notes: [...notes, more] });
}

function describe(curves: readonly Curve[], data: CurvesData, context: ChartContext): string {
  const { language } = context;
  const words = chartWords(language);
  const spoken = curves.slice(0, 7).map((curve) => {
    const last = curve.values.findLastIndex((value) => value !== null);
    const step = data.along === 'episode' ? words.episode(last + 1) : words.day(last + 1);
    const value = curve.values[last] ?? null;
    const written = value === null ? compact(value, language) : valueFormat(data.kind, language).label(value);
    return `${curve.name} ${written} (${step})`;
  });
  const rest = curves.length > 7 ? words.others(curves.length - 7) : '';
  return words.sentence([data.measure, words.list(spoken), rest]);
}
