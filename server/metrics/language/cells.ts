import type { Cell } from '../../contract/query.ts';
import type { Value } from '../../warehouse/warehouse.ts';

/** Integers beyond 2^53 become strings of digits. */
export function toCell(value: Value | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value.map((item) => String(item)).join('/');
}

/** For ratios, which do not feel digits lost beyond 2^53. */
export function toNumber(value: Value | Cell | undefined): number | null {
  if (value === undefined || value === null || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
