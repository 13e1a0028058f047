import type { ReactNode } from 'react';

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
}

export interface TableSort {
  by: string;
  dir: 'asc' | 'desc';
}
