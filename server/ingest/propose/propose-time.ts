/** How the times of a file are written: the proposed options, each with its reason. */
import type { ImportOptions } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { isBlank } from '../../vocabulary/text.ts';
import type { DateReading } from '../cells/dates.ts';
import { isTotal } from '../cells/extra-rows.ts';
import {
  allMidnight,
  dateOrdersOf,
  latestFullDate,
  monthOrDayOf,
  spanOfCells,
  timeNumbersOf,
  yearlessOf,
} from '../cells/guess.ts';
import { parseMoment, rangeOf } from '../cells/times.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';
import {
  allMidnights,
  allMondays,
  allSundays,
  firstDaysOfWeeks,
  givesMonths,
  lastDaysOfWeeks,
  monthOrDay,
  monthRanges,
  monthsApart,
  noDateOrder,
  noYear,
  oneDateOrder,
  oneDayOfEachMonth,
  severalDateOrders,
  timesAreNumbers,
  weekRanges,
  weeksApart,
  weeksByNumber,
  YEAR_FROM,
  yearTakenFrom,
} from './time-messages.ts';

export type Say = (option: string, reason: Label, doubt?: OptionReason['doubt']) => void;

export interface TimeContext {
  readonly filename: string;
  readonly today: string | null;
  readonly hours: boolean;
}

export function timeOptions(time: SampledColumn, context: TimeContext, say: Say): ImportOptions {
  const options: ImportOptions = {};
  const numbers = timeNumbersOf(time.cells);
  if (numbers) {
    options.time_numbers = numbers;
    say('time_numbers', timesAreNumbers(time.name, numbers));
  }
  const { sample, fitting } = dateOrdersOf(time.cells);
  const [order] = fitting;
  if (order && fitting.length === 1) {
    options.date_order = order;
    say('date_order', oneDateOrder(time.name, order));
  } else if (sample !== null)
    say(
      'date_order',
      fitting.length === 0 ? noDateOrder(time.name, sample) : severalDateOrders(time.name, sample, fitting),
      'ask',
    );
  const yearless = yearlessOf(time.cells);
  if (yearless !== null) {
    const anchor = anchorOf(time, context);
    if (anchor) options.dates_up_to = anchor.upTo;
    say(
      'dates_up_to',
      anchor ? yearTakenFrom(yearless, anchor.upTo, anchor.from) : noYear(yearless),
      anchor ? 'mention' : 'ask',
    );
  }
  const unclear = monthOrDayOf(time.cells);
  if (unclear !== null) say('date_format', monthOrDay(time.name, unclear), 'ask');
  const dates = { order: options.date_order ?? null, upTo: options.dates_up_to ?? null };
  const covers = coversOf(time, context.hours, dates);
  if (covers) {
    if (covers.value) options.covers = covers.value;
    say('covers', covers.reason, covers.value ? undefined : 'ask');
  }
  return options;
}

/** The last day of dates without a year, by the file's whole dates, else its name, else today. */
function anchorOf(time: SampledColumn, context: TimeContext): { upTo: string; from: Label } | null {
  const anchor = toldAnchor(time, context);
  const { today } = context;
  // Data are never of the future.
  const found = anchor && today !== null && anchor.upTo > today ? { ...anchor, upTo: addDays(today, 1) } : anchor;
  return found && { ...found, upTo: latestInOrder(time.named?.inOrder ?? [], found.upTo) ?? found.upTo };
}

/** The latest of columns that go over New Year (`11月`, `12月`, `1月`), at either end. */
function latestInOrder(names: readonly string[], upTo: string): string | null {
  const days = names.map((name) => parseMoment(name, 'UTC', 'UTC', { order: null, upTo })?.day ?? '');
  if (days.length < 2 || days.includes('')) return null;
  const rises = days.filter((day, i) => i > 0 && day > (days[i - 1] ?? '')).length;
  const falls = days.length - 1 - rises;
  if (falls === 1 && (days.at(-1) ?? '') < (days[0] ?? '')) return days.at(-1) ?? null;
  return rises === 1 && falls > 1 && (days[0] ?? '') < (days.at(-1) ?? '') ? (days[0] ?? null) : null;
}

function toldAnchor(time: SampledColumn, { filename, today }: TimeContext): { upTo: string; from: Label } | null {
  const latest = latestFullDate(time.cells);
  // A list with one year may go into the next: the reading nearest to its whole dates counts.
  if (latest && isDay(latest)) return { upTo: addDays(latest, 182), from: YEAR_FROM.wholeDates(time.name) };
  const above = dayOfName(time.named?.above ?? '');
  if (above) return { upTo: above, from: YEAR_FROM.lineAbove };
  const named = dayOfName(filename);
  if (named) return { upTo: named, from: YEAR_FROM.fileName };
  return today === null ? null : { upTo: today, from: YEAR_FROM.today };
}

/** The last day in a file name: `…2025-10-08…`, `…20251008…`, or null. */
export function wholeDayOfName(filename: string): string | null {
  const full = [
    ...filename
      .normalize('NFKC')
      .matchAll(/(?<!\d)(20\d{2})[-_.年]?(0?[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01]|[1-9])日?(?!\d)/gu),
  ].at(-1);
  const day = full && `${full[1]}-${full[2]?.padStart(2, '0')}-${full[3]?.padStart(2, '0')}`;
  return day && isDay(day) ? day : null;
}

