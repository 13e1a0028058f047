import { COUNT_FIELDS, type Field, type Warning } from '../../contract/imports.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { DataFile } from '../read/source.ts';
import { fractionsRounded } from './messages.ts';
import type { ColumnUse, ImportPlan } from './plan.ts';
import { countFractions } from './staged-checks-sql.ts';

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
