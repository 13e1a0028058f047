/**
 * Looks for quotes that swallow lines. The engine's reader may take the rest of a file into one broken field and
 * report a single reject, or none; this pass jumps from quote to quote, so that a file without any costs next to
 * nothing.
 */
import { createReadStream } from 'node:fs';
import { ProblemError } from '../../problem.ts';
import { quoteOpen, UNTERMINATED_QUOTE } from './messages.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * @param onText told each piece of the file; `whole`: no field so far runs over several lines
 * @throws ProblemError `unreadable_file` with line and column of a quote that is never closed, or whose field runs over
 * several lines and is then not followed by a delimiter: the sign of a quote missing in between.
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
  /** Byte offset of the quote that closes it wrongly; null if none does. */
  readonly closed: number | null;
}

/** The scan itself, over chunks of bytes. `delimiter` is one ASCII byte. */
export class QuoteWatch {
  private offset = 0;
  /** Offset of the open quote, or null outside quotes. */
  private opened: number | null = null;
  private spansLines = false;
  /** Whether some field ran over several lines: lines are no rows then. */
  multiline = false;
  /** A quote that stood at the end of the last chunk: what follows decides what it was. */
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
        // Inside an unquoted field a quote is a letter like any other; a byte order mark may stand before the first.
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

  /** Decides on a quote inside a quoted field by the byte at `at`; gives where to go on. */
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

/** Line and column, both from 1 and in characters, of a byte offset in a UTF-8 file. */
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
