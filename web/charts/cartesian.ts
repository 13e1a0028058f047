import { baseOption, type ChartContext, type ChartOption, gridOf, type Hit, type Plot } from './frame.ts';
import type { TimeAxis } from './parts/timeAxis.ts';
import { pointedIndex, tooltipOption } from './parts/tooltip.ts';

interface CartesianChart {
  description: string;
  plot: Plot;
  xAxis: object;
  yAxis: object;
  /** What the pointer finds: a place on the axis, shown as a line or a band, or a single mark. */
  pointer: 'line' | 'band' | 'mark';
  /** HTML for the pointed-at place or mark, by its index; null if there is none. */
  tooltip: (at: number | null) => string;
  series: object[];
  elements: object[];
  hits?: readonly Hit[];
  /** Of a chart over time: its periods, in bands or as points. */
  time?: Omit<TimeAxis, 'plot'>;
}

/** The option of a chart with two axes; what all of them share is said here once. */
export function cartesian(context: ChartContext, chart: CartesianChart): ChartOption {
  const { look } = context;
  const { description, plot, xAxis, yAxis, pointer, series, elements, hits = [], time } = chart;
  const tooltip = tooltipOption(look, pointer === 'mark' ? 'item' : 'axis', (params) =>
    chart.tooltip(pointedIndex(params)),
  );
  const band = { type: 'shadow', shadowStyle: { color: look.axis, opacity: 0.12 } };
  return {
    ...baseOption(context, description),
    grid: gridOf(plot),
    // The member that is pointed at is lit in all charts of the page, which a tooltip's own light would put out.
    xAxis: { ...xAxis, axisPointer: { triggerEmphasis: false } },
    yAxis: { ...yAxis, axisPointer: { triggerEmphasis: false } },
    tooltip: pointer === 'band' ? { ...tooltip, axisPointer: band } : tooltip,
    series,
    graphic: { elements },
    hits,
    time: time === undefined ? undefined : { ...time, plot },
  };
}