/** The last day that a file name covers: `…2025-10-08…`, `…2025年10月…`, `…2025Q4…`, `…2025…`. */
export function dayOfName(filename: string): string | null {
  const name = filename.normalize('NFKC');
  const day = wholeDayOfName(name);
  if (day !== null) return day;
  const month = /(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)/u.exec(name);
  if (month) return lastDay(Number(month[1]), Number(month[2]));
  const year = /(?<!\d)(20\d{2})(?!\d)/u.exec(name);
  return year ? `${year[1]}-12-31` : null;
}

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** Not the 30th of February. */
const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
};

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

interface Covers {
  /** Null: a question. */
  readonly value: NonNullable<ImportOptions['covers']> | null;
  readonly reason: Label;
}

function coversOf(time: SampledColumn, hours: boolean, dates: DateReading): Covers | null {
  if (hours) return null;
  const months = monthsOf(time, dates);
  if (months) return months;
  if (allMidnight(time.cells)) return { value: 'day', reason: allMidnights(time.name) };
  const range = rangesOf(time);
  if (range) return range;
  const week = weekOf(time);
  if (week) return week;
  const span = spanOfCells(time.cells);
  if (span === 'week') return { value: 'week_starting', reason: weeksByNumber(time.name) };
  return span === 'month' ? { value: 'month', reason: givesMonths(time.name) } : null;
}

function monthsOf(time: SampledColumn, dates: DateReading): Covers | null {
  const found = monthDates(time.name, time.cells, dates);
  if (found === null) return null;
  return { value: 'month', reason: found === 'named' ? oneDayOfEachMonth(time.name) : monthsApart(time.name) };
}

type MonthDates =
  /** The header says months, and no month has two dates. */
  | 'named'
  /** First, or last, days of consecutive months. */
  | 'apart';

const NAMED_MONTHS =
  /^(?:(?:统计|数据|自然|所属|业务|报告|集計)?(?:月份?|月度|年月|对象月|対象月|月次)|(?:year|calendar|report(?:ing)?)?[\s_-]*months?(?:[\s_-]*(?:of|start(?:ing)?|begin(?:ning)?|end(?:ing)?|date))?|m[eê]s(?:es)?|mois|monat|월|연월)$/iu;
/** So many dates a month apart make a monthly file, whatever its header. */
const MONTHLY = 3;

/** Whether whole days stand for months. @param cells of the column, or the different ones */
function monthDates(name: string, cells: readonly (string | null)[], reading: DateReading): MonthDates | null {
  const filled = cells.filter((cell): cell is string => !isBlank(cell) && !isTotal(cell));
  const moments = new Set(filled.map((cell) => dayIn(cell, reading)));
  if (moments.size === 0 || moments.has(null)) return null;
  const days = [...moments].flatMap((day) => day ?? []).sort();
  const months = days.map(monthNumber);
  if (new Set(months).size < days.length) return null;
  const atEdge = days.every((day) => day.endsWith('-01')) || days.every(isLastOfMonth);
  if (NAMED_MONTHS.test(name.normalize('NFKC').trim())) return 'named';
  const apart = months.every((month, i) => i === 0 || month === (months[i - 1] ?? 0) + 1);
  return atEdge && apart && days.length >= MONTHLY ? 'apart' : null;
}

function dayIn(cell: string, reading: DateReading): string | null {
  const bare = cell.trim().replace(/[T ]0?0:00(?::00(?:\.0+)?)?$/u, '');
  const moment = parseMoment(bare, 'UTC', 'UTC', reading);
  return moment && moment.instant === null ? moment.day : null;
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

function isLastOfMonth(day: string): boolean {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}

function rangesOf(time: SampledColumn): Covers | null {
  const filled = time.cells.filter((c): c is string => !isBlank(c));
  const ranges = filled.flatMap((c) => rangeOf(c) ?? []);
  const [first] = ranges;
  if (!first || ranges.length < filled.length) return null;
  const sample = `${first.from} – ${first.to}`;
  if (ranges.every(({ from, to }) => Date.parse(to) - Date.parse(from) === 6 * DAY))
    return { value: 'week_starting', reason: weekRanges(time.name, sample) };
  const months = ranges.every(
    ({ from, to }) => from.endsWith('-01') && to === addDays(`${addDays(from, 31).slice(0, 8)}01`, -1),
  );
  return months ? { value: 'month', reason: monthRanges(time.name, sample) } : null;
}

/** So many dates that are whole weeks apart make a weekly file, whatever its header. */
const WEEKLY = 4;
const DAY = 86_400_000;

/** Whether each date stands for a week, and by its weekday, for its first or last day. */
function weekOf(time: SampledColumn): Covers | null {
  const named = /^(week|周|週|统计周|周次|week_?(of|start|end|ending|starting))$/iu.exec(time.name.trim());
  const days = [...new Set(time.cells.flatMap((c) => wholeDate(c)))].map((d) => Date.parse(d) / DAY);
  const [first] = days;
  if (first === undefined || !days.every((d) => (d - first) % 7 === 0)) return null;
  if (!named && days.length < WEEKLY) return null;
  const weekday = (((first + 4) % 7) + 7) % 7;
  if (weekday === 1) return { value: 'week_starting', reason: allMondays(time.name) };
  if (weekday === 0) return { value: 'week_ending', reason: allSundays(time.name) };
  if (!named) return { value: null, reason: weeksApart(time.name) };
  return /^(of|start)/iu.test(named[2] ?? '')
    ? { value: 'week_starting', reason: firstDaysOfWeeks(time.name) }
    : { value: 'week_ending', reason: lastDaysOfWeeks(time.name) };
}

const wholeDate = (cell: string | null): string[] => {
  const day = latestFullDate([cell]);
  return day === null || Number.isNaN(Date.parse(day)) ? [] : [day];
};
