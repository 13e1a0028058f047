/** Cells of a workbook that hold less than they seem to: numbers cut to 15 digits, formulas without a stored result. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Mapping, Warning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';
import { type ImportPlan, MEASURES } from './plan.ts';
import type { Staged } from './stage.ts';
import { countLostDigits, lostIdOfSeveral } from './staged-checks-sql.ts';

const sayResults = (count: number, column: string): Label => ({
  en: `${count === 1 ? `1 cell of “${column}” holds a formula without a result` : `${count.toLocaleString('en')} cells of “${column}” hold formulas without results`}; open and save the workbook in a spreadsheet program, and import it again`,
  zh: `“${column}”列有 ${count.toLocaleString('en')} 个公式单元格没有计算结果；请用表格软件打开并保存后重新导入`,
});

const LOST_DIGITS: Label = {
  en: 'ids of more than 15 digits in number cells have lost digits in the workbook; export as text or CSV, or use the title in place of the id',
  zh: '数字单元格中超过 15 位的编号在工作簿中已丢失末尾数字；请以文本或 CSV 导出，或改用剧名代替编号',
};

/** What somebody should know of the mapped columns. */
export function doubtLostCells(mapping: Mapping, columns: readonly SampledColumn[]): OptionReason[] {
  const mapped = new Set<string>(Object.values(mapping));
  return columns.flatMap(({ name, lost }) => {
    if (!lost || !mapped.has(name)) return [];
    const reasons = [
      ...(lost.withoutResult > 0 ? [sayResults(lost.withoutResult, name)] : []),
      ...(lost.longNumbers > 0 && name === mapping.series_id ? [LOST_DIGITS] : []),
    ];
    return reasons.map((reason) => ({ option: 'mapping', reason, doubt: 'ask' as const }));
  });
}

/**
 * Warns of mapped columns that miss results.
 * @throws ProblemError `unreadable_file` for a column of time, series or numbers that has no result at all
 */
export function warnOfResults(plan: ImportPlan, warnings: Warning[]): void {
  for (const { field, column } of plan.uses.values()) {
    const { lost, name } = column;
    if (!lost || lost.withoutResult === 0) continue;
    const detail = sayResults(lost.withoutResult, name);
    const needed =
      MEASURES.has(field) || field === 'time' || field === 'series_id' || field === 'title' || field === 'rate';
    if (needed && lost.filled === 0)
      throw new ProblemError('unreadable_file', { en: `${detail.en}.`, zh: `${detail.zh}。` }, [
        { path: name, message: { en: `no ${field} in any row`, zh: `各行均无${FIELD_LABELS[field].zh}` } },
      ]);
    warnings.push({ code: 'formulas_without_results', count: lost.withoutResult, detail });
  }
}

/**
 * Warns of ids that have lost digits; `name_key` must be made.
 * @throws ProblemError `mapping_incomplete` if one such id has several titles: it stands for several series
 */
export async function warnOfLostDigits(
  session: WriteSession,
  plan: ImportPlan,
  staged: Staged,
  warnings: Warning[],
): Promise<void> {
  const id = plan.uses.get('series_id');
  if (!id) return;
  const long = (id.column.lost?.longNumbers ?? 0) > 0;
  const [found] = await session.all(countLostDigits(long));
  const count = numberOf(found, 'n');
  if (count === 0) return;
  if (staged.catalog.includes('title')) {
    const [several] = await session.all(lostIdOfSeveral(long));
    if (several)
      throw new ProblemError(
        'mapping_incomplete',
        {
          en: `“${id.column.name}” gives ${several.id} to “${several.one}” and to “${several.other}”: ${LOST_DIGITS.en}.`,
          zh: `“${id.column.name}”列的 ${several.id} 同时属于“${several.one}”与“${several.other}”：${LOST_DIGITS.zh}。`,
        },
        [{ path: 'mapping', message: LOST_DIGITS }],
      );
  }
  warnings.push({ code: 'digits_lost', count, detail: LOST_DIGITS });
}
