import type { Mark } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import {
  type ChartBuilder,
  type ChartContext,
  emptyOption,
  faded,
  isNarrow,
  lineAt,
  type Plot,
  plotOf,
  textAt,
} from './frame.ts';
import { nameRoom, rowAxis, rowHits, rowNames } from './parts/namedRows.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

export interface Mover {
  id: string;
  name: string;
  delta: number;
  /** Further lines of the tooltip, written by the page: value before, growth with what it is against, rank. */
  facts: readonly TooltipRow[];
  /** Beside the change: `+12.3%`, `new`. */
  note?: string | undefined;
  mark?: Mark | undefined;
}

export interface MoversData {
  movers: readonly Mover[];
  kind: ValueKind;
  measure: string;
}

/** Who rose and who fell: bars from zero to both sides, one colour a direction, the change at each end. */
export const divergingBars: ChartBuilder<MoversData> = (data, context) => {
  const { look } = context;
  const low = Math.min(0, ...data.movers.map((one) => one.delta));
  const high = Math.max(0, ...data.movers.map((one) => one.delta));
  if (data.movers.length === 0 || low === high) return emptyOption(context);
  const format = labelFormat(
    data.kind,
    context.language,
    data.movers.map((one) => one.delta),
  );
  // On a phone two labels and a bar do not fit beside a name; the tooltip has the growth.
  const texts = data.movers.map((one) =>
    [format.signed(one.delta), isNarrow(context) ? '' : (one.note ?? '')].filter((text) => text !== '').join('  '),
  );
  const names = data.movers.map((one) => one.name);
  const room = (rising: boolean): number =>
    Math.max(
      0,
      ...data.movers.map((one, at) =>
        one.delta >= 0 === rising ? textWidth(texts[at] ?? '', look.type.label) + 12 : 0,
      ),
    );
  const left = nameRoom(names, context, 0.3);
  const plot = plotOf(context, { top: 4, right: room(true) + 4, bottom: 4, left: left + (low < 0 ? room(false) : 0) });
  // No label stands left of a bar that rises: its name may reach to the bar.
  const zero = plot.left - (plot.width * low) / (high - low);
  const nameEnds = data.movers.map(({ delta }) => (delta < 0 ? left : Math.max(left, zero)));
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: { type: 'value', min: low, max: high, show: false },
    yAxis: rowAxis(data.movers.map((one) => one.id)),
    pointer: 'band',
    tooltip: (at) => tooltip(data, context, at),
    series: [
      {
        id: 'movers',
        type: 'bar',
        barWidth: Math.max(1, Math.min(look.type.label * 1.7, (plot.height / data.movers.length) * 0.66)),
        ...faded('self'),
        data: data.movers.map((one) => ({
          value: one.delta,
          mark: one.mark,
          itemStyle: {
            color: one.delta < 0 ? look.fall : look.rise,
            borderRadius: one.delta < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0],
          },
        })),
      },
    ],
    hits: rowHits(
      data.movers.map((one) => one.mark),
      plot,
      context,
    ),
    elements: [
      ...rowNames(names, { ...plot, left }, context, [], nameEnds),
      ...ends(data, texts, low, high, plot, context),
    ],
  });
};

function ends(
  data: MoversData,
  texts: readonly string[],
  low: number,
  high: number,
  plot: Plot,
  context: ChartContext,
): object[] {
  const { look } = context;
  const band = plot.height / data.movers.length;
  const x = (value: number): number => plot.left + ((value - low) / (high - low)) * plot.width;
  const zero = lineAt('zero', [x(0), plot.top], [x(0), plot.bottom], { stroke: look.axis, width: look.stroke.hair });
  if (band < look.type.label * 0.95) return [zero];
  const labels = data.movers.map((one, at) => {
    const falls = one.delta < 0;
    return textAt(`value ${at}`, texts[at] ?? '', x(one.delta) + (falls ? -8 : 8), plot.top + band * (at + 0.5), {
      size: look.type.label,
      fill: look.ink,
      font: look.font,
      weight: 500,
      align: falls ? 'right' : 'left',
    });
  });
  return [zero, ...labels];
}

function tooltip(data: MoversData, context: ChartContext, at: number | null): string {
  const one = at === null ? undefined : data.movers[at];
  if (one === undefined) return '';
  const { look } = context;
  const change: TooltipRow = {
    colour: one.delta < 0 ? look.fall : look.rise,
    name: data.measure,
    value: valueFormat(data.kind, context.language).signed(one.delta),
  };
  return tooltipHtml(look, { title: one.name, rows: [change, ...one.facts] });
}

function describe(data: MoversData, context: ChartContext): string {
  const words = chartWords(context.language);
  const format = valueFormat(data.kind, context.language);
  const spoken = data.movers.slice(0, 10).map((one) => `${one.name} ${format.signed(one.delta)}`);
  const rest = data.movers.length > 10 ? words.others(data.movers.length - 10) : '';
  return words.sentence([data.measure, words.list(spoken), rest]);
}
