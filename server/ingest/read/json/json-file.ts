/** NDJSON, or one JSON array of objects, alone or under a key, as rows of a table. */
import { createReadStream } from 'node:fs';
import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { looksLikeTime } from '../../cells/guess.ts';
import { refuseWide } from '../limits.ts';
import { keepReject, nothingRefused, type Refused } from '../refused.ts';
import { uniqueNames } from '../sniff.ts';
import type { RowSource, SourceRow } from '../table-copy.ts';
import { InsideCutter, rowsInside } from './json-inside.ts';
import { JsonArrayCutter, type JsonCutter, type JsonPiece, LineCutter } from './json-pieces.ts';
import { JSON_FAULTS, JSON_OF_NO_ROWS } from './messages.ts';

const LONGEST = 4 * 1024 * 1024;

/** `inside`: an object whose rows are under a key, if it has an array of objects; `row`: it is itself a row. */
export type JsonShape = 'lines' | 'array' | 'inside' | 'row';

/** The shape of a text that begins as JSON, or null. @param whole whether the text is the whole file */
export function jsonShapeOf(head: string, whole = true): JsonShape | null {
  const text = head.trimStart();
  if (/^\[\s*(\{|\])/u.test(text)) return 'array';
  if (!/^\{\s*("|\})/u.test(text)) return null;
  const lines = text
    .split('\n')
    .slice(0, 50)
    .filter((line) => line.trim() !== '');
  const sound = lines.filter((line) => 'cells' in jsonRow(line)).length;
  if (lines.length === 1 && (sound === 1 || !whole)) return isRow(lines[0] ?? '') ? 'lines' : 'row';
  return sound * 2 >= lines.length ? 'lines' : 'inside';
}

/** An object with a date and more fields than its objects have is a row, whatever lists it has. */
function isRow(line: string): boolean {
  const row = jsonRow(line);
  if (!('cells' in row)) return false;
  const cells = [...row.cells.values()].filter((cell): cell is string => cell !== null);
  const plain = cells.filter((cell) => !/^[[{]/u.test(cell));
  const widest = Math.max(0, ...cells.flatMap((cell) => (cell.startsWith('[{') ? [cell.split('":').length - 1] : [])));
  return plain.some(looksLikeTime) && plain.length > widest;
}

/** Its rows, and the keys above them. @throws ProblemError `unsupported_format` without exactly one array of rows */
export async function openJsonFile(
  path: string,
  shape: JsonShape,
  signal?: AbortSignal,
): Promise<{ source: JsonFile; under: string | null }> {
  if (shape === 'lines' || shape === 'array') return { source: new JsonFile(path, shape), under: null };
  const under = await rowsInside(path, LONGEST, signal);
  if (under !== null) return { source: new JsonFile(path, { under }), under };
  if (shape === 'row') return { source: new JsonFile(path, 'lines'), under: null };
  throw new ProblemError('unsupported_format', JSON_OF_NO_ROWS);
}

export class JsonFile implements RowSource {
  private readonly columns = new Map<string, number>();
  private refusedNow = nothingRefused();

  constructor(
    private readonly path: string,
    private readonly shape: 'lines' | 'array' | { readonly under: string },
  ) {}

  width(): number {
    return this.columns.size;
  }

  get names(): readonly string[] {
    return uniqueNames([...this.columns.keys()].map((key, i) => key.trim() || `column${i + 1}`));
  }

  get refused(): Refused {
    return this.refusedNow;
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    this.refusedNow = nothingRefused();
    const cut = this.cutter();
    const decoder = new TextDecoder('utf-8');
    for await (const chunk of createReadStream(this.path, { highWaterMark: 1 << 18 })) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      yield this.rowsOf(cut.push(decoder.decode(bytes, { stream: true })));
    }
    yield this.rowsOf(cut.end());
  }

  private cutter(): JsonCutter {
    if (typeof this.shape === 'object') return new InsideCutter(LONGEST, this.shape.under);
    return this.shape === 'lines' ? new LineCutter(LONGEST) : new JsonArrayCutter(LONGEST);
  }

  private rowsOf(pieces: readonly JsonPiece[]): SourceRow[] {
    const rows: SourceRow[] = [];
    for (const { line, text, long } of pieces) {
      const row = long ? { fault: JSON_FAULTS.lineTooLong } : jsonRow(text);
      if ('fault' in row) {
        keepReject(this.refusedNow, { line, column: '', value: '', reason: row.fault, raw: text });
        continue;
      }
      const cells: (string | null)[] = Array.from({ length: this.columns.size }, () => null);
      for (const [key, cell] of row.cells) cells[this.columnOf(key)] = cell;
      rows.push({ line, cells });
    }
    return rows;
  }

  private columnOf(key: string): number {
    const known = this.columns.get(key);
    if (known !== undefined) return known;
    refuseWide(this.columns.size + 1);
    this.columns.set(key, this.columns.size);
    return this.columns.size - 1;
  }
}

export type JsonRow = { readonly cells: ReadonlyMap<string, string | null> } | { readonly fault: Label };

/** Nested values stay JSON text, and long integers keep their digits. */
export function jsonRow(text: string): JsonRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
    // Only for sound JSON: in other text its search for the ends of strings may never end.
    if (hasLongInteger(text)) value = JSON.parse(longIntegersAsText(text));
  } catch {
    return { fault: JSON_FAULTS.invalid };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: JSON_FAULTS.noObject };
  try {
    return { cells: new Map(Object.entries(value).map(([key, cell]) => [key, textOf(cell)])) };
  } catch {
    // What can be read may be too deep to write.
    return { fault: JSON_FAULTS.tooDeep };
  }
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Sixteen digits: a double may lose some. */
const hasLongInteger = (text: string) => /\d{16}/u.test(text);

/** Strings are skipped whole, so that digits in them stay. */
function longIntegersAsText(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gu, (token) =>
    /^-?\d{16,}$/u.test(token) ? `"${token}"` : token,
  );
}
