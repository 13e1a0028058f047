import { Box } from '@mantine/core';
import styles from './RawRows.module.css';
import table from './SampleTable.module.css';

interface RawRow {
  /** Its number in the file, where that is known. */
  row?: number;
  cells: readonly string[];
}

interface RawRowsProps {
  caption: string;
  rows: readonly RawRow[];
  /** Number of the row that is read as header; null where none is, or it is not known yet. */
  header: number | null;
}

export function RawRows({ caption, rows, header }: RawRowsProps) {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return (
    <Box role="group" aria-label={caption} className={table.scroll} tabIndex={0}>
      <table className={table.table}>
        <tbody>
          {rows.map((row, at) => (
            <Row key={keyAt(at)} row={row} {...{ header, width }} />
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function Row({ row: { row, cells }, header, width }: { row: RawRow; header: number | null; width: number }) {
  const headed = row !== undefined && row === header;
  const above = row !== undefined && row < (header ?? 0);
  const Cell = headed ? 'th' : 'td';
  const shown = above ? withoutBlanks(cells) : cells;
  return (
    <tr data-header={headed} data-above={above}>
      {row !== undefined && (
        <th scope="row" className={styles.number}>
          {row}
        </th>
      )}
      {shown.map((cell, at) => (
        // A row that is cut short, a title mostly, reaches over the columns that it lacks.
        <Cell
          key={keyAt(at)}
          colSpan={at === shown.length - 1 ? width - at : 1}
          title={cell.length > 40 ? cell : undefined}
        >
          {cell}
        </Cell>
      ))}
    </tr>
  );
}

/** Without the blank cells that a spreadsheet pads a title with. */
const withoutBlanks = (cells: readonly string[]) =>
  cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);

const keyAt = (at: number): string => `at ${at}`;
