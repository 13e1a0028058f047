import type { Mark } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  type ChartOption,
  chartKey,
  emptyOption,
  faded,
  hatching,
  lineAt,
  type Plot,
  plotOf,
  textAt,
  valueAxis,
} from './frame.ts';
import { nameRoom, rowAxis, rowHits, rowNames } from './parts/namedRows.ts';
import { tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, linearScale, type Scale, type ValueFormat, type ValueKind, valueFormat } from './scale.ts';
import { textWidth, wrap } from './text.ts';
import { chartWords } from './words.ts';

export interface Step {
  id: string;
  name: string;
  /** A level stands on zero; a change starts where the step before ended. */
  role: 'level' | 'change';
  value: number;
  /** What the step is, for the tooltip: its definition in one sentence. */
  note?: string | undefined;
  cut?: boolean | undefined;
  mark?: Mark | undefined;
}

export interface WaterfallData {
  steps: readonly Step[];
  kind: ValueKind;
  measure: string;
}

interface Span {
  step: Step;
  from: number;
  to: number;
}

export function spans(steps: readonly Step[]): Span[] {
  let level = 0;
  return steps.map((step) => {
    const from = step.role === 'level' ? 0 : level;
    level = from + step.value;
    return { step, from, to: level };
  });
}

/** How a whole became another whole: levels at both ends, between them the changes that add up to the difference. */
export const waterfall: ChartBuilder<WaterfallData> = (data, context) => {
  const drawn = spans(data.steps);
  const edges = drawn.flatMap((one) => [one.from, one.to]);
  if (drawn.length === 0 || edges.every((edge) => edge === 0)) return emptyOption(context);
  const { look } = context;
  const scale = linearScale(Math.min(...edges), Math.max(...edges), data.kind, context.language);
  const plot = plotOf(context, {
    top: look.type.label + 12,
    right: 8,
    bottom: Math.round(look.type.label * 2.8) + 10,
    left: axisRoom(scale, look),
  });
  if (!labelsFit(data, plot.width / drawn.length, context)) return lying(drawn, data, context);
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: { type: 'category', data: data.steps.map((step) => chartKey(step.id)), show: false },
    yAxis: valueAxis(scale, look),
    pointer: 'band',
    tooltip: (at) => tooltip(data, context, at),
    series: columns(drawn, plot.width / drawn.length, look),
    hits: drawn.flatMap(({ step: { mark } }, at) => {
      const left = plot.left + (plot.width / drawn.length) * at;
      const right = left + plot.width / drawn.length;
      return mark === undefined ? [] : [{ mark, left, right, top: plot.top, bottom: context.height }];
    }),
    elements: furniture(drawn, data, scale, plot, context),
  });
};

/** Whether each value fits over its column, and each name under it on two lines. */
function labelsFit(data: WaterfallData, band: number, { look, language }: ChartContext): boolean {
  const format = formatOf(data, language);
  return data.steps.every(
    (step) =>
      textWidth(valueText(step, format), look.type.label) + 4 <= band &&
      wrap(step.name, band, look.type.tick, 2).every((line) => !line.endsWith('…')),
  );
}

/** The same in rows, from the top down, if there is no room for the columns' texts. */
function lying(drawn: readonly Span[], data: WaterfallData, context: ChartContext): ChartOption {
  const { look } = context;
  const format = formatOf(data, context.language);
  const texts = drawn.map(({ step }) => valueText(step, format));
  const names = data.steps.map((step) => step.name);
  const plot = plotOf(context, {
    top: 4,
    right: Math.max(...texts.map((text) => textWidth(text, look.type.label))) + 14,
    bottom: 4,
    left: nameRoom(names, context, 0.36),
  });
  const band = plot.height / drawn.length;
  const [low, high] = [Math.min(0, ...drawn.map(({ to }) => to)), Math.max(0, ...drawn.map(({ to }) => to))];
  const x = (value: number): number => plot.left + ((value - low) / (high - low)) * plot.width;
  const middle = (at: number): number => plot.top + band * (at + 0.5);
  const half = sizeIn(band) / 2;
  const thin = { stroke: look.axis, width: look.stroke.hair };
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: { type: 'value', min: low, max: high, show: false },
    yAxis: rowAxis(data.steps.map((step) => step.id)),
    pointer: 'band',
    tooltip: (at) => tooltip(data, context, at),
    series: columns(drawn, band, look),
    hits: rowHits(
      data.steps.map(({ mark }) => mark),
      plot,
      context,
    ),
    elements: [
      lineAt('zero', [x(0), plot.top], [x(0), plot.bottom], thin),
      ...rowNames(names, plot, context),
      ...drawn.flatMap(({ from, to }, at) => [
        textAt(`value ${at}`, texts[at] ?? '', x(Math.max(from, to)) + 6, middle(at), {
          size: look.type.label,
          fill: look.ink,
          font: look.font,
          weight: 600,
        }),
        ...(at === drawn.length - 1
          ? []
          : [lineAt(`carry ${at}`, [x(to), middle(at) + half], [x(to), middle(at + 1) - half], thin)]),
      ]),
    ],
  });
}

