/** Calendar of the filter bar: presets and compared ranges, from the data's last day, never from today's clock. */

export interface DateRange {
  from: string;
  to: string;
}
export type Span = DateRange;

export const PRESETS = ['month', '30d', '3m', '6m', '12m', 'year', 'all'] as const;
export type Preset = (typeof PRESETS)[number];
export const COMPARISONS = ['previous_period', 'previous_year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];

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

function clip(range: DateRange, span: Span): DateRange {
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

/** What a preset means for data of this span. */
export function presetRange(preset: Preset, span: Span): DateRange {
  switch (preset) {
    case 'month':
      return lastMonths(span, 1);
    case '30d':
      return clip({ from: addDays(span.to, -29), to: span.to }, span);
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

/**
 * The range a comparison is against (docs/definitions.md#comparisons): for whole months the calendar ones before, else
 * as many days right before; a range that the data's last day cuts is compared over its elapsed days only.
 */
export function comparedRange(range: DateRange, comparison: Comparison, asOf: string): DateRange | null {
  if (comparison === 'none') return null;
  const months = wholeMonths(range);
  const before =
    comparison === 'previous_year'
      ? { from: yearEarlier(range.from), to: yearEarlier(range.to) }
      : months === null
        ? { from: addDays(range.from, -daysIn(range)), to: addDays(range.from, -1) }
        : { from: addMonths(range.from, -months), to: addDays(range.from, -1) };
  if (range.to <= asOf || range.from > asOf) return before;
  const elapsed = Math.min(daysIn({ from: range.from, to: asOf }), daysIn(before));
  return { from: before.from, to: addDays(before.from, elapsed - 1) };
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
