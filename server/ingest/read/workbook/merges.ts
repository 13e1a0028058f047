/** Merged cells of a column: the first holds the value of all. */
import { Cancelled } from '../../../warehouse/warehouse.ts';
import { looksLikeNumber, looksLikeTime } from '../../cells/guess.ts';
import type { SourceRow } from '../table-copy.ts';

export interface Merge {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

export const LAST_COLUMN = 16_384;

/** `A2:A5` is column 0, rows 2 to 5; null for a merge across columns and for a single cell. */
export function mergeOf(reference: string): Merge | null {
  const found = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/iu.exec(reference);
  if (!found || found[1]?.toUpperCase() !== found[3]?.toUpperCase()) return null;
  const [first, last] = [Number(found[2]), Number(found[4])];
  const column = columnOf(found[1] ?? '');
  return last > first && column < LAST_COLUMN ? { column, first, last } : null;
}

/** `AB12` → 27. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & ~0x20;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** More than any report has; the rest stay blank. */
const MOST_MERGES = 200_000;
/** Each part is bounded: endless ones would be searched for from each of many beginnings, for hours. */
const TAG = /<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?ref="([^"<>]{1,60})"/gu;

/** By first row. They come after the rows: searched as text, as parsing a sheet twice is slow. @throws Cancelled */
export async function mergesIn(text: AsyncIterable<string>, signal?: AbortSignal): Promise<Merge[]> {
  const merges: Merge[] = [];
  let rest = '';
  let behind = false;
  for await (const piece of text) {
    if (signal?.aborted) throw new Cancelled();
    rest += piece;
    const end = behind ? 0 : rest.search(/<\/(?:\w{1,20}:)?sheetData\s{0,20}>/u);
    if (end < 0) rest = rest.slice(-LONGEST_TAG);
    else {
      behind = true;
      const open = rest.lastIndexOf('<');
      for (const [, reference = ''] of rest.slice(end, open).matchAll(TAG)) {
        const merge = mergeOf(reference);
        if (merge && merges.length < MOST_MERGES) merges.push(merge);
      }
      rest = rest.slice(Math.max(end, open));
      // So long a text is no such tag.
      if (rest.length > LONGEST_TAG) rest = '';
    }
  }
  return merges.sort((a, b) => a.first - b.first);
}

const LONGEST_TAG = 200;

/** Whether each row has the value: a name or a day is shared, a number is of all rows together. */
const isShared = (value: string) => looksLikeTime(value) || !looksLikeNumber(value);

export class MergedCells {
  private next = 0;
  private readonly open = new Map<number, { last: number; value: string }>();

  constructor(private readonly merges: readonly Merge[]) {}

  fill(row: SourceRow): SourceRow {
    for (let merge = this.merges[this.next]; merge && merge.first <= row.line; merge = this.merges[this.next]) {
      // A merge with a blank first row holds nothing.
      const value = merge.first === row.line ? (row.cells[merge.column] ?? null) : null;
      if (value !== null && isShared(value)) this.open.set(merge.column, { last: merge.last, value });
      else this.open.delete(merge.column);
      this.next += 1;
    }
    if (this.open.size === 0) return row;
    const cells = [...row.cells];
    for (const [column, { last, value }] of this.open) {
      if (last < row.line) this.open.delete(column);
      else if ((cells[column] ?? '') === '') {
        while (cells.length < column) cells.push(null);
        cells[column] = value;
      }
    }
    return { line: row.line, cells };
  }
}
