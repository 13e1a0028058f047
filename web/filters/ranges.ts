/** Calendar of the filter bar: presets and compared ranges, from the data's last day, never from today's clock. */

export interface DateRange {
  from: string;
  to: string;
}
export type Span = DateRange;

export const PRESETS = [
  'month',
  '7d',
  '28d',
  '30d',
  '90d',
  'this_month',
  'this_quarter',
  'quarter',
  'year',
  '3m',
  '6m',
  '12m',
  'all',
  'release',
] as const;
export type Preset = (typeof PRESETS)[number];
export const COMPARISONS = ['previous_period', 'previous_year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Holidays that move viewing, each year's days as the data's vocabulary lists them. */
export const HOLIDAYS = ['spring_festival', 'national_day'] as const;
export type HolidayId = (typeof HOLIDAYS)[number];
export interface Holiday extends DateRange {
  id: HolidayId;
  year: number;
}

/** A range of one's own, or the same days of a holiday in another year. */
export type CompareChoice = Comparison | DateRange | { holiday: HolidayId; year: number };

const DAY = 86_400_000;
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

/** Whether the text is a day of the calendar (2025-02-30 is none). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = utc(text);
  return !Number.isNaN(date.getTime()) && iso(date) === text;
}

export function addDays(date: string, days: number): string {
  return iso(new Date(utc(date).getTime() + days * DAY));
}

export function daysIn({ from, to }: DateRange): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / DAY) + 1;
}

export const monthStart = (date: string): string => `${date.slice(0, 7)}-01`;

/** The first day of the month `months` after (or before) the one of `date`. */
export function addMonths(date: string, months: number): string {
  const at = utc(monthStart(date));
  return iso(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)));
}

export const monthEnd = (date: string): string => addDays(addMonths(date, 1), -1);

function yearEarlier(date: string): string {
  const shifted = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return isDate(shifted) ? shifted : addDays(`${shifted.slice(0, 7)}-01`, 27);
}

/** The last month that the data cover to its end, by its first day. */
export function lastCompleteMonth(span: Span): string {
  return span.to === monthEnd(span.to) ? monthStart(span.to) : addMonths(span.to, -1);
}

const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;
const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;

/** The part of a range that there are data of; all data if there is none. */
export function clip(range: DateRange, span: Span): DateRange {
  const from = later(range.from, span.from);
  const to = earlier(range.to, span.to);
  return from <= to ? { from, to } : { ...span };
}

function lastMonths(span: Span, count: number): DateRange {
  const last = lastCompleteMonth(span);
  const range = { from: addMonths(last, 1 - count), to: monthEnd(last) };
  // Data that start within the range: begin at their first whole month, else wherever they begin.
  if (range.from >= span.from) return range;
  const firstWhole = span.from === monthStart(span.from) ? span.from : addMonths(span.from, 1);
  return firstWhole <= last ? { from: firstWhole, to: range.to } : clip(range, span);
}

const lastDays = (span: Span, days: number): DateRange => clip({ from: addDays(span.to, 1 - days), to: span.to }, span);

export const quarterStart = (date: string): string => addMonths(date, -((Number(date.slice(5, 7)) - 1) % 3));
const quarterEnd = (date: string): string => addDays(addMonths(quarterStart(date), 3), -1);

/** The last quarter that the data cover to its end. */
function lastQuarter(span: Span): DateRange {
  const to = span.to === quarterEnd(span.to) ? span.to : addDays(quarterStart(span.to), -1);
  return clip({ from: quarterStart(to), to }, span);
}

/**
 * What a preset means for data of this span.
 * @param release of the one series that the page is about, for `release`; without one that is all data
 */
export function presetRange(preset: Preset, span: Span, release: string | null = null): DateRange {
  switch (preset) {
    case 'month':
      return lastMonths(span, 1);
    case '7d':
      return lastDays(span, 7);
    case '28d':
      return lastDays(span, 28);
    case '30d':
      return lastDays(span, 30);
    case '90d':
      return lastDays(span, 90);
    case 'this_month':
      return clip({ from: monthStart(span.to), to: span.to }, span);
    case 'this_quarter':
      return clip({ from: quarterStart(span.to), to: span.to }, span);
    case 'quarter':
      return lastQuarter(span);
    case '3m':
      return lastMonths(span, 3);
    case '6m':
      return lastMonths(span, 6);
    case '12m':
      return lastMonths(span, 12);
    case 'year':
      return clip({ from: `${span.to.slice(0, 4)}-01-01`, to: span.to }, span);
    case 'all':
      return { ...span };
    case 'release':
      return release === null ? { ...span } : clip({ from: release, to: span.to }, span);
  }
}

/** The range if nobody chose one: the latest complete month if the data hold the one before it, else all data. */
export function defaultPreset(span: Span): Preset {
  return addMonths(lastCompleteMonth(span), -1) >= span.from ? 'month' : 'all';
}

/** Whether the range is made of whole calendar months. */
export function wholeMonths({ from, to }: DateRange): number | null {
  if (from !== monthStart(from) || to !== monthEnd(to)) return null;
  return (
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
  );
}

