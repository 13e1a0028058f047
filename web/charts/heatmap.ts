import { type Mark, markOfAll } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import { inkOn, rampColour } from './colour.ts';
import {
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  innerWidth,
  type Plot,
  plotOf,
  textAt,
} from './frame.ts';
import { nameRoom, rowAxis, rowNames } from './parts/namedRows.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, linearScale, type ValueKind, valueFormat } from './scale.ts';
import { ellipsis, textWidth, wrap } from './text.ts';
import { chartWords } from './words.ts';

interface HeatCell {
  row: number;
  column: number;
  value: number | null;
  facts?: readonly TooltipRow[] | undefined;
}

interface HeatMember {
  id: string;
  name: string;
  mark?: Mark | undefined;
}

export interface HeatData {
  rows: readonly HeatMember[];
  columns: readonly HeatMember[];
  cells: readonly HeatCell[];
  kind: ValueKind;
  /** `diverging` is centred at 0, for growth. */
  ramp: 'sequential' | 'diverging';
  measure: string;
}

const EDGE = 4;

/** One value for each pair of two dimensions: colour finds the strong cells, the number in the cell is read. */
export const heatmap: ChartBuilder<HeatData> = (data, context) => {
  const filled = data.cells.filter((cell): cell is HeatCell & { value: number } => cell.value !== null);
  if (filled.length === 0 || data.rows.length === 0) return emptyOption(context);
  const { look } = context;
  const shade = shading(
    filled.map((cell) => cell.value),
    data,
    context,
  );
  const names = data.rows.map((row) => row.name);
  const left = nameRoom(names, context, 0.3);
  const head = headLines(data, (innerWidth(context) - left - EDGE) / data.columns.length, context);
  const plot = plotOf(context, {
    top: look.type.label + 30 + head.height,
    right: EDGE,
    bottom: EDGE,
    left,
  });
  const width = plot.width / data.columns.length;
  const format = labelFormat(
    data.kind,
    context.language,
    filled.map((cell) => cell.value),
  );
  const texts = filled.map((cell) => format.label(cell.value));
  const readable =
    Math.max(...texts.map((text) => textWidth(text, look.type.label))) + 4 <= width &&
    plot.height / data.rows.length >= look.type.label * 1.3;
  const option = cartesian(context, {
    description: describe(filled, data, context),
    plot,
    xAxis: { type: 'category', data: data.columns.map((column) => chartKey(column.id)), show: false },
    yAxis: rowAxis(data.rows.map((row) => row.id)),
    pointer: 'mark',
    tooltip: (at) => tooltip(filled, data, context, at),
    series: [
      {
        id: 'cells',
        type: 'heatmap',
        itemStyle: { borderColor: look.surface, borderWidth: 2, borderRadius: 3 },
        emphasis: { focus: 'self', itemStyle: { borderColor: look.ink, borderWidth: 1.5 } },
        blur: { itemStyle: { opacity: 0.35 } },
        label: { show: readable, fontSize: look.type.label, fontFamily: look.font },
        data: filled.map((cell, at) => ({
          value: [cell.column, cell.row, cell.value],
          mark: cellMark(data, cell),
          label: { formatter: texts[at] ?? '', color: inkOn(shade.colour(cell.value)) },
        })),
      },
    ],
    elements: [
      ...rowNames(
        names,
        plot,
        context,
        data.rows.map((row) => row.mark),
      ),
      ...heads(data, head, plot, width, context),
      ...legend(shade, plot.top - head.height, plot, context),
    ],
  });
  return {
    ...option,
    visualMap: {
      type: 'continuous',
      show: false,
      min: shade.low,
      max: shade.high,
      dimension: 2,
      inRange: { color: [...shade.ramp] },
    },
  };
};

/** A cell stands for its row and its column; of an axis that stands for nothing, such as weeks, for the other alone. */
function cellMark({ rows, columns }: HeatData, { row, column }: HeatCell): Mark | undefined {
  const axes = [rows, columns].filter((members) => members.some(({ mark }) => mark !== undefined));
  return axes.length === 0
    ? undefined
    : markOfAll(...axes.map((members) => members[members === rows ? row : column]?.mark));
}

interface Shade {
  low: number;
  high: number;
  ramp: readonly string[];
  colour: (value: number) => string;
  text: (value: number) => string;
}

function shading(values: readonly number[], data: HeatData, context: ChartContext): Shade {
  const ramp = data.ramp === 'diverging' ? context.look.diverging : context.look.sequential;
  const scale = linearScale(Math.min(...values), Math.max(...values), data.kind, context.language);
  const far = Math.max(...values.map(Math.abs));
  const [low, high] = data.ramp === 'diverging' ? [-far, far] : [Math.min(0, scale.min), scale.max];
  return {
    low,
    high,
    ramp,
    colour: (value) => rampColour(ramp, (value - low) / (high - low)),
    text: data.ramp === 'diverging' ? valueFormat(data.kind, context.language).signed : scale.text,
  };
}

