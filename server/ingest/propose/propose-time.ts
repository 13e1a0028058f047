/** How the times of a file are written: the options proposed for them, each with its reason; pure. */
import type { ImportOptions } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { isBlank } from '../../vocabulary/text.ts';
import type { DateReading, TimeNumbers } from '../cells/dates.ts';
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
import { monthDates } from './months.ts';

export type Say = (option: string, reason: Label, doubt?: OptionReason['doubt']) => void;

export interface TimeContext {
  readonly filename: string;
  /** The day it is, ISO; null where nothing may be taken from it. */
  readonly today: string | null;
  /** An hour column stands beside the time. */
  readonly hours: boolean;
}

const NUMBERS: Readonly<Record<TimeNumbers, Label>> = {
  excel: { en: 'days of a spreadsheet', zh: '电子表格的日期序号' },
  seconds: { en: 'seconds since 1970', zh: '自 1970 年起的秒数' },
  milliseconds: { en: 'milliseconds since 1970', zh: '自 1970 年起的毫秒数' },
  microseconds: { en: 'microseconds since 1970', zh: '自 1970 年起的微秒数' },
  nanoseconds: { en: 'nanoseconds since 1970', zh: '自 1970 年起的纳秒数' },
};

/** `date_order`, `dates_up_to`, `time_numbers` and `covers`, as far as the cells of the time column tell. */
export function timeOptions(time: SampledColumn, context: TimeContext, say: Say): ImportOptions {
  const options: ImportOptions = {};
  const numbers = timeNumbersOf(time.cells);
  if (numbers) {
    options.time_numbers = numbers;
    const { en, zh } = NUMBERS[numbers];
    say('time_numbers', { en: `the numbers in “${time.name}” are ${en}`, zh: `“${time.name}”列的数字是${zh}` });
  }
  const { sample, fitting } = dateOrdersOf(time.cells);
  const [order] = fitting;
  if (order && fitting.length === 1) {
    options.date_order = order;
    say('date_order', {
      en: `the dates in “${time.name}” can only be read as ${order}`,
      zh: `“${time.name}”列的日期只能按 ${order} 读取`,
    });
  } else if (sample !== null)
    say(
      'date_order',
      fitting.length === 0
        ? {
            en: `watch out: dates such as “${sample}” in “${time.name}” are in no single order`,
            zh: `请确认：“${time.name}”列的日期（如“${sample}”）年月日顺序不一`,
          }
        : {
            en: `watch out: dates such as “${sample}” in “${time.name}” can be read as ${fitting.join(' or ')}; say which`,
            zh: `请确认：“${time.name}”列的日期（如“${sample}”）可按 ${fitting.join(' 或 ')} 读取，请指定`,
          },
      'ask',
    );
  const yearless = yearlessOf(time.cells);
  if (yearless !== null) {
    const anchor = anchorOf(time, context);
    if (anchor) options.dates_up_to = anchor.upTo;
    say(
      'dates_up_to',
      anchor
        ? {
            en: `watch out: dates such as “${yearless}” have no year; they are taken for the latest ones up to ${anchor.upTo}, from ${anchor.from.en}`,
            zh: `请确认：日期（如“${yearless}”）没有年份，按不晚于 ${anchor.upTo} 的最近日期读取（依据${anchor.from.zh}）`,
          }
        : {
            en: `watch out: dates such as “${yearless}” have no year; say up to which day they go`,
            zh: `请确认：日期（如“${yearless}”）没有年份，请指定最晚到哪一天`,
          },
      anchor ? 'mention' : 'ask',
    );
  }
  const unclear = monthOrDayOf(time.cells);
  if (unclear !== null)
    say(
      'date_format',
      {
        en: `watch out: dates such as “${unclear}” in “${time.name}” are taken for months of years; if the number is the day, write the dates with their year, or as “25 Oct”`,
        zh: `请确认：“${time.name}”列的日期（如“${unclear}”）按“月-年”读取；若数字是日，请写明年份，或写成“10月25日”`,
      },
      'ask',
    );
  const dates = { order: options.date_order ?? null, upTo: options.dates_up_to ?? null };
  const covers = coversOf(time, context.hours, dates);
  if (covers) {
    if (covers.value) options.covers = covers.value;
    say('covers', covers.reason, covers.value ? undefined : 'ask');
  }
  return options;
}

/** The last day that dates without a year may be: told by the file's whole dates, else its name, else today. */
function anchorOf(time: SampledColumn, context: TimeContext): { upTo: string; from: Label } | null {
  const anchor = toldAnchor(time, context);
  const { today } = context;
  // What is still to come is no data.
  const found = anchor && today !== null && anchor.upTo > today ? { ...anchor, upTo: addDays(today, 1) } : anchor;
  return found && { ...found, upTo: latestInOrder(time.named?.inOrder ?? [], found.upTo) ?? found.upTo };
}

/** The latest of columns that follow each other over New Year (`11月`, `12月`, `1月`), at whichever end it stands. */
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
  // A list that says the year once may go on into the next one: the nearest reading to the dates that are whole.
  if (latest && isDay(latest))
    return {
      upTo: addDays(latest, 182),
      from: { en: `the whole dates in “${time.name}”`, zh: `“${time.name}”列中的完整日期` },
    };
  const above = dayOfName(time.named?.above ?? '');
  if (above) return { upTo: above, from: { en: 'a line above the table', zh: '表格上方的文字' } };
  const named = dayOfName(filename);
  if (named) return { upTo: named, from: { en: 'the file name', zh: '文件名' } };
  return today === null ? null : { upTo: today, from: { en: 'today’s date', zh: '今天的日期' } };
}

