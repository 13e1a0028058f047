import type { NumberLanguage } from '../../i18n/numbers.ts';
import { exact, fixed, percent } from '../../i18n/numbers.ts';
import type { Look } from '../look.ts';
import { linearScale, type ValueKind, valueFormat } from '../scale.ts';
import { textWidth } from '../text.ts';

/** An axis worked out here rather than by ECharts: values to positions 0–1, and which values are ticks. */
export interface Axis {
  ticks: readonly number[];
  text: (value: number) => string;
  position: (value: number) => number;
  /** The values at positions 0 and 1. */
  ends: readonly [number, number];
}

export function linearAxis(low: number, high: number, kind: ValueKind, language: NumberLanguage): Axis {
  const scale = linearScale(low, high, kind, language);
  return {
    ticks: scale.ticks,
    text: scale.text,
    position: (value) => (value - scale.min) / (scale.max - scale.min),
    ends: [scale.min, scale.max],
  };
}

const FACTORS = [[1], [1, 3], [1, 2, 5]] as const;

/** A logarithmic axis is at least as long, in powers of ten. */
const LEAST_SPAN = 0.5;

/** A logarithmic axis that ends close to the data: ECharts' own ends at powers of ten and leaves half the plot empty. */
export function logAxis(low: number, high: number, kind: ValueKind, language: NumberLanguage, pad = 0.12): Axis {
  const spare = Math.max(0, LEAST_SPAN - (Math.log10(high) - Math.log10(low) + 2 * pad)) / 2;
  const from = Math.log10(low) - pad - spare;
  const to = Math.log10(high) + pad + spare;
  const tickFor = (factors: readonly number[]): number[] => {
    const found: number[] = [];
    for (let power = Math.floor(from); power <= Math.ceil(to); power++) {
      for (const factor of factors) {
        const value = factor * 10 ** power;
        const at = Math.log10(value);
        if (at >= from && at <= to) found.push(Number(value.toPrecision(6)));
      }
    }
    return found;
  };
  const choices = FACTORS.map(tickFor);
  const ticks = choices.find((one) => one.length >= 4) ?? choices.at(-1) ?? [];
  const format = valueFormat(kind, language);
  const text = (value: number): string => {
    const power = Math.floor(Math.log10(value) + 1e-9);
    if (kind === 'fraction') return percent(value, Math.max(0, -2 - power));
    // No tick of a scale without a zero reads as zero.
    return value < 1 ? fixed(value, -power) : format.label(value);
  };
  return {
    ticks,
    text,
    position: (value) => (Math.log10(value) - from) / (to - from),
    ends: [10 ** from, 10 ** to],
  };
}

/** From this ratio on places stand on a logarithmic axis: the step from 1 to 2 is greater than that from 501 to 502. */
const FAR = 12;

/** Places, the first at the top; both are at least 1. */
export function rankAxis(best: number, worst: number, language: NumberLanguage): Axis {
  if (worst / best > FAR) {
    const axis = logAxis(best, worst, 'count', language, 0.08);
    return { ...axis, position: (rank) => 1 - axis.position(rank), ends: [axis.ends[1], axis.ends[0]] };
  }
  const room = Math.max(0.5, (worst - best) * 0.08);
  const [from, to] = [best - room, worst + room];
  const { step } = linearScale(0, Math.max(1, worst - best), 'count', language);
  const ticks = Array.from({ length: Math.floor(worst / step) + 1 }, (_, at) => at * step).filter(
    (tick) => tick >= from,
  );
  return {
    // No place is 0.
    ticks: [...(from <= 1 ? [1] : []), ...ticks.filter((tick) => tick > 1)],
    text: (rank) => exact(rank),
    position: (rank) => 1 - (rank - from) / (to - from),
    ends: [to, from],
  };
}

export function thinned(axis: Axis, width: number, size: number): Axis {
  const widest = Math.max(...axis.ticks.map((tick) => textWidth(axis.text(tick), size))) + 12;
  const [first, second] = axis.ticks.map((tick) => axis.position(tick) * width);
  const apart = first === undefined || second === undefined ? widest : Math.abs(second - first);
  const every = Math.max(1, Math.ceil(widest / Math.max(1, apart)));
  return { ...axis, ticks: axis.ticks.filter((_, at) => at % every === 0) };
}

/** The axis for ECharts: data are given as positions, texts and grid lines stand at the ticks. */
export function sharedAxis(axis: Axis, look: Look): Record<string, unknown> {
  const positions = axis.ticks.map((tick) => axis.position(tick));
  const text = (position: number): string => {
    const at = positions.findIndex((one) => Math.abs(one - position) < 1e-6);
    const tick = axis.ticks[at];
    return tick === undefined ? '' : axis.text(tick);
  };
  return {
    type: 'value',
    min: 0,
    max: 1,
    axisLine: { show: false },
    axisTick: { show: false, customValues: positions },
    axisLabel: {
      color: look.inkFaint,
      fontSize: look.type.tick,
      fontFamily: look.font,
      margin: 8,
      customValues: positions,
      formatter: text,
    },
    splitLine: { show: true, customValues: positions, lineStyle: { color: look.grid, width: look.stroke.hair } },
  };
}