/** Of a line of the columns' names, in their size. */
const HEAD_LINE = 1.3;
/** A column that is narrower, in the same, has its name turned. */
const LEAST_HEAD = 4.5;

interface HeadLines {
  /** Of each column. */
  lines: readonly (readonly string[])[];
  /** In pixels. */
  height: number;
  /** One in how many columns is named. */
  every: number;
  /** Read from below. */
  turned: boolean;
}

/** Steps such as weeks are named in part if there are many; members all, on two lines or turned if they must. */
function headLines({ columns }: HeatData, width: number, { look, height }: ChartContext): HeadLines {
  const size = look.type.label;
  const names = columns.map((column) => column.name);
  const widest = Math.max(...names.map((name) => textWidth(name, size)));
  const flat = { lines: names.map((name) => [name]), height: size, turned: false };
  if (columns.every(({ mark }) => mark === undefined) && widest <= 4 * size)
    return { ...flat, every: Math.max(1, Math.ceil((widest + 8) / width)) };
  if (widest + 6 <= width) return { ...flat, every: 1 };
  const lines = names.map((name) => wrap(name, width - 6, size, 2));
  if (width >= LEAST_HEAD * size)
    return {
      lines,
      height: (1 + HEAD_LINE * (Math.max(...lines.map((one) => one.length)) - 1)) * size,
      every: 1,
      turned: false,
    };
  const room = Math.min(widest, height * 0.24);
  return { lines: names.map((name) => [ellipsis(name, room, size)]), height: room, every: 1, turned: true };
}

function heads(
  data: HeatData,
  { lines, every, turned }: HeadLines,
  plot: Plot,
  width: number,
  context: ChartContext,
): object[] {
  const { look } = context;
  const size = look.type.label;
  const edge = context.width - (context.inset?.right ?? 0);
  return data.columns.flatMap((column, at) => {
    const own = lines[at] ?? [];
    const x = plot.left + width * (at + 0.5);
    const wide = Math.max(...own.map((line) => textWidth(line, size)));
    if (at % every !== 0 || (every > 1 && x + wide / 2 > edge)) return [];
    const style = { size, fill: look.inkSoft, font: look.font, align: 'center', mark: column.mark };
    if (turned) {
      const upright = textAt(`column ${at}`, own.join(''), x, plot.top - size / 2, { ...style, align: 'left' });
      return [{ ...upright, rotation: Math.PI / 2 }];
    }
    return own.map((line, row) =>
      textAt(`column ${at} ${row}`, line, x, plot.top - size - (own.length - 1 - row) * HEAD_LINE * size, style),
    );
  });
}

function legend(shade: Shade, bottom: number, plot: Plot, context: ChartContext): object[] {
  const { look } = context;
  const width = Math.min(160, plot.width * 0.4);
  const y = bottom - look.type.label - 22;
  const high = shade.text(shade.high);
  const left = plot.right - width - textWidth(high, look.type.note) - 8;
  const style = { size: look.type.note, fill: look.inkFaint, font: look.font };
  const stops = shade.ramp.map((color, at) => ({ offset: at / (shade.ramp.length - 1), color }));
  return [
    {
      id: 'ramp',
      type: 'rect',
      silent: true,
      z: 5,
      shape: { x: left, y, width, height: 8, r: 2 },
      style: { fill: { type: 'linear', x: 0, y: 0, x2: 1, y2: 0, colorStops: stops } },
    },
    textAt('ramp low', shade.text(shade.low), left - 8, y + 4, { ...style, align: 'right' }),
    textAt('ramp high', high, left + width + 8, y + 4, style),
  ];
}

function tooltip(cells: readonly HeatCell[], data: HeatData, context: ChartContext, at: number | null): string {
  const cell = at === null ? undefined : cells[at];
  if (cell === undefined || cell.value === null) return '';
  const title = `${data.rows[cell.row]?.name ?? ''} × ${data.columns[cell.column]?.name ?? ''}`;
  const rows = [
    { name: data.measure, value: valueFormat(data.kind, context.language).tooltip(cell.value) },
    ...(cell.facts ?? []),
  ];
  return tooltipHtml(context.look, { title, rows });
}

function describe(cells: readonly (HeatCell & { value: number })[], data: HeatData, context: ChartContext): string {
  const words = chartWords(context.language);
  const format = valueFormat(data.kind, context.language);
  const top = cells.toSorted((a, b) => b.value - a.value).slice(0, 6);
  const spoken = top.map(
    (cell) =>
      `${data.rows[cell.row]?.name ?? ''} × ${data.columns[cell.column]?.name ?? ''} ${format.label(cell.value)}`,
  );
  return words.sentence([`${data.measure}: ${data.rows.length} × ${data.columns.length}`, words.list(spoken)]);
}
