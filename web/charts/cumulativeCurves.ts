import type { Mark } from '../filters/marks.ts';
import { compact } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import { endLabels, type LineEnd } from './endLabels.ts';
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
import { linearScale, type Scale, type ValueKind, valueFormat } from './scale.ts';
import { tooltipHtml } from './tooltip.ts';
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
  measure: string;
}

/** Hits of different months laid over each other: cumulative views by days since release, each named where it ends. */
export const cumulativeCurves: ChartBuilder<CurvesData> = (data, context) => {
  const curves = data.curves.filter((curve) => curve.values.some((value) => value !== null));
  const all = curves.flatMap((curve) => curve.values.filter((value): value is number => value !== null));
  if (all.length === 0) return emptyOption(context);
  const { look } = context;
  const length = Math.max(...curves.map((curve) => curve.values.length));
  const scale = linearScale(0, Math.max(...all, data.threshold?.value ?? 0), data.kind, context.language);
  const format = valueFormat(data.kind, context.language);
  const ends: LineEnd[] = curves
    .filter((curve) => curve.context !== true)
    .map((curve) => {
      const at = curve.values.findLastIndex((value) => value !== null);
      const y = curve.values[at] ?? 0;
      return { id: curve.id, name: curve.name, value: format.label(y), hue: curve.hue, at, y, mark: curve.mark };
    })
    .sort((a, b) => b.y - a.y);
  const labels = endLabels(ends, curves.length - ends.length, context);
  const plot = plotOf(context, { top: 16, right: labels.room, bottom: footRoom(look), left: axisRoom(scale, look) });
  const x = (at: number): number =>
    length === 1 ? plot.left + plot.width / 2 : plot.left + (plot.width * at) / (length - 1);
  const y = (value: number): number => plot.bottom - ((value - scale.min) / (scale.max - scale.min)) * plot.height;
  return cartesian(context, {
    description: describe(curves, data, context),
    plot,
    xAxis: dayAxis(length, plot, context),
    yAxis: valueAxis(scale, look),
    pointer: 'line',
    tooltip: (at) => tooltip(curves, data, context, at),
    series: curves.map((curve, at) => curveSeries(curve, at, curves.length, context)),
    elements: [...furniture(data, scale, plot, y, context), ...labels.draw(plot, x, y)],
  });
};

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
  const most = Math.max(2, Math.floor(plot.width / (look.type.tick * 4.5)));
  const step = DAY_STEPS.find((one) => length / one <= most) ?? length;
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
  scale: Scale,
  plot: Plot,
  y: (value: number) => number,
  context: ChartContext,
): object[] {
  const { look, language } = context;
  const foot = context.height - (context.inset?.bottom ?? 0) - look.type.tick * 0.7;
  const faint = { size: look.type.note, fill: look.inkFaint, font: look.font };
  const drawn: object[] = [
    textAt('axis name', `${chartWords(language).daysSinceRelease} →`, plot.right, foot, { ...faint, align: 'right' }),
  ];
  if (data.threshold !== undefined && data.threshold.value <= scale.max) {
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

function tooltip(curves: readonly Curve[], data: CurvesData, context: ChartContext, at: number | null): string {
  if (at === null) return '';
  const { language, look } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const sorted = curves
    .map((curve) => ({ curve, value: curve.values[at] ?? null }))
    .filter((one): one is { curve: Curve; value: number } => one.value !== null)
    .sort((a, b) => b.value - a.value);
  const rows = sorted.slice(0, 10).map(({ curve, value }, place) => ({
    colour: hueColour(look, curve.hue),
    name: `${place + 1}  ${curve.name}`,
    value: format.tooltip(value),
  }));
  const more = sorted.length > 10 ? words.more(sorted.length - 10) : '';
  return tooltipHtml(look, { title: words.day(at + 1), rows, notes: [more] });
}

function describe(curves: readonly Curve[], data: CurvesData, context: ChartContext): string {
  const { language } = context;
  const words = chartWords(language);
  const spoken = curves.slice(0, 7).map((curve) => {
    const last = curve.values.findLastIndex((value) => value !== null);
    const day = words.day(last + 1);
    return `${curve.name} ${compact(curve.values[last] ?? null, language)} (${day})`;
  });
  const rest = curves.length > 7 ? words.others(curves.length - 7) : '';
  return words.sentence([data.measure, words.list(spoken), rest]);
}
