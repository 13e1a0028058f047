import { periodSpan } from '../../filters/marks.ts';
import type { DateRange } from '../../filters/ranges.ts';
import type { PeriodGrain } from '../../i18n/numbers.ts';
import type { Box } from './placing.ts';

/** The periods of a chart over time and where they are drawn: by it a span is chosen on the chart. */
export interface TimeAxis {
  readonly periods: readonly string[];
  readonly grain: PeriodGrain;
  readonly plot: Box;
  /** Each period has a band of its own; else it is a point, the first and the last at the plot's edges. */
  readonly bands: boolean;
}

/** From one chosen period to another, in whichever order. */
export interface Chosen {
  readonly from: number;
  readonly to: number;
}

const inBands = ({ periods, bands }: TimeAxis): boolean => bands || periods.length === 1;
const ordered = ({ from, to }: Chosen): [first: number, last: number] => [Math.min(from, to), Math.max(from, to)];
const clamped = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The period at a place, the nearest if it is beside the plot. @param x pixels of the picture */
export function periodAt(axis: TimeAxis, x: number): number {
  const { periods, plot } = axis;
  const part = (x - plot.left) / (plot.right - plot.left);
  const at = inBands(axis) ? Math.floor(part * periods.length) : Math.round(part * (periods.length - 1));
  return clamped(at, 0, periods.length - 1);
}

/** Where the chosen periods lie, in pixels of the picture; half a step beyond points, as far as the plot goes. */
export function edgesOf(axis: TimeAxis, chosen: Chosen): { left: number; right: number } {
  const { periods, plot } = axis;
  const [first, last] = ordered(chosen);
  const points = !inBands(axis);
  const step = (plot.right - plot.left) / (points ? periods.length - 1 : periods.length);
  const edge = (at: number): number => clamped(plot.left + step * (points ? at - 0.5 : at), plot.left, plot.right);
  return { left: edge(first), right: edge(last + 1) };
}

/** The days of the chosen periods, all of them whole. */
export function spanOf({ periods, grain }: TimeAxis, chosen: Chosen): DateRange {
  const [first, last] = ordered(chosen);
  return { from: periodSpan(periods[first] ?? '', grain).from, to: periodSpan(periods[last] ?? '', grain).to };
}

/** Another place for the cursor by a key, from which on the other end stays with Shift; null if the key is none of its own. */
export function movedBy(axis: TimeAxis, chosen: Chosen | null, key: string, extends_: boolean): Chosen | null {
  const last = axis.periods.length - 1;
  const to = chosen?.to ?? last;
  const step = Math.max(1, Math.round(axis.periods.length / 10));
  const moves: Readonly<Record<string, number | undefined>> = {
    ArrowLeft: to - 1,
    ArrowDown: to - 1,
    ArrowRight: to + 1,
    ArrowUp: to + 1,
    PageDown: to - step,
    PageUp: to + step,
    Home: 0,
    End: last,
  };
  const moved = moves[key];
  if (moved === undefined) return null;
  // The first key shows where the cursor is.
  const next = chosen === null && key.startsWith('Arrow') ? to : clamped(moved, 0, last);
  return { from: extends_ ? (chosen?.from ?? next) : next, to: next };
}
