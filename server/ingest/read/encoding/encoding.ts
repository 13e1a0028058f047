import { isUtf8 } from 'node:buffer';
import type { Label } from '../../../contract/query.ts';
import { type Candidate, type Score, scoreEncodings } from './encoding-scores.ts';
import { ENCODING_REASONS, encodingByText } from './messages.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | Candidate;

export function encodingOfMark(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/** Finds the first byte of a stream that is no UTF-8. A character may be cut by the end of a chunk. */
export class Utf8Watch {
  private carry: Buffer = Buffer.alloc(0);
  private offset = 0;
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

/** Bytes at the end that begin a character of the next chunk: 0 to 3. */
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
  // Halves until the faulty stretch is small; a cut inside a character goes to the right half.
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
  readonly confidence: number;
  readonly reason: Label;
  /** True for UTF-8 with a few wrong bytes: a damaged file. */
  readonly damaged: boolean;
  readonly alternatives: readonly { encoding: Encoding; confidence: number }[];
}

/** For bytes that are not UTF-8 and have no mark. @param sample lines from all over the file, some hundred kilobytes */
export function judgeEncoding(sample: Uint8Array): EncodingVerdict {
  const utf16 = utf16WithoutMark(sample);
  if (utf16) return certain(utf16, 0.95, ENCODING_REASONS.utf16, false);
  const utf8 = new TextDecoder('utf-8').decode(sample);
  const foreign = [...utf8].filter((c) => c > '\u007f');
  const broken = foreign.filter((c) => c === '\ufffd').length;
  // A damaged byte spoils up to three characters; a wrong encoding spoils nearly all.
  if (foreign.length > 0 && broken * 4 < foreign.length)
    return certain('utf-8', 0.9, ENCODING_REASONS.nearlyUtf8, broken > 0);
  return judgeScores(scoreEncodings(sample));
}

function certain(encoding: Encoding, confidence: number, reason: Label, damaged: boolean): EncodingVerdict {
  return { encoding, confidence, reason, damaged, alternatives: [{ encoding, confidence }] };
}

function judgeScores(scores: readonly Score[]): EncodingVerdict {
  const [best, second] = scores;
  if (!best || !second) throw new Error('there are no candidates');
  // Two characters may mean anything, a page of them leaves no doubt.
  const evidence = best.characters / (best.characters + 3);
  const confidence = round(
    Math.min(0.99, (0.5 + Math.max(0, Math.min(best.score, 1) - Math.max(second.score, 0)) * 0.9) * evidence),
  );
  const alternatives = scores
    .filter((s) => s === best || (s.score > 0 && s.invalid * 20 <= s.characters))
    .map((s) => ({
      encoding: s.encoding,
      confidence: s === best ? confidence : round(Math.min(confidence, Math.max(0, s.score) * 0.5 * evidence)),
    }));
  const reason = encodingByText(best.encoding, second.score > 0 ? second.encoding : null);
  return { encoding: best.encoding, confidence, reason, damaged: false, alternatives };
}

const round = (share: number) => Math.round(share * 100) / 100;

/** In UTF-16 digits, commas and line ends have a zero before (BE) or after (LE) them. */
export function utf16WithoutMark(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  const length = Math.min(sample.length, 65_536) & ~1;
  for (let i = 0; i < length; i += 2) {
    if (sample[i] === 0 && sample[i + 1] !== 0) even++;
    if (sample[i + 1] === 0 && sample[i] !== 0) odd++;
  }
  const units = length / 2;
  const found =
    odd > units * 0.1 && even * 50 < odd ? 'utf-16le' : even > units * 0.1 && odd * 50 < even ? 'utf-16be' : null;
  if (found === null) return null;
  // Binary files have zeros, too, but do not decode to text.
  const text = new TextDecoder(found).decode(sample.subarray(0, length), { stream: true });
  return /[\p{Cc}\ufffd]/u.test(text.replace(/[\t\r\n]/gu, '')) ? null : found;
}
