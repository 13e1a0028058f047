import type { Mark } from '../filters/marks.ts';
import { cartesian } from './cartesian.ts';
import { inkOn } from './colour.ts';
import {
  type ChartBuilder,
  type ChartContext,
  emptyOption,
  faded,
  hatching,
  lineAt,
  type Plot,
  plotOf,
  textAt,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { nameRoom, rowAxis, rowHits, rowNames } from './parts/namedRows.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

interface Bar {
  id: string;
  name: string;
  value: number;
  hue: Hue;
  share?: number | null | undefined;
  rank?: number | null | undefined;
  /** Growth with what it is against, ready to read: `+12.3% vs Sep 2025`. */
  change?: string | undefined;
  /** A value to read the bar against, drawn as a stroke across it. */
  reference?: number | null | undefined;
  mark?: Mark | undefined;
}

export interface BarsData {
  bars: readonly Bar[];
  kind: ValueKind;
  measure: string;
  /** What the bars' references are: `全行业`. */
  against?: string | undefined;
  /** The whole chart speaks of a period that the data cut. */
  cut?: { asOf: string | null } | undefined;
}

/** Names compared by one value: bars from zero, the value at each end, no axis to read it from. */
export const horizontalBars: ChartBuilder<BarsData> = (data, context) => {
  const high = Math.max(0, ...data.bars.map((bar) => Math.max(bar.value, bar.reference ?? 0)));
  if (data.bars.length === 0 || high <= 0) return emptyOption(context);
  const { look, language } = context;
  const format = labelFormat(
    data.kind,
    language,
    data.bars.map((bar) => bar.value),
  );
  const texts = data.bars.map((bar) => barText(bar, format.label(bar.value), context));
  const names = data.bars.map((bar) => bar.name);
  const marks = data.bars.map((bar) => bar.mark);
  const plot = plotOf(context, {
    top: 4,
    right: Math.max(...texts.map((text) => textWidth(text, look.type.label))) + 14,
    bottom: 4,
    left: nameRoom(names, context),
  });
  const band = plot.height / data.bars.length;
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: { type: 'value', min: 0, max: high, show: false },
    yAxis: rowAxis(data.bars.map((bar) => bar.id)),
    pointer: 'band',
    tooltip: (at) => tooltip(data, context, at),
    series: [
      {
        id: 'bars',
        type: 'bar',
        barWidth: Math.max(1, Math.min(context.look.type.label * 1.7, band * 0.68)),
        ...faded('self'),
        data: data.bars.map((bar) => ({
          value: bar.value,
          mark: bar.mark,
          itemStyle: {
            color: hueColour(look, bar.hue),
            borderRadius: [0, 2, 2, 0],
            ...(data.cut ? { decal: hatching(look) } : {}),
          },
        })),
      },
    ],
    hits: rowHits(marks, plot, context),
    elements: [
      ...rowNames(names, plot, context),
      ...references(data, high, plot, band, context),
      ...ends(data, texts, high, plot, band, context),
    ],
  });
};

function references(data: BarsData, high: number, plot: Plot, band: number, { look }: ChartContext): object[] {
  const half = Math.max(2, Math.min(look.type.label * 1.25, band * 0.46));
  return data.bars.flatMap(({ reference }, at) => {
    if (reference === null || reference === undefined) return [];
    const [x, y] = [plot.left + (plot.width * reference) / high, plot.top + band * (at + 0.5)];
    const style = { stroke: look.ink, width: look.stroke.line };
    return [{ ...lineAt(`reference ${at}`, [x, y - half], [x, y + half], style), z: 10 }];
  });
}

function barText(bar: Bar, value: string, context: ChartContext): string {
  if (bar.share === null || bar.share === undefined) return value;
  return `${value}  ${valueFormat('fraction', context.language).label(bar.share)}`;
}

function ends(
  data: BarsData,
  texts: readonly string[],
  high: number,
  plot: Plot,
  band: number,
  context: ChartContext,
): object[] {
  const { look } = context;
  if (band < look.type.label * 0.95) return [];
  return data.bars.map((bar, at) => {
    const text = texts[at] ?? '';
    const end = plot.left + (plot.width * Math.max(0, bar.value)) / high;
    const stroke = plot.left + (plot.width * (bar.reference ?? 0)) / high;
    const { inside, x } = besideBar({ start: plot.left, end, stroke, width: textWidth(text, look.type.label) });
    const fill = inside ? inkOn(hueColour(look, bar.hue)) : look.ink;
    return textAt(`value ${at}`, text, x, plot.top + band * (at + 0.5), {
      size: look.type.label,
      fill,
      font: look.font,
      weight: 500,
      align: inside ? 'right' : 'left',
    });
  });
}

const GAP = 8;

/** Where a value stands: at the end of its bar; before that end, if the stroke would cross it; if the bar is short, after the stroke. */
function besideBar(bar: { start: number; end: number; stroke: number; width: number }): { inside: boolean; x: number } {
  const outside = bar.end + GAP;
  const crossed = bar.stroke > bar.end - GAP / 2 && bar.stroke < outside + bar.width + GAP;
  if (!crossed) return { inside: false, x: outside };
  const fits = bar.end - bar.start >= bar.width + 2 * GAP && bar.stroke >= bar.end;
  return fits ? { inside: true, x: bar.end - GAP } : { inside: false, x: Math.max(bar.end, bar.stroke) + GAP };
}

function tooltip(data: BarsData, context: ChartContext, at: number | null): string {
  const bar = at === null ? undefined : data.bars[at];
  if (bar === undefined) return '';
  const { language, look } = context;
  const words = chartWords(language);
  const rows: TooltipRow[] = [
    {
      colour: hueColour(look, bar.hue),
      name: data.measure,
      value: valueFormat(data.kind, language).tooltip(bar.value),
    },
  ];
  if (bar.reference !== null && bar.reference !== undefined && data.against !== undefined)
    rows.push({ name: data.against, value: valueFormat(data.kind, language).tooltip(bar.reference) });
  if (bar.share !== null && bar.share !== undefined) {
    rows.push({ name: words.share, value: valueFormat('fraction', language).tooltip(bar.share) });
  }
  if (bar.rank !== null && bar.rank !== undefined) rows.push({ name: words.rank, value: String(bar.rank) });
  if (bar.change !== undefined) rows.push({ name: words.change, value: bar.change });
  return tooltipHtml(look, { title: bar.name, rows, notes: data.cut ? [words.incomplete(data.cut.asOf)] : [] });
}

function describe(data: BarsData, context: ChartContext): string {
  const words = chartWords(context.language);
  const format = valueFormat(data.kind, context.language);
  const spoken = data.bars.slice(0, 10).map((bar) => `${bar.name} ${format.label(bar.value)}`);
  const rest = data.bars.length > 10 ? words.others(data.bars.length - 10) : '';
  return words.sentence([data.measure, words.list(spoken), rest, data.cut ? words.incomplete(data.cut.asOf) : '']);
}
