/** Which encoding bytes are in, judged from the bytes alone; pure. */
import { isUtf8 } from 'node:buffer';

/** Names that `TextDecoder` and this module know. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/** What a byte order mark says, or null without one. */
export function encodingOfMark(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * Watches a stream of bytes for the first that is no UTF-8, chunk by chunk. A character cut by the end of a chunk is
 * carried to the next.
 */
export class Utf8Watch {
  private carry: Buffer = Buffer.alloc(0);
  private offset = 0;
  /** Offset of the first chunk position that is not UTF-8, or null while all is well. */
  invalidAt: number | null = null;

  push(chunk: Buffer): void {
    if (this.invalidAt !== null) return;
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk;
    const whole = bytes.length - cutCharacter(bytes);
    const body = bytes.subarray(0, whole);
    if (!isUtf8(body)) this.invalidAt = this.offset + firstInvalid(body);
    this.offset += whole;
    this.carry = Buffer.from(bytes.subarray(whole));
  }

  end(): void {
    if (this.invalidAt === null && this.carry.length > 0) this.invalidAt = this.offset;
  }
}

/** Bytes at the end that begin a character which the next chunk finishes: 0 to 3. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

function firstInvalid(bytes: Buffer): number {
  // Halve until the faulty stretch is small; a cut inside a character is put off to the right half.
  let from = 0;
  let to = bytes.length;
  while (to - from > 16) {
    let middle = (from + to) >> 1;
    while (middle < to && ((bytes[middle] ?? 0) & 0xc0) === 0x80) middle++;
    if (middle === to) break;
    if (isUtf8(bytes.subarray(from, middle))) from = middle;
    else to = middle;
  }
  while (from < to && isUtf8(bytes.subarray(from, nextStart(bytes, from)))) from = nextStart(bytes, from);
  return from;
}

function nextStart(bytes: Uint8Array, from: number): number {
  let next = from + 1;
  while (next < bytes.length && ((bytes[next] ?? 0) & 0xc0) === 0x80) next++;
  return next;
}

export interface EncodingVerdict {
  readonly encoding: Encoding;
  readonly reason: string;
  /** True when it is UTF-8 but for a few bytes: the file is damaged, not in another encoding. */
  readonly damaged: boolean;
}

/**
 * Judges bytes that are not UTF-8 and have no mark.
 * @param head the first bytes of the file, some hundred kilobytes
 */
export function judgeEncoding(head: Uint8Array): EncodingVerdict {
  const utf8 = new TextDecoder('utf-8').decode(head);
  const foreign = [...utf8].filter((c) => c > '\u007f');
  const broken = foreign.filter((c) => c === '\ufffd').length;
  // A damaged byte spoils up to three characters; a wrong encoding spoils nearly all.
  if (foreign.length > 0 && broken * 4 < foreign.length)
    return { encoding: 'utf-8', reason: 'nearly all of it is UTF-8', damaged: broken > 0 };
  const gb = decodes(head, 'gb18030');
  if (gb !== null && looksChinese(gb))
    return { encoding: 'gb18030', reason: 'not UTF-8, and reads as Chinese in GB18030', damaged: false };
  return { encoding: 'windows-1252', reason: 'neither UTF-8 nor Chinese in GB18030', damaged: false };
}

/** The text, or null where the bytes are not of this encoding; a character cut at the end does not count. */
function decodes(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Latin-1 read as GB18030 gives private and rare characters; Chinese text gives Han and its punctuation. */
function looksChinese(text: string): boolean {
  const foreign = [...text].filter((c) => c > '\u007f');
  const han = foreign.filter((c) => /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/u.test(c));
  return foreign.length > 0 && han.length >= foreign.length * 0.8;
}
