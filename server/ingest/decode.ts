/** From text of any encoding to a copy in UTF-8. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from './limits.ts';

/**
 * @param to path to write to; nothing is left there where it fails
 * @throws ProblemError `unreadable_file` naming line and column of the first byte that is not of the encoding,
 * `unpacked_too_large`, `disk_full`
 */
export async function decodeFile(
  from: string,
  to: string,
  encoding: string,
  limits: ImportLimits,
  signal?: AbortSignal,
): Promise<void> {
  const guard = new UnpackGuard(limits, dirname(to), null);
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1 << 20 }),
      decoder(encoding),
      guard.stream(),
      createWriteStream(to, { highWaterMark: 1 << 21 }),
      signal ? { signal } : {},
    );
  } catch (cause) {
    await rm(to, { force: true });
    if (signal?.aborted) throw new Cancelled({ cause });
    if (isDiskFull(cause)) throw diskFull(cause);
    if (cause instanceof ForeignBytes) throw await foreignBytes(from, encoding, cause);
    throw cause;
  }
}

/** A byte that is nothing in the encoding. */
class ForeignBytes extends Error {}

function decoder(encoding: string): Transform {
  const strict = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk: Uint8Array, stream: boolean): Buffer => {
    try {
      return Buffer.from(strict.decode(chunk, { stream }));
    } catch (cause) {
      throw new ForeignBytes(encoding, { cause });
    }
  };
  return new Transform({
    readableHighWaterMark: 1 << 20,
    transform(chunk: Uint8Array, _encoding, done) {
      attempt(() => decode(chunk, true), done);
    },
    flush(done) {
      attempt(() => decode(new Uint8Array(), false), done);
    },
  });
}

function attempt(work: () => Buffer, done: (error: Error | null, bytes?: Buffer) => void): void {
  let bytes: Buffer;
  try {
    bytes = work();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done(null, bytes);
}

async function foreignBytes(path: string, encoding: string, cause: Error): Promise<ProblemError> {
  const { line, column } = await placeOfFault(path, encoding);
  return new ProblemError(
    'unreadable_file',
    `Line ${line}, column ${column}: the bytes here are not ${encoding}. Repair the line, or name the file's encoding if it is another.`,
    [{ path: `line ${line}, column ${column}`, message: `not ${encoding}` }],
    { cause },
  );
}

/** Reads the file again: only a fault needs to know its line. */
async function placeOfFault(path: string, encoding: string): Promise<{ line: number; column: number }> {
  const lenient = new TextDecoder(encoding);
  const strict = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  let column = 1;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    let text = lenient.decode(bytes, { stream: true });
    const sound = decodes(strict, bytes);
    if (!sound) text = text.slice(0, Math.max(0, text.indexOf('\ufffd')));
    const last = text.lastIndexOf('\n');
    line += last < 0 ? 0 : text.split('\n').length - 1;
    column = last < 0 ? column + text.length : text.length - last;
    if (!sound) break;
  }
  return { line, column };
}

function decodes(strict: TextDecoder, bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
