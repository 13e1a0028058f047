import {
  compact,
  days,
  exact,
  fixed,
  grown,
  index,
  marksFormat,
  type NumberLanguage,
  percent,
  points,
  ratio,
  signed,
  tick,
  tickFormat,
} from '../i18n/numbers.ts';

/** What a value is, and so how it is written. Shares and rates are fractions, indexes and points are × 100. */
export type ValueKind = 'count' | 'fraction' | 'index' | 'ratio' | 'days' | 'points';

export interface ValueFormat {
  label: (value: number) => string;
  /** In a tooltip: one digit more. */
  tooltip: (value: number) => string;
  signed: (value: number) => string;
}

export function valueFormat(kind: ValueKind, language: NumberLanguage): ValueFormat {
  switch (kind) {
    case 'count':
      return {
        label: (value) => compact(value, language),
        tooltip: (value) => compact(value, language, 1),
        signed: (value) => signed(value, language),
      };
    case 'fraction':
      return {
        label: (value) => percent(value),
        tooltip: (value) => percent(value, 2),
        signed: (value) => grown(value, language),
      };
    case 'index':
      return { label: (value) => index(value), tooltip: (value) => index(value, 1), signed: (value) => index(value) };
    case 'ratio':
      return { label: (value) => ratio(value), tooltip: (value) => ratio(value, 3), signed: (value) => ratio(value) };
    case 'days':
      return {
        label: (value) => days(value, language),
        tooltip: (value) => days(value, language),
        signed: (value) => exact(value),
      };
    case 'points':
      return {
        label: (value) => points(value, language),
        tooltip: (value) => points(value, language, 2),
        signed: (value) => points(value, language),
      };
  }
}

/** As `valueFormat`, for the labels of one chart: counts of one unit have one number of decimals, and so have indexes below 100. */
export function labelFormat(kind: ValueKind, language: NumberLanguage, values: readonly number[]): ValueFormat {
  const format = valueFormat(kind, language);
  if (kind === 'index') return { ...format, label: (value) => fixed(value, Math.abs(value) >= 99.95 ? 0 : 1) };
  if (kind !== 'count') return format;
  const label = marksFormat(values, language);
  return {
    ...format,
    label,
    signed: (value) => (value > 0 && /[1-9]/.test(label(value)) ? `+${label(value)}` : label(value)),
  };
}

export interface Scale {
  min: number;
  max: number;
  step: number;
  ticks: number[];
  text: (value: number) => string;
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The smallest of 1, 2, 2.5, 5 · 10^k that is not below the rough step. 2.5 only where it needs no further decimal. */
function niceStep(rough: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = STEPS.filter((one) => !whole || Number.isInteger(one * power) || power >= 10);
  const factor = round.find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return whole ? Math.max(1, factor * power) : factor * power;
}

function tickText(kind: ValueKind, largest: number, step: number, language: NumberLanguage): (value: number) => string {
  if (kind === 'count') {
    const format = tickFormat(largest, step, language);
    return (value) => tick(value, format);
  }
  const shown = kind === 'fraction' ? step * 100 : step;
  let decimals = 0;
  while (decimals < 4 && Math.abs(shown * 10 ** decimals - Math.round(shown * 10 ** decimals)) > 1e-6) decimals++;
  if (kind === 'fraction') return (value) => `${fixed(value * 100, decimals)}%`;
  return (value) => fixed(value, decimals);
}

/** A linear scale from zero (or through it) with round steps and about `wanted` intervals. Counts never get a step below 1. */
export function linearScale(low: number, high: number, kind: ValueKind, language: NumberLanguage, wanted = 4): Scale {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high);
  const whole = kind === 'count' || kind === 'days';
  const span = top - bottom > 0 ? top - bottom : kind === 'fraction' ? 1 : kind === 'index' ? 100 : 4;
  const step = bestStep(bottom, top, span, wanted, whole);
  const min = Math.floor(bottom / step + 1e-9) * step;
  const max = Math.max(min + step, Math.ceil((span === top - bottom ? top : span) / step - 1e-9) * step);
  const ticks: number[] = [];
  for (let at = Math.round(min / step); at <= Math.round(max / step); at++) ticks.push(clean(at * step));
  return { min: clean(min), max: clean(max), step, ticks, text: tickText(kind, Math.max(max, -min), step, language) };
}

/** Of the round steps near the wanted number of intervals, the one that leaves the least of the plot empty. */
function bestStep(bottom: number, top: number, span: number, wanted: number, whole: boolean): number {
  let best = { step: 1, cost: Number.POSITIVE_INFINITY };
  for (const intervals of [wanted, wanted + 1, wanted - 1, wanted + 2]) {
    const step = niceStep(span / Math.max(1, intervals), whole);
    const drawn = (Math.ceil(top / step - 1e-9) - Math.floor(bottom / step + 1e-9)) * step;
    // Quarters read less easily than halves and whole steps.
    const odd = step.toPrecision(2).startsWith('2.5') ? 0.03 : 0;
    const cost = (drawn - span) / span + 0.06 * Math.abs(drawn / step - wanted) + odd;
    if (cost < best.cost - 1e-9) best = { step, cost };
  }
  return best.step;
}

/** Takes the dust of binary fractions off: 0.30000000000000004 → 0.3. */
const clean = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(12)));
