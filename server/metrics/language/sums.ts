import type { LogColumn, OpenedColumn } from '../../contract/columns.ts';

/** Of heat its highest, its sum and its rows. */
export type SumId =
  | Exclude<LogColumn, 'heat'>
  | `opening_${OpenedColumn}`
  | 'overseas_views'
  | 'domestic_views'
  | 'heat_max'
  | 'heat_sum'
  | 'heat_rows';

export function columnOf(sum: SumId): LogColumn {
  if (sum === 'overseas_views' || sum === 'domestic_views' || sum === 'opening_views') return 'views';
  if (sum === 'opening_valid_views') return 'valid_views';
  if (sum === 'heat_max' || sum === 'heat_sum' || sum === 'heat_rows') return 'heat';
  return sum;
}
