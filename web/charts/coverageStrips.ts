import type { Mark } from '../filters/marks.ts';
import { days, day as dayText, exact } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  type ChartBuilder,
  type ChartContext,
  emptyOption,
  footRoom,
  isNarrow,
  type Plot,
  plotOf,
  textAt,
} from './frame.ts';
import type { Look } from './look.ts';
import { nameRoom, rowAxis, rowNames } from './parts/namedRows.ts';
import { tooltipHtml } from './parts/tooltip.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

type StripState = 'stated' | 'estimated' | 'gap';

/** Days in a row of one source that are of one state. Days are ISO, inclusive. */
export interface CoverageRun {
  source: number;
  state: StripState;
  from: string;
  to: string;
  days: number;
  rows: number;
  mark?: Mark | undefined;
}

export interface CoverageStripData {
  sources: readonly { id: string; name: string; mark?: Mark | undefined }[];
  runs: readonly CoverageRun[];
  words: Readonly<Record<StripState, string>> & { rows: string };
}

const DAY = 86_400_000;
const STATES: readonly StripState[] = ['stated', 'estimated', 'gap'];
/** How much of its row's height a state's mark takes: states differ by more than by colour. */
const HEIGHT: Readonly<Record<StripState, number>> = { stated: 0.56, estimated: 0.28, gap: 0.56 };
/** A gap of one day in a year stays visible. */
const LEAST_WIDTH = 2;

/** One strip per source over time: where it states days, where it estimates, and where it is silent. */
export const coverageStrips: ChartBuilder<CoverageStripData> = (data, context) => {
  if (data.runs.length === 0) return emptyOption(context);
  const { look, language } = context;
  const names = data.sources.map(({ name }) => name);
  const plot = plotOf(context, {
    top: look.type.note + 20,
    right: 8,
    bottom: footRoom(look),
    left: nameRoom(names, context, isNarrow(context) ? 0.32 : 0.24),
  });
  const starts = data.runs.map((run) => Date.parse(run.from));
  const ends = data.runs.map((run) => Date.parse(run.to) + DAY);
  // Gaps last: where marks are widened to be seen, the gap is on top.
  const drawn = data.runs
    .map((run, at) => ({ run, start: starts[at] ?? 0, end: ends[at] ?? 0 }))
    .toSorted((a, b) => STATES.indexOf(a.run.state) - STATES.indexOf(b.run.state));
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: timeAxis(Math.min(...starts), Math.max(...ends), plot, context),
    yAxis: rowAxis(data.sources.map(({ id }) => id)),
    pointer: 'mark',
    tooltip: (at) => {
      const run = drawn[at ?? -1]?.run;
      if (run === undefined) return '';
      const span =
        run.from === run.to
          ? dayText(run.from, language)
          : `${dayText(run.from, language)} – ${dayText(run.to, language)}`;
      return tooltipHtml(look, {
        title: names[run.source] ?? '',
        rows: [
          { name: data.words[run.state], value: days(run.days, language), colour: colourOf(run.state, look) },
          ...(run.state === 'gap' ? [] : [{ name: data.words.rows, value: exact(run.rows) }]),
        ],
        notes: [span],
      });
    },
    series: [
      {
        id: 'runs',
        type: 'custom',
        encode: { x: [0, 1], y: 2 },
        data: drawn.map(({ run, start, end }) => ({
          value: [start, end, run.source, STATES.indexOf(run.state)],
          mark: run.mark,
        })),
        renderItem: (_params: unknown, api: RenderApi) => strip(api, plot.height / data.sources.length, look),
      },
    ],
    elements: [
      ...rowNames(
        names,
        plot,
        context,
        data.sources.map(({ mark }) => mark),
      ),
      ...legend(data, plot, context),
    ],
  });
};

/** The part of what ECharts hands a custom series that is used here. */
interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): readonly number[];
}

