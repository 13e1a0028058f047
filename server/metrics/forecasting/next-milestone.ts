import { type CrossingAhead, crossingAhead } from './crossing.ts';
import type { Outlook } from './forecast.ts';

export interface NextMilestone extends CrossingAhead {
  readonly threshold: number;
}

const STEPS = [1, 2, 3, 5];

/** The least of 1, 2, 3, 5 · 10^k above a count. */
export function nextThreshold(count: number): number {
  for (let k = 0; k <= 18; k++) {
    const found = STEPS.map((step) => step * 10 ** k).find((rung) => rung > count);
    if (found !== undefined) return found;
  }
  return Number.NaN;
}

export function nextMilestone(cumulative: number, days: readonly Outlook[]): NextMilestone {
  const threshold = nextThreshold(cumulative);
  return { threshold, ...crossingAhead(cumulative, threshold, days) };
}
