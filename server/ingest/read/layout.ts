import type { Across } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { Refused } from './refused.ts';
import type { SampledColumn } from './source.ts';
import type { TableCopy } from './table-copy.ts';

/** A column of the rows that come out. */
export interface LayoutColumn {
  readonly name: string;
  /** The column of the file that it is, if it is one of them. */
  readonly at: number | null;
  /** What it states by the layout, whatever it is called; `unsure`: nothing told what its numbers count. */
  readonly told?: NonNullable<SampledColumn['told']>;
}

/** What a row of the file becomes for one day, platform, series or table. */
export interface LayoutGroup {
  /** By column that comes out: the column of the file, a text of its header, or nothing. */
  readonly cells: readonly (number | string | null)[];
  /** Of these columns of the file one must be filled, or there is no such row. */
  readonly filled: readonly number[];
  /** Rates only: so many units of the currency are stated; negative if the pair is turned round. */
  readonly per?: number;
}

export interface Layout {
  readonly columns: readonly LayoutColumn[];
  readonly groups: readonly LayoutGroup[];
}

export interface WideLayout extends Layout {
  readonly across: Exclude<Across, 'none'>;
  readonly reason: Label;
  /** Columns with numbers that are of no day, platform or series: totals, and measures beside them. */
  readonly leftOut: readonly string[];
}

/** All that is needed to write the copy, in whichever thread. */
export interface Unpivoting {
  readonly path: string;
  /** Null for a copy, whose rows begin with their places in the file. */
  readonly delimiter: string | null;
  /** Line of the header. */
  readonly after: number;
  /** By column of the file: its place in a record, and its name. */
  readonly positions: readonly number[];
  readonly names: readonly string[];
  readonly layout: Layout;
  /** Whether blank rows and repeated headers come out, to be told of. */
  readonly extraRows: boolean;
  /** Path to write to. */
  readonly to: string;
}

export interface Unpivoted {
  readonly copy: TableCopy;
  readonly refused: Refused;
}
