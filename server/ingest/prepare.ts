/** From a file as it came to a file that the engine reads: plain UTF-8 text, or Parquet as it is. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import type { Inspection } from './inspect.ts';
import { csvFile, type DataFile, parquetFile } from './source.ts';

export interface Prepared {
  readonly file: DataFile;
}

/**
 * @param scratch path that a decoded copy may be written to
 * @throws ProblemError `unreadable_file` where the bytes are damaged
 */
export async function prepareFile(
  path: string,
  inspected: Inspection,
  scratch: string,
  signal?: AbortSignal,
): Promise<Prepared> {
  if (inspected.format === 'parquet' || !inspected.shape) return { file: parquetFile(path, inspected.columns) };
  const { shape, gzip } = inspected;
  const encoding = inspected.encoding ?? 'utf-8';
  if (!gzip && encoding === 'utf-8') return { file: csvFile(path, inspected.columns, shape) };
  try {
    await decodeFile(path, scratch, gzip, encoding, signal);
  } catch (cause) {
    await rm(scratch, { force: true });
    throw signal?.aborted ? new Cancelled({ cause }) : readable(cause);
  }
  return { file: csvFile(scratch, inspected.columns, shape) };
}

async function decodeFile(
  from: string,
  to: string,
  gzip: boolean,
  encoding: string,
  signal?: AbortSignal,
): Promise<void> {
  const options = signal ? { signal } : {};
  const source = createReadStream(from, { highWaterMark: 1 << 20 });
  const target = createWriteStream(to, { highWaterMark: 1 << 20 });
  if (gzip) await pipeline(source, createGunzip({ chunkSize: 1 << 18 }), decoder(encoding), target, options);
  else await pipeline(source, decoder(encoding), target, options);
}

/** Bytes of an encoding to UTF-8. @throws ProblemError naming line and column of the first byte that is not of it */
function decoder(encoding: string): Transform {
  const strict = new TextDecoder(encoding, { fatal: true });
  let place = { line: 1, column: 1 };
  // The chunk before, whose last character this one may finish.
  let before: Uint8Array = new Uint8Array();
  const decode = (chunk: Uint8Array, stream: boolean): string => {
    try {
      const text = strict.decode(chunk, { stream });
      place = advance(place, text);
      before = chunk.subarray(-8);
      return text;
    } catch (cause) {
      throw damaged(encoding, advance(place, goodPart(encoding, before, chunk)), cause);
    }
  };
  return new Transform({
    transform(chunk, _encoding, done) {
      attempt(() => decode(chunk, true), done);
    },
    flush(done) {
      attempt(() => decode(new Uint8Array(), false), done);
    },
  });
}

function attempt(work: () => string, done: (error: Error | null, text?: string) => void): void {
  try {
    done(null, work());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

/** What of a chunk can be read up to its first fault. */
function goodPart(encoding: string, before: Uint8Array, chunk: Uint8Array): string {
  const lenient = new TextDecoder(encoding);
  lenient.decode(before, { stream: true });
  const text = lenient.decode(chunk);
  return text.slice(0, Math.max(0, text.indexOf('\ufffd')));
}

function damaged(encoding: string, { line, column }: { line: number; column: number }, cause: unknown): ProblemError {
  return new ProblemError(
    'unreadable_file',
    `Line ${line}, column ${column}: the bytes here are not ${encoding}. Repair the line, or name the file's encoding if it is another.`,
    [{ path: `line ${line}, column ${column}`, message: `not ${encoding}` }],
    { cause },
  );
}

function advance(from: { line: number; column: number }, text: string): { line: number; column: number } {
  let { line } = from;
  let last = -1;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
    line++;
    last = i;
  }
  return { line, column: last >= 0 ? text.length - last : from.column + text.length };
}

/** zlib's errors say that the archive is damaged; anything else is not the file's fault. */
function readable(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || !String(cause.code).startsWith('Z_')) return cause;
  const cut = cause.code === 'Z_BUF_ERROR';
  return new ProblemError(
    'unreadable_file',
    cut
      ? 'The gzip file is cut short: it ends before its data does. Copy or export it again.'
      : 'The gzip file is damaged and cannot be unpacked. Copy or export it again.',
    undefined,
    { cause },
  );
}
