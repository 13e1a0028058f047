/** Uploaded files on disk: hashed while they stream, deleted after their import. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ProblemError } from '../../problem.ts';
import { FactsGatherer, type FileFacts } from './facts.ts';
import { diskFull, type ImportLimits, isDiskFull, refuseLongUpload, UnpackGuard } from './limits.ts';
import { UPLOAD_CUT_OFF, uploadNotFound } from './messages.ts';

export interface StoredUpload {
  readonly id: string;
  readonly path: string;
  readonly filename: string;
  readonly facts: FileFacts;
  /** Milliseconds since 1970; left out once an import was accepted. */
  readonly receivedAt?: number;
}

const LONGEST_WAIT = 24 * 3600 * 1000;

export class UploadStore {
  private readonly stored = new Map<string, StoredUpload>();

  constructor(
    readonly folder: string,
    private readonly limits: ImportLimits,
  ) {}

  async isWhole({ id, facts }: Pick<StoredUpload, 'id' | 'facts'>): Promise<boolean> {
    const found = await stat(join(this.folder, id)).catch(() => null);
    return found?.size === facts.bytes;
  }

  /** Takes over uploads from before a restart, and deletes everything else. */
  async keepOnly(uploads: readonly Pick<StoredUpload, 'id' | 'filename' | 'facts'>[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const upload of uploads) this.stored.set(upload.id, { ...upload, path: join(this.folder, upload.id) });
    const others = (await readdir(this.folder)).filter((name) => !this.stored.has(name));
    await Promise.all(others.map((name) => rm(join(this.folder, name), { recursive: true, force: true })));
  }

  /**
   * Takes a body whole or not at all. @param declared bytes, if announced; else 0
   * @throws ProblemError `upload_aborted` if the sender went away, `upload_too_large`, `disk_full`
   */
  async receive(body: Readable, filename: string, declared = 0): Promise<StoredUpload> {
    refuseLongUpload(declared, this.limits);
    await this.sweep();
    const id = randomUUID();
    const path = join(this.folder, id);
    const part = `${path}.part`;
    const gatherer = new FactsGatherer();
    try {
      await this.write(body, part, gatherer);
      await rename(part, path);
    } catch (cause) {
      await rm(part, { force: true });
      if (cause instanceof ProblemError) throw cause;
      if (isDiskFull(cause)) throw diskFull(cause);
      throw new ProblemError('upload_aborted', UPLOAD_CUT_OFF, undefined, { cause });
    }
    const facts = gatherer.end();
    const upload = { id, path, filename: cleanName(filename), facts, receivedAt: Date.now() };
    this.stored.set(id, upload);
    return upload;
  }

  /** Reads the next piece once the last one is on disk. */
  private async write(body: Readable, path: string, gatherer: FactsGatherer): Promise<void> {
    const guard = new UnpackGuard({ ...this.limits, unpackedBytes: Number.POSITIVE_INFINITY }, this.folder, null);
    const file = await open(path, 'w');
    try {
      let bytes = 0;
      // A refusal must reach the sender, so the connection stays open if the loop ends early.
      for await (const piece of body.iterator({ destroyOnReturn: false })) {
        const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
        bytes += chunk.length;
        refuseLongUpload(bytes, this.limits);
        guard.count(chunk.length);
        await guard.room();
        gatherer.push(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
  }

  private async sweep(): Promise<void> {
    const oldest = Date.now() - LONGEST_WAIT;
    for (const { id, receivedAt } of this.stored.values())
      if (receivedAt !== undefined && receivedAt < oldest) await this.discard(id);
  }

  /** Lists a file of this machine as an upload; it is never deleted. */
  adopt(upload: StoredUpload): void {
    this.stored.set(upload.id, upload);
  }

  has(id: string): boolean {
    return this.stored.has(id);
  }

  /** Keeps an upload until its import has ended. */
  keep(id: string): void {
    const upload = this.stored.get(id);
    if (!upload) return;
    const { receivedAt: _received, ...kept } = upload;
    this.stored.set(id, kept);
  }

  find(id: string): StoredUpload {
    const upload = this.stored.get(id);
    if (!upload) throw new ProblemError('upload_not_found', uploadNotFound(id));
    return upload;
  }

  scratch(id: string, variant = ''): string {
    return join(this.folder, `${id}.utf8${variant.replace(/[^a-z0-9]/giu, '_')}`);
  }

  async discard(id: string): Promise<void> {
    this.stored.delete(id);
    const mine = (await readdir(this.folder)).filter((name) => name === id || name.startsWith(`${id}.`));
    await Promise.all(mine.map((name) => rm(join(this.folder, name), { force: true })));
  }
}

function cleanName(name: string): string {
  const parts = name
    .replace(/\p{Cc}/gu, '')
    .split(/[\\/]/u)
    .map((part) => part.trim())
    .filter((part) => !/^\.*$/u.test(part));
  return parts.join('/').slice(-255) || 'upload';
}
