/** Cells of a workbook that lost something: numbers cut to 15 digits, formulas without a stored result. */

import { COUNT_FIELDS, type Field, type Mapping, type Warning } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { DataFile, SampledColumn } from '../read/source.ts';
import { endedSentence, fractionsRounded, idOfSeveral, LOST_DIGITS, noneInAnyRow, withoutResults } from './messages.ts';
import { type ColumnUse, type ImportPlan, MEASURES } from './plan.ts';
import type { Staged } from './stage.ts';
import { countFractions, countLostDigits, lostIdOfSeveral } from './staged-checks-sql.ts';

export function doubtLostCells(mapping: Mapping, columns: readonly SampledColumn[]): OptionReason[] {
  const mapped = new Set<string>(Object.values(mapping));
  return columns.flatMap(({ name, lost }) => {
    if (!lost || !mapped.has(name)) return [];
    const reasons = [
      ...(lost.withoutResult > 0 ? [withoutResults(lost.withoutResult, name)] : []),
      ...(lost.longNumbers > 0 && name === mapping.series_id ? [LOST_DIGITS] : []),
    ];
    return reasons.map((reason) => ({ option: 'mapping', reason, doubt: 'ask' as const }));
  });
}

/** @throws ProblemError `unreadable_file` if a needed column has no result at all */
export function warnOfResults(plan: ImportPlan, warnings: Warning[]): void {
  for (const { field, column } of plan.uses.values()) {
    const { lost, name } = column;
    if (!lost || lost.withoutResult === 0) continue;
    const detail = withoutResults(lost.withoutResult, name);
    const needed =
      MEASURES.has(field) || field === 'time' || field === 'series_id' || field === 'title' || field === 'rate';
    if (needed && lost.filled === 0)
      throw new ProblemError('unreadable_file', endedSentence(detail), [{ path: name, message: noneInAnyRow(field) }]);
    warnings.push({ code: 'formulas_without_results', count: lost.withoutResult, detail });
  }
}

/** `name_key` must be made. @throws ProblemError `mapping_incomplete` if a cut id stands for several series */
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
        idOfSeveral(id.column.name, textOf(several, 'id'), [textOf(several, 'one'), textOf(several, 'other')]),
        [{ path: 'mapping', message: LOST_DIGITS }],
      );
  }
  warnings.push({ code: 'digits_lost', count, detail: LOST_DIGITS });
}

const counts = new Set<Field>(COUNT_FIELDS);

/** Looks only into columns whose type or first cells may have fractions. */
export async function warnOfFractions(
  session: WriteSession,
  file: DataFile,
  plan: ImportPlan,
  warnings: Warning[],
): Promise<void> {
  for (const use of plan.uses.values()) {
    if (!counts.has(use.field) || !mayBeFractions(use)) continue;
    const [row] = await session.all(countFractions(file, use, plan));
    const count = numberOf(row, 'n');
    if (count > 0)
      warnings.push({
        code: 'fractions_rounded',
        count,
        detail: fractionsRounded(use.column.name, use.field),
      });
  }
}

function mayBeFractions({ column }: ColumnUse): boolean {
  if (column.type !== 'VARCHAR') return /^(FLOAT|DOUBLE|REAL|DECIMAL)/u.test(column.type);
  // Parquet has no first cells here.
  return column.cells.length === 0 || column.cells.some((cell) => cell !== null && /[.,．，]\d/u.test(cell));
}
