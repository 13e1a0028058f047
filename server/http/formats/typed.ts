import type { Cell, Column } from '../../contract/query.ts';

/** Makes a file of rows that come in parts. */
export interface FileWriter {
  /** @param rows of cells in the order of the columns */
  push(rows: readonly (readonly Cell[])[]): void;
  /** The whole file, once; nothing is pushed after. */
  end(): Promise<Uint8Array>;
}

export type TypedCell = bigint | number | boolean | string | Date | null;

/**
 * A cell as a typed format holds it: integers exact, dates as midnight UTC, timestamps as the instant they name. A
 * timestamp that is known to the day only is midnight UTC of that day.
 */
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
