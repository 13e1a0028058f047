/** Tables as CSV that Excel and WPS open rightly: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would run. Pure. */

import { guarded } from '../../server/contract/formula-guard.ts';

export type CsvCell = string | number | null | undefined;

const PLAIN_NUMBER = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i;

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = PLAIN_NUMBER.test(cell) ? cell : guarded(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A header and rows as one CSV text. Strings of digits and negative numbers stay numbers. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}
