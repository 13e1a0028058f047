/** Copies text of any encoding in UTF-8, with lines that end in ` `, without invisible characters. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { ProblemError } from '../../problem.ts';
import { SPOILT, visible } from '../../vocabulary/text.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import { bytesOfAnotherEncoding, notInEncoding } from './encoding/messages.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from './limits.ts';
import { isTooMany } from './refused.ts';

/**
 * Bytes that the encoding lacks become U+FFFD if few lines have any, so that only these lines are rejected.
 * @param to path; nothing is left there if it fails @returns whether there are such bytes
 * @throws ProblemError `unreadable_file` at the first of many such bytes, `unpacked_too_large`, `disk_full`
 */
export async function decodeFile(
  from: string,
  to: string,
  encoding: string,
  limits: ImportLimits,
  signal?: AbortSignal,
): Promise<boolean> {
  const write = (decoding: Transform) =>
    pipeline(
      createReadStream(from, { highWaterMark: 1 << 20 }),
      decoding,
      new UnpackGuard(limits, dirname(to), null).stream(),
      createWriteStream(to, { highWaterMark: 1 << 21 }),
      signal ? { signal } : {},
    );
  try {
    try {
      await write(decoder(new TextDecoder(encoding, { fatal: true })));
      return false;
    } catch (cause) {
      if (!(cause instanceof ForeignBytes)) throw cause;
      const lines = new SpoiltLines();
      await write(decoder(new TextDecoder(encoding), lines));
      if (lines.areMany()) throw await foreignBytes(from, encoding, cause);
      return true;
    }
  } catch (cause) {
    await rm(to, { force: true });
    if (signal?.aborted) throw new Cancelled({ cause });
    throw isDiskFull(cause) ? diskFull(cause) : cause;
  }
}

class ForeignBytes extends Error {}

class SpoiltLines {
  private lines = 1;
  private spoilt = 0;
  private inLine = false;

  push(text: string): void {
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) {
        this.lines++;
        this.inLine = false;
      }
      if (this.inLine || !part.includes(SPOILT)) continue;
      this.spoilt++;
      this.inLine = true;
    }
  }

  /** Then the encoding is another one, or the file is ruined. */
  areMany(): boolean {
    return this.spoilt * 2 >= this.lines || isTooMany(this.lines, this.spoilt);
  }
}

function decoder(reader: TextDecoder, lines?: SpoiltLines): Transform {
  const ends = new LineEnds();
  const decode = (chunk: Uint8Array, stream: boolean): Buffer => {
    let text: string;
    try {
      text = visible(ends.plain(reader.decode(chunk, { stream }), stream));
    } catch (cause) {
      throw new ForeignBytes(reader.encoding, { cause });
    }
    lines?.push(text);
    return Buffer.from(text);
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

/** The engine refuses a file with mixed line ends. */
class LineEnds {
  /** A `\r` at the end of the last piece, which may be half of a line end. */
  private held = '';

  plain(piece: string, more: boolean): string {
    const text = this.held + piece;
    this.held = more && text.endsWith('\r') ? '\r' : '';
    const done = this.held ? text.slice(0, -1) : text;
    return done.includes('\r') ? done.replace(/\r\n?/gu, '\n') : done;
  }
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
    bytesOfAnotherEncoding(line, column, encoding),
    [{ path: `line ${line}, column ${column}`, message: notInEncoding(encoding) }],
    { cause },
  );
}

/** Reads the file again: only a fault needs its line. */
async function placeOfFault(path: string, encoding: string): Promise<{ line: number; column: number }> {
  const lenient = new TextDecoder(encoding);
  const strict = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  let column = 1;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    let text = lenient.decode(bytes, { stream: true });
    const sound = decodes(strict, bytes);
    if (!sound) text = text.slice(0, Math.max(0, text.indexOf(SPOILT)));
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
