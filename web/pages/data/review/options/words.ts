import { hookFor } from '../../../../data/useWords.ts';
import { defineWords } from '../../../../i18n/defineWords.ts';
import * as shared from '../../parts/words.ts';

const words = defineWords({
  zh: {
    ...shared.zh,
    views_increment_text: '每行是这段时间新增的播放量。',
    views_cumulative_text: '每行是截至当时的总播放量，将按前后差值换算成增量。',
    views_event_text: '每行是一次播放，按行数计。',
    covers_of_day: '该日期表示',
    covers_of_day_def: '整个文件是一天、一周还是一个月的数据。一个月可填当月任意一天；一周填其第一天或最后一天。',
    options_times: '时间',
    options_values: '数值',
    options_source: '来源与写入',
    auto: '自动识别',
    choose: '请选择',
    views_are_def:
      '播放量列的含义决定如何汇总：增量直接相加；累计值先按同一剧集前后两次的差换算成增量；逐条事件按行数计。选错会使总量相差很多倍。',
    covers_def: '每行的时间代表哪一段：一天、一周或一个月的数字，会分摊或归入相应的日期。',
    date_order_def: '只影响年份不在最前的写法，如 03/04/2025 或 17.14.11。2025-10-01、20251001 这类写法不受影响。',
    date_example: '文件中的 {{text}} 即 {{date}}',
    date_example_none: '文件中的 {{text}} 按此顺序不成日期',
    day: '全部行的日期',
    day_def: '文件没有日期列时，全部行记在这一天。',
    latest_day: '最晚日期',
    latest_day_def: '晚于这一天的行视为有误，不予导入；留空则为明天。',
    date_format_def:
      '仅在日期无法识别或读错时填写：yyyy 或 yy 为年，MM、M 或 MMM 为月，dd 或 d 为日，HH、mm、ss 为时分秒，如 dd.MM.yyyy。其他字母放在单引号内。',
    dates_up_to_def: '“10月1日”这类没有年份的日期，取不晚于这一天的最近一次。',
    time_numbers_def: '时间列是纯数字时的含义：表格软件的日期序号，或自 1970 年起的秒、毫秒、微秒、纳秒数。',
    time_zone_def: '文件中的时刻没有写明时区时，按此时区理解；写明的以文件为准。',
    time_zone_dataset: '与数据集相同',
    decimal_mark_def: '1,234.5 用点作小数点，1.234,5 用逗号。欧洲导出的文件常用逗号。',
    currency_def: '金额列没有写明币种时，按此币种记；不同币种不会直接相加。',
    base_currency_def: '汇率以哪种货币表示：1 单位外币等于多少单位的该货币。',
    rates_are_def:
      '欧洲央行的文件写的是 1 欧元折合多少外币；多数文件写的是 1 单位外币折合多少基准币种。全文件只有一种方向。',
    currency_default: '默认（CNY）',
    one_series_def: '文件没有剧名列、整个文件都是同一部剧（如单个账号的导出）时，填写剧名：全部行记在此剧。',
    platform_def: '文件没有平台列时，全部行记在此平台；留空则平台记为未知。',
    source_def:
      '同一来源、同一剧集、同一时间与平台的记录只计一次，以最新一次导入为准。同一平台每天的导出应使用同一来源名称。',
    coverage_def:
      '全量：来源列出全部剧集，未出现即没有播放。榜单：只列前 N 名，未上榜的剧集播放未知，不按 0 计，份额也只在榜内计算。',
    mode_def:
      '更新：与已有记录相同者以本次为准，其余保留。追加：不比对，全部相加。替换：先覆盖该来源在文件时间范围内的旧记录，适合平台修正过的完整重导。',
  },
  en: {
    ...shared.en,
    views_increment_text: 'Each row holds the views added in its period.',
    views_cumulative_text: 'Each row holds the total so far; differences become the increments.',
    views_event_text: 'Each row is one view.',
    covers_of_day: 'That day stands for',
    covers_of_day_def:
      'Whether the whole file is of a day, a week or a month. For a month give any of its days, for a week its first or last one.',
    options_times: 'Times',
    options_values: 'Values',
    options_source: 'Source and writing',
    auto: 'Found by itself',
    choose: 'Please choose',
    views_are_def:
      'What the views column states decides how it adds up: increments are summed; of running totals the difference of two readings of a series is the increment; events are counted by rows. A wrong choice is off by a large factor.',
    covers_def:
      'The span that each row’s time stands for: figures of a week or a month are spread over, or put into, its days.',
    date_order_def:
      'Only for dates whose year does not come first, such as 03/04/2025 or 17.14.11. It does not touch 2025-10-01 or 20251001.',
    date_example: '{{text}} in the file is {{date}}',
    date_example_none: '{{text}} in the file is no date in this order',
    day: 'Day of every row',
    day_def: 'For a file without a column of dates: every row is of this day.',
    latest_day: 'Latest day',
    latest_day_def: 'Rows after this day are taken for mistakes and not imported. Left empty, it is tomorrow.',
    date_format_def:
      'Only for dates that are not read, or read wrongly: yyyy or yy is the year, MM, M or MMM the month, dd or d the day, HH, mm and ss the time, such as dd.MM.yyyy. Put other letters between apostrophes.',
    dates_up_to_def: 'A date without a year (“10月1日”) is the latest such day not after this one.',
    time_numbers_def: 'What plain numbers in the time column are: a spreadsheet’s days, or units of time since 1970.',
    time_zone_def: 'For times that name no zone; a zone written in the file wins.',
    time_zone_dataset: 'That of the dataset',
    decimal_mark_def: '1,234.5 has a decimal point, 1.234,5 a decimal comma, as in many European exports.',
    currency_def: 'For money that names no currency; different currencies are never added up.',
    base_currency_def: 'What the rates are stated in: how many units of it one unit of the currency is worth.',
    rates_are_def:
      'The European Central Bank states how much of each currency one euro is; most files state what one unit of a currency is in the base. A file has one direction.',
    currency_default: 'Default (CNY)',
    one_series_def:
      'For a file without a column of titles that is of one series, such as the export of one account: its title. Every row counts there.',
    platform_def: 'For a file without a platform column: every row counts there. Left empty, the platform is unknown.',
    source_def:
      'Of one source, a record of a series, time and platform counts once: the latest import wins. Give daily exports of one platform the same source.',
    coverage_def:
      'All series: one that is absent has no views. A chart lists the top N only: one that is absent is unknown, not zero, and shares are shares of the chart.',
    mode_def:
      'Update: this file wins over equal records, others stay. Append: nothing is compared, all rows add up. Replace: hides what the source stated in the file’s period, for a corrected export that is whole.',
  },
});

export const { say } = words;
export const useWords = hookFor(words);
