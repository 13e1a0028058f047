/** Pure. Dates are ISO text, ranges inclusive, "now" is `as_of`, never a clock (docs/definitions.md#time). */
import { TZDate, tz } from '@date-fns/tz';
import type { Compare, Day, Grain } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';

export interface Range {
  readonly from: Day;
  readonly to: Day;
}

export interface LogSpan {
  readonly from: Day;
  readonly asOf: Day;
  /** False asks the log, never a rollup: to prove and measure rollups. */
  readonly rollups?: boolean;
}

export interface Period extends Range {
  /** True start, even if the range cuts it. */
  readonly id: Day;
  /** Cut by as_of, the log's first day, or the range. */
  readonly partial: boolean;
}

export type DayGrain = Exclude<Grain, 'hour'>;

/** Four digits of the year; later or earlier is cut to these. */
const FIRST_DAY: Day = '0001-01-01';
const LAST_DAY: Day = '9999-12-31';

const parse = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const format = (date: Date): Day => {
  const year = date.getUTCFullYear();
  if (year < 1) return FIRST_DAY;
  return year > 9999 ? LAST_DAY : date.toISOString().slice(0, 10);
};
const DAY_MS = 86_400_000;

/** Native dates in UTC: a range has thousands of days, and a library costs 100 µs each. */
export const addDays = (day: Day, n: number): Day => format(new Date(parse(day).getTime() + n * DAY_MS));
/** The calendar's last day has no next one: a loop by `addDays` would never end. */
export function* eachDay({ from, to }: Range): Generator<Day> {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    yield day;
    if (day === LAST_DAY) return;
  }
}

