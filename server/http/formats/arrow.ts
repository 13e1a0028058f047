import {
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeBuilder,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
} from 'apache-arrow';
import type { Column } from '../../contract/query.ts';
import { type FileWriter, typedCell } from './typed.ts';

/** Rows as one Arrow IPC stream: exact int64, date32, timestamps in UTC, text as dictionaries. */
export function arrowWriter(columns: readonly Column[]): FileWriter {
  const builders = columns.map((column, i) => makeBuilder({ type: arrowType(column, i), nullValues: [null] }));
  return {
    push(rows) {
      for (const [i, column] of columns.entries())
        for (const row of rows) builders[i]?.append(typedCell(row[i] ?? null, column));
    },
    async end() {
      const vectors: Record<string, Vector> = {};
      for (const [i, { id }] of columns.entries()) {
        const vector = builders[i]?.finish().toVector();
        if (vector) vectors[id] = vector;
      }
      return tableToIPC(new Table(vectors), 'stream');
    },
  };
}

/** @param at names the column's dictionary; else the library counts on from answer to answer */
export function arrowType(column: Column, at: number): DataType {
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
      return new Dictionary(new Utf8(), new Int32(), at);
  }
}
