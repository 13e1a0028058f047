import type { Label } from '../../contract/query.ts';
import type { TimeNumbers } from '../cells/dates.ts';
import { watchOut } from './messages.ts';

const NUMBERS: Readonly<Record<TimeNumbers, Label>> = {
  excel: { en: 'days of a spreadsheet', zh: '电子表格的日期序号' },
  seconds: { en: 'seconds since 1970', zh: '自 1970 年起的秒数' },
  milliseconds: { en: 'milliseconds since 1970', zh: '自 1970 年起的毫秒数' },
  microseconds: { en: 'microseconds since 1970', zh: '自 1970 年起的微秒数' },
  nanoseconds: { en: 'nanoseconds since 1970', zh: '自 1970 年起的纳秒数' },
};

export function timesAreNumbers(column: string, numbers: TimeNumbers): Label {
  const { en, zh } = NUMBERS[numbers];
  return { en: `the numbers in “${column}” are ${en}`, zh: `“${column}”列的数字是${zh}` };
}

export const clockTimes = (column: string): Label => ({
  en: `“${column}” gives times of day: they join the dates`,
  zh: `“${column}”列是时刻，与日期列合并`,
});

// The order of day, month and year

export const oneDateOrder = (column: string, order: string): Label => ({
  en: `the dates in “${column}” can only be read as ${order}`,
  zh: `“${column}”列的日期只能按 ${order} 读取`,
});

export const noDateOrder = (column: string, sample: string): Label =>
  watchOut({
    en: `dates such as “${sample}” in “${column}” are in no single order`,
    zh: `“${column}”列的日期（如“${sample}”）年月日顺序不一`,
  });

export const severalDateOrders = (column: string, sample: string, orders: readonly string[]): Label =>
  watchOut({
    en: `dates such as “${sample}” in “${column}” can be read as ${orders.join(' or ')}; say which`,
    zh: `“${column}”列的日期（如“${sample}”）可按 ${orders.join(' 或 ')} 读取，请指定`,
  });

export const monthOrDay = (column: string, sample: string): Label =>
  watchOut({
    en: `dates such as “${sample}” in “${column}” are taken for months of years; if the number is the day, write the dates with their year, or as “25 Oct”`,
    zh: `“${column}”列的日期（如“${sample}”）按“月-年”读取；若数字是日，请写明年份，或写成“10月25日”`,
  });

// Dates without a year

export const YEAR_FROM = {
  wholeDates: (column: string): Label => ({
    en: `the whole dates in “${column}”`,
    zh: `“${column}”列中的完整日期`,
  }),
  lineAbove: { en: 'a line above the table', zh: '表格上方的文字' },
  fileName: { en: 'the file name', zh: '文件名' },
  today: { en: 'today’s date', zh: '今天的日期' },
} as const;

export const yearTakenFrom = (sample: string, upTo: string, from: Label): Label =>
  watchOut({
    en: `dates such as “${sample}” have no year; they are taken for the latest ones up to ${upTo}, from ${from.en}`,
    zh: `日期（如“${sample}”）没有年份，按不晚于 ${upTo} 的最近日期读取（依据${from.zh}）`,
  });

export const noYear = (sample: string): Label =>
  watchOut({
    en: `dates such as “${sample}” have no year; say up to which day they go`,
    zh: `日期（如“${sample}”）没有年份，请指定最晚到哪一天`,
  });

// A file without a column of days

export const NO_DAY: Label = watchOut({
  en: 'no column holds the days of the numbers and the file name gives none: say which day the file is of, or the first day of the week or month that it covers',
  zh: '没有列说明数字属于哪一天，文件名中也没有日期，请指定整个文件是哪一天的数据，或所属周、月的第一天',
});

export const dayOfFileName = (day: string): Label =>
  watchOut({
    en: `no column holds dates: every row is taken for the day in the file name, ${day}`,
    zh: `没有日期列，全部行按文件名中的日期 ${day} 读取`,
  });

// Days, weeks and months

export const allMidnights = (column: string): Label => ({
  en: `every time in “${column}” is midnight: these are days`,
  zh: `“${column}”列的时间全为零点，即按日`,
});

export const weeksByNumber = (column: string): Label => ({
  en: `“${column}” gives weeks by their numbers`,
  zh: `“${column}”列是周次`,
});

export const weekRanges = (column: string, sample: string): Label => ({
  en: `“${column}” gives ranges of seven days (${sample}): a row is of that week`,
  zh: `“${column}”列是七天的日期范围（${sample}），每行为一周`,
});

export const allMondays = (column: string): Label => ({
  en: `every date in “${column}” is a Monday`,
  zh: `“${column}”列的日期全为周一`,
});

export const allSundays = (column: string): Label => ({
  en: `every date in “${column}” is a Sunday`,
  zh: `“${column}”列的日期全为周日`,
});

export const weeksApart = (column: string): Label =>
  watchOut({
    en: `the dates in “${column}” are whole weeks apart, and each row is taken for its one day; if a row is of a week, say covers (week_starting or week_ending)`,
    zh: `“${column}”列的日期均相隔整周，每行按当天一日读取；若每行为一周的数据，请选择“时间列表示”（covers：week_starting 或 week_ending）`,
  });

export const firstDaysOfWeeks = (column: string): Label => ({
  en: `“${column}” gives one day of each week, by its name the first`,
  zh: `“${column}”列每周一个日期，按列名视为该周第一天`,
});

export const lastDaysOfWeeks = (column: string): Label => ({
  en: `“${column}” gives one day of each week, taken for its last`,
  zh: `“${column}”列每周一个日期，视为该周最后一天`,
});

export const givesMonths = (column: string): Label => ({
  en: `“${column}” gives months`,
  zh: `“${column}”列是月份`,
});

export const monthRanges = (column: string, sample: string): Label => ({
  en: `“${column}” gives whole months (${sample})`,
  zh: `“${column}”列是整月的日期范围（${sample}）`,
});

export const oneDayOfEachMonth = (column: string): Label => ({
  en: `“${column}” gives one day of each month`,
  zh: `“${column}”列每月一个日期，每行为一个月`,
});

export const monthsApart = (column: string): Label => ({
  en: `the dates in “${column}” are a month apart, each the first or the last day: a row is of that month`,
  zh: `“${column}”列每月一个日期，均为当月首日或末日，每行为一个月`,
});
