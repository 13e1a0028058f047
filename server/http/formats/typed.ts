import type { Cell, Column } from '../../contract/query.ts';

export interface FileWriter {
  /** @param rows cells in the order of the columns */
  push(rows: readonly (readonly Cell[])[]): void;
  /** Once, at the end. */
  end(): Promise<Uint8Array>;
}

export type TypedCell = bigint | number | boolean | string | Date | null;

/** Integers exact, dates and day-only timestamps as midnight UTC, other timestamps as their instant. */
export function typedCell(value: Cell, column: Column): TypedCell {
  if (value === null) return null;
  switch (column.type) {
    case 'integer':
      return BigInt(value);
    case 'number':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'date':
    case 'timestamp':
      return new Date(String(value));
    case 'text':
      return String(value);
  }
}
