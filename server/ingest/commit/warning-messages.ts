/** The details of warnings. Each follows the number of rows, cells or keys that it is about. */
import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';

interface Changed {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

export const BLANK_ROWS: Label = { en: 'blank rows, left out', zh: '空白行，未导入' };

export const TOTAL_ROWS: Label = {
  en: 'rows that sum up others (合计, Total; 全网 or 全球 beside its parts), left out: they would count twice',
  zh: '合计行（合计、Total，或与分平台、分地区同列的全网、全球等）是其他行之和，未导入',
};

export const HEADER_ROWS: Label = { en: 'lines that repeat the header, left out', zh: '重复的表头行，未导入' };

export const APPENDED_AGAIN: Label = {
  en: 'rows of a time, series and place that an earlier import of the source states, too: appended rows add up',
  zh: '该来源此前的导入已有相同时间、剧集与位置的行：追加会重复累加',
};

export const rowsChanged = (
  files: readonly string[],
  importId: string,
  { en, zh }: { readonly en: Changed; readonly zh: Changed },
): Label => ({
  en: `rows that an earlier import states otherwise (${files.join(', ')}, import ${importId}): only the values of this file count now, such as ${en.key}: ${en.before} → ${en.after}. If both files are right, they are of different sources or platforms: undo this import and import it with a source or platform of its own`,
  zh: `与此前的导入（${files.join('、')}，导入编号 ${importId}）同一记录、数值不同：现以本文件为准，如 ${zh.key}：${zh.before} → ${zh.after}。若两个文件都正确，说明来源或平台不同：请撤销本次导入，另行指定来源或平台后重新导入`,
});

export const STATED_LATER: Label = {
  en: 'rows that do not count: mended or read again they keep their place, and an import made after it states the same time, series and place',
  zh: '未计入的行：修正或重新读取的行保持原来的先后，其后另有导入给出了相同时间、剧集与位置的数据',
};

export const yearAssumed = (upTo: string | null, first: string, last: string): Label => ({
  en: `dates without a year, taken for the latest ones up to ${upTo}: ${first} to ${last}; say dates_up_to where that is wrong`,
  zh: `没有年份的日期，按不晚于 ${upTo} 的最近日期读取：${first} 至 ${last}；如不对，请填写“无年份日期的截止日”（dates_up_to）`,
});

export const OVERLAPPING_SOURCES: Label = {
  en: 'days of a series on a platform that another source states, too: sources add, so views may count twice',
  zh: '同一剧集、平台、日期另有来源提供数据：各来源相加，播放量可能重复计算',
};

export const roundedCounter = (error: number, views: number): Label => {
  const text = (n: number) => Math.round(n).toLocaleString('en');
  return {
    en: `increments taken from rounded counters: typically up to ±${text(error)} on an increment of ${text(views)}${error >= views ? ', so they tell nothing by the day' : ''}; import a column of increments or unrounded counters where there is one`,
    zh: `增量由取整的累计值相减得出：通常每 ${text(views)} 的增量误差可达 ±${text(error)}${error >= views ? '，按日不可用' : ''}；如有增量列或未取整的累计值，请改用`,
  };
};

export const NO_ROWS: Label = { en: 'the file has no rows that count', zh: '文件中没有可计入的行' };

export const NO_NUMBERS: Label = {
  en: 'rows, and none states a number: their days count as days without data',
  zh: '行没有任何数值：这些日期仍视为没有数据',
};

export const NO_VIEWS: Label = {
  en: 'rows, and none states views, though a column is mapped to them: look whether it is the right one',
  zh: '行均无播放量，虽有列映射为播放量：请检查所选的列是否正确',
};

export const RANKING_ROWS: Label = {
  en: 'rows of a chart: series that are not on it are unknown, not 0, and shares over it are of the chart. If the file states every series, import it with coverage census.',
  zh: '来自榜单：未上榜的剧集为未知，而非 0，占比均为榜内占比。若文件列出全部剧集，请将来源范围改为“全量”。',
};

export const valueIgnored = ({ field, sample }: { readonly field: Field; readonly sample: string }): Label => ({
  en: `${field}: such as “${sample}”, left unknown`,
  zh: `“${FIELD_LABELS[field].zh}”中无法识别的值，如“${sample}”，按未知处理`,
});

export const rejectsKept = (total: number): Label => ({
  en: `rejects that are kept for download, the first of ${total.toLocaleString('en')}`,
  zh: `被拒绝的行共 ${total.toLocaleString('en')} 行，仅保留靠前的供下载`,
});

export const IDENTICAL_LINES: Label = {
  en: 'lines that stand in the file again, counted once',
  zh: '与文件中其他行完全相同，只计一次',
};

export const KEY_REPEATED: Label = {
  en: 'keys that several different lines state: their numbers were added; of heat, viewers and counters the largest was taken',
  zh: '同一记录有多行且内容不同：数值已相加；热度、观看人数与累计值取最大',
};

export const ROWS_REPLACED: Label = {
  en: 'rows of the source within the days of this file that it does not state: they no longer count',
  zh: '该来源在本文件日期范围内、本文件未列出的行，不再计入',
};

export const MIXED_GRAIN: Label = {
  en: 'rows of a day or a whole series that do not count, because the source states hours or episodes of it',
  zh: '该来源已有分小时或分集的数据，按日或整剧的行不再计入',
};

export const COUNTER_FELL: Label = {
  en: 'counters that fell: no views there, the lower value is the new base',
  zh: '累计值回落：该处不计播放，以较低值为新的起点',
};
