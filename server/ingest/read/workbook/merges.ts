/** Cells that a sheet merges down a column: the first holds the value of all. */
import { Cancelled } from '../../../warehouse/warehouse.ts';
import { looksLikeNumber, looksLikeTime } from '../../cells/guess.ts';
import type { SourceRow } from '../table-copy.ts';

/** Rows of one column, from 1, and the column, from 0. */
export interface Merge {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

export const LAST_COLUMN = 16_384;

/** `A2:A5` is of column 0 and rows 2 to 5; null for a merge that goes across columns, and for a single cell. */
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

/** More merges than any report has; the rest stay blank. */
const MOST_MERGES = 200_000;
/** Each part of it is bounded: searched for from each of many beginnings, an endless one would take hours. */
const TAG = /<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?ref="([^"<>]{1,60})"/gu;

/**
 * The merges that a sheet's XML states, in the order of their first rows. They stand behind its rows, so the text is
 * searched and not parsed: a large sheet is not walked twice.
 * @throws Cancelled
 */
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
      // What goes on so long is no such tag.
      if (rest.length > LONGEST_TAG) rest = '';
    }
  }
  return merges.sort((a, b) => a.first - b.first);
}

const LONGEST_TAG = 200;

/** Whether a merged value is of each of its rows: a name or a day does, a number is of all of them together. */
const isShared = (value: string) => looksLikeTime(value) || !looksLikeNumber(value);

/** Fills the rows of a sheet, one after the other, from the merges that they are in. */
export class MergedCells {
  private next = 0;
  /** By column: the last row of the merge, and its value. */
  private readonly open = new Map<number, { last: number; value: string }>();

  /** @param merges in the order of their first rows */
  constructor(private readonly merges: readonly Merge[]) {}

  fill(row: SourceRow): SourceRow {
    for (let merge = this.merges[this.next]; merge && merge.first <= row.line; merge = this.merges[this.next]) {
      // A merge whose first row is blank holds nothing.
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
