import type { ResultRow } from './warehouse.ts';

export const text = (row: ResultRow, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' ? value : null;
};

export const number = (row: ResultRow | undefined, column: string): number => Number(row?.[column] ?? 0);
