/** Lines of JSON (NDJSON), or one JSON array of objects, as rows of a table. */
import { createReadStream } from 'node:fs';
import { ProblemError } from '../problem.ts';
import { JsonArrayCutter, type JsonPiece, LineCutter } from './json-pieces.ts';
import { jsonRow } from './json-rows.ts';
import { refuseWide } from './limits.ts';
import { keepReject, nothingRefused, type Refused } from './refused.ts';
import { uniqueNames } from './sniff.ts';
import type { RowSource, SourceRow } from './table-copy.ts';

/** Longest line that is read, in characters. */
const LONGEST = 4 * 1024 * 1024;

/** Whether a text begins as JSON, and in which of the two shapes. */
export function jsonShapeOf(head: string): 'lines' | 'array' | null {
  const text = head.trimStart();
  if (/^\[\s*(\{|\])/u.test(text)) return 'array';
  if (!/^\{\s*("|\})/u.test(text)) return null;
  const lines = text
    .split('\n')
    .slice(0, 50)
    .filter((line) => line.trim() !== '');
  const whole = lines.filter((line) => 'cells' in jsonRow(line)).length;
  if (whole * 2 >= lines.length) return 'lines';
  throw new ProblemError('unsupported_format', {
    en: 'This JSON is neither one object per line nor one array of objects. Write each row as an object, on a line of its own or in one array, and import that.',
    zh: '此 JSON 既不是每行一个对象，也不是对象数组。请将每行数据写成一个对象，逐行排列或放入一个数组后导入。',
  });
}

/** Rows of a JSON file in UTF-8; its columns are the keys of all its objects, in the order in which they turn up. */
export class JsonFile implements RowSource {
  private readonly columns = new Map<string, number>();
  private refusedNow = nothingRefused();

  constructor(
    private readonly path: string,
    private readonly shape: 'lines' | 'array',
  ) {}

  width(): number {
    return this.columns.size;
  }

  get names(): readonly string[] {
    return uniqueNames([...this.columns.keys()].map((key, i) => key.trim() || `column${i + 1}`));
  }

  /** What could not be read in the last reading. */
  get refused(): Refused {
    return this.refusedNow;
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    this.refusedNow = nothingRefused();
    const cut = this.shape === 'lines' ? new LineCutter(LONGEST) : new JsonArrayCutter(LONGEST);
    const decoder = new TextDecoder('utf-8');
    for await (const chunk of createReadStream(this.path, { highWaterMark: 1 << 18 })) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      yield this.rowsOf(cut.push(decoder.decode(bytes, { stream: true })));
    }
    yield this.rowsOf(cut.end());
  }

  private rowsOf(pieces: readonly JsonPiece[]): SourceRow[] {
    const rows: SourceRow[] = [];
    for (const { line, text, long } of pieces) {
      const row = long ? { fault: { en: 'longer than 4 million characters', zh: '超过 400 万个字符' } } : jsonRow(text);
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
