import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { JSON_FAULTS, jsonBroken } from './messages.ts';

export interface JsonPiece {
  readonly line: number;
  readonly text: string;
  /** Too long to keep: `text` is its beginning. */
  readonly long?: boolean;
}

export interface JsonCutter {
  push(chunk: string): JsonPiece[];
  end(): JsonPiece[];
}

export class LineCutter implements JsonCutter {
  private rest = '';
  private line = 1;
  private long = false;

  constructor(private readonly longest: number) {}

  push(chunk: string): JsonPiece[] {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    const pieces = lines.flatMap((text) => this.piece(text));
    if (this.rest.length > this.longest) {
      // The rest of an endless line is skipped.
      this.long = true;
      this.rest = this.rest.slice(0, KEPT);
    }
    return pieces;
  }

  end(): JsonPiece[] {
    return this.piece(this.rest);
  }

  private piece(text: string): JsonPiece[] {
    const line = this.line++;
    const long = this.long || text.length > this.longest;
    this.long = false;
    if (long) return [{ line, text: text.slice(0, KEPT), long }];
    return text.trim() === '' ? [] : [{ line, text }];
  }
}

const KEPT = 4000;

/** One piece per element. @throws ProblemError `unreadable_file` with the line where the array is broken */
export class JsonArrayCutter implements JsonCutter {
  private line = 1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private element = '';
  private elementLine = 1;
  private started = false;
  private closed = false;

  constructor(private readonly longest: number) {}

  push(chunk: string): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk.charCodeAt(i);
      if (c === LF) this.line++;
      if (c <= SPACE) continue;
      if (this.closed) throw brokenJson(this.line, JSON_FAULTS.afterArray);
      if (this.step(c) === 'inside') continue;
      if (c !== OPEN_ARRAY) pieces.push(...this.take(chunk.slice(from, i)));
      from = i + 1;
    }
    if (this.depth > 0) this.element += chunk.slice(from);
    if (this.element.length > this.longest) throw brokenJson(this.elementLine, JSON_FAULTS.elementTooLong);
    return pieces;
  }

  private step(c: number): 'inside' | 'outside' {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (c === BACKSLASH) this.escaped = true;
      else if (c === QUOTE) this.inString = false;
      return 'inside';
    }
    if (c === CLOSE_ARRAY || c === CLOSE_OBJECT) this.depth--;
    const own = this.depth === 0 || (this.depth === 1 && c === COMMA);
    if (c === OPEN_ARRAY || c === OPEN_OBJECT) this.depth++;
    if (own) {
      this.closed = this.depth === 0;
      return 'outside';
    }
    if (!this.started) this.elementLine = this.line;
    this.started = true;
    this.inString = c === QUOTE;
    return 'inside';
  }

  end(): JsonPiece[] {
    if (!this.closed) throw brokenJson(this.line, JSON_FAULTS.arrayCutShort);
    return [];
  }

  private take(last: string): JsonPiece[] {
    const text = (this.element + last).trim();
    this.element = '';
    this.started = false;
    return text === '' ? [] : [{ line: this.elementLine, text }];
  }
}

export const brokenJson = (line: number, fault: Label) =>
  new ProblemError('unreadable_file', jsonBroken(line, fault), [{ path: `line ${line}`, message: fault }]);

const LF = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
