import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ident, literal } from '../cells/sql.ts';
import { nothingRefused, type Refused } from './refused.ts';
import type { TableCopy } from './table-copy.ts';

export interface FileColumn {
  readonly name: string;
  readonly index: number;
  /** `VARCHAR` for all columns of a delimited file; the engine's type for Parquet. */
  readonly type: string;
  readonly sql: string;
  /** The first cells of a delimited file, which show whether the plain reading will do. */
  readonly cells: readonly (string | null)[];
  /** The unit in a line above the header, `万` of `单位：万`. */
  readonly unit: string | null;
  /** Only for workbooks with such cells. */
  readonly lost?: LostCells;
}

export interface DataFile {
  readonly format: 'csv' | 'parquet';
  readonly path: string;
  readonly relation: string;
  /** For a second look: with `file_row_number` for Parquet, without reject tables for text. */
  readonly numbered: string;
  readonly columns: readonly FileColumn[];
  /** Fields that only the folders state, such as `dt=2025-10-03/` (`folders.ts`). */
  readonly stated: readonly FileColumn[];
  /** SQL over `numbered`: place of a row, from 1; null for delimited text, as quotes may hide lines. */
  readonly place: string | null;
  readonly rows: number | null;
  readonly refused: Refused;
  /** The encoding, if some bytes are not of it: rows with `SPOILT` cannot be used. */
  readonly foreign: string | null;
  readonly text: { readonly delimiter: string; readonly headerRow: number | null; readonly skip: number } | null;
}

export const columnNamed = (file: DataFile, name: string | null): FileColumn | undefined =>
  [...file.columns, ...file.stated].find((column) => column.name === name);

/** Longest record that is read, in bytes; a longer one is a reject. */
const MAX_LINE = 4 * 1024 * 1024;

/** The engine's tables of structural rejects (wrong number of columns, broken quotes). */
export const READER_ERRORS = 'reader_errors';
export const READER_SCANS = 'reader_scans';

export function csvFile(
  path: string,
  columns: readonly { name: string; cells: readonly (string | null)[]; unit?: string | null }[],
  text: { delimiter: string; headerRow: number | null; skip: number },
): DataFile {
  return {
    format: 'csv',
    path,
    relation: csvRelation(path, columns.length, text, true),
    numbered: csvRelation(path, columns.length, text, false),
    columns: columns.map(({ name, cells, unit = null }, index) => ({
      ...{ name, index, type: 'VARCHAR', sql: `c${index}`, cells, unit },
    })),
    stated: [],
    place: null,
    rows: null,
    refused: nothingRefused(),
    foreign: null,
    text,
  };
}

/** All columns are text, so that one odd cell does not decide how the others are read. */
export function csvRelation(
  path: string,
  columns: number,
  text: { delimiter: string; skip: number },
  keepRejects: boolean,
): string {
  const types = Array.from({ length: columns }, (_, i) => `c${i}: 'VARCHAR'`).join(', ');
  const rejects = keepRejects
    ? `store_rejects = true, rejects_table = '${READER_ERRORS}', rejects_scan = '${READER_SCANS}'`
    : 'ignore_errors = true';
  return `read_csv(${literal(path)}, auto_detect = false, ${AS_IT_IS}, header = false, skip = ${text.skip},
    delim = ${literal(text.delimiter)}, quote = '"', escape = '"', nullstr = '', columns = {${types}},
    encoding = 'utf-8', max_line_size = ${MAX_LINE}, ${rejects})`;
}

export function parquetRelation(path: string, numbered = false): string {
  return `read_parquet(${literal(path)}, ${AS_IT_IS}${numbered ? ', file_row_number = true' : ''})`;
}

/** Else the engine puts the value of a folder `views=7` over the column of that name. */
const AS_IT_IS = 'hive_partitioning = false';

/** @param renamed whether the file has other names for columns: they are taken by place */
export function parquetFile(
  path: string,
  columns: readonly { name: string; type: string }[],
  renamed = false,
): DataFile {
  const names = columns.map(({ name }) => ident(name)).join(', ');
  const named = (relation: string) => (renamed ? `(FROM ${relation} AS file(${names}))` : relation);
  return {
    format: 'parquet',
    path,
    relation: named(parquetRelation(path)),
    numbered: named(parquetRelation(path, true)),
    columns: columns.map(({ name, type }, index) => ({ name, index, type, sql: ident(name), cells: [], unit: null })),
    stated: [],
    place: 'file_row_number + 1',
    rows: null,
    refused: nothingRefused(),
    foreign: null,
    text: null,
  };
}

/** @param columns with their positions in the copy @param after place of the last row above the data */
export function copiedFile(
  copy: TableCopy,
  columns: readonly (Pick<FileColumn, 'name' | 'cells' | 'lost'> & { at: number; unit?: string | null })[],
  after: number,
  refused: Refused,
): DataFile {
  const types = ["place: 'BIGINT'", ...copy.filled.map((_, i) => `c${i}: 'VARCHAR'`)].join(', ');
  const relation = `(SELECT * FROM read_csv(${literal(copy.path)}, auto_detect = false, ${AS_IT_IS}, header = false, delim = ',',
    quote = '"', escape = '"', nullstr = '', columns = {${types}}, encoding = 'utf-8', max_line_size = ${4 * MAX_LINE})
    WHERE place > ${after})`;
  return {
    format: 'csv',
    path: copy.path,
    relation,
    numbered: relation,
    columns: columns.map(({ name, cells, at, unit = null, lost }, index) => ({
      ...{ name, index, type: 'VARCHAR', sql: `c${at}`, cells, unit, ...(lost ? { lost } : {}) },
    })),
    stated: [],
    place: 'place',
    // The header is among the first rows.
    rows: copy.rows - copy.sample.filter(({ line }) => line <= after).length,
    refused,
    foreign: null,
    text: null,
  };
}

export interface SampledColumn {
  readonly name: string;
  readonly type: string;
  readonly cells: readonly (string | null)[];
  /** Those of the first rows, if `cells` are of the whole file. */
  readonly firstCells?: readonly (string | null)[];
  readonly unit?: string | null;
  /** The folder that states it, if the file does not (`folders.ts`). */
  readonly folder?: string;
  /** Only for workbooks with such cells. */
  readonly lost?: LostCells;
  /** The field by the table's layout (`wide.ts`); `unsure`: nothing says what its numbers count. */
  readonly told?: { readonly field: Field; readonly reason: Label; readonly unsure?: true };
  /** For times in names of columns: the lines above the table, and the columns that are not empty, in order. */
  readonly named?: { readonly above: string; readonly inOrder: readonly string[] };
}

export interface LostCells {
  /** Whole numbers of more than 15 digits in number cells: the workbook keeps 15. */
  readonly longNumbers: number;
  /** Formulas whose results were not stored. */
  readonly withoutResult: number;
  readonly filled: number;
}