/** The holiday's days that the range has a part of; the last if there are several. */
export const holidayIn = (range: DateRange, id: HolidayId, holidays: readonly Holiday[]): Holiday | undefined =>
  holidays.findLast((one) => one.id === id && one.from <= range.to && one.to >= range.from);

/** The range moved so that a holiday's first day lies on the one of another year; null if either is not known. */
export function holidayRange(
  range: DateRange,
  { holiday, year }: { holiday: HolidayId; year: number },
  holidays: readonly Holiday[],
): DateRange | null {
  const own = holidayIn(range, holiday, holidays);
  const other = holidays.find((one) => one.id === holiday && one.year === year);
  if (own === undefined || other === undefined || own === other) return null;
  const days = daysIn({ from: own.from, to: other.from }) - 1;
  return { from: addDays(range.from, days), to: addDays(range.to, days) };
}

/** What the API is asked to compare with: holidays are dates by then, and one that the range has no part of is none chosen. */
export function comparisonOf(
  range: DateRange,
  choice: CompareChoice,
  holidays: readonly Holiday[],
): Comparison | DateRange {
  if (typeof choice === 'string' || 'from' in choice) return choice;
  return holidayRange(range, choice, holidays) ?? 'previous_period';
}

/**
 * The range a comparison is against (docs/definitions.md#comparisons): for whole months the calendar ones before, else
 * as many days right before; a range that the data's last day cuts is compared over its elapsed days only.
 */
export function comparedRange(range: DateRange, comparison: Comparison | DateRange, asOf: string): DateRange | null {
  if (comparison === 'none') return null;
  const before = beforeOf(range, comparison);
  if (range.to <= asOf || range.from > asOf) return before;
  const elapsed = Math.min(daysIn({ from: range.from, to: asOf }), daysIn(before));
  return { from: before.from, to: addDays(before.from, elapsed - 1) };
}

function beforeOf(range: DateRange, comparison: DateRange | 'previous_period' | 'previous_year'): DateRange {
  if (typeof comparison === 'object') return comparison;
  if (comparison === 'previous_year') return { from: yearEarlier(range.from), to: yearEarlier(range.to) };
  const months = wholeMonths(range);
  return months === null
    ? { from: addDays(range.from, -daysIn(range)), to: addDays(range.from, -1) }
    : { from: addMonths(range.from, -months), to: addDays(range.from, -1) };
}

export const CHOSEN_GRAINS = ['day', 'week', 'month', 'quarter'] as const;
export type ChosenGrain = (typeof CHOSEN_GRAINS)[number];

/** More points than this are no line that one reads. */
const MOST_PERIODS = 400;
const LONGEST_PERIOD: Record<ChosenGrain, number> = { day: 1, week: 7, month: 31, quarter: 92 };

/** The grain that was chosen, or the finest after it that a range of this length can be drawn by. */
export const grainThatFits = (range: DateRange, chosen: ChosenGrain): ChosenGrain =>
  CHOSEN_GRAINS.slice(CHOSEN_GRAINS.indexOf(chosen)).find(
    (grain) => daysIn(range) / LONGEST_PERIOD[grain] <= MOST_PERIODS,
  ) ?? 'quarter';

/** The first day of the period that a day is in. */
export function periodStart(date: string, grain: ChosenGrain): string {
  if (grain === 'day') return date;
  if (grain === 'month') return monthStart(date);
  return grain === 'quarter' ? quarterStart(date) : addDays(date, -((utc(date).getUTCDay() + 6) % 7));
}

/** The last day of the period that a day is in. */
export function periodEnd(date: string, grain: ChosenGrain): string {
  if (grain === 'day') return date;
  if (grain === 'month') return monthEnd(date);
  return grain === 'quarter' ? quarterEnd(date) : addDays(periodStart(date, 'week'), 6);
}

/** The part of a range that whole periods of the data fill; null if there is none. */
export function completePart(range: DateRange, grain: ChosenGrain, span: Span): DateRange | null {
  const first = later(range.from, span.from);
  const last = earlier(range.to, span.to);
  const from = periodStart(first, grain) === first ? first : addDays(periodEnd(first, grain), 1);
  const to = periodEnd(last, grain) === last ? last : addDays(periodStart(last, grain), -1);
  return from <= to ? { from, to } : null;
}

/** The grain that draws a range with a readable number of periods. */
export function grainFor(range: DateRange): 'day' | 'week' | 'month' {
  const days = daysIn(range);
  if (days <= 62) return 'day';
  return days <= 180 && wholeMonths(range) === null ? 'week' : 'month';
}

/** Both ends as a pair, to be spread into a function of `(from, to)`. */
export const ends = ({ from, to }: DateRange): [from: string, to: string] => [from, to];

/** The last day that a drawn range has: its end, or the data's if that comes first. Days compare as text. */
export const lastDrawnDay = (asOf: string, to: string): string => [asOf, to].sort()[0] ?? to;
