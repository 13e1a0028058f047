import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ProblemError } from '../../../problem.ts';
import { Cancelled } from '../../../warehouse/warehouse.ts';
import { FactsGatherer, type FileFacts } from '../facts.ts';
import { diskFull, type ImportLimits, isDiskFull, UnpackGuard } from '../limits.ts';
import { packedCutShort, packedDamaged } from '../messages.ts';
import { unzstd, ZstdFault } from './zstd.ts';

export type Compression = 'gzip' | 'zstd';

/** By the first bytes; null if it is not compressed. */
export function compressionOf(head: Uint8Array): Compression | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return null;
}

/**
 * Unpacks all members or frames of a file and gathers the facts of its content.
 * @param to path; nothing is left there if it fails
 * @throws ProblemError `unreadable_file` if it is damaged or ends too soon, `unpacked_too_large`, `disk_full`
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

/** zlib's errors mean a damaged file; other errors are not the file's fault. */
function asDamage(cause: unknown): unknown {
  if (cause instanceof ZstdFault) return damaged('zstd', cause.cut, cause);
  if (!(cause instanceof Error) || !('code' in cause) || !String(cause.code).startsWith('Z_')) return cause;
  return damaged('gzip', cause.code === 'Z_BUF_ERROR', cause);
}

function damaged(compression: Compression, cut: boolean, cause: unknown): ProblemError {
  const detail = cut ? packedCutShort(compression) : packedDamaged(compression);
  return new ProblemError('unreadable_file', detail, undefined, { cause });
}
