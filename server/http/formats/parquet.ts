import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column } from '../../contract/query.ts';
import { type FileWriter, type TypedCell, typedCell } from './typed.ts';

/** A small first group lets a reader know the file at once. */
const FIRST_GROUP = 1_000;
const GROUP = 100_000;

/** Exact INT64, date32, UTC milliseconds, UTF-8 text; every column nullable. */
export function parquetWriter(columns: readonly Column[]): FileWriter {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy: 'dramascope' });
  const emptied = (): TypedCell[][] => columns.map(() => []);
  let held = emptied();
  let count = 0;
  let size = FIRST_GROUP;
  const writeGroup = () => {
    // The memory writer writes at once.
    void file.write({
      columnData: columns.map(({ id }, i) => ({ name: id, data: held[i] ?? [] })),
      rowGroupSize: size,
    });
    held = emptied();
    count = 0;
    size = GROUP;
  };
  return {
    push(rows) {
      for (const row of rows) {
        for (const [i, column] of columns.entries()) held[i]?.push(typedCell(row[i] ?? null, column));
        if (++count === size) writeGroup();
      }
    },
    async end() {
      if (count > 0) writeGroup();
      await file.finish();
      return writer.getBytes();
    },
  };
}

export const parquetSchema = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(elementOf),
];

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
