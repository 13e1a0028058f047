/** From a gzip or zstd file to its content. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress, ZstdErrorCode } from 'fzstd';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { FactsGatherer, type FileFacts } from './facts.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from './limits.ts';

export type Compression = 'gzip' | 'zstd';

/** By its first bytes; null where it is not compressed. */
export function compressionOf(head: Uint8Array): Compression | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return null;
}

/**
 * Unpacks a file, all members or frames of it, and gathers the facts of its content.
 * @param to path to write to; nothing is left there where it fails
 * @throws ProblemError `unreadable_file` where it is damaged or cut short, `unpacked_too_large`, `disk_full`
 */
export async function unpackFile(
  from: string,
  packedBytes: number,
  to: string,
  compression: Compression,
  limits: ImportLimits,
  signal?: AbortSignal,
): Promise<FileFacts> {
  const gatherer = new FactsGatherer();
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      gatherer.push(chunk);
      done(null, chunk);
    },
  });
  const guard = new UnpackGuard(limits, dirname(to), packedBytes);
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: compression === 'gzip' ? 1 << 18 : 1 << 14 }),
      compression === 'gzip' ? createGunzip({ chunkSize: 1 << 18 }) : unzstd,
      guard.stream(),
      tap,
      createWriteStream(to, { highWaterMark: 1 << 20 }),
      signal ? { signal } : {},
    );
  } catch (cause) {
    await rm(to, { force: true });
    if (signal?.aborted) throw new Cancelled({ cause });
    throw isDiskFull(cause) ? diskFull(cause) : asDamage(cause);
  }
  return gatherer.end();
}

/** The window of zstd's own default limit; a frame may ask for gigabytes. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
/** Packed bytes at a time: four of them may stand for 128 kB. */
const STEP = 2048;

/**
 * Node 20 has no zstd. The decoder works at once on all that it is given, so it gets little at a time and no more
 * before that is written: a bomb never fills the memory.
 */
async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const decoder = new Decompress((part) => parts.push(part));
  const decode = (bytes: Uint8Array, last: boolean) => {
    parts = [];
    try {
      decoder.push(bytes, last);
    } catch (cause) {
      throw damaged('zstd', isEarlyEnd(cause), cause);
    }
    return parts;
  };
  let first = true;
  for await (const chunk of source) {
    if (first) refuseWindow(chunk);
    first = false;
    for (let at = 0; at < chunk.length; at += STEP) yield* decode(chunk.subarray(at, at + STEP), false);
  }
  yield* decode(new Uint8Array(), true);
}

const isEarlyEnd = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && cause.code === ZstdErrorCode.UnexpectedEOF;

/** Reads the window that the first frame asks for (RFC 8878, 3.1.1.1). */
function refuseWindow(head: Buffer): void {
  const descriptor = head[4] ?? 0;
  if ((descriptor & 0x20) !== 0) return;
  const window = head[5] ?? 0;
  const base = 2 ** (10 + (window >> 3));
  if (base + (base / 8) * (window & 7) > LARGEST_WINDOW)
    throw new ProblemError(
      'unreadable_file',
      'The zstd file asks for a window of more than 128 MB. Pack it again without --long, or unpack it, and import that.',
    );
}

/** zlib's errors say that the file is damaged; anything else is not the file's fault. */
function asDamage(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || !String(cause.code).startsWith('Z_')) return cause;
  return damaged('gzip', cause.code === 'Z_BUF_ERROR', cause);
}

function damaged(compression: Compression, cut: boolean, cause: unknown): ProblemError {
  return new ProblemError(
    'unreadable_file',
    cut
      ? `The ${compression} file is cut short: it ends before its data does. Copy or export it again.`
      : `The ${compression} file is damaged and cannot be unpacked. Copy or export it again.`,
    undefined,
    { cause },
  );
}
