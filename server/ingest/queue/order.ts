/** The order of several files: catalogues and rates first, so that logs find their series; then by name. */

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import type { FileKind } from '../../contract/imports.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { textOf } from '../../warehouse/row-values.ts';
import { QueryError, type Warehouse } from '../../warehouse/warehouse.ts';
import { typeOfCells } from '../cells/guess.ts';
import { layoutOf } from '../propose/layout/wide.ts';
import { propose } from '../propose/propose-columns.ts';
import { encodingOfMark, judgeEncoding, Utf8Watch } from '../read/encoding/encoding.ts';
import { compressionOf } from '../read/packed/unpack.ts';
import { describeColumns } from '../read/parquet-sql.ts';
import { sniffText, type TableShape } from '../read/sniff.ts';
import { parquetRelation, type SampledColumn } from '../read/source.ts';

const HEAD = 1 << 18;

/** From its beginning, only to sort: an unreadable file counts as a log, and its import says what is wrong. */
export async function glanceAtKind(path: string, vocabulary: Vocabulary, warehouse: Warehouse): Promise<FileKind> {
  try {
    const head = await readHead(path);
    const parquet = head.subarray(0, 4).toString('latin1') === 'PAR1';
    if (parquet) return kindOf(path, await parquetColumns(path, warehouse), vocabulary);
    const shape = shapeOf(head);
    const columns = columnsOf(shape);
    const wide = shape && layoutOf({ ...shape, columns, titles: [], called: [] }, undefined, vocabulary);
    return wide ? 'log' : kindOf(path, columns, vocabulary);
  } catch (error) {
    if (error instanceof QueryError || (error instanceof Error && 'code' in error)) return 'log';
    throw error;
  }
}

const kindOf = (path: string, columns: readonly SampledColumn[], vocabulary: Vocabulary): FileKind =>
  columns.length === 0 ? 'log' : propose(basename(path), columns, vocabulary, null).kind;

/** By name with numbers as numbers: `log_2` is before `log_10`. */
export function inImportOrder<T extends { readonly name: string; readonly kind: FileKind }>(files: readonly T[]): T[] {
  const rank = ({ kind }: T) => (kind === 'log' ? 1 : 0);
  return [...files].sort((a, b) => rank(a) - rank(b) || byName(a.name, b.name));
}

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : 1);

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return unpackHead(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function unpackHead(head: Buffer): Buffer {
  const compression = compressionOf(head);
  if (compression === 'gzip')
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 26 }).subarray(0, HEAD);
  if (compression === null) return head;
  const parts: Uint8Array[] = [];
  const decoder = new Decompress((part) => parts.push(part));
  for (let at = 0; at < head.length && parts.length < 4; at += 2048) decoder.push(head.subarray(at, at + 2048), false);
  return Buffer.concat(parts).subarray(0, HEAD);
}

function shapeOf(head: Buffer): TableShape | null {
  const watch = new Utf8Watch();
  watch.push(head);
  const encoding = encodingOfMark(head) ?? (watch.invalidAt === null ? 'utf-8' : judgeEncoding(head).encoding);
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  return sniffText(text, head.length < HEAD);
}

function columnsOf(shape: TableShape | null): SampledColumn[] {
  return (shape?.columns ?? []).map((name, i) => {
    const cells = shape?.rows.map((row) => row[i] ?? null) ?? [];
    return { name, type: typeOfCells(cells), cells };
  });
}

function parquetColumns(path: string, warehouse: Warehouse): Promise<SampledColumn[]> {
  return warehouse.read(async (session) => {
    const rows = await session.all(describeColumns(parquetRelation(path)));
    return rows.map((row) => ({ name: textOf(row, 'name'), type: textOf(row, 'type'), cells: [] }));
  });
}
