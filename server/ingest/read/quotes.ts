/**
 * Looks for quotes that swallow lines: the engine may read the rest of a file as one field and report one reject or
 * none. It jumps from quote to quote, so a file without any is fast.
 */
import { createReadStream } from 'node:fs';
import { ProblemError } from '../../problem.ts';
import { quoteOpen, UNTERMINATED_QUOTE } from './messages.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * @param onText called with each piece; `whole`: no field so far has several lines
 * @throws ProblemError `unreadable_file` at a quote that never closes, or whose field has several lines and no
 * delimiter
 * after it: a quote is missing in between
 */
export async function checkQuotes(
  path: string,
  delimiter: string,
  signal?: AbortSignal,
  onText?: (chunk: Buffer, whole: boolean) => void,
): Promise<void> {
  const watch = new QuoteWatch(delimiter.charCodeAt(0));
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
    const chunk = Buffer.isBuffer(part) ? part : Buffer.from(part);
    watch.push(chunk);
    onText?.(chunk, !watch.multiline);
  }
  const fault = watch.end();
  if (!fault) return;
  const { line, column } = await placeOf(path, fault.opened);
  throw new ProblemError('unreadable_file', quoteOpen(line, column, fault.closed !== null), [
    { path: `line ${line}, column ${column}`, message: UNTERMINATED_QUOTE },
  ]);
}

export interface QuoteFault {
  readonly opened: number;
  readonly closed: number | null;
}

/** Scans chunks of bytes. `delimiter` is one ASCII byte. */
export class QuoteWatch {
  private offset = 0;
  private opened: number | null = null;
  private spansLines = false;
  /** Whether a field had several lines: lines are no rows then. */
  multiline = false;
  /** A quote at the end of the last chunk: the next byte decides about it. */
  private pending = false;
  private previous = LF;
  private fault: QuoteFault | null = null;

  constructor(private readonly delimiter: number) {}

  push(chunk: Buffer): void {
    let i = 0;
    if (this.pending && chunk.length > 0) i = this.afterQuote(chunk, 0);
    while (!this.fault && i < chunk.length) {
      const quote = chunk.indexOf(QUOTE, i);
      if (this.opened === null) {
        if (quote < 0) break;
        const before = quote > 0 ? chunk[quote - 1] : this.previous;
        // Inside an unquoted field a quote is a letter; a byte order mark may be before the first.
        if (
          before === this.delimiter ||
          before === LF ||
          before === CR ||
          (this.offset === 0 && quote === 3 && before === 0xbf)
        ) {
          this.opened = this.offset + quote;
          this.spansLines = false;
        }
        i = quote + 1;
      } else {
        const lineEnd = this.spansLines ? -1 : chunk.indexOf(LF, i);
        if (lineEnd >= 0 && (quote < 0 || lineEnd < quote)) {
          this.spansLines = true;
          this.multiline = true;
        }
        if (quote < 0) break;
        i = this.afterQuote(chunk, quote + 1);
      }
    }
    this.offset += chunk.length;
    if (chunk.length > 0) this.previous = chunk[chunk.length - 1] ?? LF;
  }

  private afterQuote(chunk: Buffer, at: number): number {
    const next = chunk[at];
    this.pending = next === undefined;
    if (next === undefined) return at;
    if (next === QUOTE) return at + 1;
    const proper = next === this.delimiter || next === LF || next === CR;
    if (!proper && this.spansLines) this.fault = { opened: this.opened ?? 0, closed: this.offset + at - 1 };
    this.opened = null;
    return at;
  }

  end(): QuoteFault | null {
    if (!this.fault && this.opened !== null && !this.pending) return { opened: this.opened, closed: null };
    return this.fault;
  }
}

/** From 1, in characters, for an offset in a UTF-8 file. */
export async function placeOf(path: string, offset: number): Promise<{ line: number; column: number }> {
  let line = 1;
  let start = Buffer.alloc(0);
  if (offset > 0) {
    for await (const part of createReadStream(path, { end: offset - 1, highWaterMark: 1 << 20 })) {
      const chunk = Buffer.isBuffer(part) ? part : Buffer.from(part);
      let last = -1;
      for (let i = chunk.indexOf(LF); i >= 0; i = chunk.indexOf(LF, i + 1)) {
        line++;
        last = i;
      }
      start = last >= 0 ? Buffer.from(chunk.subarray(last + 1)) : Buffer.concat([start, chunk]).subarray(-65_536);
    }
  }
  return { line, column: [...start.toString('utf8').replace(/^\uFEFF/u, '')].length + 1 };
}
