import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';

// Refused: the mapping

export const noColumn = (name: string): Label => ({
  en: `the file has no column “${name}”`,
  zh: `文件中没有“${name}”列`,
});

/** @param missing a sentence for each column; `names` are the file's columns */
export const noSuchColumns = (missing: readonly Label[], names: readonly string[]): Label => ({
  en: `${missing.map(({ en }) => en).join('; ')}. Its columns are: ${names.join(', ')}.`,
  zh: `${missing.map(({ zh }) => zh).join('；')}。文件的列有：${names.join('、')}。`,
});

export const NO_SERIES_MAPPED: Label = {
  en: 'no column is mapped to series_id or title',
  zh: '没有列映射为剧集编号或剧名',
};

export const notMapped = (field: Field): Label => ({
  en: `no column is mapped to ${field}`,
  zh: `没有列映射为${FIELD_LABELS[field].zh}`,
});

export const mapOneOf = (missing: readonly Label[], names: readonly string[]): Label => ({
  en: `${missing.map(({ en }) => en).join('; ')}. Map one of the file's columns: ${names.join(', ')}.`,
  zh: `${missing.map(({ zh }) => zh).join('；')}。请从文件的列中选择：${names.join('、')}。`,
});

export const ONE_DAY: Label = {
  en: 'Where the whole file is of one day, give that day instead (option day).',
  zh: '若整个文件是同一天的数据，请改为填写“全部行的日期”（day）。',
};

/** Everything is counted by series, so a list of something else has no place. */
export const noSeries = (names: readonly string[]): Label => ({
  en: `None of the file's columns (${names.join(', ')}) is mapped to series_id or title, so nothing says which series a row is about. If one of them names the series, map it. If the file is a list of something else, such as channels or producers, there is nothing to import in it: put what it says into the log or the catalogue, in columns beside the series, and import that.`,
  zh: `文件的列（${names.join('、')}）都没有映射为剧集编号（series_id）或剧名（title），无法得知各行属于哪部剧。若其中某列就是，请映射该列。若这是频道、承制方等其他名单，则没有可以单独导入的内容：请将所需内容作为列并入播放数据或剧集目录，与剧集同在一行，再导入该文件。`,
});

export const ONE_SERIES: Label = {
  en: 'If the whole file is of one series, give its title instead (option series).',
  zh: '若整个文件是同一部剧的数据，请改为填写“剧名（整个文件）”（series）。',
};

// Refused: the options

export const baseUnknown = (currency: string | undefined): Label => ({
  en: `“${currency}” is no currency that is known here; give the ISO 4217 code of the base, such as CNY.`,
  zh: `无法识别币种“${currency}”；请填写基准币种的 ISO 4217 代码，如 CNY。`,
});

export const NOT_ISO_CURRENCY: Label = { en: 'not an ISO 4217 code', zh: '不是 ISO 4217 代码' };

export const dayToCome = (day: string, latest: string): Label => ({
  en: `The day ${day} is after ${latest}, and no forecasts are imported. Correct the day, or give a later latest_day.`,
  zh: `日期 ${day} 晚于 ${latest}，预测数据不予导入。请更正日期，或将 latest_day 设为更晚的日期。`,
});

export const STILL_TO_COME: Label = { en: 'still to come', zh: '尚未到来' };

export const NOT_A_TIME_ZONE: Label = { en: 'not an IANA time zone', zh: '不是 IANA 时区' };

export const notADateFormat = (format: string): Label => ({
  en: `“${format}” is no format of dates. Write it with yyyy or yy, MM, M or MMM, dd or d, and HH, H or h, mm, ss and a, such as dd.MM.yyyy or d MMM yy HH:mm; put other letters between apostrophes.`,
  zh: `“${format}”不是日期格式。请用 yyyy 或 yy，MM、M 或 MMM，dd 或 d，以及 HH、H 或 h、mm、ss、a 书写，如 dd.MM.yyyy 或 d MMM yy HH:mm；其他字母请放在单引号内。`,
});

export const NO_DATE_FORMAT: Label = { en: 'not a format of dates', zh: '不是日期格式' };

// Cells that say less than they seem to

export const withoutResults = (count: number, column: string): Label => ({
  en: `${count === 1 ? `1 cell of “${column}” holds a formula without a result` : `${count.toLocaleString('en')} cells of “${column}” hold formulas without results`}; open and save the workbook in a spreadsheet program, and import it again`,
  zh: `“${column}”列有 ${count.toLocaleString('en')} 个公式单元格没有计算结果；请用表格软件打开并保存后重新导入`,
});

export const LOST_DIGITS: Label = {
  en: 'ids of more than 15 digits in number cells have lost digits in the workbook; export as text or CSV, or use the title in place of the id',
  zh: '数字单元格中超过 15 位的编号在工作簿中已丢失末尾数字；请以文本或 CSV 导出，或改用剧名代替编号',
};

export const endedSentence = ({ en, zh }: Label): Label => ({ en: `${en}.`, zh: `${zh}。` });

export const noneInAnyRow = (field: Field): Label => ({
  en: `no ${field} in any row`,
  zh: `各行均无${FIELD_LABELS[field].zh}`,
});

export const idOfSeveral = (column: string, id: string, titles: readonly [string, string]): Label => ({
  en: `“${column}” gives ${id} to “${titles[0]}” and to “${titles[1]}”: ${LOST_DIGITS.en}.`,
  zh: `“${column}”列的 ${id} 同时属于“${titles[0]}”与“${titles[1]}”：${LOST_DIGITS.zh}。`,
});

export const fractionsRounded = (column: string, field: Field): Label => ({
  en: `cells of “${column}” (${field}) that are fractions, each rounded to a whole number: sums may differ by up to half of one a row; if they are averages or shares, they are no counts`,
  zh: `“${column}”列（${FIELD_LABELS[field].zh}）有小数，已逐行四舍五入取整，合计每行最多相差 0.5；若为均值或占比，则不是计数`,
});

export const CLOCK_CHANGED = {
  skipped: (first: string, zone: string): Label => ({
    en: `rows of local times that do not exist in ${zone}, as clocks go forward over them, such as ${first}: read as the time after the change (02:30 as 03:30). Export times in UTC or with an offset, or name the zone that they are in`,
    zh: `所在时区 ${zone} 调快时钟而不存在的时间，如 ${first}：按调整后的时间读取（2:30 读作 3:30）。请以 UTC 或带时差的时间导出，或指定正确的时区`,
  }),
  doubled: (first: string, zone: string): Label => ({
    en: `rows of local times that come twice in ${zone}, as clocks go back, such as ${first}: all are read as the second, and the first hour stays empty; the day's total is right. Export times in UTC or with an offset to tell them apart`,
    zh: `所在时区 ${zone} 调慢时钟而出现两次的时间，如 ${first}：均按第二次读取，第一次的该小时为空，当日合计不受影响。如需区分，请以 UTC 或带时差的时间导出`,
  }),
} as const;
