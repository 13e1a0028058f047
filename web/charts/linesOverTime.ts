import type { Mark } from '../filters/marks.ts';
import { type PeriodGrain, period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  emptyOption,
  faded,
  footRoom,
  lineAt,
  type Partial,
  type Plot,
  paceFactor,
  periodAxis,
  plotOf,
  textAt,
  valueAxis,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { endLabels, type LineEnd } from './parts/endLabels.ts';
import { logAxis, sharedAxis } from './parts/plainAxis.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { labelFormat, linearScale, type ValueKind, valueFormat } from './scale.ts';
import { textWidth } from './text.ts';
import { againstPeriod, chartWords } from './words.ts';

export interface TimeLine {
  id: string;
  name: string;
  hue: Hue;
  /** One per period; null where there is none. */
  values: readonly (number | null)[];
  /** Context is drawn grey, thin and without a label of its own. */
  context?: boolean | undefined;
  /** Of a last period that is cut, what it would reach at its pace; left out if values add up (`partial.adds`). */
  pace?: number | null | undefined;
  mark?: Mark | undefined;
}

export interface LinesData {
  periods: readonly string[];
  grain: PeriodGrain;
  lines: readonly TimeLine[];
  kind: ValueKind;
  partial: Partial;
  /** What a share in the tooltip is of, per period; left out where shares make no sense. */
  totals?: readonly (number | null)[] | undefined;
  /** A value all lines are read against, such as an index's 100. */
  baseline?: { value: number; name: string } | undefined;
  /** Marks of a day, dashed, with their notes, the weightiest first: of those too close to be read it is the one that stays. */
  breaks?: readonly { period: string; note: string }[] | undefined;
  /** What the lines show, for the description: `Views by format`. */
  measure: string;
}

/** Lines that get a label of their own at their end; more would be a legend in disguise. */
const MOST_LABELS = 7;
/** Rows of a tooltip before "and n more". */
const TOOLTIP_ROWS = 10;

/** From this ratio on an index stands on a logarithmic scale: on a linear one all but the largest would be flat. */
const LOG_FROM = 20;

const valuesOf = ({ lines }: LinesData): number[] =>
  lines.flatMap((line) => line.values.filter((value): value is number => value !== null));

/** Whether the chart takes a logarithmic scale by itself. */
export function isLogarithmic(data: LinesData): boolean {
  if (data.kind !== 'index') return false;
  const above = valuesOf(paced(data)).filter((value) => value > 0);
  return above.length > 1 && Math.max(...above) / Math.min(...above) > LOG_FROM;
}

/** The last values at their pace, if the data cut the last period: a cut one would look like a fall. */
export function paced(data: LinesData): LinesData {
  return { ...data, lines: data.lines.map((line) => ({ ...line, values: line.values.with(-1, paceOf(line, data)) })) };
}

function paceOf(line: TimeLine, data: LinesData): number | null {
  const value = line.values.at(-1) ?? null;
  if (value === null || !isPaced(line, data)) return value;
  return line.pace ?? value * (paceFactor(data) ?? 1);
}

export const isPaced = (line: TimeLine, data: LinesData): boolean =>
  data.periods.length > 1 &&
  data.partial.periods.includes(data.periods.at(-1) ?? '') &&
  (line.pace !== undefined ? line.pace !== null : paceFactor(data) !== null);

/** The vertical scale: where a value stands from 0 to 1, and how ECharts is given it. */
interface Vertical {
  ticks: readonly number[];
  text: (value: number) => string;
  position: (value: number) => number;
  given: (value: number) => number;
  axis: Record<string, unknown>;
}

function verticalOf(data: LinesData, context: ChartContext): Vertical {
  const { look, language } = context;
  const all = valuesOf(data);
  const marks = data.baseline === undefined ? all : [...all, data.baseline.value];
  if (isLogarithmic(data)) {
    const above = marks.filter((value) => value > 0);
    const axis = logAxis(Math.min(...above), Math.max(...above), data.kind, language, 0.04);
    return { ...axis, given: axis.position, axis: sharedAxis(axis, look) };
  }
  const scale = linearScale(Math.min(...all), Math.max(...marks), data.kind, language, context.height < 240 ? 3 : 4);
  return {
    ticks: scale.ticks,
    text: scale.text,
    position: (value) => (value - scale.min) / (scale.max - scale.min),
    given: (value) => value,
    axis: valueAxis(scale, look),
  };
}

/** On a logarithmic scale there is no zero. */
function drawable(data: LinesData): LinesData {
  if (!isLogarithmic(data)) return data;
  const above = (value: number | null) => (value !== null && value > 0 ? value : null);
  return { ...data, lines: data.lines.map((line) => ({ ...line, values: line.values.map(above) })) };
}

/** How measures move: one line a member, named at its end, the cut period dashed towards its pace. */
export const linesOverTime: ChartBuilder<LinesData> = (told, context) => {
  if (told.periods.length === 0 || valuesOf(told).length === 0) return emptyOption(context);
  const data = drawable(paced(told));
  const { look } = context;
  const scale = verticalOf(data, context);
  const ends = lineEnds(data, context);
  const plot = plotOf(context, {
    top: 12,
    right: ends.room,
    bottom: footRoom(look),
    left: axisRoom(scale, look),
  });
  const x = (at: number): number =>
    data.periods.length === 1 ? plot.left + plot.width / 2 : plot.left + (plot.width * at) / (data.periods.length - 1);
  const y = (value: number): number => plot.bottom - scale.position(value) * plot.height;
  return cartesian(context, {
    description: describe(told, context),
    plot,
    xAxis: periodAxis(data.periods, data.grain, data.partial, plot, context, false),
    yAxis: scale.axis,
    pointer: 'line',
    time: { periods: data.periods, grain: data.grain, bands: false },
    tooltip: (at) => tooltip(told, context, at),
    series: data.lines.flatMap((line, at) => lineSeries(line, at, data, scale, context)),
    elements: [...marks(data, scale, plot, context, x, y), ...ends.draw(plot, x, y)],
  });
};

/** Which lines are named: all up to seven, else those that are not context; the others together as "n others". */
function lineEnds(data: LinesData, context: ChartContext): ReturnType<typeof endLabels> {
  const lasts = data.lines.flatMap((line) => line.values.findLast((value) => value !== null) ?? []);
  const format = labelFormat(data.kind, context.language, lasts);
  const end = (line: TimeLine): LineEnd | null => {
    const at = line.values.findLastIndex((value) => value !== null);
    const value = line.values[at];
    if (value === null || value === undefined) return null;
    return {
      id: line.id,
      name: data.lines.length === 1 ? '' : line.name,
      value: isPaced(line, data) && at === data.periods.length - 1 ? `≈ ${format.label(value)}` : format.label(value),
      hue: line.hue,
      at,
      y: value,
      mark: line.mark,
    };
  };
  const named = data.lines.filter((line) => line.context !== true);
  const shown = named.flatMap((line) => end(line) ?? []).sort((a, b) => b.y - a.y);
  const labelled = shown.slice(0, MOST_LABELS);
  const drawn = data.lines.flatMap((line) => end(line) ?? []);
  const rest = drawn.filter(({ id }) => labelled.every((one) => one.id !== id));
  // "1 others" would take the room that its name takes, away from its line.
  return rest.length === 1
    ? endLabels(
        [...labelled, ...rest].toSorted((a, b) => b.y - a.y),
        0,
        context,
      )
    : endLabels(labelled, rest.length, context);
}

/** Neighbours of a partial period share its dashed stroke, as they share its segment. */
function split(line: TimeLine, data: LinesData): { whole: (number | null)[]; cut: (number | null)[]; anyCut: boolean } {
  const isCut = data.periods.map((period) => data.partial.periods.includes(period));
  const whole = line.values.map((value, at) => (isCut[at] === true ? null : value));
  const cut = line.values.map((value, at) =>
    isCut[at] === true || isCut[at + 1] === true || isCut[at - 1] === true ? value : null,
  );
  return { whole, cut, anyCut: isCut.includes(true) };
}

function lineSeries(line: TimeLine, at: number, data: LinesData, scale: Vertical, context: ChartContext): object[] {
  const { look } = context;
  const colour = hueColour(look, line.hue);
  const crowd = line.context === true && data.lines.length > 40;
  const stroke = {
    color: crowd ? look.greyFaint : colour,
    width: line.context === true ? look.stroke.thin : look.stroke.line,
    join: 'round',
    cap: 'round',
  };
  const parts = split(line, data);
  const last = line.values.findLastIndex((value) => value !== null);
  const common = {
    type: 'line',
    z: line.context === true ? 2 : 4 + (at === 0 ? 1 : 0),
    ...(line.mark === undefined ? { silent: true } : { mark: line.mark, triggerEvent: 'line' }),
    connectNulls: false,
    animation: crowd ? false : context.motion,
    ...faded('series'),
    ...(data.periods.length > 400 ? { sampling: 'lttb' } : {}),
  };
  const point = (of: number | null, place: number, hollow: boolean, values: readonly (number | null)[]): unknown => {
    const value = of === null ? null : scale.given(of);
    const alone = value !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
    const marked = !crowd && value !== null && (alone || (place === last && line.context !== true));
    if (!marked) return { value, symbol: 'none' };
    const fill = hollow ? look.surface : colour;
    return {
      value,
      symbol: 'circle',
      symbolSize: look.stroke.dot,
      itemStyle: { color: fill, borderColor: colour, borderWidth: hollow ? look.stroke.thin : 0 },
    };
  };
  const lastIsCut = data.partial.periods.includes(data.periods[last] ?? '');
  const whole = {
    ...common,
    id: chartKey(line.id),
    name: chartKey(line.id),
    lineStyle: stroke,
    showSymbol: true,
    showAllSymbol: true,
    data: parts.whole.map((value, place) => point(value, place, false, line.values)),
  };
  if (!parts.anyCut) return [whole];
  const cut = {
    ...common,
    id: `${chartKey(line.id)} cut`,
    name: chartKey(line.id),
    showSymbol: true,
    showAllSymbol: true,
    lineStyle: { ...stroke, cap: 'butt', type: [look.stroke.line * 2, look.stroke.line * 2] },
    data: parts.cut.map((value, place) =>
      lastIsCut && place === last
        ? point(value, place, true, line.values)
        : { value: value === null ? null : scale.given(value), symbol: 'none' },
    ),
  };
  return [whole, cut];
}

function marks(
  data: LinesData,
  scale: Vertical,
  plot: Plot,
  context: ChartContext,
  x: (at: number) => number,
  y: (value: number) => number,
): object[] {
  const { look } = context;
  const drawn: object[] = [];
  if (data.baseline !== undefined && scale.position(data.baseline.value) <= 1) {
    const at = y(data.baseline.value);
    drawn.push(lineAt('baseline', [plot.left, at], [plot.right, at], { stroke: look.axis, width: look.stroke.thin }));
  }
  for (const { place, flip, ...one } of breaksApart(data, plot, context, x)) {
    drawn.push(
      lineAt(`break ${one.period}`, [place, plot.top], [place, plot.bottom], {
        stroke: look.axis,
        width: 1,
        dash: [4, 4],
      }),
      textAt(`break note ${one.period}`, one.note, place + (flip ? -6 : 6), plot.top + look.type.note / 2, {
        size: look.type.note,
        fill: look.inkFaint,
        font: look.font,
        align: flip ? 'right' : 'left',
      }),
    );
  }
  return drawn;
}

interface Break {
  period: string;
  note: string;
  place: number;
  /** Its note stands left of it. */
  flip: boolean;
}

/** Breaks with their places, as many as can be read. */
function breaksApart(data: LinesData, plot: Plot, context: ChartContext, x: (at: number) => number): Break[] {
  const size = context.look.type.note;
  const kept: (Break & { from: number; to: number })[] = [];
  for (const one of data.breaks ?? []) {
    const at = data.periods.indexOf(one.period);
    const place = x(at);
    // The line, its note beside it, and the room to the next.
    const width = textWidth(one.note, size) + 12;
    const flip = place + width > plot.right;
    // On a phone the line alone.
    const note = flip && place - width < plot.left ? '' : one.note;
    const [from, to] = flip ? [place - width, place] : [place, place + width];
    if (at >= 0 && kept.every((other) => to <= other.from || from >= other.to))
      kept.push({ ...one, note, place, flip, from, to });
  }
  return kept;
}

/** Value, share and change with what it is against; never a change into or out of a cut period. */
function tooltip(data: LinesData, context: ChartContext, at: number | null): string {
  const period = at === null ? undefined : data.periods[at];
  if (at === null || period === undefined) return '';
  const { look, language } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const total = data.totals?.[at] ?? null;
  const sorted = data.lines
    .map((line) => ({ line, value: line.values[at] ?? null }))
    .filter((one): one is { line: TimeLine; value: number } => one.value !== null)
    .sort((a, b) => b.value - a.value);
  const before = data.periods[at - 1];
  const cut = [period, before].some((one) => one !== undefined && data.partial.periods.includes(one));
  const few = sorted.length <= 3;
  const rows: TooltipRow[] = sorted.slice(0, TOOLTIP_ROWS).flatMap(({ line, value }) => {
    const share =
      total === null || total === 0 || data.lines.length === 1
        ? undefined
        : valueFormat('fraction', language).label(value / total);
    const main: TooltipRow = {
      colour: hueColour(look, line.hue),
      name: line.name,
      value: format.tooltip(value),
      detail: share,
    };
    const earlier = line.values[at - 1] ?? null;
    const ahead = few && at === data.periods.length - 1 && isPaced(line, data) ? paceOf(line, data) : null;
    if (ahead !== null) return [main, { name: words.pace, value: format.tooltip(ahead) }];
    if (!few || cut || before === undefined || earlier === null || earlier <= 0) return [main];
    const against = againstPeriod(before, data.grain, language);
    const moved =
      data.kind === 'fraction'
        ? valueFormat('points', language).label((value - earlier) * 100)
        : valueFormat('fraction', language).signed(value / earlier - 1);
    return [main, { name: against, value: moved }];
  });
  const more = sorted.length > TOOLTIP_ROWS ? words.more(sorted.length - TOOLTIP_ROWS) : '';
  const isCut = data.partial.periods.includes(period);
  const note = isCut ? words.incomplete(at === data.periods.length - 1 ? data.partial.asOf : null) : '';
  return tooltipHtml(look, { title: periodName(period, data.grain, language), rows, notes: [more, note] });
}

function describe(data: LinesData, context: ChartContext): string {
  const { language } = context;
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const first = data.periods[0] ?? '';
  const last = data.periods.at(-1) ?? '';
  const spoken = data.lines.filter((line) => line.context !== true).slice(0, MOST_LABELS);
  const parts = spoken.map((line) => {
    const values = line.values.filter((value): value is number => value !== null);
    const [start, end] = [values[0], values.at(-1)];
    if (start === undefined || end === undefined) return `${line.name} ${words.noValue}`;
    return language === 'zh'
      ? `${line.name}由${format.label(start)}至${format.label(end)}`
      : `${line.name} from ${format.label(start)} to ${format.label(end)}`;
  });
  const rest = data.lines.length - spoken.length;
  const head = `${data.measure}, ${periodName(first, data.grain, language)} – ${periodName(last, data.grain, language)}`;
  const cut = data.partial.periods.includes(last) ? words.incomplete(data.partial.asOf) : '';
  return words.sentence([
    language === 'zh' ? head.replace(', ', '，') : head,
    ...parts,
    rest > 0 ? words.others(rest) : '',
    cut,
  ]);
}
