import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import styles from './DataTable.module.css';
import { Hint } from './Hint.tsx';
import type { RowMarks } from './marks/useRowMarks.ts';
import type { TableColumn, TableSort } from './tableColumn.ts';

interface TableHeadProps<R> {
  columns: readonly TableColumn<R>[];
  sort: TableSort | undefined;
  onSort: (sort: TableSort) => void;
  marks: RowMarks;
}

/** Headers: a button each that sorts, with the definition of its column. */
export function TableHead<R>({ columns, sort, onSort, marks }: TableHeadProps<R>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const dir = sort?.by === column.id ? sort.dir : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              className={classes(column)}
              {...(column.mark === undefined ? {} : marks.head(column.mark))}
              aria-sort={dir === undefined ? undefined : dir === 'asc' ? 'ascending' : 'descending'}
            >
              {column.tool === undefined ? (
                <Header column={column} dir={dir} onSort={onSort} />
              ) : (
                <span className={styles.tooled}>
                  <Header column={column} dir={dir} onSort={onSort} />
                  {column.tool}
                </span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface HeaderProps<R> {
  column: TableColumn<R>;
  dir: TableSort['dir'] | undefined;
  onSort: (sort: TableSort) => void;
}

function Header<R>({ column, dir, onSort }: HeaderProps<R>) {
  const { id, header, definition, align = 'start', sortable = true } = column;
  const first = align === 'end' ? 'desc' : 'asc';
  const next = dir === undefined ? first : dir === 'asc' ? 'desc' : 'asc';
  const Arrow = (dir ?? first) === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <Hint label={definition} delay={300}>
      {(hinted) =>
        sortable ? (
          <button
            type="button"
            {...hinted}
            className={styles.sort}
            data-active={dir !== undefined}
            onClick={() => onSort({ by: id, dir: next })}
          >
            {align === 'end' && <Arrow size={13} stroke={2} aria-hidden />}
            <span>{header}</span>
            {align === 'start' && <Arrow size={13} stroke={2} aria-hidden />}
          </button>
        ) : (
          <span {...hinted}>{header}</span>
        )
      }
    </Hint>
  );
}

/** Classes of a column's cells. */
export function classes<R>({ align = 'start', fixed = false }: TableColumn<R>): string {
  return [align === 'end' ? styles.end : styles.start, fixed ? styles.fixed : ''].join(' ').trim();
}
