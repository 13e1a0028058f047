/** How large a file may be, packed and unpacked: a small file can unpack to more than the disk holds. */
import { statfs } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { ProblemError } from '../../problem.ts';
import { DISK_FULL, tooManyColumns, unpacksTooFar, unpacksTooLarge, uploadTooLarge } from './messages.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

export interface ImportLimits {
  readonly uploadBytes: number;
  readonly unpackedBytes: number;
  /** Rejects of an import beyond these are counted but not kept. */
  readonly keptRejects: number;
}

/** Nobody reads all rejects, and a wrong mapping must not fill the disk. */
export const DEFAULT_LIMITS: ImportLimits = { uploadBytes: 64 * GB, unpackedBytes: 64 * GB, keptRejects: 100_000 };

/** Unpacked bytes per packed byte; exports have 5 to 60, a sheet of equal cells some 150. */
const LARGEST_RATIO = 400;
/** Below this a high ratio does no harm. */
const RATIO_FROM = 256 * MB;
const ASK_EVERY = 64 * MB;
/** Must stay free for the warehouse. */
const KEPT_FREE = 256 * MB;

export class UnpackGuard {
  private bytes = 0;
  private asked = 0;

  /** @param folder for the unpacked bytes @param packed bytes of the packed file; null if it is not packed */
  constructor(
    private readonly limits: ImportLimits,
    private readonly folder: string,
    private readonly packed: number | null,
  ) {}

  count(bytes: number): void {
    this.bytes += bytes;
    refuseUnpacked(this.bytes, this.packed, this.limits);
  }

  /** Call before each write. @throws ProblemError `disk_full` before the disk is full */
  async room(): Promise<void> {
    if (this.asked > 0 && this.bytes - this.asked < ASK_EVERY) return;
    this.asked = Math.max(this.bytes, 1);
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize < KEPT_FREE + ASK_EVERY) throw diskFull();
  }

  stream(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.checked(chunk).then(
          () => done(null, chunk),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
  }

  private async checked(chunk: Buffer): Promise<void> {
    this.count(chunk.length);
    await this.room();
  }
}

/** @param packed null if it is not packed @throws ProblemError `unpacked_too_large` */
export function refuseUnpacked(bytes: number, packed: number | null, limits: ImportLimits): void {
  if (bytes > limits.unpackedBytes) throw new ProblemError('unpacked_too_large', unpacksTooLarge(limits.unpackedBytes));
  if (packed !== null && bytes > RATIO_FROM && bytes > packed * LARGEST_RATIO)
    throw new ProblemError('unpacked_too_large', unpacksTooFar(LARGEST_RATIO));
}

/** Exports have tens of columns, pivoted ones hundreds. */
export const MOST_COLUMNS = 4000;

export function refuseWide(columns: number): void {
  if (columns > MOST_COLUMNS) throw new ProblemError('unreadable_file', tooManyColumns(MOST_COLUMNS));
}

export const diskFull = (cause?: unknown) =>
  new ProblemError('disk_full', DISK_FULL, undefined, cause === undefined ? undefined : { cause });

export function refuseLongUpload(bytes: number, limits: ImportLimits): void {
  if (bytes > limits.uploadBytes) throw new ProblemError('upload_too_large', uploadTooLarge(limits.uploadBytes));
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
