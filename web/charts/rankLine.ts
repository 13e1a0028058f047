import type { Mark } from '../filters/marks.ts';
import { exact, type PeriodGrain, period as periodName } from '../i18n/numbers.ts';
import { cartesian } from './cartesian.ts';
import {
  axisRoom,
  type ChartBuilder,
  type ChartContext,
  chartKey,
  cutReach,
  emptyOption,
  faded,
  footRoom,
  lastCut,
  type Partial,
  type Plot,
  periodAxis,
  plotOf,
  textAt,
  textColour,
} from './frame.ts';
import { type Hue, hueColour } from './look.ts';
import { rankAxis, sharedAxis } from './parts/plainAxis.ts';
import { type TooltipRow, tooltipHtml } from './parts/tooltip.ts';
import { textWidth } from './text.ts';
import { chartWords } from './words.ts';

export interface RankPoint {
  rank: number;
  /** Of so many. */
  among: number;
  facts: readonly TooltipRow[];
}

export interface RankData {
  periods: readonly string[];
  grain: PeriodGrain;
  /** One per period; null where it has no place. */
  points: readonly (RankPoint | null)[];
  id: string;
  hue: Hue;
  mark?: Mark | undefined;
  partial: Partial;
  measure: string;
}

/** The place of one among many over time: the first at the top, each place written at its point as far as there is room. */
export const rankLine: ChartBuilder<RankData> = (data, context) => {
  const ranks = data.points.flatMap((point) => (point === null ? [] : [point.rank]));
  if (ranks.length === 0) return emptyOption(context);
  const { look } = context;
  const axis = rankAxis(Math.min(...ranks), Math.max(...ranks), context.language);
  const plot = plotOf(context, {
    top: look.type.label + 16,
    right: Math.max(
      24,
      cutReach(data.periods, data.partial, context),
      ...[ranks.at(-1) ?? 0].map((rank) => textWidth(exact(rank), look.type.label) / 2 + 8),
    ),
    bottom: footRoom(look),
    left: axisRoom(axis, look),
  });
  return cartesian(context, {
    description: describe(data, context),
    plot,
    xAxis: periodAxis(data.periods, data.grain, data.partial, plot, context, false),
    yAxis: sharedAxis(axis, look),
    pointer: 'line',
    time: { periods: data.periods, grain: data.grain, bands: false },
    tooltip: (at) => tooltip(data, context, at),
    series: [line(data, axis.position, context)],
    elements: places(data, axis.position, plot, context),
  });
};

function line(data: RankData, position: (rank: number) => number, { look }: ChartContext): object {
  const color = hueColour(look, data.hue);
  return {
    id: chartKey(data.id),
    name: chartKey(data.id),
    type: 'line',
    ...(data.mark === undefined ? { silent: true } : { mark: data.mark, triggerEvent: 'line' }),
    z: 4,
    connectNulls: false,
    showSymbol: true,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: look.stroke.dot,
    ...faded('series'),
    lineStyle: { color, width: look.stroke.line, join: 'round', cap: 'round' },
    data: data.points.map((point, at) => ({
      value: point === null ? null : position(point.rank),
      itemStyle: data.partial.periods.includes(data.periods[at] ?? '')
        ? { color: look.surface, borderColor: color, borderWidth: look.stroke.thin }
        : { color },
    })),
  };
}

/** The last place and the best are written first; any other that would meet one of those written stays unwritten. */
function places(data: RankData, position: (rank: number) => number, plot: Plot, { look }: ChartContext): object[] {
  const size = look.type.label;
  const step = data.periods.length === 1 ? 0 : plot.width / (data.periods.length - 1);
  const at = (index: number) => (step === 0 ? plot.left + plot.width / 2 : plot.left + step * index);
  const known = data.points.flatMap((point, index) => (point === null ? [] : [{ rank: point.rank, x: at(index) }]));
  const last = known.at(-1);
  const best = known.toSorted((a, b) => a.rank - b.rank)[0];
  const taken: { from: number; to: number }[] = [];
  const first = [last, best].flatMap((one) => (one === undefined ? [] : [one]));
  return [...first, ...known].flatMap(({ rank, x }, order) => {
    const half = textWidth(exact(rank), size) / 2 + 6;
    if (taken.some((other) => x - half < other.to && other.from < x + half)) return [];
    taken.push({ from: x - half, to: x + half });
    const y = plot.bottom - position(rank) * plot.height - look.stroke.dot - size * 0.7;
    return [
      textAt(`place ${order}`, exact(rank), x, y, {
        size,
        fill: textColour(look, hueColour(look, data.hue)),
        font: look.font,
        weight: 600,
        align: 'center',
        halo: look.surface,
        mark: data.mark,
      }),
    ];
  });
}

function tooltip(data: RankData, { look, language }: ChartContext, at: number | null): string {
  const period = at === null ? undefined : data.periods[at];
  const point = at === null ? null : (data.points[at] ?? null);
  if (at === null || period === undefined || point === null) return '';
  const words = chartWords(language);
  const rank: TooltipRow = {
    colour: hueColour(look, data.hue),
    name: words.rank,
    value: exact(point.rank),
    detail: `/ ${exact(point.among)}`,
  };
  const asOf = at === data.periods.length - 1 ? data.partial.asOf : null;
  const note = data.partial.periods.includes(period) ? words.incomplete(asOf) : '';
  return tooltipHtml(look, {
    title: periodName(period, data.grain, language),
    rows: [rank, ...point.facts],
    notes: [note],
  });
}

function describe(data: RankData, { language }: ChartContext): string {
  const words = chartWords(language);
  const spoken = data.points.flatMap((point, at) =>
    point === null ? [] : [`${periodName(data.periods[at] ?? '', data.grain, language)} ${exact(point.rank)}`],
  );
  return words.sentence([
    data.measure,
    words.list(spoken.slice(-12)),
    lastCut(data) === null ? '' : words.incomplete(lastCut(data)),
  ]);
}
