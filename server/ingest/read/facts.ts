/** One pass over the bytes of a file: length, SHA-256, whether they are UTF-8, and how lines end. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { INVISIBLE } from '../../vocabulary/text.ts';
import { Utf8Watch } from './encoding/encoding.ts';

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
  /** Offset of the first byte that is not UTF-8, or null. Means nothing for compressed and Parquet files. */
  readonly notUtf8At: number | null;
  /** Whether lines end in more than one way, as in joined files. Unknown for UTF-16. */
  readonly mixedLineEnds: boolean;
  /** Whether there are `INVISIBLE` characters, byte order mark aside. Known for UTF-8 only. */
  readonly invisible: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/** Looks for a second way to end lines, also inside quotes. Fast if there is no `\r`. */
export class LineEndWatch {
  private readonly kinds = new Set<'lf' | 'crlf' | 'cr'>();
  private previous = 0;

  get mixed(): boolean {
    return this.kinds.size > 1;
  }

  push(chunk: Buffer): void {
    if (this.mixed || chunk.length === 0) return;
    if (this.previous !== CR && !chunk.includes(CR)) {
      if (chunk.includes(LF)) this.kinds.add('lf');
      this.previous = chunk[chunk.length - 1] ?? 0;
      return;
    }
    for (const byte of chunk) {
      if (byte === LF) this.kinds.add(this.previous === CR ? 'crlf' : 'lf');
      else if (this.previous === CR) this.kinds.add('cr');
      this.previous = byte;
    }
  }

  end(): void {
    if (this.previous === CR) this.kinds.add('cr');
  }
}

export class InvisibleWatch {
  private carry: Buffer = Buffer.alloc(0);
  private atStart = true;
  found = false;

  push(chunk: Buffer): void {
    if (this.found) return;
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk;
    const body = this.atStart && BYTE_ORDER_MARK.equals(bytes.subarray(0, 3)) ? bytes.subarray(3) : bytes;
    // The rest of the mark may be in the next chunk.
    if (bytes.length >= 3) {
      this.atStart = false;
      this.found = LEADS.some((lead) => hasInvisible(body, lead));
    }
    this.carry = Buffer.from(body.subarray(-2));
  }
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const SEQUENCES = [...INVISIBLE].map((character) => Buffer.from(character));
/** Their first two bytes, for which JavaScript searches fast: a text without them costs next to nothing. */
const LEADS = [...new Set(SEQUENCES.map((s) => s.toString('hex', 0, 2)))].map((hex) => Buffer.from(hex, 'hex'));

function hasInvisible(bytes: Buffer, lead: Buffer): boolean {
  const wanted = SEQUENCES.filter((s) => s.indexOf(lead) === 0);
  for (let at = bytes.indexOf(lead); at >= 0; at = bytes.indexOf(lead, at + 2))
    if (wanted.some((s) => s.equals(bytes.subarray(at, at + s.length)))) return true;
  return false;
}

export class FactsGatherer {
  private readonly hash = createHash('sha256');
  private readonly watch = new Utf8Watch();
  private readonly lines = new LineEndWatch();
  private readonly unseen = new InvisibleWatch();
  private bytes = 0;

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    this.watch.push(chunk);
    this.lines.push(chunk);
    this.unseen.push(chunk);
  }

  end(): FileFacts {
    this.watch.end();
    this.lines.end();
    return {
      bytes: this.bytes,
      sha256: this.hash.digest('hex'),
      notUtf8At: this.watch.invalidAt,
      mixedLineEnds: this.lines.mixed,
      invisible: this.unseen.found,
    };
  }
}

/** @param onBytes called with the bytes read so far @throws the file system's error if the file cannot be read */
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
