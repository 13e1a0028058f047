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

export interface TableSort {
  by: string;
  dir: 'asc' | 'desc';
}
