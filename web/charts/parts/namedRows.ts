import type { Mark } from '../../filters/marks.ts';
import type { ChartContext, Hit, Plot } from '../frame.ts';
import { chartKey, innerWidth, isNarrow, textAt } from '../frame.ts';
import { ellipsis, textWidth } from '../text.ts';

/** Room for the names of rows: what the longest needs, at most `most` of the picture. */
export function nameRoom(
  names: readonly string[],
  context: ChartContext,
  most = isNarrow(context) ? 0.34 : 0.42,
): number {
  const size = context.look.type.label;
  const widest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  return Math.ceil(Math.min(widest, innerWidth(context) * most)) + 12;
}

/** The category axis of rows, first row at the top, without its own texts: names are drawn by `rowNames`. */
export function rowAxis(ids: readonly string[]): Record<string, unknown> {
  return {
    type: 'category',
    data: ids.map(chartKey),
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  };
}

/**
 * Names left of the rows, aligned to the chart's left edge as a table's first column is, cut where too long.
 * @param ends up to where each may reach; the plot's left edge, if left out
 */
export function rowNames(
  names: readonly string[],
  plot: Plot,
  context: ChartContext,
  marks: readonly (Mark | undefined)[] = [],
  ends: readonly number[] = [],
): object[] {
  const { look } = context;
  const band = plot.height / names.length;
  if (band < look.type.label * 0.95) return [];
  const left = context.inset?.left ?? 0;
  return names.map((name, at) =>
    textAt(
      `row ${at}`,
      ellipsis(name, (ends[at] ?? plot.left) - left - 8, look.type.label),
      left,
      plot.top + band * (at + 0.5),
      {
        size: look.type.label,
        fill: look.inkSoft,
        font: look.font,
        mark: marks[at],
      },
    ),
  );
}

/** Each row from the picture's left edge to its right one, so that its name, its bar and its value all lead. */
export function rowHits(marks: readonly (Mark | undefined)[], plot: Plot, context: ChartContext): Hit[] {
  const band = plot.height / marks.length;
  const [left, right] = [context.inset?.left ?? 0, context.width - (context.inset?.right ?? 0)];
  return marks.flatMap((mark, at) =>
    mark === undefined ? [] : [{ mark, left, right, top: plot.top + band * at, bottom: plot.top + band * (at + 1) }],
  );
}
