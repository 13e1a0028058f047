import { type PeriodGrain, period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  footRoom,
  isNarrow,
  lineAt,
  NOTHING_PARTIAL,
  type Plot,
  periodAxis,
  plotOf,
  textAt,
  valueAxis,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { bandSeries } from './parts/bands.ts';
import { endLabels, type LineEnd } from './parts/endLabels.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { linearScale, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

type Values = readonly (number | null)[];

export interface Fan {
  id: string;
  name: string;
  hue: Hue;
  middle: Values;
  /** The widest first. */
  intervals: readonly { name: string; low: Values; high: Values }[];
}

export interface FanData {
  periods: readonly string[];
  grain: PeriodGrain;
  actual: { id: string; name: string; hue: Hue; values: Values };
  /** Forecasts that are over first, what lies ahead last; only that one is named at its end. */
  fans: readonly Fan[];
  /** Days from which something was foreseen, dashed, with their notes. */
  origins: readonly { period: string; note: string }[];
  kind: ValueKind;
  measure: string;
}

const OPACITY = [0.14, 0.24] as const;

/** What came, and what was or is foreseen with its intervals. */
export const forecastFan: ChartBuilder<FanData> = (data, context) => {
  const numbers = (values: Values): number[] => values.filter((value): value is number => value !== null);
  const drawn = [
    ...numbers(data.actual.values),
    ...data.fans.flatMap(({ intervals, middle }) => [
      ...numbers(middle),
      ...intervals.flatMap(({ high }) => numbers(high)),
    ]),
  ];
  if (drawn.length === 0) return emptyOption(context);
  const { look } = context;
  const scale = linearScale(0, Math.max(...drawn), data.kind, context.language);
  const ends = endLabels(endsOf(data, context), 0, context);
  const plot = plotOf(context, {
    top: (look.type.note + 4) * noteRows(context) + 12,
    right: ends.room,
    bottom: footRoom(look),
    left: axisRoom(scale, look),
  });
  const x = (at: number): number => plot.left + (plot.width * at) / Math.max(1, data.periods.length - 1);
  const y = (value: number): number => plot.bottom - ((value - scale.min) / (scale.max - scale.min)) * plot.height;
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: periodAxis(data.periods, data.grain, NOTHING_PARTIAL, plot, context, false),
    yAxis: valueAxis(scale, look),
    pointer: 'line',
    time: { periods: data.periods, grain: data.grain, bands: false },
    tooltip: (at) => tooltip(data, context, at),
    series: [...data.fans.flatMap((fan) => fanSeries(fan, context)), actualSeries(data, context)],
    elements: [...originMarks(data, plot, x, context), ...ends.draw(plot, x, y)],
  });
};

function endsOf({ fans }: FanData, context: ChartContext): LineEnd[] {
  const ahead = fans.at(-1);
  const at = ahead?.middle.findLastIndex((value) => value !== null) ?? -1;
  const value = ahead?.middle[at];
  if (ahead === undefined || value === null || value === undefined) return [];
  const { id, name, hue } = ahead;
  return [{ id, name, value: valueFormat('count', context.language).label(value), hue, at, y: value }];
}

function fanSeries({ id, hue, middle, intervals }: Fan, { look }: ChartContext): object[] {
  const color = hueColour(look, hue);
  return [
    ...intervals.flatMap(({ low, high }, at) =>
      bandSeries(`${chartKey(id)} ${at}`, low, high, { color, opacity: OPACITY[at] ?? 0.24 }),
    ),
    {
      id: chartKey(id),
      name: chartKey(id),
      type: 'line',
      z: 3,
      silent: true,
      symbol: 'none',
      emphasis: { disabled: true },
      lineStyle: { color, width: look.stroke.line, type: [look.stroke.line * 2, look.stroke.line * 2] },
      data: [...middle],
    },
  ];
}

function actualSeries({ actual }: FanData, { look }: ChartContext): object {
  return {
    id: chartKey(actual.id),
    name: chartKey(actual.id),
    type: 'line',
    z: 5,
    silent: true,
    symbol: 'none',
    emphasis: { disabled: true },
    lineStyle: { color: hueColour(look, actual.hue), width: look.stroke.line, join: 'round', cap: 'round' },
    data: [...actual.values],
  };
}

/** Notes have a row each on a phone. */
const noteRows = (context: ChartContext): number => (isNarrow(context) ? 2 : 1);

/** Notes stand over the plot; one that would meet the next steps back to the left of its line. */
function originMarks(data: FanData, plot: Plot, x: (at: number) => number, context: ChartContext): object[] {
  const { look } = context;
  const size = look.type.note;
  const rows = noteRows(context);
  const places = data.origins.map(({ period }) => x(data.periods.indexOf(period)));
  return data.origins.flatMap(({ period, note }, at) => {
    const place = places[at] ?? plot.left;
    const next = (rows === 1 ? places[at + 1] : undefined) ?? context.width;
    const flip = place + 6 + textWidth(note, size) > next - 4;
    const y = plot.top - size / 2 - 6 - (rows - 1 - (at % rows)) * (size + 4);
    return [
      lineAt(`origin ${period}`, [place, y - size / 2 - 2], [place, plot.bottom], {
        stroke: look.axis,
        width: 1,
        dash: [4, 4],
      }),
      textAt(`origin note ${period}`, note, place + (flip ? -6 : 6), y, {
        size,
        fill: look.inkFaint,
        font: look.font,
        align: flip ? 'right' : 'left',
        halo: look.surface,
      }),
    ];
  });
}

function tooltip(data: FanData, { look, language }: ChartContext, at: number | null): string {
  const period = at === null ? undefined : data.periods[at];
  if (at === null || period === undefined) return '';
  const format = valueFormat(data.kind, language);
  const came = data.actual.values[at] ?? null;
  const rows: TooltipRow[] =
    came === null
      ? []
      : [{ colour: hueColour(look, data.actual.hue), name: data.actual.name, value: format.tooltip(came) }];
  for (const { name, hue, middle, intervals } of data.fans) {
    const value = middle[at] ?? null;
    if (value === null) continue;
    rows.push({ colour: hueColour(look, hue), name, value: format.tooltip(value) });
    for (const interval of intervals.toReversed()) {
      const [low, high] = [interval.low[at] ?? null, interval.high[at] ?? null];
      if (low === null || high === null) continue;
      rows.push({ name: interval.name, value: `${format.label(low)} – ${format.label(high)}` });
    }
  }
  return rows.length === 0 ? '' : tooltipHtml(look, { title: periodName(period, data.grain, language), rows });
}

function describe(data: FanData, { language }: ChartContext): string {
  const format = valueFormat(data.kind, language);
  const spoken = [data.actual.name, data.actual.values.findLast((value) => value !== null) ?? null] as const;
  const ahead = data.fans.at(-1);
  const told = ahead?.middle.findLast((value) => value !== null) ?? null;
  return chartWords(language).sentence([
    data.measure,
    spoken[1] === null ? '' : `${spoken[0]} ${format.label(spoken[1])}`,
    ahead === undefined || told === null ? '' : `${ahead.name} ${format.label(told)}`,
  ]);
}
