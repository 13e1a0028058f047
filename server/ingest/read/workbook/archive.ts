/** A workbook is a ZIP archive, read part by part. */
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { type ImportLimits, refuseUnpacked } from '../limits.ts';
import {
  BINARY_WORKBOOK,
  OPEN_DOCUMENT,
  partTooLarge,
  tooManyParts,
  WORKBOOK_DAMAGED,
  ZIP_IS_NO_WORKBOOK,
} from './messages.ts';

/** The pictures of a workbook are parts, too. */
const MOST_ENTRIES = 20_000;

export class WorkbookArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ImportLimits,
    readonly packed: number,
  ) {}

  /** @throws ProblemError `unreadable_file`, `unsupported_format` if it is no workbook, `unpacked_too_large` */
  static async open(path: string, limits: ImportLimits): Promise<WorkbookArchive> {
    const zip = await openPromise(path, { autoClose: false }).catch((cause: unknown) => {
      throw damagedWorkbook(cause);
    });
    try {
      const entries = new Map<string, Entry>();
      const packed = (await stat(path)).size;
      let unpacked = 0;
      for await (const entry of zip.eachEntry()) {
        entries.set(keyOf(entry.fileName), entry);
        if (entries.size > MOST_ENTRIES) throw new ProblemError('unreadable_file', tooManyParts(MOST_ENTRIES));
        // All together: parts may overlap in the archive, each as large as the whole.
        unpacked += entry.uncompressedSize;
        refuseUnpacked(unpacked, packed, limits);
      }
      refuseForeignArchive(entries);
      return new WorkbookArchive(zip, entries, limits, packed);
    } catch (cause) {
      zip.close();
      throw cause instanceof ProblemError ? cause : damagedWorkbook(cause);
    }
  }

  has(name: string): boolean {
    return this.entries.has(keyOf(name));
  }

  /** @param most bytes, if it is kept in memory @throws ProblemError `unpacked_too_large`, `unreadable_file` */
  async *text(name: string, most = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
    const entry = this.entries.get(keyOf(name));
    if (!entry) throw damagedWorkbook(new Error(`no ${name}`));
    // The reader enforces the sizes that the archive states.
    refuseUnpacked(entry.uncompressedSize, entry.compressedSize, this.limits);
    if (entry.uncompressedSize > most)
      throw new ProblemError('unreadable_file', partTooLarge(entry.fileName.slice(0, 100)));
    let stream: Readable | null = null;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      const decoder = new TextDecoder('utf-8');
      for await (const chunk of stream) yield decoder.decode(Buffer.from(chunk), { stream: true });
    } catch (cause) {
      throw cause instanceof ProblemError ? cause : damagedWorkbook(cause);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

/** Case does not matter in names of parts. */
const keyOf = (name: string) => name.replace(/^\/+/u, '').toLowerCase();

export const damagedWorkbook = (cause: unknown) =>
  new ProblemError('unreadable_file', WORKBOOK_DAMAGED, undefined, { cause });

function refuseForeignArchive(entries: ReadonlyMap<string, Entry>): void {
  if (entries.has('xl/workbook.xml') || entries.has('_rels/.rels')) {
    if (entries.has('xl/workbook.bin')) refuse(BINARY_WORKBOOK);
    return;
  }
  refuse(entries.has('content.xml') && entries.has('mimetype') ? OPEN_DOCUMENT : ZIP_IS_NO_WORKBOOK);
}

function refuse(detail: Label): never {
  throw new ProblemError('unsupported_format', detail);
}
