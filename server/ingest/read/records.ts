/** Splits delimited text and, unlike the engine's reader, knows the physical line of each record. */

export interface TextRecord {
  readonly line: number;
  readonly fields: readonly string[];
  readonly raw: string;
  /** Set if a quote is not properly closed: the record cannot be trusted. */
  readonly quote: 'unterminated' | 'unescaped' | null;
}

/** Characters of a cell that a sample keeps: it only shows what the file is like, and patterns are slow on millions. */
export const LONGEST_SAMPLED = 1000;

/** A part of a text holds the whole of it in memory, unless it is copied. */
export const sampledCell = (cell: string): string =>
  cell.length <= LONGEST_SAMPLED ? cell : Buffer.from(cell.slice(0, LONGEST_SAMPLED), 'utf16le').toString('utf16le');

/** RFC 4180, any line ends; blank lines are skipped, as in the engine. `push` chunks; `end` gives the last record. */
export class RecordReader {
  private rest = '';
  private line = 1;

  constructor(private readonly delimiter: string) {}

  *push(chunk: string): Generator<TextRecord> {
    this.rest += chunk;
    yield* this.drain(false);
  }

  *end(): Generator<TextRecord> {
    yield* this.drain(true);
  }

  private *drain(last: boolean): Generator<TextRecord> {
    let at = 0;
    for (;;) {
      const cut = cutRecord(this.rest, at, this.delimiter, last);
      if (!cut) break;
      const raw = this.rest.slice(at, cut.end);
      if (raw.trim() !== '') yield { line: this.line, fields: cut.fields, raw, quote: cut.quote };
      this.line += countLines(this.rest, at, cut.next);
      at = cut.next;
    }
    this.rest = this.rest.slice(at);
  }
}

interface Cut {
  readonly fields: string[];
  readonly quote: TextRecord['quote'];
  readonly end: number;
  readonly next: number;
}

function cutRecord(text: string, at: number, delimiter: string, last: boolean): Cut | null {
  if (at >= text.length) return null;
  const fields: string[] = [];
  let quote: Cut['quote'] = null;
  let i = at;
  for (;;) {
    let value: string;
    if (text[i] === '"') {
      const field = quotedField(text, i);
      if (!field) {
        if (!last) return null;
        return { fields: [...fields, text.slice(i + 1)], quote: 'unterminated', end: text.length, next: text.length };
      }
      value = field.value;
      i = field.end;
      if (i < text.length && text[i] !== delimiter && !isLineEnd(text[i])) {
        quote = 'unescaped';
        const end = fieldEnd(text, i, delimiter);
        value += text.slice(i, end);
        i = end;
      }
    } else {
      const end = fieldEnd(text, i, delimiter);
      value = text.slice(i, end);
      i = end;
    }
    fields.push(value);
    if (i >= text.length) return last ? { fields, quote, end: i, next: i } : null;
    if (text[i] === delimiter) {
      i++;
      if (i >= text.length && last) return { fields: [...fields, ''], quote, end: i, next: i };
      continue;
    }
    // Its line feed may be in the next chunk.
    if (text[i] === '\r' && i + 1 >= text.length && !last) return null;
    return { fields, quote, end: i, next: text[i] === '\r' && text[i + 1] === '\n' ? i + 2 : i + 1 };
  }
}

function quotedField(text: string, from: number): { value: string; end: number } | null {
  let i = from + 1;
  for (;;) {
    const close = text.indexOf('"', i);
    if (close < 0) return null;
    if (text[close + 1] !== '"') return { value: text.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
    i = close + 2;
  }
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  for (let i = from; i < text.length; i++) if (text[i] === delimiter || isLineEnd(text[i])) return i;
  return text.length;
}

const isLineEnd = (c: string | undefined) => c === '\n' || c === '\r';

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) {
    if (text[i] === '\n') lines++;
    else if (text[i] === '\r' && text[i + 1] !== '\n') lines++;
  }
  return lines;
}

export function recordsOf(text: string, delimiter: string): TextRecord[] {
  const reader = new RecordReader(delimiter);
  return [...reader.push(text), ...reader.end()];
}
