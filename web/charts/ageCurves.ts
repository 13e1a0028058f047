import type { Mark } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import { dayAxis } from './cumulativeCurves.ts';
import {
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  faded,
  footRoom,
  plotOf,
  textAt,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { endLabels, type LineEnd } from './parts/endLabels.ts';
import { logAxis, sharedAxis } from './parts/plainAxis.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

interface AgeCurve {
  id: string;
  name: string;
  hue: Hue;
  /** At the end of day 1, 2, 3 … since release; null where there is none. */
  values: readonly (number | null)[];
  mark?: Mark | undefined;
}

/** The middle half of a group, day by day, with its median. */
interface AgeBand {
  name: string;
  hue: Hue;
  q1: readonly (number | null)[];
  median: readonly (number | null)[];
  q3: readonly (number | null)[];
}

export interface AgeCurvesData {
  curves: readonly AgeCurve[];
  band?: AgeBand | undefined;
  kind: ValueKind;
  measure: string;
}

const MEDIAN = ' median';
const TOOLTIP_ROWS = 10;
const positive = (value: number | null | undefined): value is number => typeof value === 'number' && value > 0;

/** Curves by age on a logarithmic scale, so that a hit and a typical series can be read in one picture; a band is the middle half of a group. */
export const ageCurves: ChartBuilder<AgeCurvesData> = (data, context) => {
  const { look, language } = context;
  const { band } = data;
  const curves: readonly AgeCurve[] = [
    ...data.curves,
    ...(band === undefined ? [] : [{ id: MEDIAN, name: band.name, hue: band.hue, values: band.median }]),
  ].filter(({ values }) => values.some(positive));
  const all = [...curves.map(({ values }) => values), band?.q1 ?? [], band?.q3 ?? []].flat().filter(positive);
  if (all.length === 0) return emptyOption(context);
  const length = Math.max(...curves.map(({ values }) => values.length), band?.q1.length ?? 0);
  const axis = logAxis(Math.min(...all), Math.max(...all), data.kind, language, 0.05);
  const lasts = curves.map(({ values }) => values[values.findLastIndex(positive)] ?? 0);
  const format = labelFormat(data.kind, language, lasts);
  const ends: LineEnd[] = curves
    .map(({ id, name, hue, values, mark }) => {
      const at = values.findLastIndex(positive);
      const y = values[at] ?? 0;
      return { id, name, value: format.label(y), hue, at, y, mark };
    })
    .sort((a, b) => b.y - a.y);
  const labels = endLabels(ends, 0, context);
  const ticks = Math.max(...axis.ticks.map((tick) => textWidth(axis.text(tick), look.type.tick)));
  const left = Math.max(40, Math.ceil((ticks + 12) / 8) * 8);
  const plot = plotOf(context, { top: 12, right: labels.room, bottom: footRoom(look), left });
  const x = (at: number): number =>
    length === 1 ? plot.left + plot.width / 2 : plot.left + (plot.width * at) / (length - 1);
  const y = (value: number): number => plot.bottom - axis.position(value) * plot.height;
  const foot = context.height - (context.inset?.bottom ?? 0) - look.type.tick * 0.7;
  return cartesian(context, {
    description: describe(curves, data, context),
    plot,
    xAxis: dayAxis(length, plot, context),
    yAxis: sharedAxis(axis, look),
    pointer: 'line',
    tooltip: (at) => tooltip(curves, data, context, at),
    series: curves.map((curve) => {
      const last = curve.values.findLastIndex(positive);
      const colour = hueColour(look, curve.hue);
      return {
        id: chartKey(curve.id),
        name: chartKey(curve.id),
        type: 'line',
        ...(curve.mark === undefined ? { silent: true } : { mark: curve.mark, triggerEvent: 'line' }),
        z: curve.hue === 'grey' ? 2 : 4,
        connectNulls: true,
        showSymbol: true,
        showAllSymbol: true,
        ...faded('series'),
        lineStyle: {
          color: colour,
          width: curve.hue === 'grey' ? look.stroke.thin : look.stroke.line,
          join: 'round',
          cap: 'round',
        },
        data: curve.values.map((value, at) => ({
          value: positive(value) ? axis.position(value) : null,
          ...(at === last
            ? { symbol: 'circle', symbolSize: look.stroke.dot, itemStyle: { color: colour } }
            : { symbol: 'none' }),
        })),
      };
    }),
    elements: [
      ...(band === undefined ? [] : bandOf(band, x, y, context)),
      textAt('axis name', `${chartWords(language).daysSinceRelease} →`, plot.right, foot, {
        size: look.type.note,
        fill: look.inkFaint,
        font: look.font,
        align: 'right',
      }),
      ...labels.draw(plot, x, y),
    ],
  });
};

function bandOf(
  { hue, q1, q3 }: AgeBand,
  x: (at: number) => number,
  y: (value: number) => number,
  { look }: ChartContext,
): object[] {
  const edge = (values: readonly (number | null)[]): [number, number][] =>
    values.flatMap((value, at) => (positive(value) ? [[x(at), y(value)] satisfies [number, number]] : []));
  const points = [...edge(q3), ...edge(q1).reverse()];
  if (points.length < 4) return [];
  const style = { fill: hueColour(look, hue), opacity: 0.18 };
  return [{ id: 'band', type: 'polygon', silent: true, z: 1, shape: { points }, style }];
}

function tooltip(curves: readonly AgeCurve[], data: AgeCurvesData, context: ChartContext, at: number | null): string {
  if (at === null) return '';
  const { language, look } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const sorted = curves
    .flatMap((curve) => {
      const value = curve.values[at];
      return positive(value) ? [{ curve, value }] : [];
    })
    .sort((a, b) => b.value - a.value);
  const rows = sorted.slice(0, TOOLTIP_ROWS).map(
    ({ curve, value }): TooltipRow => ({
      colour: hueColour(look, curve.hue),
      name: curve.name,
      value: format.tooltip(value),
    }),
  );
  const [low, high] = [data.band?.q1[at], data.band?.q3[at]];
  if (positive(low) && positive(high))
    rows.push({ name: words.quartiles, value: `${format.tooltip(low)} – ${format.tooltip(high)}` });
  const more = sorted.length > TOOLTIP_ROWS ? words.more(sorted.length - TOOLTIP_ROWS) : '';
  return tooltipHtml(look, { title: words.day(at + 1), rows, notes: [more] });
}

function describe(curves: readonly AgeCurve[], data: AgeCurvesData, { language }: ChartContext): string {
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const spoken = curves.map(({ name, values }) => {
    const last = values.findLastIndex(positive);
    return `${name} ${format.label(values[last] ?? 0)} (${words.day(last + 1)})`;
  });
  return words.sentence([data.measure, words.list(spoken)]);
}
