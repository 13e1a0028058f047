import type { Mark } from '../filters/marks.ts';
import { exact } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import { type ChartBuilder, type ChartContext, emptyOption, faded, type Plot, plotOf, textAt } from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { nameRoom, rowAxis, rowHits, rowNames } from './parts/namedRows.ts';
import { logAxis, sharedAxis, thinned } from './parts/plainAxis.ts';
import { tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

export interface Spread {
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  count: number;
}
interface BoxRow extends Spread {
  id: string;
  name: string;
  hue: Hue;
  mark?: Mark | undefined;
}
export interface BoxesData {
  rows: readonly BoxRow[];
  kind: ValueKind;
  measure: string;
  counted: string;
}

/** Quantile by linear interpolation between order statistics (type 7, as in R, NumPy and DuckDB's quantile_cont). */
function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** The five-number summary of positive values; null of none, for a logarithmic scale has no place for zero. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return null;
  return {
    min,
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    max,
    count: sorted.length,
  };
}

/** How members of a group spread: lowest to highest as a line, the middle half as a box, the median as a firm stroke. */
export const boxes: ChartBuilder<BoxesData> = (data, context) => {
  if (data.rows.length === 0) return emptyOption(context);
  const { look, language } = context;
  const format = labelFormat(
    data.kind,
    language,
    data.rows.map((row) => row.median),
  );
  const axis = logAxis(
    Math.min(...data.rows.map((row) => row.min)),
    Math.max(...data.rows.map((row) => row.max)),
    data.kind,
    language,
  );
  const names = data.rows.map((row) => row.name);
  const texts = data.rows.map((row) => ({ median: format.label(row.median), count: `n = ${exact(row.count)}` }));
  const medianRoom = Math.max(...texts.map((one) => textWidth(one.median, look.type.label)));
  const countRoom = Math.max(...texts.map((one) => textWidth(one.count, look.type.note)));
  const plot = plotOf(context, {
    top: look.type.note + 12,
    right: medianRoom + countRoom + 32,
    bottom: look.type.tick * 1.4 + 12,
    left: nameRoom(names, context, 0.28),
  });
  const band = plot.height / data.rows.length;
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: sharedAxis(thinned(axis, plot.width, look.type.tick), look),
    yAxis: rowAxis(data.rows.map((row) => row.id)),
    pointer: 'band',
    tooltip: (at) => tooltip(data, context, at),
    series: [
      {
        id: 'boxes',
        type: 'boxplot',
        boxWidth: [4, Math.max(4, Math.min(look.type.label * 1.5, band * 0.6))],
        ...faded('self'),
        data: data.rows.map((row) => ({
          mark: row.mark,
          value: [row.min, row.q1, row.median, row.q3, row.max].map((value) => axis.position(value)),
          itemStyle: {
            color: `${hueColour(look, row.hue)}40`,
            borderColor: hueColour(look, row.hue),
            borderWidth: look.stroke.thin,
          },
        })),
      },
    ],
    hits: rowHits(
      data.rows.map((row) => row.mark),
      plot,
      context,
    ),
    elements: [
      ...rowNames(names, plot, context),
      ...medians(data, (value) => plot.left + axis.position(value) * plot.width, band, plot, context),
      ...columns(texts, medianRoom, countRoom, plot, band, context),
    ],
  });
};

function medians(
  data: BoxesData,
  x: (value: number) => number,
  band: number,
  plot: Plot,
  context: ChartContext,
): object[] {
  const half = Math.max(4, Math.min(context.look.type.label * 1.5, band * 0.6)) / 2;
  return data.rows.map((row, at) => {
    const y = plot.top + band * (at + 0.5);
    const shape = { x1: x(row.median), x2: x(row.median), y1: y - half, y2: y + half };
    return {
      id: `median ${at}`,
      type: 'line',
      silent: true,
      z: 10,
      shape,
      style: { stroke: context.look.ink, lineWidth: context.look.stroke.line },
    };
  });
}

function columns(
  texts: readonly { median: string; count: string }[],
  medianRoom: number,
  countRoom: number,
  plot: Plot,
  band: number,
  context: ChartContext,
): object[] {
  const { look, language } = context;
  const right = plot.right + medianRoom + 16;
  const end = right + countRoom + 12;
  const faint = { size: look.type.note, fill: look.inkFaint, font: look.font, align: 'right' };
  const head = textAt('median head', chartWords(language).median, right, plot.top - look.type.note, faint);
  if (band < look.type.label * 0.95) return [head];
  return [
    head,
    ...texts.flatMap((one, at) => {
      const y = plot.top + band * (at + 0.5);
      return [
        textAt(`median value ${at}`, one.median, right, y, {
          size: look.type.label,
          fill: look.ink,
          font: look.font,
          weight: 500,
          align: 'right',
        }),
        textAt(`count ${at}`, one.count, end, y, faint),
      ];
    }),
  ];
}

function tooltip(data: BoxesData, context: ChartContext, at: number | null): string {
  const row = at === null ? undefined : data.rows[at];
  if (row === undefined) return '';
  const { language } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const between = (low: number, high: number): string => `${format.tooltip(low)} – ${format.tooltip(high)}`;
  return tooltipHtml(context.look, {
    title: row.name,
    rows: [
      { colour: hueColour(context.look, row.hue), name: words.median, value: format.tooltip(row.median), strong: true },
      { name: words.quartiles, value: between(row.q1, row.q3) },
      { name: words.extremes, value: between(row.min, row.max) },
      { name: data.counted, value: exact(row.count) },
    ],
    notes: [data.measure],
  });
}

function describe(data: BoxesData, context: ChartContext): string {
  const words = chartWords(context.language);
  const format = valueFormat(data.kind, context.language);
  const spoken = data.rows
    .slice(0, 8)
    .map((row) => `${row.name} ${format.label(row.median)} (${format.label(row.q1)} – ${format.label(row.q3)})`);
  return words.sentence([`${data.measure}, ${words.median}`, words.list(spoken)]);
}
