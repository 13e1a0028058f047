/** The parts of a workbook: a ZIP archive, read part by part. */
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { type ImportLimits, refuseUnpacked } from '../limits.ts';

/** Parts of an archive; the pictures of a workbook are parts, too. */
const MOST_ENTRIES = 20_000;

export class WorkbookArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ImportLimits,
    /** Bytes of the archive. */
    readonly packed: number,
  ) {}

  /**
   * @throws ProblemError `unreadable_file` for a damaged archive and one of too many parts, `unsupported_format` for one
   * that is no workbook, `unpacked_too_large`
   */
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
        if (entries.size > MOST_ENTRIES) throw tooManyEntries();
        // Of all together: parts may lie over each other, each of the size of the whole.
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

  /**
   * The text of a part, as it unpacks.
   * @param most bytes of it, where all of it is held in memory
   * @throws ProblemError `unpacked_too_large`, `unreadable_file`
   */
  async *text(name: string, most = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
    const entry = this.entries.get(keyOf(name));
    if (!entry) throw damagedWorkbook(new Error(`no ${name}`));
    // The reader holds the archive to the sizes that it states.
    refuseUnpacked(entry.uncompressedSize, entry.compressedSize, this.limits);
    if (entry.uncompressedSize > most) throw largePart(entry.fileName);
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

function tooManyEntries(): ProblemError {
  return new ProblemError('unreadable_file', {
    en: `The workbook is an archive of more than ${MOST_ENTRIES.toLocaleString('en')} parts, the most that are read. Save its table as a workbook of its own, or as CSV, and import that.`,
    zh: `工作簿内部的部件超过可读取的上限 ${MOST_ENTRIES.toLocaleString('en')} 个。请将其中的表格另存为单独的工作簿或 CSV 后导入。`,
  });
}

function largePart(name: string): ProblemError {
  return new ProblemError('unreadable_file', {
    en: `The workbook’s part ${name.slice(0, 100)} is far larger than such a part ever is, so it was not read. Save the table as a workbook of its own, or as CSV, and import that.`,
    zh: `工作簿的部件 ${name.slice(0, 100)} 异常大，未予读取。请将其中的表格另存为单独的工作簿或 CSV 后导入。`,
  });
}

/** Names of parts are case-blind. */
const keyOf = (name: string) => name.replace(/^\/+/u, '').toLowerCase();

export function damagedWorkbook(cause: unknown): ProblemError {
  return new ProblemError(
    'unreadable_file',
    {
      en: 'The workbook is damaged or cut short and cannot be read. Export or copy it again.',
      zh: '工作簿已损坏或不完整，无法读取。请重新导出或复制。',
    },
    undefined,
    { cause },
  );
}

export const BINARY_WORKBOOK: Label = {
  en: 'This is a binary workbook (.xlsb). Save it as XLSX or CSV, and import that.',
  zh: '这是二进制工作簿（.xlsb）。请另存为 XLSX 或 CSV 后导入。',
};

function refuseForeignArchive(entries: ReadonlyMap<string, Entry>): void {
  if (entries.has('xl/workbook.xml') || entries.has('_rels/.rels')) {
    if (entries.has('xl/workbook.bin')) refuse(BINARY_WORKBOOK);
    return;
  }
  if (entries.has('content.xml') && entries.has('mimetype'))
    refuse({
      en: 'This is an OpenDocument file (.ods). Save it as XLSX or CSV, and import that.',
      zh: '这是 OpenDocument 文件（.ods）。请另存为 XLSX 或 CSV 后导入。',
    });
  refuse({
    en: 'This is a ZIP archive that is no workbook. Unpack it, and import the files in it.',
    zh: '这是 ZIP 压缩包，不是工作簿。请解压后导入其中的文件。',
  });
}

function refuse(detail: Label): never {
  throw new ProblemError('unsupported_format', detail);
}
