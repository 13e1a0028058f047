import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ident, literal } from '../cells/sql.ts';
import { nothingRefused, type Refused } from './refused.ts';
import type { TableCopy } from './table-copy.ts';

export interface FileColumn {
  readonly name: string;
  readonly index: number;
  /** `VARCHAR` for every column of a delimited file; the engine's type for Parquet. */
  readonly type: string;
  readonly sql: string;
  /** The first cells of a delimited file's column, as text: they tell whether the plain reading will do. */
  readonly cells: readonly (string | null)[];
  /** What a line above the header says of the numbers below, `万` of `单位：万`. */
  readonly unit: string | null;
  /** Workbooks only, and only if there are such cells. */
  readonly lost?: LostCells;
}

export interface DataFile {
  readonly format: 'csv' | 'parquet';
  /** Plain UTF-8 text, or Parquet. */
  readonly path: string;
  /** `read_csv(…)` or `read_parquet(…)`. */
  readonly relation: string;
  /** The same for a second look: `file_row_number` beside a Parquet file's columns, no reject tables for a delimited one. */
  readonly numbered: string;
  readonly columns: readonly FileColumn[];
  /** Fields that the file lacks and its folders state, such as `dt=2025-10-03/` (`folders.ts`): no row holds them. */
  readonly stated: readonly FileColumn[];
  /** Place of a row in the file, from 1, in SQL over `numbered`; null for delimited text, as quotes may hide lines. */
  readonly place: string | null;
  /** How many rows there are, if that is known before they are read. */
  readonly rows: number | null;
  readonly refused: Refused;
  /** The encoding, if the file has bytes that it does not have: rows with `SPOILT` cannot be used. */
  readonly foreign: string | null;
  readonly text: { readonly delimiter: string; readonly headerRow: number | null; readonly skip: number } | null;
}

/** A column of the file, or one that its folders state. */
export const columnNamed = (file: DataFile, name: string | null): FileColumn | undefined =>
  [...file.columns, ...file.stated].find((column) => column.name === name);

/** Longest record that is read, in bytes; a longer one is a reject. */
const MAX_LINE = 4 * 1024 * 1024;

/** Names of the engine's tables of structural rejects (wrong number of columns, broken quotes). */
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

/** Every column as text, so that one odd cell never decides how the others are read. */
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

/** @param numbered with `file_row_number` beside the file's own columns */
export function parquetRelation(path: string, numbered = false): string {
  return `read_parquet(${literal(path)}, ${AS_IT_IS}${numbered ? ', file_row_number = true' : ''})`;
}

/** By itself the engine puts the value of a folder `views=7` over the column of that name. */
const AS_IT_IS = 'hive_partitioning = false';

/** @param renamed whether the file calls some columns otherwise: they are taken by their places */
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

/**
 * @param columns with the position of each in the copy
 * @param after place of the last row above the data: titles and header
 */
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
    // The header stands among the first rows.
    rows: copy.rows - copy.sample.filter(({ line }) => line <= after).length,
    refused,
    foreign: null,
    text: null,
  };
}

export interface SampledColumn {
  readonly name: string;
  /** Type of the cells, or the Parquet type. */
  readonly type: string;
  readonly cells: readonly (string | null)[];
  /** As they stand in the file's first rows, if `cells` are those of the whole file. */
  readonly firstCells?: readonly (string | null)[];
  /** What a line above the header says of the numbers below, `万` of `单位：万`. */
  readonly unit?: string | null;
  /** The folder that states it, if the file itself does not (`folders.ts`). */
  readonly folder?: string;
  /** Workbooks only, and only if there are such cells. */
  readonly lost?: LostCells;
  /** The field that the table's layout (`wide.ts`) gives it, whatever its name; `unsure`: nothing says what its numbers count. */
  readonly told?: { readonly field: Field; readonly reason: Label; readonly unsure?: true };
  /** Of times that were names of columns: what the lines above the table say, and the names of columns that hold anything, in their order. */
  readonly named?: { readonly above: string; readonly inOrder: readonly string[] };
}

/** How many cells of a column a workbook has lost. */
export interface LostCells {
  /** Whole numbers of more than 15 digits in number cells: the workbook keeps 15. */
  readonly longNumbers: number;
  /** Formulas whose results the program that wrote the workbook left out. */
  readonly withoutResult: number;
  /** Cells below the header that hold anything. */
  readonly filled: number;
}
