import { period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  faded,
  footRoom,
  type Plot,
  periodAxis,
  plotOf,
  valueAxis,
} from './frame.ts';
import { hueColour } from './look.ts';
import { endLabels, type LineEnd } from './parts/endLabels.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { linearScale, valueFormat } from './scale.ts';
import { type ColumnsData, stackedColumns } from './stackedColumns.ts';
import { chartWords } from './words.ts';

export interface AreasData extends Omit<ColumnsData, 'kind' | 'parts'> {
  /** From the bottom up, as fractions of the period's whole. */
  parts: readonly (ColumnsData['parts'][number] & {
    /** What the share is of, for the tooltip. */
    amounts: readonly (number | null)[];
  })[];
}

/** How a whole of 100 % is made up over time: bands that are named, with their share, where they end. */
export const stackedAreas: ChartBuilder<AreasData> = (data, context) => {
  if (data.periods.length === 0 || data.parts.length === 0) return emptyOption(context);
  // A band needs two ends.
  if (data.periods.length === 1) return stackedColumns({ ...data, kind: 'fraction' }, context);
  const { look, language } = context;
  const scale = linearScale(0, 1, 'fraction', language);
  const labels = endLabels(ends(data, context), 0, context);
  const plot = plotOf(context, { top: 12, right: labels.room, bottom: footRoom(look), left: axisRoom(scale, look) });
  const x = (at: number): number => plot.left + (plot.width * at) / (data.periods.length - 1);
  const y = (value: number): number => plot.bottom - value * plot.height;
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: periodAxis(data.periods, data.grain, data.partial, plot, context, false),
    yAxis: { ...valueAxis(scale, look), max: 1 },
    pointer: 'line',
    time: { periods: data.periods, grain: data.grain, bands: false },
    tooltip: (at) => tooltip(data, context, at),
    series: data.parts.map((part) => ({
      id: chartKey(part.id),
      name: chartKey(part.id),
      type: 'line',
      stack: 'all',
      ...(part.mark === undefined ? { silent: true } : { mark: part.mark, triggerEvent: true }),
      symbol: 'none',
      ...faded('series'),
      lineStyle: { color: look.surface, width: look.stroke.hair },
      areaStyle: { color: hueColour(look, part.hue), opacity: 1 },
      data: part.values.map((value) => value ?? 0),
    })),
    elements: [...cutMark(data, plot, x, context), ...labels.draw(plot, x, y)],
  });
};

/** Each band's label stands at the middle of its end; the largest keep theirs if room is short. */
function ends(data: AreasData, context: ChartContext): LineEnd[] {
  const last = data.periods.length - 1;
  const format = valueFormat('fraction', context.language);
  let below = 0;
  return data.parts
    .map((part) => {
      const value = part.values[last] ?? 0;
      const middle = below + value / 2;
      below += value;
      return {
        id: part.id,
        name: part.name,
        value: format.label(value),
        hue: part.hue,
        at: last,
        y: middle,
        size: value,
        mark: part.mark,
      };
    })
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
}

/** A last period that the data cut lies behind a veil. */
function cutMark(data: AreasData, plot: Plot, x: (at: number) => number, { look }: ChartContext): object[] {
  const last = data.periods.length - 1;
  if (!data.partial.periods.includes(data.periods[last] ?? '')) return [];
  const left = x(last - 1);
  const shape = { x: left, y: plot.top, width: plot.right - left, height: plot.height };
  return [{ id: 'cut', type: 'rect', silent: true, z: 6, shape, style: { fill: look.hatch } }];
}

function tooltip(data: AreasData, context: ChartContext, at: number | null): string {
  const period = at === null ? undefined : data.periods[at];
  if (at === null || period === undefined) return '';
  const { language, look } = context;
  const share = valueFormat('fraction', language);
  const count = valueFormat('count', language);
  // Top of the stack first, as the eye meets it.
  const rows = data.parts.toReversed().flatMap((part): TooltipRow[] => {
    const value = part.values[at] ?? null;
    if (value === null || value === 0) return [];
    const amount = part.amounts[at] ?? null;
    const detail = amount === null ? undefined : count.tooltip(amount);
    return [{ colour: hueColour(look, part.hue), name: part.name, value: share.tooltip(value), detail }];
  });
  const cut = data.partial.periods.includes(period);
  const note = cut ? chartWords(language).incomplete(at === data.periods.length - 1 ? data.partial.asOf : null) : '';
  return tooltipHtml(look, { title: periodName(period, data.grain, language), rows, notes: [note] });
}

function describe(data: AreasData, { language }: ChartContext): string {
  const words = chartWords(language);
  const format = valueFormat('fraction', language);
  const told = (at: number): string =>
    `${periodName(data.periods[at] ?? '', data.grain, language)} ${words.list(
      data.parts.map((part) => `${part.name} ${format.label(part.values[at] ?? 0)}`),
    )}`;
  return words.sentence([data.measure, told(0), told(data.periods.length - 1)]);
}
