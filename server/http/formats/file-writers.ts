import type { Column } from '../../contract/query.ts';
import { arrowWriter } from './arrow.ts';
import { parquetWriter } from './parquet.ts';
import type { FileWriter } from './typed.ts';
import { xlsxWriter } from './xlsx.ts';

export const FILE_WRITERS = {
  arrow: arrowWriter,
  parquet: parquetWriter,
  xlsx: xlsxWriter,
} as const satisfies Record<string, (columns: readonly Column[]) => FileWriter>;

export type FileKind = keyof typeof FILE_WRITERS;
