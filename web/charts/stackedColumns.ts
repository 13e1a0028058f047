import { type Mark, periodSpan, within } from '../filters/marks.ts';
import { type PeriodGrain, period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  cutRoom,
  emptyOption,
  faded,
  footRoom,
  hatching,
  innerWidth,
  isNarrow,
  type Partial,
  type Plot,
  paceFactor,
  periodAxis,
  plotOf,
  textAt,
  textColour,
  valueAxis,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { spread } from './parts/placing.ts';
import { tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, linearScale, type Scale, type ValueKind, valueFormat } from './scale.ts';
import { ellipsis, textWidth } from './text.ts';
import { chartWords } from './words.ts';

export interface ColumnPart {
  id: string;
  name: string;
  hue: Hue;
  values: readonly (number | null)[];
  /** Of the part; each of its columns stands for it within a period. */
  mark?: Mark | undefined;
}

export interface ColumnsData {
  periods: readonly string[];
  grain: PeriodGrain;
  /** From the bottom up: the steadiest or largest first. */
  parts: readonly ColumnPart[];
  kind: ValueKind;
  partial: Partial;
  /** Periods that stand out: a triangle over the column, up or down, and words in its tooltip. */
  marks?: readonly { period: string; way: 'up' | 'down' | 'gap'; notes: readonly string[] }[] | undefined;
  measure: string;
}

const sumAt = (data: ColumnsData, at: number): number =>
  data.parts.reduce((sum, part) => sum + (part.values[at] ?? 0), 0);

/** A whole and its parts, period by period; each part named beside the last column, the cut period hatched. */
export const stackedColumns: ChartBuilder<ColumnsData> = (data, context) => {
  const sums = data.periods.map((_, at) => sumAt(data, at));
  const factor = paceFactor(data);
  const pace = factor === null ? null : (sums.at(-1) ?? 0) * factor;
  const high = Math.max(0, ...sums, pace ?? 0);
  if (data.periods.length === 0 || high === 0) return emptyOption(context);
  const { look } = context;
  const scale = linearScale(0, high, data.kind, context.language, context.height < 240 ? 3 : 4);
  const totalTexts = textsOf(sums, data, context);
  const plot = plotOf(context, {
    top: look.type.label + 12,
    right: Math.max(
      labelRoom(data, context) + totalOverhang(sums, totalTexts, context),
      cutRoom(data.periods, data.partial, context),
    ),
    bottom: footRoom(look),
    left: axisRoom(scale, look),
  });
  const band = plot.width / data.periods.length;
  return cartesian(context, {
    description: describe(data, sums, context),
    plot,
    xAxis: periodAxis(data.periods, data.grain, data.partial, plot, context, true),
    yAxis: valueAxis(scale, look),
    pointer: 'band',
    time: { periods: data.periods, grain: data.grain, bands: true },
    tooltip: (at) => tooltip(data, sums, at === data.periods.length - 1 ? pace : null, context, at),
    series: [...data.parts.map((part) => columnSeries(part, data, band, context)), ...paceSeries(data, pace, context)],
    elements: [
      ...totals(sums, totalTexts, pace, scale, plot, band, context),
      ...partLabels(data, totalOverhang(sums, totalTexts, context), scale, plot, context),
      ...triangles(data, sums, scale, plot, band, context),
    ],
  });
};

const columnWidth = (band: number): number => Math.max(1, Math.min(56, band * 0.7));

function columnSeries(part: ColumnPart, data: ColumnsData, band: number, context: ChartContext): object {
  const { look } = context;
  return {
    id: chartKey(part.id),
    name: chartKey(part.id),
    mark: part.mark,
    type: 'bar',
    stack: 'all',
    barWidth: columnWidth(band),
    ...faded('series'),
    itemStyle: {
      color: hueColour(look, part.hue),
      borderColor: look.surface,
      borderWidth: band > 12 && data.parts.length > 1 ? 0.5 : 0,
    },
    // A zero would still draw its border, over the axis.
    data: part.values.map((value, at) => {
      const period = data.periods[at] ?? '';
      if (value === 0) return null;
      const mark = within(part.mark, periodSpan(period, data.grain));
      return {
        value,
        mark,
        ...(data.partial.periods.includes(period) ? { itemStyle: { decal: hatching(look) } } : {}),
      };
    }),
  };
}

/** Where the cut column's whole would stand at its pace so far. */
function paceSeries(data: ColumnsData, pace: number | null, { look }: ChartContext): object[] {
  if (pace === null || pace === 0) return [];
  const only = data.parts.length === 1 ? data.parts[0] : undefined;
  return [
    {
      id: 'pace',
      type: 'line',
      silent: true,
      z: 6,
      lineStyle: { width: 0 },
      showSymbol: true,
      showAllSymbol: true,
      symbol: 'circle',
      symbolSize: look.stroke.dot + 2,
      itemStyle: {
        color: look.surface,
        borderColor: only === undefined ? look.inkSoft : hueColour(look, only.hue),
        borderWidth: look.stroke.line,
      },
      data: [[data.periods.at(-1), pace]],
    },
  ];
}

const MANY = 20;
const textsOf = (sums: readonly number[], { kind }: ColumnsData, { language }: ChartContext): string[] => {
  // Of many columns the last alone is named.
  const format = labelFormat(kind, language, sums.length > MANY ? sums.slice(-1) : sums);
  return sums.map((sum) => (sum === 0 ? '' : format.label(sum)));
};

/** Whether every column has room for its total, or the last alone gets one, which then reaches to the right. */
const totalsFit = (texts: readonly string[], band: number, { look }: ChartContext): boolean =>
  Math.max(...texts.map((text) => textWidth(text, look.type.label))) + 6 <= band;

function totals(
  sums: readonly number[],
  texts: readonly string[],
  pace: number | null,
  scale: Scale,
  plot: Plot,
  band: number,
  context: ChartContext,
): object[] {
  const { look } = context;
  const fits = totalsFit(texts, band, context);
  return sums.flatMap((sum, at) => {
    if (sum === 0 || (!fits && at !== sums.length - 1)) return [];
    const top = plot.bottom - (sum / scale.max) * plot.height;
    const point = pace === null || at < sums.length - 1 ? null : plot.bottom - (pace / scale.max) * plot.height;
    // Above the point, if it would lie on the text.
    const y = point !== null && top - point < look.type.label * 1.8 + look.stroke.dot ? point - look.stroke.dot : top;
    const style = {
      size: look.type.label,
      fill: look.ink,
      font: look.font,
      weight: 600,
      baseline: 'bottom',
    };
    const text = texts[at] ?? '';
    const middle = plot.left + band * (at + 0.5);
    // One that is wider than its column begins with it, so that it does not lie on the column before.
    if (textWidth(text, look.type.label) <= band)
      return [textAt(`sum ${at}`, text, middle, y - 4, { ...style, align: 'center' })];
    return [textAt(`sum ${at}`, text, middle - columnWidth(band) / 2, y - 4, style)];
  });
}

function triangles(
  data: ColumnsData,
  sums: readonly number[],
  scale: Scale,
  plot: Plot,
  band: number,
  { look }: ChartContext,
): object[] {
  const half = Math.max(4, look.stroke.dot * 0.75);
  return (data.marks ?? []).flatMap(({ period, way }) => {
    const at = data.periods.indexOf(period);
    if (at < 0) return [];
    const x = plot.left + band * (at + 0.5);
    // The last column's total stands over it.
    const over = at === sums.length - 1 ? look.type.label + 8 : 6;
    const foot = plot.bottom - ((sums[at] ?? 0) / scale.max) * plot.height - over;
    const tip = foot - half * 1.7;
    const fill = way === 'up' ? look.rise : look.fall;
    const points =
      way === 'up'
        ? [
            [x - half, foot],
            [x + half, foot],
            [x, tip],
          ]
        : [
            [x - half, tip],
            [x + half, tip],
            [x, foot],
          ];
    const style = way === 'gap' ? { fill: look.surface, stroke: look.inkFaint, lineWidth: 1.5 } : { fill };
    return [{ id: `mark ${period}`, type: 'polygon', silent: true, z: 20, shape: { points }, style }];
  });
}

function labelRoom(data: ColumnsData, context: ChartContext): number {
  if (data.parts.length === 1) {
    // Under a thin last column its day reaches beyond the plot.
    return data.periods.length > MANY ? 24 : 8;
  }
  const widest = Math.max(...data.parts.map((part) => textWidth(part.name, context.look.type.label)));
  return Math.min(widest, context.width * (isNarrow(context) ? 0.28 : 0.24)) + 16;
}

/** How far the last total may reach beyond the plot, where the parts' names begin. */
function totalOverhang(sums: readonly number[], texts: readonly string[], context: ChartContext): number {
  const total = textWidth(texts.at(-1) ?? '', context.look.type.label);
  const band = (innerWidth(context) * (isNarrow(context) ? 0.5 : 0.7)) / sums.length;
  return total <= band ? 0 : Math.max(0, Math.ceil(total - (band + columnWidth(band)) / 2));
}

/** Names at the height of their part in the last column that has it; parts absent there follow at the foot. */
function partLabels(data: ColumnsData, overhang: number, scale: Scale, plot: Plot, context: ChartContext): object[] {
  if (data.parts.length === 1) return [];
  const { look } = context;
  const last = data.periods.length - 1;
  let below = 0;
  const wanted = data.parts.map((part) => {
    const value = part.values[last] ?? 0;
    const middle = below + value / 2;
    below += value;
    return { item: part, y: plot.bottom - (middle / scale.max) * plot.height, value };
  });
  const left = plot.right + 8 + overhang;
  const room = context.width - (context.inset?.right ?? 0) - left - 4;
  const height = Math.round(look.type.label * 1.4);
  const important = wanted.toSorted((a, b) => b.value - a.value);
  return spread(important, height, plot.top - height, plot.bottom + height / 2).map(({ item, y }) =>
    textAt(`part ${item.id}`, ellipsis(item.name, room, look.type.label), left, y, {
      size: look.type.label,
      fill: textColour(look, hueColour(look, item.hue)),
      font: look.font,
      mark: item.mark,
    }),
  );
}

function tooltip(
  data: ColumnsData,
  sums: number[],
  pace: number | null,
  context: ChartContext,
  at: number | null,
): string {
  const period = at === null ? undefined : data.periods[at];
  if (at === null || period === undefined) return '';
  const { language, look } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const share = valueFormat('fraction', language);
  const sum = sums[at] ?? 0;
  // Top of the stack first, as the eye meets it.
  const rows = data.parts.toReversed().flatMap((part) => {
    const value = part.values[at] ?? 0;
    if (value === 0) return [];
    const detail = sum > 0 && data.parts.length > 1 ? share.label(value / sum) : undefined;
    return [{ colour: hueColour(look, part.hue), name: part.name, value: format.tooltip(value), detail }];
  });
  const total = data.parts.length > 1 ? [{ name: words.total, value: format.tooltip(sum), strong: true }] : [];
  const ahead = pace === null ? [] : [{ name: words.pace, value: format.tooltip(pace) }];
  const cut = data.partial.periods.includes(period);
  const note = cut ? words.incomplete(at === data.periods.length - 1 ? data.partial.asOf : null) : '';
  return tooltipHtml(look, {
    title: periodName(period, data.grain, language),
    rows: [...rows, ...total, ...ahead],
    notes: [note, ...(data.marks ?? []).flatMap((mark) => (mark.period === period ? mark.notes : []))],
  });
}

function describe(data: ColumnsData, sums: readonly number[], context: ChartContext): string {
  const { language } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const last = data.periods.length - 1;
  const name = periodName(data.periods[last] ?? '', data.grain, language);
  const head =
    language === 'zh'
      ? `${data.measure}，${name}合计${format.label(sums[last] ?? 0)}`
      : `${data.measure}; ${name} total ${format.label(sums[last] ?? 0)}`;
  const parts = data.parts.map((part) => `${part.name} ${format.label(part.values[last] ?? 0)}`);
  const cut = data.partial.periods.includes(data.periods[last] ?? '') ? words.incomplete(data.partial.asOf) : '';
  return words.sentence([head, words.list(parts), cut]);
}
