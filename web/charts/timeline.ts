import type { Mark } from '../filters/marks.ts';
import { axisPeriod, period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  type ChartBuilder,
  type ChartContext,
  emptyOption,
  faded,
  footRoom,
  lineAt,
  NOTHING_PARTIAL,
  type Plot,
  periodAxis,
  plotOf,
  textAt,
  textColour,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { nameRoom, rowHits, rowNames } from './parts/namedRows.ts';
import { tooltipHtml } from './parts/tooltip.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

export interface TimelineMark {
  period: string;
  /** Beside the mark, as far as there is room; the weightiest marks first. */
  label: string;
  hue: Hue;
  notes: readonly string[];
}

export interface TimelineData {
  /** Every day from the first to the last. */
  periods: readonly string[];
  rows: readonly { id: string; name: string; marks: readonly TimelineMark[]; mark?: Mark | undefined }[];
  measure: string;
}

/** When something happened to each of several members: a row each, a mark each time. */
export const timeline: ChartBuilder<TimelineData> = (data, context) => {
  if (data.rows.length === 0 || data.periods.length === 0) return emptyOption(context);
  const { look } = context;
  const names = data.rows.map(({ name }) => name);
  const left = nameRoom(names, context);
  const plot = plotOf(context, { top: 4, right: 48, bottom: footRoom(look), left });
  const band = plot.height / data.rows.length;
  const places = new Map(data.periods.map((period, at) => [period, at]));
  const x = (period: string): number =>
    plot.left + (plot.width * (places.get(period) ?? 0)) / Math.max(1, data.periods.length - 1);
  const y = (row: number): number => plot.top + band * (row + 0.5);
  const points = data.rows.flatMap(({ name, marks, mark: own }, row) =>
    marks.toReversed().map((mark) => ({ ...mark, name, own, row, at: places.get(mark.period) ?? 0 })),
  );
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: periodAxis(data.periods, 'day', NOTHING_PARTIAL, plot, context, false),
    yAxis: { type: 'value', min: 0, max: data.rows.length, inverse: true, show: false },
    pointer: 'mark',
    time: { periods: data.periods, grain: 'day', bands: false },
    tooltip: (at) => {
      const point = at === null ? undefined : points[at];
      if (point === undefined) return '';
      const title = periodName(point.period, 'day', context.language);
      const row = { colour: hueColour(look, point.hue), name: point.name, value: point.label };
      return tooltipHtml(look, { title, rows: [row], notes: point.notes });
    },
    series: [
      {
        id: 'marks',
        name: 'marks',
        type: 'line',
        lineStyle: { width: 0, opacity: 0 },
        showAllSymbol: true,
        symbol: 'circle',
        symbolSize: look.stroke.dot + 4,
        ...faded('self'),
        animation: false,
        data: points.map(({ at, row, hue, own }) => ({
          value: [at, row + 0.5],
          mark: own,
          itemStyle: { color: hueColour(look, hue), borderColor: look.surface, borderWidth: 1 },
        })),
      },
    ],
    hits: rowHits(
      data.rows.map(({ mark }) => mark),
      plot,
      context,
    ),
    elements: [
      ...rowNames(
        names,
        plot,
        context,
        data.rows.map(({ mark }) => mark),
      ),
      ...data.rows.flatMap((row, at) => rowElements(row, y(at), x, plot, context)),
    ],
  });
};

function rowElements(
  { id, marks }: TimelineData['rows'][number],
  y: number,
  x: (period: string) => number,
  plot: Plot,
  context: ChartContext,
): object[] {
  const { look } = context;
  const note = look.type.note;
  const ends = marks.map(({ period }) => x(period));
  const dot = look.stroke.dot / 2 + 4;
  const taken = ends.map((place) => ({ from: place - dot, to: place + dot }));
  const labels = marks.flatMap(({ label, hue, period }, at) => {
    const from = (ends[at] ?? 0) + dot + 2;
    const to = from + textWidth(label, note);
    // Its own dot ends where it begins.
    if (taken.some((other) => from < other.to && other.from < to)) return [];
    taken.push({ from, to });
    const fill = textColour(look, hueColour(look, hue));
    return [
      textAt(`mark ${id} ${period} ${label}`, label, from, y, {
        size: note,
        fill,
        font: look.font,
        halo: look.surface,
      }),
    ];
  });
  return [
    lineAt(`rule ${id}`, [plot.left, y], [plot.right, y], { stroke: look.grid, width: look.stroke.hair }),
    lineAt(`span ${id}`, [Math.min(...ends), y], [Math.max(...ends), y], {
      stroke: look.axis,
      width: look.stroke.thin,
    }),
    ...labels,
  ];
}

function describe({ rows, measure }: TimelineData, { language }: ChartContext): string {
  const words = chartWords(language);
  const spoken = rows.slice(0, 7).map(({ name, marks }) => {
    const told = marks.map(({ label, period }) => `${label} ${axisPeriod(period, 'day', language).name}`);
    return `${name} ${words.list(told)}`;
  });
  return words.sentence([measure, ...spoken, rows.length > 7 ? words.others(rows.length - 7) : '']);
}
