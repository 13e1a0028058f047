/** Rows under a key of a JSON object, as APIs give them (`{"code":0,"data":{"list":[…]}}`), read as a stream. */
import { createReadStream } from 'node:fs';
import { ProblemError } from '../../../problem.ts';
import { brokenJson, type JsonCutter, type JsonPiece } from './json-pieces.ts';
import { JSON_FAULTS, severalArrays } from './messages.ts';

interface Open {
  readonly array: boolean;
  key: string;
}

const LONGEST_KEY = 200;

/** Finds the outermost arrays of objects, and cuts one. @throws ProblemError `unreadable_file` if it is cut short */
export class InsideCutter implements JsonCutter {
  /** Objects in each array, by its keys with dots between. */
  readonly found = new Map<string, number>();
  private readonly open: Open[] = [];
  /** Depth in `open` from which on containers are inside an array; -1 for none. */
  private arrayAt = -1;
  private line = 1;
  private inString = false;
  private escaped = false;
  private text = '';
  private name = '';
  private element: string | null = null;
  private elementLine = 1;

  constructor(
    private readonly longest: number,
    private readonly under: string | null,
  ) {}

  push(chunk: string): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk[i] ?? '';
      if (c === '\n') this.line++;
      if (this.inString) {
        this.inside(c);
        continue;
      }
      if (c === '"') {
        this.inString = true;
        this.text = '';
      } else if (c === ':') this.named();
      else if (c === '{' || c === '[') {
        const element = c === '{' && this.arrayAt >= 0 && this.open.length === this.arrayAt + 1;
        if (element) {
          this.found.set(this.name, (this.found.get(this.name) ?? 0) + 1);
          if (this.name === this.under) {
            this.element = '';
            this.elementLine = this.line;
            from = i;
          }
        }
        this.open.push({ array: c === '[', key: '' });
        if (c === '[' && this.arrayAt < 0) {
          this.arrayAt = this.open.length - 1;
          this.name = this.open
            .slice(0, -1)
            .map(({ key }) => key)
            .join('.');
        }
      } else if (c === '}' || c === ']') {
        this.open.pop();
        if (this.open.length <= this.arrayAt) this.arrayAt = -1;
        if (this.element !== null && this.open.length === this.arrayAt + 1) {
          pieces.push({ line: this.elementLine, text: this.element + chunk.slice(from, i + 1) });
          this.element = null;
        }
      }
    }
    if (this.element !== null) {
      this.element += chunk.slice(from);
      if (this.element.length > this.longest) throw brokenJson(this.elementLine, JSON_FAULTS.elementTooLong);
    }
    return pieces;
  }

  private inside(c: string): void {
    if (this.escaped) this.escaped = false;
    else if (c === '\\') this.escaped = true;
    else if (c === '"') {
      this.inString = false;
      return;
    }
    if (this.arrayAt < 0 && this.text.length < LONGEST_KEY) this.text += c;
  }

  private named(): void {
    const last = this.open.at(-1);
    if (last && this.arrayAt < 0) last.key = this.text;
  }

  end(): JsonPiece[] {
    if (this.open.length > 0) throw brokenJson(this.line, JSON_FAULTS.objectCutShort);
    return [];
  }
}

/** Keys to the only array of objects, or null. @throws ProblemError `unsupported_format` naming several arrays */
export async function rowsInside(path: string, longest: number, signal?: AbortSignal): Promise<string | null> {
  const cutter = new InsideCutter(longest, null);
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    signal?.throwIfAborted();
    cutter.push(String(chunk));
  }
  cutter.end();
  const [first, ...others] = [...cutter.found].sort(([, a], [, b]) => b - a);
  if (!first) return null;
  if (others.length === 0) return first[0];
  throw new ProblemError('unsupported_format', severalArrays([first, ...others.slice(0, 4)]));
}
