import { addMonths, type DateRange, grainFor, monthStart, wholeMonths } from './ranges.ts';

export interface TrendWindow {
  range: DateRange;
  grain: 'day' | 'week' | 'month';
}

/**
 * The time a course is drawn over. A range of up to three whole months says little by itself: it is drawn as the end of
 * the twelve months that lead to it; any other range as it is.
 */
export function trendWindow(range: DateRange, since: string): TrendWindow {
  const months = wholeMonths(range);
  if (months === null || months > 3) return { range, grain: grainFor(range) };
  const year = addMonths(monthStart(range.to), -11);
  const first = since === monthStart(since) ? since : addMonths(since, 1);
  const from = [year, first].sort()[1] ?? year;
  return { range: { from: [from, range.from].sort()[0] ?? range.from, to: range.to }, grain: 'month' };
}
