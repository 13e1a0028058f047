import { Box } from '@mantine/core';
import type { Upload } from '../../../../server/contract/imports.ts';
import table from '../SampleTable.module.css';
import { useWords } from '../words.ts';
import styles from './FirstRows.module.css';

/** The file's first rows as they stand, each with its number: titles, the header that is read, data. */
export function FirstRows({ upload }: { upload: Upload }) {
  const { t } = useWords();
  const { first_rows: rows, header_row: header } = upload;
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const caption = t('first_rows', { count: rows.length });
  return (
    <Box role="group" aria-label={caption} className={table.scroll} tabIndex={0}>
      <table className={table.table}>
        <tbody>
          {rows.map(({ row, cells }) => (
            <tr key={row} data-header={row === header} className={row < (header ?? 0) ? styles.above : undefined}>
              <th scope="row" className={styles.number}>
                {row}
              </th>
              {cells.map((cell, at) => {
                const Cell = row === header ? 'th' : 'td';
                // A row that is cut short, a title mostly, may reach over the columns that it lacks.
                const span = at === cells.length - 1 ? width - at : 1;
                return (
                  <Cell key={keyAt(at)} colSpan={span} title={cell.length > 40 ? cell : undefined}>
                    {cell}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

const keyAt = (at: number): string => `at ${at}`;
