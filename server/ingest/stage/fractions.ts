/** Counts that a file writes as fractions: they are rounded, and that is told. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import { COUNT_FIELDS, type Field, type Warning } from '../../contract/imports.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { DataFile } from '../read/source.ts';
import type { ColumnUse, ImportPlan } from './plan.ts';
import { countFractions } from './staged-checks-sql.ts';

const counts = new Set<Field>(COUNT_FIELDS);

/** Warns of each column of counts that holds fractions, so far as its type or its first cells may. */
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
        detail: {
          en: `cells of “${use.column.name}” (${use.field}) that are fractions, each rounded to a whole number: sums may differ by up to half of one a row; if they are averages or shares, they are no counts`,
          zh: `“${use.column.name}”列（${FIELD_LABELS[use.field].zh}）有小数，已逐行四舍五入取整，合计每行最多相差 0.5；若为均值或占比，则不是计数`,
        },
      });
  }
}

function mayBeFractions({ column }: ColumnUse): boolean {
  if (column.type !== 'VARCHAR') return /^(FLOAT|DOUBLE|REAL|DECIMAL)/u.test(column.type);
  // Parquet shows no first cells.
  return column.cells.length === 0 || column.cells.some((cell) => cell !== null && /[.,．，]\d/u.test(cell));
}
