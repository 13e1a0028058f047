import type { Across } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { Refused } from './refused.ts';
import type { SampledColumn } from './source.ts';
import type { TableCopy } from './table-copy.ts';

export interface LayoutColumn {
  readonly name: string;
  /** The column of the file that it comes from, or null. */
  readonly at: number | null;
  /** The field that the layout gives it; `unsure`: nothing says what its numbers count. */
  readonly told?: NonNullable<SampledColumn['told']>;
}

export interface LayoutGroup {
  /** By new column: a column of the file, a text of its header, or nothing. */
  readonly cells: readonly (number | string | null)[];
  /** There is a row only if one of these columns is filled. */
  readonly filled: readonly number[];
  /** Rates: units of the currency; negative if the pair is turned round. */
  readonly per?: number;
}

export interface Layout {
  readonly columns: readonly LayoutColumn[];
  readonly groups: readonly LayoutGroup[];
}

export interface WideLayout extends Layout {
  readonly across: Exclude<Across, 'none'>;
  readonly reason: Label;
  /** Columns of numbers without a day, platform or series: totals, and other measures. */
  readonly leftOut: readonly string[];
}

export interface Unpivoting {
  readonly path: string;
  /** Null for a copy, whose rows begin with their places in the file. */
  readonly delimiter: string | null;
  readonly after: number;
  readonly positions: readonly number[];
  readonly names: readonly string[];
  readonly layout: Layout;
  /** Whether blank rows and repeated headers are kept, for warnings. */
  readonly extraRows: boolean;
  readonly to: string;
}

export interface Unpivoted {
  readonly copy: TableCopy;
  readonly refused: Refused;
}
