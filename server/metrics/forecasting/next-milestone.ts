import type { Day } from '../../contract/query.ts';
import type { Outlook } from './forecast.ts';

/** Null dates: not within the days looked ahead. */
export interface NextMilestone {
  readonly threshold: number;
  readonly date: Day | null;
  /** Of the 80 % interval. */
  readonly date_low: Day | null;
  readonly date_high: Day | null;
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

/** Both dates sum the ends of the intervals, as if all days erred together: the span is rather too wide. */
export function nextMilestone(cumulative: number, days: readonly Outlook[]): NextMilestone {
  const threshold = nextThreshold(cumulative);
  const reach = (of: (day: Outlook) => number): Day | null => {
    let sum = cumulative;
    for (const day of days) {
      sum += of(day);
      if (sum >= threshold) return day.day;
    }
    return null;
  };
  return {
    threshold,
    date: reach((day) => day.mean),
    date_low: reach((day) => day.high80),
    date_high: reach((day) => day.low80),
  };
}
