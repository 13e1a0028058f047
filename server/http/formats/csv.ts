import { guarded } from '../../contract/formula-guard.ts';
import type { Cell, Column } from '../../contract/query.ts';
import type { Table } from './table.ts';

/** Excel opens UTF-8 as such only behind a byte order mark. */
const BOM = '\uFEFF';

/** Rows as CSV: UTF-8 with BOM, CRLF, header of column ids, text that looks like a formula behind an apostrophe. */
export function toCsv({ columns, rows }: Table): string {
  const header = columns.map((column) => quote(column.id)).join(',');
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column.id] ?? null, column)).join(','));
  return `${BOM}${[header, ...lines].join('\r\n')}\r\n`;
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
