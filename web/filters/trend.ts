import { addDays, addMonths, type DateRange, grainFor, monthEnd, monthStart, wholeMonths } from './ranges.ts';

export interface TrendWindow {
  range: DateRange;
  grain: 'day' | 'week' | 'month';
}

/**
 * The time a course is drawn over. A range of up to three whole months says little by itself: it is drawn as the end of
 * the twelve months that lead to it, as far as the data hold them; fewer than three of those are drawn by days. Any
 * other range is drawn as it is.
 * @param most so many months say little
 */
export function trendWindow(range: DateRange, since: string, most = 3): TrendWindow {
  const months = wholeMonths(range);
  if (months === null || months > most) return { range, grain: grainFor(range) };
  const year = addMonths(monthStart(range.to), -11);
  const first = since === monthStart(since) ? since : addMonths(since, 1);
  const from = [year, first].sort()[1] ?? year;
  const window = { from: [from, range.from].sort()[0] ?? range.from, to: range.to };
  return { range: window, grain: addMonths(monthStart(window.from), 2) > window.to ? grainFor(window) : 'month' };
}

export interface IndexBases {
  grain: 'month' | 'week';
  /** Starts of the periods that may be a base: whole ones, as one that the data cut is none. */
  starts: string[];
}

/** What an index over the window goes by: months, or weeks if the data hold fewer than two whole months of it. */
export function indexBases(from: string, to: string, since: string): IndexBases {
  const months = baseMonths(from, to, since);
  const weeks = months.length < 2 ? baseWeeks(from, to, since) : [];
  return weeks.length > 1 ? { grain: 'week', starts: weeks } : { grain: 'month', starts: months };
}

function baseWeeks(from: string, to: string, since: string): string[] {
  const first = [from, since].sort()[1] ?? from;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: string[] = [];
  for (let at = addDays(first, (7 - weekday) % 7); addDays(at, 6) <= to; at = addDays(at, 7)) weeks.push(at);
  return weeks;
}

function baseMonths(from: string, to: string, since: string): string[] {
  const months: string[] = [];
  for (let at = monthStart(from); at <= to; at = addMonths(at, 1)) {
    if (at >= since && monthEnd(at) <= to) months.push(at);
  }
  return months;
}
