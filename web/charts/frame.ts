import type { Mark } from '../filters/marks.ts';
import { axisPeriod, cutAt, type NumberLanguage, type PeriodGrain } from '../i18n/numbers.ts';
import { contrast, mix } from './colour.ts';
import type { Look } from './look.ts';
import type { Box } from './parts/placing.ts';
import type { TimeAxis } from './parts/timeAxis.ts';
import type { Scale } from './scale.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

/** What every builder draws for: how it looks, who reads, and how large it is in logical pixels. */
export interface ChartContext {
  look: Look;
  language: NumberLanguage;
  width: number;
  height: number;
  /** Room at the edges kept for a picture's title and footer; the page writes those itself. */
  inset?: Inset | undefined;
  /** False with `prefers-reduced-motion` and in pictures. */
  motion: boolean;
  /** Patterns over the colours, for readers who cannot tell colours apart. */
  patterns?: boolean | undefined;
}
export interface Inset {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** A chart kind: data and context in, ECharts option out. No React, no DOM, no clock. */
export type ChartBuilder<D> = (data: D, context: ChartContext) => ChartOption;
/** An ECharts option whose texts and lines at pixels are a list that a picture can add to. */
export type ChartOption = Record<string, unknown> & {
  graphic: { elements: object[] };
  hits?: readonly Hit[];
  /** Of a chart over time: a span can be chosen on it. */
  time?: TimeAxis | undefined;
};

/** A part of the picture that stands for something, such as the whole row of a bar: small marks are hard to hit. */
export interface Hit extends Box {
  mark: Mark;
}

/** Periods that the data cut, and the last day they have. */
export interface Partial {
  periods: readonly string[];
  asOf: string | null;
  /** Values add up over a period's days: a last one that is cut gets a point at its pace so far. */
  adds?: boolean | undefined;
}
export const NOTHING_PARTIAL: Partial = { periods: [], asOf: null };

/** The last day of the last period, if that one is cut. */
export const lastCut = ({ periods, partial }: { periods: readonly string[]; partial: Partial }): string | null =>
  partial.periods.includes(periods.at(-1) ?? '') ? partial.asOf : null;

const DAY = 86_400_000;
const MONTHS: Readonly<Record<string, number | undefined>> = { month: 1, quarter: 3, year: 12 };

/**
 * Days of the last period over its days so far, if the data cut it and its values add up: what a value is multiplied by
 * to be read at its pace. Null else, and for a period alone, which may begin cut, too.
 */
export function paceFactor({
  periods,
  grain,
  partial,
}: {
  periods: readonly string[];
  grain: PeriodGrain;
  partial: Partial;
}): number | null {
  const start = periods.at(-1) ?? '';
  const months = MONTHS[grain];
  if (partial.adds !== true || partial.asOf === null || periods.length < 2 || !partial.periods.includes(start))
    return null;
  if (months === undefined && grain !== 'week') return null;
  const from = new Date(`${start}T00:00:00Z`);
  const whole =
    months === undefined ? 7 : (Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1) - from.getTime()) / DAY;
  const covered = (Date.parse(`${partial.asOf}T00:00:00Z`) - from.getTime()) / DAY + 1;
  return covered > 0 && covered < whole ? whole / covered : null;
}

export interface Plot extends Box {
  width: number;
  height: number;
}

/** Of a page's letters; larger ones need as much more. */
const NARROW = 520;
const PAGE_LETTER = 12;

export const isNarrow = ({ width, look }: Pick<ChartContext, 'width' | 'look'>): boolean =>
  width < (NARROW * look.type.label) / PAGE_LETTER;

/** What margins leave of a picture's width. */
export const innerWidth = ({ width, inset }: ChartContext): number => width - (inset?.left ?? 0) - (inset?.right ?? 0);

/** The plot's rectangle inside the picture, given the room that axes and labels take. */
export function plotOf(context: ChartContext, margin: Inset): Plot {
  const inset = context.inset ?? { top: 0, right: 0, bottom: 0, left: 0 };
  const left = inset.left + margin.left;
  const top = inset.top + margin.top;
  const right = Math.max(left + 40, context.width - inset.right - margin.right);
  const bottom = Math.max(top + 24, context.height - inset.bottom - margin.bottom);
  return { left, top, right, bottom, width: right - left, height: bottom - top };
}

/** Room for the value axis's texts, in steps of 8 and at least 40, so that charts above each other share a left edge. */
export function axisRoom(scale: { readonly ticks: readonly number[]; text: Scale['text'] }, look: Look): number {
  const widest = Math.max(...scale.ticks.map((tick) => textWidth(scale.text(tick), look.type.tick)));
  return Math.max(40, Math.ceil((widest + 12) / 8) * 8);
}

export const footRoom = (look: Look): number => Math.round(look.type.tick * 2.8) + 8;

