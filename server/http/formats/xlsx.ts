import writeExcelFile, { type CellObject, type Row as SheetRow } from 'write-excel-file/node';
import type { Cell, Column } from '../../contract/query.ts';
import type { FileWriter } from './typed.ts';

/** Excel keeps 15 digits of a number; a whole number with more stays exact as text. */
const EXACT_BELOW = 1e15;
/** Longer text makes Excel call the file damaged. */
const LONGEST_TEXT = 32_767;
const WIDTH = { text: 24, timestamp: 18, date: 12, integer: 16, number: 16, boolean: 10 } as const;

/** One sheet with a frozen header of column ids. Times are the zone's clock without offset: Excel knows no zones. */
export function xlsxWriter(columns: readonly Column[]): FileWriter {
  const sheet: SheetRow[] = [columns.map(({ id }) => ({ value: id, type: String, fontWeight: 'bold' }))];
  return {
    push(rows) {
      for (const row of rows) sheet.push(columns.map((column, i) => sheetCell(row[i] ?? null, column)));
    },
    end() {
      const widths = columns.map(({ type }) => ({ width: WIDTH[type] }));
      return writeExcelFile(sheet, { sheet: 'Dramascope', stickyRowsCount: 1, columns: widths }).toBuffer();
    },
  };
}

function sheetCell(value: Cell, column: Column): CellObject | null {
  if (value === null) return null;
  switch (column.type) {
    case 'integer':
    case 'number':
      return numberCell(value, column.type);
    case 'boolean':
      return { value: Boolean(value), type: Boolean };
    case 'date':
    case 'timestamp':
      return clockCell(String(value));
    case 'text':
      return textCell(String(value));
  }
}

function numberCell(value: Exclude<Cell, null>, type: 'integer' | 'number'): CellObject {
  const number = Number(value);
  const whole = type === 'integer' || typeof value === 'string';
  return whole && Math.abs(number) >= EXACT_BELOW ? textCell(String(value)) : { value: number, type: Number };
}

/** `2025-10-01T20:00:00+08:00` as 20:00 of that day. */
function clockCell(written: string): CellObject {
  const [clock] = /^[\d-]+(T[\d:.]+)?/.exec(written) ?? [written];
  return clock.includes('T')
    ? { value: new Date(`${clock}Z`), type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
    : { value: new Date(clock), type: Date, format: 'yyyy-mm-dd' };
}

function textCell(text: string): CellObject {
  return { value: escaped(text).slice(0, LONGEST_TEXT), type: String };
}

/** What XML cannot hold, or would read as an escape, in OOXML's notation: `_x0001_`. */
function escaped(text: string): string {
  return text.replace(UNSAFE, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

/** Control characters except tab and line feed, and an underscore that begins an escape. */
const UNSAFE = /(?![\t\n\x7f-\x9f])\p{Cc}|_(?=x[\dA-Fa-f]{4}_)/gu;
