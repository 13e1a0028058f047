import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useWords } from '../data/useWords.ts';
import type { Call } from '../figures/calls.ts';
import type { Mark } from '../filters/marks.ts';
import { ColumnButton } from './ColumnButton.tsx';
import styles from './DataTable.module.css';
import { TableBody } from './DataTableBody.tsx';
import { TableHead } from './DataTableHead.tsx';
import { useRowMarks } from './marks/useRowMarks.ts';
import { opened } from './opened.tsx';
import type { TableColumn, TableSort } from './tableColumn.ts';
import { useColumns } from './useColumns.ts';

export interface DataTableProps<R> {
  /** What the table holds, for assistive technology. */
  caption: string;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  /** Controlled with `onSort` (kept in the address), else only the first order. */
  sort?: TableSort | undefined;
  onSort?: ((sort: TableSort) => void) | undefined;
  /** A row pressed by pointer; keyboards use a link within the row. */
  onOpen?: ((row: R) => void) | undefined;
  /** What a row stands for: it opens that, has its menu, and lights it up in the charts. */
  mark?: ((row: R) => Mark | undefined) | undefined;
  /** What the rows' numbers were asked by; views, if nobody says. */
  call?: () => Call<unknown> | undefined;
  /** Columns can be chosen; the choice is kept under this name, and `columns=` of the address goes before it. */
  columnChoice?: string;
  /** On a phone only as many columns as fit; so, too, if they can be chosen or rows stand for something. */
  fitted?: boolean;
  tools?: ReactNode;
  /** What makes a file of the columns and rows as they are shown. */
  exporting?: ((columns: readonly TableColumn<R>[], rows: readonly R[]) => ReactNode) | undefined;
  /** Rows before one asks for more. */
  first?: number;
  /** Only of a table that fills the window: it scrolls by itself. Any other is as long as its first rows, and grows. */
  maxHeight?: string;
  /** A column to widths sum smaller than this scrolls sideways. */
  dense?: boolean;
}

const ColumnChoice = opened(ColumnButton, async () => (await import('./ColumnChoice.tsx')).ColumnChoice);

const FIRST_ROWS = 50;
const MORE_ROWS = 100;

/** Sortable, virtual, sticky-headed table; right-aligned tabular numbers. Rows and columns should be stable (memo). */
export function DataTable<R extends object>(props: DataTableProps<R>) {
  const {
    caption,
    columns,
    rows,
    rowId,
    sort,
    onSort,
    onOpen,
    mark,
    call,
    columnChoice,
    fitted = false,
    tools,
    exporting,
    first = FIRST_ROWS,
    maxHeight,
    dense = false,
  } = props;
  const [own, setOwn] = useState<TableSort | undefined>(sort);
  const order = onSort === undefined ? own : sort;
  const fits = fitted || mark !== undefined || columnChoice !== undefined;
  const { visibility, choose, reset, isFitted, isCut } = useColumns(columnChoice, columns, fits ? order?.by : null);
  const choosable = columnChoice !== undefined || isCut || reset !== undefined;
  const sortedBy = columns.find(({ id }) => id === order?.by);
  const sorted = useMemo(() => inOrder(rows, sortedBy, order?.dir), [rows, sortedBy, order?.dir]);
  const { t } = useWords();
  const marks = useRowMarks(call);
  const shown = columns.filter(({ id }) => visibility[id] !== false);
  const [most, setMost] = useState(first);
  const rest = maxHeight === undefined ? sorted.length - most : 0;
  return (
    <div>
      {(choosable || tools !== undefined) && (
        <div className={styles.tools} data-control>
          <div className={styles.toolsStart}>{tools}</div>
          {exporting?.(shown, sorted)}
          {choosable && <ColumnChoice columns={columns} visibility={visibility} onChange={choose} onReset={reset} />}
        </div>
      )}
      <TableBody
        caption={caption}
        columns={shown}
        rows={rest > 0 ? sorted.slice(0, most) : sorted}
        rowId={rowId}
        onOpen={onOpen}
        mark={mark}
        marks={marks}
        maxHeight={maxHeight}
        dense={dense}
        fitted={isFitted}
        head={<TableHead columns={shown} sort={order} onSort={onSort ?? setOwn} marks={marks} />}
      />
      {rest > 0 && (
        <div className={styles.more} data-control>
          <Button size="xs" variant="default" onClick={() => setMost(most + MORE_ROWS)}>
            {t('more_rows', { count: Math.min(MORE_ROWS, rest), total: sorted.length })}
          </Button>
        </div>
      )}
      {marks.menu}
    </div>
  );
}

/** Pinyin for Chinese, numbers within names by value. One collator: making it is what takes the time. */
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** Rows by a column's values; those without a value are last in either direction. */
function inOrder<R>(
  rows: readonly R[],
  column: TableColumn<R> | undefined,
  dir: TableSort['dir'] = 'asc',
): readonly R[] {
  if (column === undefined) return rows;
  const valued = rows.map((row) => ({ row, value: column.value(row) ?? null }));
  const sign = dir === 'asc' ? 1 : -1;
  return valued
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
