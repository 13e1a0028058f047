/** What a file is: format, compression, encoding, table shape, and what it is proposed to be imported as. */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { ImportOptions } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { QueryError, type Warehouse } from '../warehouse/warehouse.ts';
import { type Encoding, encodingOfMark, judgeEncoding, Utf8Watch } from './encoding.ts';
import type { FileFacts } from './facts.ts';
import { typeOfCells } from './guess.ts';
import type { SampledColumn } from './propose.ts';
import { placeOf } from './quotes.ts';
import { sniffText, type TextShape } from './sniff.ts';
import { literal } from './sql.ts';

export interface Inspection {
  readonly format: 'csv' | 'parquet';
  readonly gzip: boolean;
  /** Delimited files only. */
  readonly encoding: string | null;
  readonly encodingReason: string | null;
  readonly shape: TextShape | null;
  readonly columns: readonly SampledColumn[];
  /** Sampled rows, as text. */
  readonly rows: readonly (readonly (string | null)[])[];
}

const HEAD = 1 << 20;

/**
 * @throws ProblemError `unsupported_format` for what is no CSV, TSV or Parquet; `unreadable_file` for what is damaged
 */
export async function inspectFile(
  warehouse: Warehouse,
  path: string,
  facts: FileFacts,
  options: ImportOptions = {},
): Promise<Inspection> {
  const head = await readHead(path);
  if (head.length === 0) throw new ProblemError('unreadable_file', 'The file is empty.');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return inspectParquet(warehouse, path);
  refuseForeign(head);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const bytes = gzip ? await gunzipHead(path) : head;
  if (gzip && bytes.subarray(0, 4).toString('latin1') === 'PAR1')
    throw new ProblemError(
      'unsupported_format',
      'This is a Parquet file inside gzip; unpack it first, Parquet is compressed already.',
    );
  const whole = gzip ? bytes.length < HEAD : facts.bytes <= HEAD;
  const judged = await encodingOf(path, bytes, gzip, facts, options.encoding);
  const text = decodeHead(bytes, judged.encoding);
  const shape = sniffText(text, whole, options.delimiter);
  if (!shape || shape.columns.length === 0)
    throw new ProblemError(
      'unreadable_file',
      'Line 1, column 1: no table of comma, tab, semicolon or | separated columns begins here or below.',
    );
  return {
    format: 'csv',
    gzip,
    encoding: judged.encoding,
    encodingReason: judged.reason,
    shape,
    rows: shape.rows,
    columns: shape.columns.map((name, i) => {
      const cells = shape.rows.map((row) => row[i] ?? null);
      return { name, type: typeOfCells(cells), cells };
    }),
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

function refuseForeign(head: Buffer): void {
  const start = head.subarray(0, 8);
  if (start[0] === 0x50 && start[1] === 0x4b)
    throw new ProblemError(
      'unsupported_format',
      'This is a spreadsheet or a ZIP archive. Save the sheet as CSV (UTF-8), or unpack the archive, and import that.',
    );
  if (start.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new ProblemError(
      'unsupported_format',
      'This is an old Excel file (.xls). Save the sheet as CSV (UTF-8) and import that.',
    );
  if (start.subarray(0, 4).toString('latin1') === '%PDF')
    throw new ProblemError('unsupported_format', 'This is a PDF. Import the table as CSV, TSV or Parquet.');
  const text = head
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trimStart();
  if (/^[{[]\s*["{[]/u.test(text))
    throw new ProblemError('unsupported_format', 'This looks like JSON. Import the table as CSV, TSV or Parquet.');
  const mark = encodingOfMark(head);
  if (
    mark !== 'utf-16le' &&
    mark !== 'utf-16be' &&
    head.subarray(0, 4096).includes(0) &&
    !(head[0] === 0x1f && head[1] === 0x8b)
  )
    throw new ProblemError(
      'unsupported_format',
      'This is a binary file that is not Parquet. Import CSV, TSV or Parquet.',
    );
}

async function gunzipHead(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  try {
    for await (const chunk of unpacked) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      parts.push(part);
      length += part.length;
      if (length >= HEAD) break;
    }
  } catch {
    if (length === 0)
      throw new ProblemError(
        'unreadable_file',
        'The gzip file is damaged at its very beginning: nothing could be unpacked.',
      );
  } finally {
    file.destroy();
  }
  return Buffer.concat(parts);
}

async function encodingOf(
  path: string,
  head: Buffer,
  gzip: boolean,
  facts: FileFacts,
  asked: string | undefined,
): Promise<{ encoding: string; reason: string }> {
  if (asked !== undefined) return { encoding: knownEncoding(asked), reason: 'as given' };
  const mark = encodingOfMark(head);
  if (mark) return { encoding: mark, reason: 'its byte order mark says so' };
  const faultAt = gzip ? firstFault(head) : facts.notUtf8At;
  if (faultAt === null)
    return { encoding: 'utf-8', reason: gzip ? 'its beginning is UTF-8' : 'every byte of it is UTF-8' };
  const sample = faultAt < head.length ? head : await sampleAround(path, faultAt);
  const verdict = judgeEncoding(sample);
  if (verdict.damaged && !gzip) {
    const { line, column } = await placeOf(path, faultAt);
    throw new ProblemError(
      'unreadable_file',
      `Line ${line}, column ${column}: the bytes here are not UTF-8, though the rest of the file is. Repair the line, or name the file's encoding if it is another.`,
      [{ path: `line ${line}, column ${column}`, message: 'not UTF-8' }],
    );
  }
  return { encoding: verdict.encoding, reason: verdict.reason };
}

function firstFault(head: Buffer): number | null {
  const watch = new Utf8Watch();
  watch.push(head);
  return watch.invalidAt;
}

/** Some hundred kilobytes from the line that an offset lies in. */
async function sampleAround(path: string, offset: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const from = Math.max(0, offset - 65_536);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(262_144), 0, 262_144, from);
    const bytes = buffer.subarray(0, bytesRead);
    return bytes.subarray(from === 0 ? 0 : bytes.indexOf(0x0a) + 1);
  } finally {
    await handle.close();
  }
}

/** @throws ProblemError `invalid_request` for a name that no decoder knows */
export function knownEncoding(name: string): Encoding | string {
  try {
    return new TextDecoder(name === 'gb2312' || name === 'gbk' ? 'gb18030' : name).encoding;
  } catch {
    throw new ProblemError(
      'invalid_request',
      `“${name}” is no encoding that is known here; try utf-8, gb18030 or utf-16le.`,
      [{ path: 'options.encoding', message: 'unknown encoding' }],
    );
  }
}

function decodeHead(bytes: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true });
}

async function inspectParquet(warehouse: Warehouse, path: string): Promise<Inspection> {
  try {
    return await warehouse.read(async (session) => {
      const relation = `read_parquet(${literal(path)})`;
      const described = await session.all({ text: `DESCRIBE SELECT * FROM ${relation}`, values: [] });
      const columns = described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
      const sampled = await session.all({ text: `SELECT COLUMNS(*)::VARCHAR FROM ${relation} LIMIT 200`, values: [] });
      const rows = sampled.map((row) => columns.map(({ name }) => (typeof row[name] === 'string' ? row[name] : null)));
      return {
        format: 'parquet' as const,
        gzip: false,
        encoding: null,
        encodingReason: null,
        shape: null,
        rows,
        columns: columns.map(({ name, type }, i) => ({ name, type, cells: rows.map((row) => row[i] ?? null) })),
      };
    });
  } catch (cause) {
    if (!(cause instanceof QueryError)) throw cause;
    throw new ProblemError(
      'unreadable_file',
      'The Parquet file is damaged or cut short: its footer, the last part of the file, cannot be read. Export or copy it again.',
      undefined,
      { cause },
    );
  }
}
