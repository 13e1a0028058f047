/** A small tokenizer of delimited text that, unlike the engine's reader, knows the physical line of each record. */

export interface TextRecord {
  /** Physical line that the record starts on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The record as it stands in the file, without its line end. */
  readonly raw: string;
  /** Set when a quote is opened and not properly closed: the record cannot be trusted. */
  readonly quote: 'unterminated' | 'unescaped' | null;
}

/**
 * Cuts text into records (RFC 4180, any line end). Blank lines are skipped, as the engine does.
 * Feed it chunks with `push`; `end` gives the last record.
 */
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
  /** End of the record's text, and start of the next record. */
  readonly end: number;
  readonly next: number;
}

/** One record from `at`, or null when the text may go on in the next chunk. */
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
    // A carriage return at the very end of a chunk may belong to a line feed in the next.
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

/** All records of a text that is at hand whole. */
export function recordsOf(text: string, delimiter: string): TextRecord[] {
  const reader = new RecordReader(delimiter);
  return [...reader.push(text), ...reader.end()];
}
