import type { ChartBuilder } from './frame.ts';
import { baseOption, emptyOption, gridOf, plotOf } from './frame.ts';

export interface SparkData {
  values: readonly (number | null)[];
  colour: string;
  /** The last value is of a period that the data cut. */
  lastIsPartial: boolean;
  /** Read to those who do not see it. */
  description: string;
}

/** The course of one number in the room of a word: no axes, from zero, the last value a dot (hollow where cut). */
export const sparkline: ChartBuilder<SparkData> = (data, context) => {
  const values = data.values.filter((value): value is number => value !== null);
  if (values.length === 0) return emptyOption(context);
  const { look } = context;
  const last = data.values.findLastIndex((value) => value !== null);
  const plot = plotOf(context, { top: 4, right: 5, bottom: 3, left: 2 });
  const stroke = { color: data.colour, width: 1.5, join: 'round', cap: 'round' };
  const common = { type: 'line', silent: true, emphasis: { disabled: true }, showSymbol: true };
  const solid = data.values.map((value, at) => (data.lastIsPartial && at === last ? null : value));
  const dot = {
    symbol: 'circle',
    symbolSize: 5,
    itemStyle: {
      color: data.lastIsPartial ? look.surface : data.colour,
      borderColor: data.colour,
      borderWidth: data.lastIsPartial ? 1.5 : 0,
    },
  };
  const withDot = (value: number | null, at: number): object =>
    at === last ? { value, ...dot } : { value, symbol: 'none' };
  const cut = data.values.map((value, at) => (at === last || at === last - 1 ? value : null));
  return {
    ...baseOption(context, data.description),
    grid: gridOf(plot),
    xAxis: {
      type: 'category',
      show: false,
      boundaryGap: data.values.length === 1,
      data: data.values.map((_, at) => at),
    },
    yAxis: { type: 'value', show: false, min: Math.min(0, ...values), max: Math.max(...values, 1e-9) },
    graphic: { elements: [] },
    series: data.lastIsPartial
      ? [
          { ...common, id: 'spark', lineStyle: stroke, data: solid.map((value) => ({ value, symbol: 'none' })) },
          { ...common, id: 'spark cut', lineStyle: { ...stroke, type: [3, 3], cap: 'butt' }, data: cut.map(withDot) },
        ]
      : [{ ...common, id: 'spark', lineStyle: stroke, data: data.values.map(withDot) }],
  };
};
