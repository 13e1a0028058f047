import {
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { Cell, Column, Row } from '../../contract/query.ts';

/** Rows as one Arrow IPC stream: exact int64, date32, timestamps in UTC, text as dictionaries. */
export function toArrow(columns: readonly Column[], rows: readonly Row[]): Uint8Array {
  const vectors: Record<string, Vector> = {};
  for (const column of columns) {
    const values = rows.map((row) => arrowValue(row[column.id] ?? null, column));
    vectors[column.id] = vectorFromArray(values, arrowType(column));
  }
  return tableToIPC(new Table(vectors), 'stream');
}

function arrowType(column: Column): DataType {
  switch (column.type) {
    case 'integer':
      return new Int64();
    case 'number':
      return new Float64();
    case 'boolean':
      return new Bool();
    case 'date':
      return new DateDay();
    case 'timestamp':
      return new TimestampMillisecond('UTC');
    case 'text':
      return new Dictionary(new Utf8(), new Int32());
  }
}

function arrowValue(value: Cell, column: Column): bigint | number | boolean | string | Date | null {
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