/** The last whole day that a file name tells: `…2025-10-08…`, `…20251008…`; null where it tells none. */
export function wholeDayOfName(filename: string): string | null {
  const full = [
    ...filename
      .normalize('NFKC')
      .matchAll(/(?<!\d)(20\d{2})[-_.年]?(0?[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01]|[1-9])日?(?!\d)/gu),
  ].at(-1);
  const day = full && `${full[1]}-${full[2]?.padStart(2, '0')}-${full[3]?.padStart(2, '0')}`;
  return day && isDay(day) ? day : null;
}

/** The last day that a file name tells of: `…2025-10-08…`, `…20251008…`, `…2025年10月…`, `…2025Q4…`, `…2025…`. */
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

/** Looks like a day, but is it one: not the 30th of February. */
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
  /** Null: that is for somebody to say. */
  readonly value: NonNullable<ImportOptions['covers']> | null;
  readonly reason: Label;
}

function coversOf(time: SampledColumn, hours: boolean, dates: DateReading): Covers | null {
  if (hours) return null;
  const months = monthsOf(time, dates);
  if (months) return months;
  if (allMidnight(time.cells))
    return {
      value: 'day',
      reason: {
        en: `every time in “${time.name}” is midnight: these are days`,
        zh: `“${time.name}”列的时间全为零点，即按日`,
      },
    };
  const range = rangesOf(time);
  if (range) return range;
  const week = weekOf(time);
  if (week) return week;
  const span = spanOfCells(time.cells);
  if (span === 'week')
    return {
      value: 'week_starting',
      reason: { en: `“${time.name}” gives weeks by their numbers`, zh: `“${time.name}”列是周次` },
    };
  if (span === 'month')
    return { value: 'month', reason: { en: `“${time.name}” gives months`, zh: `“${time.name}”列是月份` } };
  return null;
}

/** Months that are written as one of their days. */
function monthsOf(time: SampledColumn, dates: DateReading): Covers | null {
  const found = monthDates(time.name, time.cells, dates);
  if (found === null) return null;
  return {
    value: 'month',
    reason:
      found === 'named'
        ? { en: `“${time.name}” gives one day of each month`, zh: `“${time.name}”列每月一个日期，每行为一个月` }
        : {
            en: `the dates in “${time.name}” are a month apart, each the first or the last day: a row is of that month`,
            zh: `“${time.name}”列每月一个日期，均为当月首日或末日，每行为一个月`,
          },
  };
}

/** Ranges of days that all are weeks, or all are months. */
function rangesOf(time: SampledColumn): Covers | null {
  const filled = time.cells.filter((c): c is string => !isBlank(c));
  const ranges = filled.flatMap((c) => rangeOf(c) ?? []);
  const [first] = ranges;
  if (!first || ranges.length < filled.length) return null;
  const sample = `${first.from} – ${first.to}`;
  if (ranges.every(({ from, to }) => Date.parse(to) - Date.parse(from) === 6 * DAY))
    return {
      value: 'week_starting',
      reason: {
        en: `“${time.name}” gives ranges of seven days (${sample}): a row is of that week`,
        zh: `“${time.name}”列是七天的日期范围（${sample}），每行为一周`,
      },
    };
  const months = ranges.every(
    ({ from, to }) => from.endsWith('-01') && to === addDays(`${addDays(from, 31).slice(0, 8)}01`, -1),
  );
  if (!months) return null;
  return {
    value: 'month',
    reason: {
      en: `“${time.name}” gives whole months (${sample})`,
      zh: `“${time.name}”列是整月的日期范围（${sample}）`,
    },
  };
}

/** So many dates that are whole weeks apart make a weekly file, whatever the column is called. */
const WEEKLY = 4;
const DAY = 86_400_000;

/** Whether each date stands for a week, and by its weekday for the first or the last day of it. */
function weekOf(time: SampledColumn): Covers | null {
  const named = /^(week|周|週|统计周|周次|week_?(of|start|end|ending|starting))$/iu.exec(time.name.trim());
  const days = [...new Set(time.cells.flatMap((c) => wholeDate(c)))].map((d) => Date.parse(d) / DAY);
  const [first] = days;
  if (first === undefined || !days.every((d) => (d - first) % 7 === 0)) return null;
  if (!named && days.length < WEEKLY) return null;
  // 1970-01-01 was a Thursday.
  const weekday = (((first + 4) % 7) + 7) % 7;
  if (weekday === 1)
    return {
      value: 'week_starting',
      reason: { en: `every date in “${time.name}” is a Monday`, zh: `“${time.name}”列的日期全为周一` },
    };
  if (weekday === 0)
    return {
      value: 'week_ending',
      reason: { en: `every date in “${time.name}” is a Sunday`, zh: `“${time.name}”列的日期全为周日` },
    };
  if (!named)
    return {
      value: null,
      reason: {
        en: `watch out: the dates in “${time.name}” are whole weeks apart, and each row is taken for its one day; if a row is of a week, say covers (week_starting or week_ending)`,
        zh: `请确认：“${time.name}”列的日期均相隔整周，每行按当天一日读取；若每行为一周的数据，请选择“时间列表示”（covers：week_starting 或 week_ending）`,
      },
    };
  return /^(of|start)/iu.test(named[2] ?? '')
    ? {
        value: 'week_starting',
        reason: {
          en: `“${time.name}” gives one day of each week, by its name the first`,
          zh: `“${time.name}”列每周一个日期，按列名视为该周第一天`,
        },
      }
    : {
        value: 'week_ending',
        reason: {
          en: `“${time.name}” gives one day of each week, taken for its last`,
          zh: `“${time.name}”列每周一个日期，视为该周最后一天`,
        },
      };
}

const wholeDate = (cell: string | null): string[] => {
  const day = latestFullDate([cell]);
  return day === null || Number.isNaN(Date.parse(day)) ? [] : [day];
};
