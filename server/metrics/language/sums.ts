import type { LogColumn } from '../../warehouse/warehouse.ts';

/** Columns that `activity` can sum, by name. */
export const SUMS = [
  'views',
  'valid_views',
  'watch_seconds',
  'completions',
  'likes',
  'comments',
  'shares',
  'favourites',
  'revenue',
  'spend',
  'overseas_views',
  'domestic_views',
  'opening_views',
  'opening_valid_views',
  'heat_max',
  'heat_sum',
  'heat_rows',
  'viewers',
] as const;

export type SumId = (typeof SUMS)[number];

/** The measured column of the log that a sum reads. */
export function columnOf(sum: SumId): LogColumn {
  if (sum === 'overseas_views' || sum === 'domestic_views' || sum === 'opening_views') return 'views';
  if (sum === 'opening_valid_views') return 'valid_views';
  if (sum === 'heat_max' || sum === 'heat_sum' || sum === 'heat_rows') return 'heat';
  return sum;
}
