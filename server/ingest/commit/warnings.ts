/** What an import warns of; the same in a dry run. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Warning } from '../../contract/imports.ts';
import type { HiddenReason } from '../../ledger/settle.ts';
import type { Derived } from '../../ledger/snapshots.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import type { ExtraRow } from '../cells/extra-rows.ts';
import type { ImportPlan } from '../stage/plan.ts';
import type { Comparison } from './compare.ts';
import { anyExtraName, anyValue, countExtraNames, hiddenRows, yearlessDays } from './run-sql.ts';
import type { IgnoredCells } from './statements.ts';
import type { Target } from './target.ts';
import type { Merged } from './write.ts';

const EXTRA_DETAILS: Readonly<Record<ExtraRow, Pick<Warning, 'code' | 'detail'>>> = {
  blank: { code: 'blank_rows', detail: { en: 'blank rows, left out', zh: '空白行，未导入' } },
  total: {
    code: 'total_rows',
    detail: {
      en: 'rows that sum up others (合计, Total; 全网 or 全球 beside its parts), left out: they would count twice',
      zh: '合计行（合计、Total，或与分平台、分地区同列的全网、全球等）是其他行之和，未导入',
    },
  },
  header: {
    code: 'header_rows',
    detail: { en: 'lines that repeat the header, left out', zh: '重复的表头行，未导入' },
  },
};

/** @returns how many rows are no facts */
export async function warnOfExtraRows(
  session: WriteSession,
  { plan, staged }: Target,
  warnings: Warning[],
): Promise<number> {
  const named = plan.kind === 'rates' ? [] : await extraNames(session);
  let all = 0;
  for (const row of ['total', 'header', 'blank'] as const) {
    const count = named
      .filter(({ extra }) => extra === row)
      .reduce((sum, found) => sum + numberOf(found, 'n'), staged.extra[row] ?? 0);
    if (count > 0) warnings.push({ ...EXTRA_DETAILS[row], count });
    all += count;
  }
  return all;
}

/** Rows that only their name tells to be none. */
async function extraNames(session: WriteSession): Promise<readonly ResultRow[]> {
  return (await session.all(anyExtraName)).length === 0 ? [] : session.all(countExtraNames);
}

/** Appended rows add up, so all are new, also those that an earlier import states alike. */
export function appended(found: Comparison, warnings: Warning[]): Comparison {
  const again = found.changed + found.identical;
  if (again > 0)
    warnings.push({
      code: 'appended_again',
      count: again,
      detail: {
        en: 'rows of a time, series and place that an earlier import of the source states, too: appended rows add up',
        zh: '该来源此前的导入已有相同时间、剧集与位置的行：追加会重复累加',
      },
    });
  return { ...found, new: found.new + again, changed: 0, identical: 0, samples: [] };
}

/**
 * Rows of another import that no longer count, as this one states them otherwise: a correction, or another file whose
 * rows have the same source, time, series and place.
 */
export function warnOfChanges(warnings: Warning[], found: Comparison): void {
  const [sample] = found.samples;
  const [first] = found.changedOf ?? [];
  if (found.changed === 0 || !sample || !first) return;
  const files = [...new Set(found.changedOf?.map(({ filename }) => `“${filename}”`))];
  const { en, zh } = sample.label;
  warnings.push({
    code: 'rows_changed',
    count: found.changed,
    detail: {
      en: `rows that an earlier import states otherwise (${files.join(', ')}, import ${first.importId}): only the values of this file count now, such as ${en.key}: ${en.before} → ${en.after}. If both files are right, they are of different sources or platforms: undo this import and import it with a source or platform of its own`,
      zh: `与此前的导入（${files.join('、')}，导入编号 ${first.importId}）同一记录、数值不同：现以本文件为准，如 ${zh.key}：${zh.before} → ${zh.after}。若两个文件都正确，说明来源或平台不同：请撤销本次导入，另行指定来源或平台后重新导入`,
    },
  });
}

export function warnOfLater(warnings: Warning[], count = 0): void {
  if (count > 0)
    warnings.push({
      code: 'stated_later',
      count,
      detail: {
        en: 'rows that do not count: mended or read again they keep their place, and an import made after it states the same time, series and place',
        zh: '未计入的行：修正或重新读取的行保持原来的先后，其后另有导入给出了相同时间、剧集与位置的数据',
      },
    });
}

export async function warnOfYears(session: WriteSession, plan: ImportPlan, warnings: Warning[]): Promise<void> {
  const [row] = await session.all(yearlessDays);
  if (numberOf(row, 'n') > 0)
    warnings.push({
      code: 'year_assumed',
      count: numberOf(row, 'n'),
      detail: {
        en: `dates without a year, taken for the latest ones up to ${plan.dates.upTo}: ${row?.first} to ${row?.last}; say dates_up_to where that is wrong`,
        zh: `没有年份的日期，按不晚于 ${plan.dates.upTo} 的最近日期读取：${row?.first} 至 ${row?.last}；如不对，请填写“无年份日期的截止日”（dates_up_to）`,
      },
    });
}

