import { addMonths, type DateRange, grainFor, monthEnd, monthStart, wholeMonths } from './ranges.ts';

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

/** Whole months of the window: a month that the data cut is no base. */
export function baseMonths(from: string, to: string, since: string): string[] {
  const months: string[] = [];
  for (let at = monthStart(from); at <= to; at = addMonths(at, 1)) {
    if (at >= since && monthEnd(at) <= to) months.push(at);
  }
  return months;
}
