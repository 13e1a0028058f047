import { type ColumnSource, parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer';
import type { Column } from '../../contract/query.ts';
import type { Table } from './table.ts';
import { typedCell } from './typed.ts';

/** Rows as one Parquet file: exact INT64, date32, timestamps in UTC milliseconds, UTF-8 text; every column nullable. */
export function toParquet({ columns, rows }: Table): Uint8Array {
  const columnData: ColumnSource[] = columns.map((column) => ({
    name: column.id,
    data: rows.map((row) => typedCell(row[column.id] ?? null, column)),
  }));
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, createdBy: 'dramascope' }));
}

function elementOf(column: Column): SchemaElement {
  return { name: column.id, repetition_type: 'OPTIONAL', ...storageOf(column) };
}

function storageOf({ type }: Column): Omit<SchemaElement, 'name'> {
  switch (type) {
    case 'integer':
      return { type: 'INT64' };
    case 'number':
      return { type: 'DOUBLE' };
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'timestamp':
      return {
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      };
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}