function strip(api: RenderApi, band: number, look: Look): object {
  const row = api.value(2);
  const state = STATES[api.value(3)] ?? 'stated';
  const [left = 0, middle = 0] = api.coord([api.value(0), row]);
  const [right = 0] = api.coord([api.value(1), row]);
  const height = Math.min(band * HEIGHT[state], state === 'estimated' ? 11 : 22);
  return {
    type: 'rect',
    shape: { x: left, y: middle - height / 2, width: Math.max(LEAST_WIDTH, right - left), height },
    style: { fill: colourOf(state, look) },
    emphasis: { style: { stroke: look.ink, lineWidth: 1 } },
  };
}

const colourOf = (state: StripState, look: Look): string =>
  state === 'gap' ? look.fall : (look.categorical[state === 'stated' ? 0 : 2] ?? look.grey);

/** Steps between ticks: days, then months, from their first day. */
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];

/** Evenly spaced days whose names have room side by side and inside the chart. */
export function evenTicks(min: number, max: number, width: number, room: number): number[] {
  const perDay = (width * DAY) / Math.max(DAY, max - min);
  const fits = (at: number) => ((max - at) / DAY) * perDay >= room / 2;
  const every = DAY_STEPS.find((step) => step * perDay >= room);
  if (every !== undefined) {
    const count = Math.ceil((max - min) / DAY / every);
    const ticks = Array.from({ length: count }, (_, at) => min + at * every * DAY);
    return ticks.filter((at, place) => place === 0 || fits(at));
  }
  const step = MONTH_STEPS.find((months) => months * 28 * perDay >= room) ?? 240;
  const first = new Date(min);
  const months: number[] = [];
  for (let month = Math.ceil(first.getUTCMonth() / step) * step; ; month += step) {
    const at = Date.UTC(first.getUTCFullYear(), month);
    if (at >= max) break;
    if (at >= min && fits(at)) months.push(at);
  }
  return months.length > 0 ? months : [min];
}

function timeAxis(min: number, max: number, plot: Plot, { look, language }: ChartContext): Record<string, unknown> {
  const text = (at: number) => dayText(new Date(at).toISOString().slice(0, 10), language);
  const widest = Math.max(...[min, max].map((at) => textWidth(text(at), look.type.tick)));
  const ticks = evenTicks(min, max, plot.width, widest + 24);
  return {
    type: 'time',
    min,
    max,
    axisLine: { show: true, lineStyle: { color: look.axis, width: look.stroke.hair } },
    axisTick: { show: true, length: 4, customValues: ticks, lineStyle: { color: look.axis } },
    splitLine: { show: false },
    axisLabel: {
      color: look.inkFaint,
      fontSize: look.type.tick,
      fontFamily: look.font,
      margin: 8,
      customValues: ticks,
      formatter: text,
    },
  };
}

function legend(data: CoverageStripData, plot: Plot, { look, inset }: ChartContext): object[] {
  const y = plot.top - look.type.note - 4;
  let x = inset?.left ?? 0;
  return STATES.flatMap((state) => {
    const height = state === 'estimated' ? 6 : 10;
    const shape = { x, y: y - height / 2, width: 16, height };
    const mark = {
      id: `key ${state}`,
      type: 'rect',
      silent: true,
      z: 5,
      shape,
      style: { fill: colourOf(state, look) },
    };
    const words = textAt(`word ${state}`, data.words[state], x + 22, y, {
      size: look.type.note,
      fill: look.inkSoft,
      font: look.font,
    });
    x += 22 + textWidth(data.words[state], look.type.note) + 20;
    return [mark, words];
  });
}

function describe(data: CoverageStripData, { language }: ChartContext): string {
  const words = chartWords(language);
  const gaps = data.runs.filter(({ state }) => state === 'gap');
  const spoken = gaps
    .slice(0, 8)
    .map((run) => `${data.sources[run.source]?.name ?? ''} ${dayText(run.from, language)} ${days(run.days, language)}`);
  return words.sentence([
    words.list(data.sources.map(({ name }) => name)),
    `${data.words.gap}: ${gaps.length}`,
    words.list(spoken),
  ]);
}
