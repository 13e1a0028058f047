import { Box } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useCallback, useRef } from 'react';
import { part } from '../data/api/code.ts';
import { useDensity, useLetterScale } from '../data/display.ts';
import { stage } from '../data/kept.ts';
import { useLit } from '../data/lit.ts';
import { useSheet } from '../data/paper.ts';
import { type Mark, memberKey } from '../filters/marks.ts';
import styles from './DataTable.module.css';
import { classes } from './DataTableHead.tsx';
import { MarkLink } from './marks/MarkLink.tsx';
import type { RowMarks } from './marks/useRowMarks.ts';
import { Name } from './Name.tsx';
import { LEAST_WIDTH, type TableColumn } from './tableColumn.ts';

/** Only long tables need its library. */
const RowsInSight = lazy(async () => ({ default: (await part(() => import('./RowsInSight.tsx'))).RowsInSight }));

interface TableBodyProps<R> {
  caption: string;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  onOpen: ((row: R) => void) | undefined;
  mark: ((row: R) => Mark | undefined) | undefined;
  marks: RowMarks;
  maxHeight: string | undefined;
  dense: boolean;
  /** Its columns are those that fit: it does not scroll sideways. */
  fitted: boolean;
  head: ReactNode;
}

/** Up to this all rows are drawn; of more in a table that scrolls by itself, those in sight. */
const DRAW_ALL = 80;
const AT_FIRST = 24;
/** What is printed of it; a whole table is a file. */
const ON_PAPER = 100;
/** Letters are larger there, beside the rest. */
const ON_STAGE = 1.2;
/** A row as high has room for a name of two lines. */
const TWO_LINES = 40;
/** A column that stays in sight must leave room for the others. */
const FIXED_ON_PHONE = 148;

/** The scrolled table; long ones draw only the rows in sight, between two spacers that keep the bar true. */
export function TableBody<R>(props: TableBodyProps<R>) {
  const { caption, columns, rows, rowId, onOpen, mark, marks, maxHeight, dense, fitted, head } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // A row that is in sight when its member is pointed at in a chart; one that comes into sight later is not.
  const onLit = useCallback((key: string | null) => {
    for (const row of scroller.current?.querySelectorAll<HTMLElement>('tr[data-member]') ?? [])
      row.toggleAttribute('data-lit', row.dataset.member === key);
  }, []);
  useLit(onLit);
  const height = useRowHeight(dense);
  const sheet = useSheet();
  const virtual = rows.length > DRAW_ALL && maxHeight !== undefined;
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  // On a wall the numbers would stand far from the names.
  const wall = useMediaQuery('(min-width: 2200px)') ?? false;
  const onStage = stage.use();
  const widths = columns.map(({ width: wide = 120, fixed }, at) => {
    if (fitted) return at === 0 ? wide : wide * (onStage ? ON_STAGE : LEAST_WIDTH);
    return narrow && fixed === true ? Math.min(wide, FIXED_ON_PHONE) : wide;
  });
  const width = widths.reduce((sum, one) => sum + one, 0);
  const drawn = (first: number, last: number) => (
    <>
      <Spacer height={first * height} columns={columns.length} />
      {rows.slice(first, last + 1).map((row, offset) => {
        const own = mark?.(row);
        return (
          <tr
            key={rowId(row)}
            aria-rowindex={first + offset + 2}
            style={{ height }}
            {...(onOpen === undefined ? {} : { onClick: () => onOpen(row), className: styles.opens })}
            data-member={memberOf(own)}
            {...(own === undefined ? {} : marks.row(own))}
            {...(own === undefined || !marks.leads(own) ? {} : { className: styles.opens })}
          >
            {columns.map((column) => (
              <td key={column.id} className={classes(column)}>
                {column.leads === true ? <MarkLink mark={own}>{cellOf(column, row)}</MarkLink> : cellOf(column, row)}
              </td>
            ))}
          </tr>
        );
      })}
      <Spacer height={sheet ? 0 : (rows.length - last - 1) * height} columns={columns.length} />
    </>
  );
  return (
    // A group, not a section: a landmark more would only repeat the card's name.
    <Box
      role="group"
      ref={scroller}
      className={styles.scroller}
      style={{ maxHeight: sheet ? undefined : maxHeight }}
      aria-label={caption}
      // What scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <table
        className={styles.table}
        data-fitted={fitted && (virtual ? 'virtual' : 'whole')}
        data-lines={height >= TWO_LINES || (!virtual && !dense) ? 'two' : undefined}
        style={{ minWidth: sheet || fitted ? 0 : `${width / 16}rem` }}
        aria-rowcount={rows.length + 1}
      >
        <caption className={styles.caption}>{caption}</caption>
        <colgroup>
          {columns.map((column, at) => {
            const own = widths[at] ?? 120;
            // On paper, too, they share what there is.
            const share = `${(own / width) * 100}%`;
            return (
              <col key={column.id} style={{ width: sheet || wall ? share : columnWidth(column, at, own, share) }} />
            );
          })}
        </colgroup>
        {head}
        <tbody>
          {sheet ? (
            drawn(0, Math.min(rows.length, ON_PAPER) - 1)
          ) : virtual ? (
            <Suspense fallback={drawn(0, AT_FIRST - 1)}>
              <RowsInSight count={rows.length} height={height} scroller={scroller} atFirst={AT_FIRST}>
                {drawn}
              </RowsInSight>
            </Suspense>
          ) : (
            drawn(0, rows.length - 1)
          )}
        </tbody>
      </table>
    </Box>
  );
}

const LONG_NAMES = 120;

/** Names get the room that numbers do not need: the first all of it, other long ones their part. */
function columnWidth<R>({ align }: TableColumn<R>, at: number, width: number, share: string): string | undefined {
  if (align === 'end') return `${width / 16}rem`;
  if (at === 0) return undefined;
  return width >= LONG_NAMES ? share : `${width / 16}rem`;
}

/** The member that a row stands for, as charts know it. */
function memberOf(mark: Mark | undefined): string | undefined {
  const [member] = mark?.members ?? [];
  return member === undefined ? undefined : memberKey(member);
}

function useRowHeight(dense: boolean): number {
  const compact = useDensity() === 'compact';
  const height = dense ? (compact ? 28 : 32) : compact ? 32 : 40;
  return Math.round(height * useLetterScale());
}

function cellOf<R>(column: TableColumn<R>, row: R): ReactNode {
  if (column.cell !== undefined) return column.cell(row);
  const value = column.value(row);
  return typeof value === 'string' ? <Name text={value} /> : (value ?? '–');
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