const sizeIn = (band: number): number => Math.max(4, Math.min(96, band * 0.62));

/** Floating columns as stacked bars: an unseen foot and the seen rest, a pair of each on either side of zero. */
function columns(drawn: readonly Span[], band: number, look: ChartContext['look']): object[] {
  const width = sizeIn(band);
  const side = (sign: 1 | -1): { foot: number; seen: number }[] =>
    drawn.map(({ from, to }) => {
      const [a, b] = [Math.max(0, sign * from), Math.max(0, sign * to)];
      return { foot: sign * Math.min(a, b), seen: sign * Math.abs(a - b) };
    });
  const colour = ({ step }: Span): string =>
    step.role === 'level' ? look.grey : step.value < 0 ? look.fall : look.rise;
  return ([1, -1] as const).flatMap((sign) => {
    const values = side(sign);
    const common = {
      type: 'bar',
      stack: sign === 1 ? 'above' : 'below',
      barWidth: width,
      barGap: '-100%',
    };
    return [
      {
        ...common,
        id: `foot ${sign}`,
        silent: true,
        emphasis: { disabled: true },
        itemStyle: { color: 'transparent' },
        data: values.map((one) => one.foot),
      },
      {
        ...common,
        ...faded('self'),
        id: `seen ${sign}`,
        data: values.map((one, at) => {
          const span = drawn[at];
          if (span === undefined) return one.seen;
          const itemStyle = { color: colour(span), ...(span.step.cut === true ? { decal: hatching(look) } : {}) };
          return { value: one.seen, itemStyle, mark: span.step.mark };
        }),
      },
    ];
  });
}

function furniture(
  drawn: readonly Span[],
  data: WaterfallData,
  scale: Scale,
  plot: Plot,
  context: ChartContext,
): object[] {
  const { look } = context;
  const format = formatOf(data, context.language);
  const band = plot.width / drawn.length;
  const half = sizeIn(band) / 2;
  const y = (value: number): number => plot.bottom - ((value - scale.min) / (scale.max - scale.min)) * plot.height;
  const middle = (at: number): number => plot.left + band * (at + 0.5);
  const zero = lineAt('zero', [plot.left, y(0)], [plot.right, y(0)], { stroke: look.axis, width: look.stroke.hair });
  return [
    zero,
    ...drawn.flatMap((span, at) => {
      const top = Math.min(y(span.from), y(span.to));
      const label = textAt(`value ${at}`, valueText(span.step, format), middle(at), top - 5, {
        size: look.type.label,
        fill: look.ink,
        font: look.font,
        weight: 600,
        align: 'center',
        baseline: 'bottom',
      });
      const names = wrap(span.step.name, band, look.type.tick, 2).map((line, row) =>
        textAt(`name ${at} ${row}`, line, middle(at), plot.bottom + 14 + row * look.type.tick * 1.35, {
          size: look.type.tick,
          fill: look.inkSoft,
          font: look.font,
          align: 'center',
        }),
      );
      const next = drawn[at + 1];
      const carry =
        next === undefined
          ? []
          : [
              lineAt(`carry ${at}`, [middle(at) + half, y(span.to)], [middle(at + 1) - half, y(span.to)], {
                stroke: look.axis,
                width: 1,
              }),
            ];
      return [label, ...names, ...carry];
    }),
  ];
}

const formatOf = (data: WaterfallData, language: ChartContext['language']): ValueFormat =>
  labelFormat(
    data.kind,
    language,
    data.steps.map((step) => step.value),
  );
const valueText = (step: Step, format: ValueFormat): string =>
  step.role === 'level' ? format.label(step.value) : format.signed(step.value);

function tooltip(data: WaterfallData, context: ChartContext, at: number | null): string {
  const step = at === null ? undefined : data.steps[at];
  if (step === undefined) return '';
  const { language, look } = context;
  const format = valueFormat(data.kind, language);
  const base = data.steps[0];
  const rows = [
    { name: data.measure, value: step.role === 'level' ? format.tooltip(step.value) : format.signed(step.value) },
  ];
  if (step.role === 'change' && base !== undefined && base.role === 'level' && base.value > 0) {
    rows.push({
      name: chartWords(language).against(base.name),
      value: valueFormat('points', language).label((step.value / base.value) * 100),
    });
  }
  return tooltipHtml(look, { title: step.name, rows, notes: [step.note ?? ''] });
}

function describe(data: WaterfallData, context: ChartContext): string {
  const format = valueFormat(data.kind, context.language);
  const words = chartWords(context.language);
  return words.sentence([
    data.measure,
    words.list(data.steps.map((step) => `${step.name} ${valueText(step, format)}`)),
  ]);
}
