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
import type { Column } from '../../contract/query.ts';
import type { Table as Rows } from './table.ts';
import { typedCell } from './typed.ts';

/** Rows as one Arrow IPC stream: exact int64, date32, timestamps in UTC, text as dictionaries. */
export function toArrow({ columns, rows }: Rows): Uint8Array {
  const vectors: Record<string, Vector> = {};
  for (const column of columns) {
    const values = rows.map((row) => typedCell(row[column.id] ?? null, column));
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