export const lengthOf = (range: Range): number => daysBetween(range.from, range.to) + 1;
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((parse(to).getTime() - parse(from).getTime()) / DAY_MS);
export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** A missing day becomes the month's last. */
function addMonths(day: Day, months: number): Day {
  const from = parse(day);
  const moved = dateOf(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const last = dateOf(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0).getUTCDate();
  moved.setUTCDate(Math.min(from.getUTCDate(), last));
  return format(moved);
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

const quarterOf = (date: Date) => Math.floor(date.getUTCMonth() / 3) * 3;

const STARTS = {
  day: (date: Date) => date,
  // ISO 8601 weeks begin on Monday; `getUTCDay` counts from Sunday.
  week: (date: Date) => new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY_MS),
  month: (date: Date) => dateOf(date.getUTCFullYear(), date.getUTCMonth(), 1),
  quarter: (date: Date) => dateOf(date.getUTCFullYear(), quarterOf(date), 1),
  year: (date: Date) => dateOf(date.getUTCFullYear(), 0, 1),
} satisfies Record<DayGrain, (date: Date) => Date>;

const ENDS = {
  day: (date: Date) => date,
  week: (date: Date) => new Date(STARTS.week(date).getTime() + 6 * DAY_MS),
  month: (date: Date) => dateOf(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
  quarter: (date: Date) => dateOf(date.getUTCFullYear(), quarterOf(date) + 3, 0),
  year: (date: Date) => dateOf(date.getUTCFullYear(), 12, 0),
} satisfies Record<DayGrain, (date: Date) => Date>;

/** A period's id. */
export const startOf = (grain: DayGrain, day: Day): Day => format(STARTS[grain](parse(day)));
export const endOf = (grain: DayGrain, day: Day): Day => format(ENDS[grain](parse(day)));

export const MOST_PERIODS = 20_000;

/** Within the log, in order; cut periods are whole but marked partial. @throws ProblemError `too_many_periods` */
export function periodsOf(range: Range, grain: DayGrain, log: LogSpan): Period[] {
  const known = within(range, log);
  refuseTooMany(known, grain);
  const periods: Period[] = [];
  for (let day = known.from; day <= known.to; ) {
    const id = startOf(grain, day);
    const to = endOf(grain, day);
    periods.push({ id, from: id, to, partial: isPartial({ from: id, to }, range, log) });
    if (to >= known.to) break;
    day = addDays(to, 1);
  }
  return periods;
}

/** Ends before it starts if the log holds none of it. */
export const within = (range: Range, log: LogSpan): Range => ({
  from: later(range.from, log.from),
  to: earlier(range.to, log.asOf),
});

/** For a count that is never too low. */
const SHORTEST = { day: 1, week: 7, month: 28, quarter: 90, year: 365 } satisfies Record<DayGrain, number>;

function refuseTooMany(range: Range, grain: DayGrain): void {
  const count = Math.ceil(lengthOf(range) / SHORTEST[grain]);
  if (count <= MOST_PERIODS) return;
  const message = {
    en: `${range.from} to ${range.to} has ${count.toLocaleString('en')} periods of one ${grain}; an answer has at most ${MOST_PERIODS.toLocaleString('en')}. Ask for a shorter range or a coarser grain.`,
    zh: `${range.from} 至 ${range.to} 按 ${grain} 粒度共有 ${count.toLocaleString('en')} 个期间，一次最多 ${MOST_PERIODS.toLocaleString('en')} 个。请缩短范围或改用更粗的粒度。`,
  };
  throw new ProblemError('too_many_periods', message, [{ path: 'time.grain', message }]);
}

function isPartial(period: Range, range: Range, log: LogSpan): boolean {
  const start = later(range.from, log.from);
  const end = earlier(range.to, log.asOf);
  return period.from < start || period.to > end;
}

/** Default: all data. */
export function resolveRange(time: { from?: Day | undefined; to?: Day | undefined }, log: LogSpan): Range {
  return { from: time.from ?? log.from, to: time.to ?? log.asOf };
}

/** Outside the log nothing is known. */
export const touchesLog = (range: Range, log: LogSpan): boolean => range.from <= log.asOf && range.to >= log.from;

/** The coarsest grain the range is a whole number of, or null. */
export function wholePeriods(range: Range): 'month' | 'quarter' | 'year' | null {
  for (const grain of ['year', 'quarter', 'month'] as const) {
    if (startOf(grain, range.from) === range.from && endOf(grain, range.to) === range.to) return grain;
  }
  return null;
}

/** Same number of days before, or whole calendar months (quarters, years). */
export function previousPeriod(range: Range): Range {
  const grain = wholePeriods(range);
  if (grain === null) {
    return { from: addDays(range.from, -lengthOf(range)), to: addDays(range.from, -1) };
  }
  const end = parse(range.to);
  const months = end.getUTCFullYear() * 12 + end.getUTCMonth() - monthIndex(range.from) + 1;
  return { from: addMonths(range.from, -months), to: addDays(range.from, -1) };
}

const monthIndex = (day: Day): number => parse(day).getUTCFullYear() * 12 + parse(day).getUTCMonth();

/** 29 February becomes the 28th. */
export function previousYear(range: Range): Range {
  return { from: addMonths(range.from, -12), to: addMonths(range.to, -12) };
}

export interface Comparison {
  readonly current: Range;
  readonly previous: Range;
  /** `elapsed`: as_of cuts the range, so both are cut to as many first days. */
  readonly alignment: 'calendar' | 'elapsed';
  /** False: growth is null with `no_data`. */
  readonly previousInLog: boolean;
  /** The compared part of the current range; after the last day nothing is known. */
  readonly currentInLog: boolean;
}

/** If as_of cuts the range, or `align` is `elapsed`: the first k days of both, k = min(elapsed, earlier length). */
export function comparisonOf(range: Range, compare: Compare, log: LogSpan, align?: 'elapsed'): Comparison {
  const before =
    typeof compare === 'object' ? compare : compare === 'previous_year' ? previousYear(range) : previousPeriod(range);
  const begun = range.from <= log.asOf;
  const cut = range.to > log.asOf && begun;
  const inLog = ({ from, to }: Range) => from >= log.from && to <= log.asOf;
  const known = (current: Range, previous: Range) => ({
    current,
    previous,
    previousInLog: inLog(previous),
    currentInLog: inLog(current),
  });
  // A range that has not begun has no elapsed days to cut to.
  if (!begun || (!cut && align !== 'elapsed')) return { ...known(range, before), alignment: 'calendar' };
  const elapsed = lengthOf({ from: range.from, to: earlier(range.to, log.asOf) });
  // A range cut by the calendar's first day cannot be aligned with.
  const k = before.from === FIRST_DAY ? elapsed : Math.min(elapsed, lengthOf(before));
  const current = { from: range.from, to: addDays(range.from, k - 1) };
  const previous = { from: before.from, to: earlier(before.to, addDays(before.from, k - 1)) };
  return { ...known(current, previous), alignment: 'elapsed' };
}

/** The n-th earlier period under the n-th current one; null if there are fewer. */
export function periodUnder(id: Day, { current, previous }: Comparison, grain: DayGrain): Day | null {
  const [first, before] = [startOf(grain, current.from), startOf(grain, previous.from)];
  const under =
    grain === 'day' || grain === 'week'
      ? addDays(id, daysBetween(first, before))
      : addMonths(id, monthIndex(before) - monthIndex(first));
  return under <= previous.to ? under : null;
}

/** 30 for India, 15 for Nepal (+05:45), 0 for most. */
export function hourOffsetMinutes(timeZone: string, at: Date): number {
  const behind = tz(timeZone)(at).getTimezoneOffset();
  return ((behind % 60) + 60) % 60;
}

/** False if the clock moves by part of an hour (Lord Howe Island). Offsets under a month are not seen. */
export function hoursStayWhole(timeZone: string, range: Range): boolean {
  const first = minutesAt(timeZone, range.from);
  for (let end = endOf('month', range.from); end < range.to; end = endOf('month', addDays(end, 1))) {
    if (minutesAt(timeZone, addDays(end, 1)) !== first) return false;
  }
  return minutesAt(timeZone, addDays(range.to, 1)) === first;
}

const minutesAt = (timeZone: string, day: Day): number =>
  hourOffsetMinutes(timeZone, new Date(startOfDay(day, timeZone)));

/** UTC; the instant of the change if a clock change skips midnight. */
export function startOfDay(day: Day, timeZone: string): string {
  const date = parse(day);
  const local = new TZDate(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), timeZone);
  return new Date(local.getTime()).toISOString();
}

/** `2025-10-01T23:00:00+08:00`. */
export function withOffset(instant: string, timeZone: string): string {
  const local = tz(timeZone)(new Date(instant));
  const offset = -local.getTimezoneOffset();
  const shifted = new Date(local.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  const two = (n: number) => String(n).padStart(2, '0');
  const absolute = Math.abs(offset);
  return `${shifted}${sign}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

export interface Growth {
  readonly growth: number | null;
  readonly reason: 'partial' | 'no_data' | 'new' | 'both_zero' | 'not_on_chart' | null;
}

/** current / previous − 1, or null with its reason (docs/definitions.md#growth). `additive`: absent means 0. */
export function growthOf(
  current: number | null,
  previous: number | null,
  context: { previousInLog: boolean; currentInLog?: boolean; additive: boolean; partial?: boolean; offChart?: boolean },
): Growth {
  if (context.partial) return { growth: null, reason: 'partial' };
  if (!context.previousInLog || context.currentInLog === false) return { growth: null, reason: 'no_data' };
  if (context.offChart) return { growth: null, reason: 'not_on_chart' };
  if (!context.additive) {
    if (current === null || previous === null) return { growth: null, reason: 'no_data' };
  }
  const now = current ?? 0;
  const before = previous ?? 0;
  if (before === 0) return { growth: null, reason: now === 0 ? 'both_zero' : 'new' };
  return { growth: now / before - 1, reason: null };
}