/** A data colour, darkened or lightened until it can be read as text on the surface. */
export function textColour(look: Look, colour: string): string {
  for (let t = 0; t <= 1; t += 0.1) {
    const mixed = mix(colour, look.ink, t);
    if (contrast(mixed, look.surface) >= 4.5) return mixed;
  }
  return look.ink;
}

export function baseOption(context: ChartContext, description: string): Record<string, unknown> {
  const { look } = context;
  return {
    animation: context.motion,
    animationDuration: 200,
    animationDurationUpdate: 220,
    animationEasing: 'cubicOut',
    animationEasingUpdate: 'cubicInOut',
    backgroundColor: 'transparent',
    color: look.categorical,
    textStyle: { fontFamily: look.font, fontSize: look.type.label, color: look.ink },
    aria: { enabled: true, label: { enabled: true, description }, decal: { show: context.patterns === true } },
  };
}

export const gridOf = (plot: Plot): object => ({
  left: plot.left,
  top: plot.top,
  width: plot.width,
  height: plot.height,
  containLabel: false,
  outerBoundsMode: 'none',
});

export function valueAxis(scale: Scale, look: Look): Record<string, unknown> {
  return {
    type: 'value',
    min: scale.min,
    max: scale.max,
    interval: scale.step,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: look.inkFaint,
      fontSize: look.type.tick,
      fontFamily: look.font,
      margin: 8,
      formatter: (value: number) => scale.text(value),
    },
    splitLine: { show: true, lineStyle: { color: look.grid, width: look.stroke.hair } },
  };
}

const STEPS: Readonly<Record<PeriodGrain, readonly number[]>> = {
  hour: [1, 2, 3, 6, 12, 24, 48, 168],
  day: [1, 2, 7, 14, 28, 56, 91, 182, 364],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24, 60],
  quarter: [1, 2, 4, 8, 20],
  year: [1, 2, 5, 10, 20],
};

/** From so many days on, the starts of months are named. */
const DAYS_BY_MONTH = 100;
/** Between two texts of an axis, in pixels. */
const GAP = { names: 16, below: 8 };

/** A period's text, and what stands below it. */
interface AxisText {
  at: number;
  name: string;
  below: string;
}

/** Which periods get which texts: the last always, and as many before it as there is room for; of many days the months. */
function axisTexts(
  periods: readonly string[],
  grain: PeriodGrain,
  partial: Partial,
  step: (at: number) => number,
  { look, language }: ChartContext,
): AxisText[] {
  const byMonth = grain === 'day' && periods.length > DAYS_BY_MONTH;
  const shown = byMonth ? 'month' : grain;
  const ends = periods.length - 1;
  const isShown = (every: number) => (at: number) => {
    if (!byMonth) return (ends - at) % every === 0;
    const [, month = '', day] = (periods[at] ?? '').split('-');
    return day === '01' && (Number(month) - 1) % every === 0;
  };
  const textsBy = (every: number): AxisText[] => {
    let year = '';
    return periods.flatMap((period, at) => {
      if (!isShown(every)(at)) return [];
      const { name, year: own } = axisPeriod(period, shown, language);
      const turns = own !== year;
      year = own;
      // Only the end of the data cuts the last period; a first one is cut by the range, which the subtitle says.
      const cut = at === ends && partial.periods.includes(period);
      return [{ at, name, below: cut ? cutAt(partial.asOf, language) : turns ? own : '' }];
    });
  };
  const apart = (texts: readonly AxisText[], of: (text: AxisText) => string, gap: number): boolean =>
    texts.every((text, index) => {
      const next = texts[index + 1];
      if (next === undefined) return true;
      const widths = textWidth(of(text), look.type.tick) + textWidth(of(next), look.type.tick);
      return widths / 2 + gap <= step(next.at) - step(text.at);
    });
  const fits = (texts: readonly AxisText[]): boolean =>
    apart(texts, ({ name }) => name, GAP.names) &&
    apart(
      texts.filter(({ below }) => below !== ''),
      ({ below }) => below,
      GAP.below,
    );
  const sets = STEPS[shown].map(textsBy);
  return sets.find((texts) => texts.length > 0 && fits(texts)) ?? textsBy(byMonth ? 12 : periods.length);
}

/** Half of the last period's name, where the data cut it: at the end of a line it reaches beyond the plot. */
export const cutReach = (periods: readonly string[], partial: Partial, { look, language }: ChartContext): number =>
  partial.periods.includes(periods.at(-1) ?? '') ? textWidth(cutAt(partial.asOf, language), look.type.tick) / 2 + 4 : 0;

/** Room right of the plot for the last period's name, where the data cut it: it is wider than its band. */
export function cutRoom(periods: readonly string[], partial: Partial, { look, language, width }: ChartContext): number {
  if (!partial.periods.includes(periods.at(-1) ?? '')) return 0;
  const band = width / (periods.length + 1);
  return Math.max(0, Math.ceil((textWidth(cutAt(partial.asOf, language), look.type.tick) - band) / 2) + 4);
}