export function warnOfOverlaps(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'overlapping_sources',
      count,
      detail: {
        en: 'days of a series on a platform that another source states, too: sources add, so views may count twice',
        zh: '同一剧集、平台、日期另有来源提供数据：各来源相加，播放量可能重复计算',
      },
    });
}

/** Rows that do not count, for a reason. */
export async function countHidden(session: WriteSession, reason: HiddenReason): Promise<number> {
  const [row] = await session.all(hiddenRows(reason));
  return numberOf(row, 'n');
}

export function warnOfRounding(warnings: Warning[], { steps, error, views }: Derived['rounded']): void {
  if (steps === 0) return;
  const text = (n: number) => Math.round(n).toLocaleString('en');
  warnings.push({
    code: 'rounded_counter',
    count: steps,
    detail: {
      en: `increments taken from rounded counters: typically up to ±${text(error)} on an increment of ${text(views)}${error >= views ? ', so they tell nothing by the day' : ''}; import a column of increments or unrounded counters where there is one`,
      zh: `增量由取整的累计值相减得出：通常每 ${text(views)} 的增量误差可达 ±${text(error)}${error >= views ? '，按日不可用' : ''}；如有增量列或未取整的累计值，请改用`,
    },
  });
}

/**
 * Warns of a file that states nothing: without rows, or with rows whose every number, or every number of views, is blank.
 * @param rows that can be used
 */
export async function warnOfNoValues(
  session: WriteSession,
  { plan, staged }: Target,
  rows: number,
  warnings: Warning[],
): Promise<void> {
  const push = (detail: Warning['detail']) => warnings.push({ code: 'no_values', count: rows, detail });
  if (rows === 0) {
    push({ en: 'the file has no rows that count', zh: '文件中没有可计入的行' });
    return;
  }
  if (plan.kind !== 'log') return;
  const states = async (columns: readonly string[]) => (await session.all(anyValue(columns))).length > 0;
  if (!(await states(staged.measures)))
    push({
      en: 'rows, and none states a number: their days count as days without data',
      zh: '行没有任何数值：这些日期仍视为没有数据',
    });
  else if (plan.uses.has('views') && !(await states(['views'])))
    push({
      en: 'rows, and none states views, though a column is mapped to them: look whether it is the right one',
      zh: '行均无播放量，虽有列映射为播放量：请检查所选的列是否正确',
    });
}

export function warnOfRanking(warnings: Warning[], count: number): void {
  warnings.push({
    code: 'chart_source',
    count,
    detail: {
      en: 'rows of a chart: series that are not on it are unknown, not 0, and shares over it are of the chart. If the file states every series, import it with coverage census.',
      zh: '来自榜单：未上榜的剧集为未知，而非 0，占比均为榜内占比。若文件列出全部剧集，请将来源范围改为“全量”。',
    },
  });
}

/** Cells of the catalogue's fields that cannot be read. */
export function warnOfIgnored(warnings: Warning[], cells: readonly IgnoredCells[]): void {
  for (const ignored of cells)
    warnings.push({
      code: 'value_ignored',
      count: ignored.count,
      detail: {
        en: `${ignored.field}: such as “${ignored.sample}”, left unknown`,
        zh: `“${FIELD_LABELS[ignored.field].zh}”中无法识别的值，如“${ignored.sample}”，按未知处理`,
      },
    });
}

/** Rejects of which not all are kept. */
export function warnOfKept(warnings: Warning[], kept: number, total: number): void {
  if (total > kept)
    warnings.push({
      code: 'rejects_kept',
      count: kept,
      detail: {
        en: `rejects that are kept for download, the first of ${total.toLocaleString('en')}`,
        zh: `被拒绝的行共 ${total.toLocaleString('en')} 行，仅保留靠前的供下载`,
      },
    });
}

export function warnOfRepeats(warnings: Warning[], merged: Merged): void {
  if (merged.identical > 0)
    warnings.push({
      code: 'identical_lines',
      count: merged.identical,
      detail: { en: 'lines that stand in the file again, counted once', zh: '与文件中其他行完全相同，只计一次' },
    });
  if (merged.repeated > 0)
    warnings.push({
      code: 'key_repeated',
      count: merged.repeated,
      detail: {
        en: 'keys that several different lines state: their numbers were added; of heat, viewers and counters the largest was taken',
        zh: '同一记录有多行且内容不同：数值已相加；热度、观看人数与累计值取最大',
      },
    });
}

export function warnOfReplaced(warnings: Warning[], count = 0): void {
  if (count > 0)
    warnings.push({
      code: 'rows_replaced',
      count,
      detail: {
        en: 'rows of the source within the days of this file that it does not state: they no longer count',
        zh: '该来源在本文件日期范围内、本文件未列出的行，不再计入',
      },
    });
}

export function warnOfMixedGrains(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'mixed_grain',
      count,
      detail: {
        en: 'rows of a day or a whole series that do not count, because the source states hours or episodes of it',
        zh: '该来源已有分小时或分集的数据，按日或整剧的行不再计入',
      },
    });
}

export function warnOfFallen(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'counter_fell',
      count,
      detail: {
        en: 'counters that fell: no views there, the lower value is the new base',
        zh: '累计值回落：该处不计播放，以较低值为新的起点',
      },
    });
}
