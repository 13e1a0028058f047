import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';

interface RowsInSightProps {
  count: number;
  /** Pixels of a row. */
  height: number;
  scroller: RefObject<HTMLElement | null>;
  /** Rows that are drawn until the scroller is measured. */
  atFirst: number;
  children: (first: number, last: number) => ReactNode;
}

/** Draws the rows that are scrolled into sight, and some on either side. */
export function RowsInSight({ count, height, scroller, atFirst, children }: RowsInSightProps) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  return children(items[0]?.index ?? 0, items.at(-1)?.index ?? Math.min(count, atFirst) - 1);
}