/** The horizontal axis of periods: the year under where it begins, a cut period named (`to 18 Oct`). */
export function periodAxis(
  periods: readonly string[],
  grain: PeriodGrain,
  partial: Partial,
  plot: Plot,
  context: ChartContext,
  bands: boolean,
): Record<string, unknown> {
  const { look } = context;
  const place = bands ? plot.width / periods.length : plot.width / Math.max(1, periods.length - 1);
  const texts = new Map(
    axisTexts(periods, grain, partial, (at) => at * place, context).map((text) => [text.at, text] as const),
  );
  const shown = (at: number): boolean => texts.has(at);
  const text = (at: number): string => {
    const { name = '', below = '' } = texts.get(at) ?? {};
    if (below === '') return name;
    return at === periods.length - 1 && partial.periods.includes(periods[at] ?? '')
      ? `${name}\n${below}`
      : `${name}\n{year|${below}}`;
  };
  return {
    type: 'category',
    data: periods,
    boundaryGap: bands || periods.length === 1,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis, width: look.stroke.hair } },
    axisTick: {
      show: !bands,
      alignWithLabel: true,
      length: 4,
      interval: (at: number) => shown(at),
      lineStyle: { color: look.axis },
    },
    axisLabel: {
      color: look.inkFaint,
      fontSize: look.type.tick,
      fontFamily: look.font,
      lineHeight: Math.round(look.type.tick * 1.35),
      margin: 8,
      hideOverlap: false,
      interval: (at: number) => shown(at),
      formatter: (_: string, at: number) => text(at),
      rich: { year: { color: look.inkFaint, fontSize: look.type.tick, fontFamily: look.font } },
    },
  };
}

/** A member's id as ECharts gets it: it keeps names as properties of plain objects, where `__proto__` means something else. */
export const chartKey = (id: string): string => `member ${id}`;

/** A text on one line that ECharts can measure: its cache of widths is a plain object, in which `constructor` exists already. */
function drawable(text: string): string {
  const line = text.replaceAll(/[\r\n]+/gu, ' ');
  return Object.hasOwn(Object.prototype, line) ? `${line}\u2060` : line;
}

export function textAt(
  id: string,
  text: string,
  x: number,
  y: number,
  style: {
    size: number;
    fill: string;
    font: string;
    weight?: number;
    align?: string;
    baseline?: string;
    /** The surface's colour around the letters, where they may lie on lines. */
    halo?: string;
    /** What it names. */
    mark?: Mark | undefined;
  },
): Record<string, unknown> {
  return {
    id,
    type: 'text',
    ...marked(style.mark),
    z: 20,
    x,
    y,
    style: {
      text: drawable(text),
      x: 0,
      y: 0,
      fill: style.fill,
      ...(style.halo === undefined ? {} : { stroke: style.halo, lineWidth: 4 }),
      font: `${style.weight ?? 400} ${style.size}px ${style.font}`,
      textAlign: style.align ?? 'left',
      textVerticalAlign: style.baseline ?? 'middle',
    },
  };
}

/** A drawn element that stands for something says so; any other lets the pointer through. */
const marked = (mark: Mark | undefined): object => (mark === undefined ? { silent: true } : { info: { mark } });

/** Of marks that are found in other charts, too: the member that is pointed at stays, the others fade. */
export const faded = (focus: 'self' | 'series'): object => ({
  emphasis: { focus, itemStyle: { color: 'inherit' } },
  blur: { itemStyle: { opacity: 0.25 }, lineStyle: { opacity: 0.2 } },
});

export function lineAt(
  id: string,
  from: readonly [number, number],
  to: readonly [number, number],
  style: { stroke: string; width: number; dash?: readonly number[] },
): Record<string, unknown> {
  return {
    id,
    type: 'line',
    silent: true,
    z: 1,
    shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
    style: { stroke: style.stroke, lineWidth: style.width, ...(style.dash ? { lineDash: [...style.dash] } : {}) },
  };
}

/** What stands where there is nothing to draw: one quiet sentence in the middle of the frame. */
export function emptyOption(context: ChartContext): ChartOption {
  const words = chartWords(context.language);
  const plot = plotOf(context, { top: 0, right: 0, bottom: 0, left: 0 });
  const text = textAt('empty', words.noData, plot.left + plot.width / 2, plot.top + plot.height / 2, {
    size: context.look.type.subtitle,
    fill: context.look.inkFaint,
    font: context.look.font,
    align: 'center',
  });
  return { ...baseOption(context, words.noData), series: [], graphic: { elements: [text] } };
}

/** Hatching of a partial period, in the surface's colour over the mark. */
export const hatching = (look: Look): object => ({
  symbol: 'rect',
  color: look.hatch,
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
});
