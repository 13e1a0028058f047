/** One pass over the bytes of a file: how many, their SHA-256, and whether they are UTF-8. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Utf8Watch } from './encoding.ts';

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
  /** Offset of the first byte that is not UTF-8, or null. Without meaning for compressed and Parquet files. */
  readonly notUtf8At: number | null;
}

/** Gathers the facts of bytes as they come by. */
export class FactsGatherer {
  private readonly hash = createHash('sha256');
  private readonly watch = new Utf8Watch();
  private bytes = 0;

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    this.watch.push(chunk);
  }

  end(): FileFacts {
    this.watch.end();
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), notUtf8At: this.watch.invalidAt };
  }
}

/**
 * @param onBytes told how many bytes are read so far
 * @throws the file system's error where the file cannot be read
 */
export async function readFacts(
  path: string,
  signal?: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<FileFacts> {
  const gatherer = new FactsGatherer();
  let bytes = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
    const chunk = Buffer.isBuffer(part) ? part : Buffer.from(part);
    gatherer.push(chunk);
    bytes += chunk.length;
    onBytes?.(bytes);
  }
  return gatherer.end();
}
