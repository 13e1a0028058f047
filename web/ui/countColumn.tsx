import { columnFormat, exact, type NumberLanguage, type Numeric, toNumber } from '../i18n/numbers.ts';
import type { TableColumn } from './tableColumn.ts';

/**
 * The cells of a column of counts: one number of decimals in each unit, the whole number on hover.
 * @param rows all rows of the table
 */
export function countColumn<R>(
  rows: readonly R[],
  of: (row: R) => Numeric,
  language: NumberLanguage,
): Required<Pick<TableColumn<R>, 'value' | 'cell'>> {
  const written = columnFormat(rows.map(of), language);
  return {
    value: (row) => toNumber(of(row)),
    cell: (row) => <span title={exact(of(row))}>{written(of(row))}</span>,
  };
}
