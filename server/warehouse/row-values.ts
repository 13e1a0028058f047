/** A missing or wrong column is a mistake in our SQL: it throws, and never becomes a 0 or an empty text. */
import type { ResultRow, Value } from './warehouse.ts';

export class RowMismatch extends Error {}

type Row = ResultRow | undefined;

function cell(row: Row, column: string): Value {
  if (row === undefined) throw new RowMismatch(`there is no row to read “${column}” of`);
  const value = row[column];
  if (value === undefined) throw new RowMismatch(`“${column}” is not among ${Object.keys(row).join(', ')}`);
  return value;
}

const wrong = (column: string, wanted: string, value: Value) =>
  new RowMismatch(`“${column}” is ${value === null ? 'null' : typeof value}, not ${wanted}`);

export function maybeText(row: Row, column: string): string | null {
  const value = cell(row, column);
  if (value !== null && typeof value !== 'string') throw wrong(column, 'text', value);
  return value;
}

export function textOf(row: Row, column: string): string {
  const value = maybeText(row, column);
  if (value === null) throw wrong(column, 'text', value);
  return value;
}

export function maybeNumber(row: Row, column: string): number | null {
  const value = cell(row, column);
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw wrong(column, 'a number', value);
}

export function numberOf(row: Row, column: string): number {
  const value = maybeNumber(row, column);
  if (value === null) throw wrong(column, 'a number', value);
  return value;
}

/** False if null, as of no rows. */
export function flagOf(row: Row, column: string): boolean {
  const value = cell(row, column);
  if (value !== null && typeof value !== 'boolean') throw wrong(column, 'a boolean', value);
  return value === true;
}
