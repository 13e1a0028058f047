/** What a file is (format, compression, encoding, table), and a copy that the engine can read. */

import { open, rm } from 'node:fs/promises';
import type { ImportOptions } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { visible } from '../../vocabulary/text.ts';
import { flagOf, maybeNumber, textOf } from '../../warehouse/row-values.ts';
import { QueryError, type Warehouse } from '../../warehouse/warehouse.ts';
import { typeOfCells } from '../cells/guess.ts';
import { decodeFile } from './decode.ts';
import { encodingOfMark, utf16WithoutMark } from './encoding/encoding.ts';
import { chooseEncoding } from './encoding/encoding-choice.ts';
import { isUtf16 } from './encoding/messages.ts';
import type { FileFacts } from './facts.ts';
import { type JsonShape, jsonShapeOf, openJsonFile } from './json/json-file.ts';
import { JSON_WITHOUT_ROWS, jsonWithoutObjects } from './json/messages.ts';
import { openInThread } from './large-file.ts';
import { refuseWide } from './limits.ts';
import { FILE_EMPTY, NO_TABLE, nothingPacked, PARQUET_FOOTER } from './messages.ts';
import type { InspectDesk, Inspection, OpenedFile, Opening } from './opened.ts';
import { refuseForeign, refusePacked } from './packed/containers.ts';
import { type Compression, compressionOf, unpackFile } from './packed/unpack.ts';
import { describeColumns, rowsInFooter, sampleOf } from './parquet-sql.ts';
import { nothingRefused } from './refused.ts';
import { noSuchRow, refuseHeaderRow, sniffText } from './sniff.ts';
import { copiedFile, csvFile, parquetFile, parquetRelation } from './source.ts';
import { copyTable } from './table-copy.ts';
import { openWorkbook } from './workbook/workbook.ts';

const HEAD = 1 << 20;
/** Smaller files are copied faster than a thread starts. */
const SMALL = 1 << 20;
/** An archive may hold a thousand times as much. */
const SMALL_ARCHIVE = 1 << 16;

/**
 * Unpacks, decodes and converts a file as far as the engine needs; a large one in a thread.
 * @throws ProblemError `unsupported_format`, `unreadable_file`, `unpacked_too_large`, `disk_full`
 */
export async function openFile(
  desk: InspectDesk,
  path: string,
  facts: FileFacts,
  options: ImportOptions = {},
): Promise<OpenedFile> {
  const head = await readHead(path);
  if (head.length === 0) throw new ProblemError('unreadable_file', FILE_EMPTY);
  if (isParquet(head)) {
    refuseHeaderRow(options, 'Parquet');
    return openParquet(desk.warehouse, path);
  }
  if (facts.bytes > (isZip(head) ? SMALL_ARCHIVE : SMALL) && needsCopy(head, facts, options))
    return openInThread(desk, path, facts, options);
  return openHere(desk, path, facts, options);
}

