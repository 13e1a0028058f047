/** Uploaded files on disk: streamed, hashed as they come, deleted once imported. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '../problem.ts';
import { FactsGatherer, type FileFacts } from './facts.ts';

export interface StoredUpload {
  readonly id: string;
  readonly path: string;
  readonly filename: string;
  readonly facts: FileFacts;
  /** Milliseconds since 1970. */
  readonly receivedAt?: number;
}

/** Milliseconds that an upload waits to be imported. */
const LONGEST_WAIT = 24 * 3600 * 1000;

export class UploadStore {
  private readonly stored = new Map<string, StoredUpload>();

  constructor(readonly folder: string) {}

  /**
   * Takes a body whole or not at all: what is cut off leaves nothing behind.
   * @throws ProblemError `upload_aborted` where the sender went away, `unreadable_file` where nothing came
   */
  async receive(body: Readable, filename: string): Promise<StoredUpload> {
    await this.sweep();
    const id = randomUUID();
    const path = join(this.folder, id);
    const part = `${path}.part`;
    const gatherer = new FactsGatherer();
    const tap = new Transform({
      transform(chunk, _encoding, done) {
        gatherer.push(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(body, tap, createWriteStream(part, { highWaterMark: 1 << 20 }));
      await rename(part, path);
    } catch (cause) {
      await rm(part, { force: true });
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')
        throw new ProblemError(
          'upload_too_large',
          'The server’s disk has no room for this file; free some and send it again.',
          undefined,
          { cause },
        );
      throw new ProblemError(
        'upload_aborted',
        'The upload ended before the whole file was sent; send it again.',
        undefined,
        { cause },
      );
    }
    const facts = gatherer.end();
    const upload = { id, path, filename: cleanName(filename), facts, receivedAt: Date.now() };
    this.stored.set(id, upload);
    return upload;
  }

  /** Forgets uploads that nobody imported within a day. */
  private async sweep(): Promise<void> {
    const oldest = Date.now() - LONGEST_WAIT;
    for (const { id, receivedAt } of this.stored.values())
      if (receivedAt !== undefined && receivedAt < oldest) await this.discard(id);
  }

  /** @throws ProblemError `upload_not_found` */
  find(id: string): StoredUpload {
    const upload = this.stored.get(id);
    if (!upload)
      throw new ProblemError(
        'upload_not_found',
        `There is no upload ${id}: it was imported, or the server was started anew since. Upload the file again.`,
      );
    return upload;
  }

  /** Path for a decoded copy; the same encoding and delimiter share one. */
  scratch(id: string, variant = ''): string {
    return join(this.folder, `${id}.utf8${variant.replace(/[^a-z0-9]/giu, '_')}`);
  }

  /** Forgets an upload, and deletes all files that were made of it. */
  async discard(id: string): Promise<void> {
    this.stored.delete(id);
    const mine = (await readdir(this.folder)).filter((name) => name === id || name.startsWith(`${id}.`));
    await Promise.all(mine.map((name) => rm(join(this.folder, name), { force: true })));
  }
}

/** A file's name without its folders and without characters that no name has. */
function cleanName(name: string): string {
  const base = name
    .replace(/^.*[\\/]/u, '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return base.slice(0, 255) || 'upload';
}
