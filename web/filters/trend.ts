import {
  addDays,
  addMonths,
  type ChosenGrain,
  completePart,
  type DateRange,
  daysIn,
  grainFor,
  monthEnd,
  monthStart,
  periodEnd,
  quarterStart,
  wholeMonths,
} from './ranges.ts';

export interface TrendWindow {
  range: DateRange;
  grain: ChosenGrain;
}

/** What a course is drawn of: the range, the data's first day, and the grain if one was chosen, that fits. */
export interface Course {
  range: DateRange;
  since: string;
  grain?: ChosenGrain | null;
}

/**
 * The time a course is drawn over. A range of up to three whole months says little by itself: it is drawn as the end of
 * the twelve months that lead to it, as far as the data hold them; fewer than three of those are drawn by days. Any
 * other range is drawn as it is. A grain that was chosen draws the range itself, if that has periods enough of it.
 * @param most so many months say little
 */
export function trendWindow({ range, since, grain = null }: Course, most = 3): TrendWindow {
  if (grain !== null) return chosenWindow(range, since, grain);
  const months = wholeMonths(range);
  if (months === null || months > most) return { range, grain: grainFor(range) };
  const window = { from: leadingMonth(range, since, 12), to: range.to };
  return { range: window, grain: addMonths(monthStart(window.from), 2) > window.to ? grainFor(window) : 'month' };
}

/** Fewer points than this are no course. */
const FEWEST_DAYS: Record<ChosenGrain, number> = { day: 1, week: 5 * 7, month: 85, quarter: 355 };

function chosenWindow(range: DateRange, since: string, grain: ChosenGrain): TrendWindow {
  if (daysIn(range) >= FEWEST_DAYS[grain]) return { range, grain };
  const from = leadingMonth(range, since, grain === 'quarter' ? 24 : 12);
  return { range: { from: grain === 'quarter' ? wholeQuarter(from, range) : from, to: range.to }, grain };
}

/** The first day of so many months up to the range's last, as far as the data hold them whole; never after its start. */
function leadingMonth({ from, to }: DateRange, since: string, months: number): string {
  const wanted = addMonths(monthStart(to), 1 - months);
  const first = since === monthStart(since) ? since : addMonths(since, 1);
  const begin = [wanted, first].sort()[1] ?? wanted;
  return [begin, from].sort()[0] ?? from;
}

/** The quarter that begins then or next, unless that is after the range's start. */
function wholeQuarter(date: string, { from }: DateRange): string {
  const begin = quarterStart(date) === date ? date : addMonths(quarterStart(date), 3);
  return [begin, from].sort()[0] ?? from;
}

export interface IndexBases {
  grain: ChosenGrain;
  /** Starts of the periods that may be a base: whole ones, as one that the data cut is none. */
  starts: string[];
}

/**
 * What an index over the window goes by: months, or weeks if the data hold fewer than two whole months of it.
 * @param chosen wins, if the data hold two whole ones
 */
export function indexBases(from: string, to: string, since: string, chosen: ChosenGrain | null = null): IndexBases {
  const periods = chosen === null ? [] : wholePeriods(from, to, since, chosen);
  if (chosen !== null && periods.length > 1) return { grain: chosen, starts: periods };
  const months = baseMonths(from, to, since);
  const weeks = months.length < 2 ? baseWeeks(from, to, since) : [];
  return weeks.length > 1 ? { grain: 'week', starts: weeks } : { grain: 'month', starts: months };
}

const baseWeeks = (from: string, to: string, since: string): string[] => wholePeriods(from, to, since, 'week');

/** Starts of the periods that lie within the window and the data. */
function wholePeriods(from: string, to: string, since: string, grain: ChosenGrain): string[] {
  const part = completePart({ from, to }, grain, { from: since, to });
  const starts: string[] = [];
  for (let at = part?.from ?? to; part !== null && at <= part.to; at = addDays(periodEnd(at, grain), 1))
    starts.push(at);
  return starts;
}

function baseMonths(from: string, to: string, since: string): string[] {
  const months: string[] = [];
  for (let at = monthStart(from); at <= to; at = addMonths(at, 1)) {
    if (at >= since && monthEnd(at) <= to) months.push(at);
  }
  return months;
}