/** Whether the engine will read a copy; a wrong yes does no harm. */
function needsCopy(head: Buffer, facts: FileFacts, options: ImportOptions): boolean {
  const packed = isZip(head) || compressionOf(head) !== null;
  const foreign = facts.notUtf8At !== null || facts.mixedLineEnds || facts.invisible || options.encoding !== undefined;
  return packed || foreign || /^[\uFEFF\s]*[[{]/u.test(head.toString('utf8', 0, 4096));
}

/** For files other than Parquet, in this thread. @throws as `openFile` */
export async function openHere(
  desk: Opening,
  path: string,
  facts: FileFacts,
  options: ImportOptions,
): Promise<OpenedFile> {
  const head = await readHead(path);
  if (isZip(head)) return openSheet(desk, path, options);
  const compression = compressionOf(head);
  if (compression === null) return openText(desk, { path, facts, head, compression, temporary: false }, options);
  const unpacked = `${desk.scratch}.unpacked`;
  desk.onPreparing?.('unpacking');
  const content = await unpackFile(path, facts.bytes, unpacked, compression, desk.limits, desk.signal);
  try {
    const inner = await readHead(unpacked);
    if (inner.length === 0) throw new ProblemError('unreadable_file', nothingPacked(compression));
    refusePacked(inner, compression);
    const plain = { path: unpacked, facts: content, head: inner, compression, temporary: true };
    return await openText(desk, plain, options);
  } catch (error) {
    await rm(unpacked, { force: true });
    throw error;
  }
}

interface PlainFile {
  readonly path: string;
  readonly facts: FileFacts;
  readonly head: Buffer;
  readonly compression: Compression | null;
  readonly temporary: boolean;
}

const isParquet = (head: Buffer) => head.subarray(0, 4).toString('latin1') === 'PAR1';

const isZip = (head: Buffer) => head.subarray(0, 4).toString('latin1') === 'PK\x03\x04';

async function openSheet(desk: Opening, path: string, options: ImportOptions): Promise<OpenedFile> {
  desk.onPreparing?.('converting');
  const workbook = await openWorkbook(path, `${desk.scratch}.table`, desk.limits, options, desk.signal);
  const { shape, copy, positions, short } = workbook;
  refuseWide(shape.columns.length);
  const columns = shape.columns.map((name, i) => {
    const cells = shape.rows.map((row) => row[i] ?? null);
    const at = positions[i] ?? i;
    const cut = short.get(at);
    const above = copy.sample.filter(({ line, cells: row }) => line <= shape.skip && row[at]).length;
    const lost = cut ? { lost: { ...cut, filled: (copy.filled[at] ?? 0) - above } } : {};
    return { name, type: typeOfCells(cells), cells, at, unit: shape.unit?.text ?? null, ...lost };
  });
  const { rows } = shape;
  return {
    inspected: { ...NEITHER, format: 'xlsx', workbook, shape, rows, columns },
    file: copiedFile(copy, columns, shape.skip, nothingRefused()),
  };
}

const NEITHER = {
  compression: null,
  encoding: null,
  delimiter: null,
  workbook: null,
  shape: null,
  ratesAcross: null,
  wide: null,
} as const;

async function openText(desk: Opening, plain: PlainFile, options: ImportOptions): Promise<OpenedFile> {
  const wide = encodingOfMark(plain.head)?.startsWith('utf-16') || utf16WithoutMark(plain.head) !== null;
  refuseForeign(plain.head, wide);
  const encoding = await chooseEncoding(plain.path, plain.head, plain.facts, options.encoding);
  // In another encoding it would be no table.
  if (wide && !encoding.encoding.startsWith('utf-16'))
    throw new ProblemError('unreadable_file', isUtf16(encoding.encoding));
  const { path, spoilt } = await asUtf8(desk, plain, encoding.encoding);
  const foreign = spoilt ? encoding.encoding : null;
  try {
    const head = path === plain.path ? plain.head : await readHead(path);
    const text = new TextDecoder('utf-8').decode(head, { stream: true });
    const found = { compression: plain.compression, encoding };
    const json = jsonShapeOf(text, head.length < HEAD);
    if (json) {
      refuseHeaderRow(options, 'JSON');
      const opened = await openJson(desk, path, json);
      if (path !== plain.path || plain.temporary) await rm(path, { force: true });
      return { file: { ...opened.file, foreign }, inspected: { ...opened.inspected, ...found } };
    }
    const opened = openDelimited(path, text, head.length < HEAD, found, options);
    return { ...opened, file: { ...opened.file, foreign } };
  } catch (error) {
    if (path !== plain.path) await rm(path, { force: true });
    throw error;
  }
}

/** With lines that end in one way and nothing invisible, and whether some bytes are not of the encoding. */
async function asUtf8(desk: Opening, plain: PlainFile, encoding: string): Promise<{ path: string; spoilt: boolean }> {
  const { notUtf8At, mixedLineEnds, invisible } = plain.facts;
  if (encoding === 'utf-8' && notUtf8At === null && !mixedLineEnds && !invisible)
    return { path: plain.path, spoilt: false };
  const decoded = `${desk.scratch}.decoded`;
  desk.onPreparing?.('decoding');
  const spoilt = await decodeFile(plain.path, decoded, encoding, desk.limits, desk.signal);
  if (plain.temporary) await rm(plain.path, { force: true });
  return { path: decoded, spoilt };
}

function openDelimited(
  path: string,
  text: string,
  whole: boolean,
  found: Pick<Inspection, 'compression' | 'encoding'>,
  options: ImportOptions,
): OpenedFile {
  const shape = sniffText(text, whole, { delimiter: options.delimiter, headerRow: options.header_row });
  if (!shape && options.header_row) throw noSuchRow(options.header_row);
  if (!shape || shape.columns.length === 0) throw new ProblemError('unreadable_file', NO_TABLE);
  const columns = shape.columns.map((name, i) => {
    const cells = shape.rows.map((row) => row[i] ?? null);
    return { name, type: typeOfCells(cells), cells, unit: shape.unit?.text ?? null };
  });
  return {
    inspected: { ...NEITHER, format: 'csv', ...found, delimiter: shape.delimiter, shape, rows: shape.rows, columns },
    file: csvFile(path, columns, shape),
  };
}

async function openJson(desk: Opening, path: string, shape: JsonShape): Promise<OpenedFile> {
  desk.onPreparing?.('converting');
  const { source, under } = await openJsonFile(path, shape, desk.signal);
  const copy = await copyTable(source, `${desk.scratch}.table`, desk.limits, desk.signal);
  if (copy.rows === 0) {
    await rm(copy.path, { force: true });
    const [first] = source.refused.kept;
    throw new ProblemError('unreadable_file', first ? jsonWithoutObjects(first.line, first.reason) : JSON_WITHOUT_ROWS);
  }
  const rows = copy.sample.map(({ cells }) => source.names.map((_, i) => cells[i] ?? null));
  const columns = source.names.map((name, i) => {
    const cells = rows.map((row) => row[i] ?? null);
    return { name: visible(name), type: typeOfCells(cells), cells, at: i };
  });
  return {
    inspected: { ...NEITHER, format: 'ndjson', rows, columns, ...(under === null ? {} : { under }) },
    file: copiedFile(copy, columns, 0, source.refused),
  };
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function openParquet(warehouse: Warehouse, path: string): Promise<OpenedFile> {
  try {
    return await warehouse.read(async (session) => {
      const relation = parquetRelation(path);
      const described = await session.all(describeColumns(relation));
      const names = described.map((row) => visible(textOf(row, 'name')));
      const columns = described.map((row, i) => {
        const name = names[i] ?? '';
        return { name: names.indexOf(name) === i ? name : `${name}_${i + 1}`, type: textOf(row, 'type') };
      });
      const file = parquetFile(
        path,
        columns,
        described.some((row) => flagOf(row, 'odd')),
      );
      refuseWide(columns.length);
      // No statement can hold such a name.
      if (columns.some(({ name }) => name.includes('\0'))) throw new QueryError('a name with NUL', relation);
      const sampled = await session.all(sampleOf(file.relation));
      const rows = sampled.map((row) => columns.map(({ name }) => (typeof row[name] === 'string' ? row[name] : null)));
      const [footer] = await session.all(rowsInFooter(path));
      const inspected: Inspection = {
        ...NEITHER,
        format: 'parquet',
        rows,
        columns: columns.map(({ name, type }, i) => ({ name, type, cells: rows.map((row) => row[i] ?? null) })),
      };
      return { inspected, file: { ...file, rows: maybeNumber(footer, 'n') ?? 0 } };
    });
  } catch (cause) {
    if (!(cause instanceof QueryError)) throw cause;
    throw new ProblemError('unreadable_file', PARQUET_FOOTER, undefined, { cause });
  }
}
