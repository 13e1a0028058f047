import { guarded } from '../../contract/formula-guard.ts';
import type { Cell, Column } from '../../contract/query.ts';
import { cellOf, rowsOfPart, type Table } from './table.ts';

/** Without a byte order mark Excel does not read UTF-8. */
const BOM = '\uFEFF';
const PIECE = 4_000;

/** UTF-8 with BOM, CRLF, header of column ids; formula-like text is guarded (formula-guard.ts). */
export function* csvPieces({ columns, rows }: Table): Generator<string> {
  yield `${BOM}${columns.map((column) => quote(column.id)).join(',')}\r\n`;
  const part = rowsOfPart(columns, PIECE);
  for (let at = 0; at < rows.length; at += part) {
    let text = '';
    for (const row of rows.slice(at, at + part))
      text += `${columns.map((column) => csvCell(cellOf(row[column.id]), column)).join(',')}\r\n`;
    yield text;
  }
}

function csvCell(value: Cell, column: Column): string {
  if (value === null) return '';
  // Strings of digits beyond 2^53 are numbers too, and may be negative.
  if (column.type === 'integer' || column.type === 'number') return String(value);
  const text = String(value);
  return quote(guarded(text));
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
