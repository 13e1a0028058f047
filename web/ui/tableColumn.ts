import type { ReactNode } from 'react';
import type { Mark } from '../filters/marks.ts';

export interface TableColumn<R> {
  id: string;
  header: string;
  /** Shown on hover and focus of the header. */
  definition?: string | undefined;
  /** What it sorts by, and shows without `cell`; null goes last either way. */
  value: (row: R) => string | number | null | undefined;
  cell?: (row: R) => ReactNode;
  /** Numbers stand right. */
  align?: 'start' | 'end';
  /** Pixels; the widths of all columns share what room there is. */
  width?: number;
  sortable?: boolean;
  /** Beside the header's text, such as a filter. */
  tool?: ReactNode;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Cannot be put away, stays in sight when scrolled sideways (first column only). */
  fixed?: boolean;
  /** Its cell is the link to what the row stands for, if it is no link already. */
  leads?: boolean;
  /** What the column stands for: its head has the menu. */
  mark?: Mark | undefined;
}

type Choosable = Pick<TableColumn<never>, 'id' | 'hidden' | 'fixed'>;

/**
 * Which columns are shown.
 * @param chosen what the reader chose and put away; of other columns, and of other tables, nothing is taken
 * @param asked ids with commas between, such as the address has them; names no column of this table: as if nobody asked
 */
export function shownColumns(
  columns: readonly Choosable[],
  chosen: Readonly<Record<string, boolean>>,
  asked: string | undefined,
): Record<string, boolean> {
  const named = new Set(asked?.split(','));
  const isAsked = columns.some(({ id, fixed }) => fixed !== true && named.has(id));
  const isShown = ({ id, hidden, fixed }: Choosable) =>
    fixed === true ||
    (isAsked ? named.has(id) : ((Object.hasOwn(chosen, id) ? chosen[id] : undefined) ?? hidden !== true));
  return Object.fromEntries(columns.map((column) => [column.id, isShown(column)]));
}

/** What a column takes at least, of the width that it would like. */
export const LEAST_WIDTH = 0.9;
const ORDINARY_WIDTH = 120;

/**
 * The columns that fit into a narrow table: the first, what it is sorted by, and of the others those that come first.
 * @param room in pixels
 */
export function fittingColumns(
  columns: readonly (Choosable & { width?: number })[],
  sortedBy: string | undefined,
  room: number,
): Set<string> {
  const [name, ...others] = columns;
  const inTurn = others.toSorted((a, b) => Number(b.id === sortedBy) - Number(a.id === sortedBy));
  const fitting = new Set(name === undefined ? [] : [name.id]);
  let left = room - NAME_LEAST;
  for (const { id, width = ORDINARY_WIDTH } of inTurn) {
    left -= width * LEAST_WIDTH;
    if (left < 0) break;
    fitting.add(id);
  }
  return fitting;
}

/** A name of some eight Chinese characters. */
const NAME_LEAST = 150;

export interface TableSort {
  by: string;
  dir: 'asc' | 'desc';
}
