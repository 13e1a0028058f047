import type { Label } from '../../contract/query.ts';
import type { Reject } from '../read/refused.ts';

export const REASONS = {
  no_time: { en: 'the time is missing', zh: '缺少时间' },
  hour: { en: 'neither an hour from 0 to 23 nor a time of day', zh: '既不是 0 到 23 的小时，也不是时刻' },
  no_series: { en: 'the series is missing', zh: '缺少剧名或剧集编号' },
  episode: { en: 'not an episode number', zh: '不是集数序号' },
  no_currency: { en: 'the currency is missing', zh: '缺少币种' },
  no_rate: { en: 'the rate is missing', zh: '缺少汇率' },
  percentage: { en: 'a percentage, where a number is wanted', zh: '应为数值，却是百分比' },
  negative: { en: 'negative', zh: '为负数' },
  no_number: { en: 'not a number, or out of range', zh: '不是数值，或超出范围' },
  date_order: {
    en: 'a date whose day, month and year could stand in several orders: say date_order (dmy, mdy, ymd or ydm)',
    zh: '年月日的先后不明：请指定“日期顺序”（date_order：dmy、mdy、ymd 或 ydm）',
  },
  range: {
    en: 'a range of days: only whole weeks (covers week_starting or week_ending) and whole months (covers month) are read; give other rows one line per day',
    zh: '是一段日期：只有整周和整月可读取，请在“时间列表示”中选择（covers：week_starting、week_ending 或 month）；其他请拆成每天一行',
  },
  month: {
    en: 'a month among other dates: its number is not that of one day; import the rows of months as a file of their own, or say covers day if each is of its first day',
    zh: '是整月，与其他日期混在一列，其数值不属于某一天：请把按月的行单独存为一个文件导入；若确为当月首日的数据，请将“时间列表示”选为“日”（covers: day）',
  },
  week: {
    en: 'a week among other dates: its number is not that of one day; import the rows of weeks as a file of their own, or say covers day if each is of its first day',
    zh: '是整周，与其他日期混在一列，其数值不属于某一天：请把按周的行单独存为一个文件导入；若确为该周首日的数据，请将“时间列表示”选为“日”（covers: day）',
  },
  no_year: {
    en: 'a date without a year: say dates_up_to, the last day that it may be',
    zh: '日期没有年份：请在“无年份日期的截止日”（dates_up_to）中填写最晚可能的日期',
  },
  quarter: {
    en: 'a quarter: rows of quarters cannot be spread over days; give a line per month, week or day',
    zh: '是季度：按季度的数据无法拆到每天；请按月、周或日提供',
  },
  no_date: {
    en: 'not a date or time that is known here; date_format can say how dates are written, such as dd.MM.yyyy',
    zh: '无法识别的日期或时间；可在“日期格式”（date_format）中指定写法，如 dd.MM.yyyy',
  },
} as const satisfies Record<string, Label>;

export const otherBytes = (encoding: string | null): Label => ({
  en: `bytes that are not ${encoding}`,
  zh: `含有不是 ${encoding} 的字节`,
});

export const UNKNOWN_CURRENCY: Label = {
  en: 'not a currency that is known here; give its ISO 4217 code, such as USD',
  zh: '无法识别的币种，请用 ISO 4217 代码，如 USD',
};

export const NOT_ABOVE_ZERO: Label = {
  en: 'not a number above 0',
  zh: '不是大于 0 的数值',
};

export const RATE_OF_BASE: Label = {
  en: 'the rate of the base currency itself, which is 1',
  zh: '基准币种对自身的汇率只能为 1',
};

export const OTHER_RATE: Label = {
  en: 'another rate of this day and currency stands in the file',
  zh: '文件中同一天、同一币种另有不同的汇率',
};

export const afterLatestDay = (latestDay: string): Label => ({
  en: `after ${latestDay}: still to come, and no forecasts are imported; correct the date, or give a later latest_day`,
  zh: `晚于 ${latestDay}，尚未到来，预测数据不予导入；请更正日期，或将 latest_day 设为更晚的日期`,
});

// Refused files

export const brokenFrom = (line: number): Label => ({
  en: `Line ${line}, column 1: from about here the file's lines cannot be told apart (a stray quote or a line break inside a cell). Repair it and import the file again.`,
  zh: `约从第 ${line} 行起无法分清各行（多余的引号，或单元格内有换行）。请修正后重新导入。`,
});

export const LINES_RUN_TOGETHER: Label = { en: 'lines cannot be told apart', zh: '无法分清各行' };

export const tooManyRejects = (bad: string, all: string, told: readonly Label[]): Label => ({
  en: `${bad} of ${all} ${all === '1' ? 'row' : 'rows'} cannot be used, more than a tenth: the mapping or the options are probably wrong. ${told.map(({ en }) => en).join(' ')}`,
  zh: `${all} 行中有 ${bad} 行无法使用，超过一成，可能是列映射或读取方式有误。${told.map(({ zh }) => zh).join('')}`,
});

/** For a report that names the day once for several rows, as merged cells do when saved as CSV. */
export function blankTimes(bad: string, all: string, undated: readonly Reject[]): Label {
  const [first] = undated;
  const column = first?.column ?? '';
  return {
    en: `${bad} of ${all} ${all === '1' ? 'row' : 'rows'} cannot be used: column “${column}” is blank in most of them, from line ${first?.line} on. If the date stands only in the first row of each group, fill it down into every row, or import the workbook with its merged cells instead.`,
    zh: `${all} 行中有 ${bad} 行无法使用：其中大多数“${column}”列为空，最早在第 ${first?.line} 行。若日期只写在每组的第一行，请向下填充到每一行，或直接导入带合并单元格的工作簿（XLSX）。`,
  };
}

export function describeReject({ line, column, value, reason }: Reject): Label {
  const cell = column ? { en: `, column “${column}”: “${value}”`, zh: `“${column}”列“${value}”` } : { en: ':', zh: '' };
  return { en: `Line ${line}${cell.en} ${reason.en}.`, zh: `第 ${line} 行${cell.zh}：${reason.zh}。` };
}
