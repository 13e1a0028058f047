import { open } from 'node:fs/promises';
import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import type { FileFacts } from '../facts.ts';
import { AS_GIVEN } from '../messages.ts';
import { type Encoding, encodingOfMark, judgeEncoding, utf16WithoutMark } from './encoding.ts';
import { ENCODING_REASONS, encodingUnknown, UNKNOWN_ENCODING } from './messages.ts';

export interface EncodingChoice {
  readonly encoding: string;
  readonly reason: Label;
  /** 0 to 1; null if the user chose it. */
  readonly confidence: number | null;
  readonly alternatives: readonly EncodingPreview[];
}

export interface EncodingPreview {
  readonly encoding: string;
  readonly confidence: number | null;
  readonly preview: readonly string[];
}

/** @param asked the user's choice @throws ProblemError `invalid_request` for a name that no decoder knows */
export async function chooseEncoding(
  path: string,
  head: Buffer,
  facts: FileFacts,
  asked: string | undefined,
): Promise<EncodingChoice> {
  const named = asked === undefined ? null : knownEncoding(asked);
  const judged = await judge(path, head, facts);
  const encoding = named ?? judged.encoding;
  const confidence = named === null ? judged.confidence : null;
  const others = judged.alternatives.filter((a) => a.encoding !== encoding);
  return {
    encoding,
    reason: named === null ? judged.reason : AS_GIVEN,
    confidence,
    alternatives: [{ encoding, confidence }, ...others].map((a) => ({
      ...a,
      preview: previewIn(judged.sample, a.encoding),
    })),
  };
}

interface Judged {
  readonly encoding: Encoding;
  readonly reason: Label;
  readonly confidence: number;
  readonly alternatives: readonly { encoding: Encoding; confidence: number }[];
  readonly sample: Buffer;
}

async function judge(path: string, head: Buffer, facts: FileFacts): Promise<Judged> {
  const alone = (encoding: Encoding, confidence: number, reason: Label): Judged => ({
    encoding,
    confidence,
    reason,
    alternatives: [{ encoding, confidence }],
    sample: head.subarray(0, WINDOW),
  });
  const mark = encodingOfMark(head);
  if (mark && (mark !== 'utf-8' || facts.notUtf8At === null)) return alone(mark, 1, ENCODING_REASONS.mark);
  // Zeros are UTF-8, too, and Western text in UTF-16 has them.
  const utf16 = utf16WithoutMark(head);
  if (utf16) return alone(utf16, 0.95, ENCODING_REASONS.utf16);
  if (facts.notUtf8At === null) return alone('utf-8', 1, ENCODING_REASONS.utf8);
  const sample = await sampleOf(path, facts.bytes, facts.notUtf8At);
  const verdict = judgeEncoding(sample);
  return { ...verdict, sample };
}

const WINDOW = 32_768;
const WINDOWS = 8;

async function sampleOf(path: string, bytes: number, offset: number): Promise<Buffer> {
  const spread = Array.from({ length: WINDOWS }, (_, i) => Math.floor(((i + 1) * bytes) / (WINDOWS + 1)));
  const starts = [0, Math.max(0, offset - WINDOW / 2), ...spread].sort((a, b) => a - b);
  const handle = await open(path);
  try {
    const parts: Buffer[] = [];
    let end = 0;
    for (const start of starts) {
      const from = Math.max(start, end);
      if (from >= bytes) break;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(WINDOW), 0, WINDOW, from);
      const part = buffer.subarray(0, bytesRead);
      parts.push(from === 0 || from === end ? part : part.subarray(part.indexOf(0x0a) + 1));
      end = from + bytesRead;
    }
    return Buffer.concat(parts);
  } finally {
    await handle.close();
  }
}

const PREVIEW_LINES = 4;
const PREVIEW_LENGTH = 160;

/** The first line and the next ones with more than ASCII, which all encodings show alike. */
function previewIn(sample: Buffer, encoding: string): string[] {
  const lines = new TextDecoder(encoding)
    .decode(sample, { stream: true })
    .split(/\r\n|\r|\n/u)
    .filter((line) => line.trim() !== '');
  const telling = lines.slice(1).filter((line) => [...line].some((c) => c > '\u007f'));
  return [...lines.slice(0, 1), ...(telling.length > 0 ? telling : lines.slice(1))]
    .slice(0, PREVIEW_LINES)
    .map((line) => line.slice(0, PREVIEW_LENGTH));
}

export function knownEncoding(name: string): string {
  try {
    const { encoding } = new TextDecoder(name);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    throw new ProblemError('invalid_request', encodingUnknown(name), [
      { path: 'options.encoding', message: UNKNOWN_ENCODING },
    ]);
  }
}
