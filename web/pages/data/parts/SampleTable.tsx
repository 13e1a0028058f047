import { Box } from '@mantine/core';
import styles from './SampleTable.module.css';

export function SampleTable({ caption, rows }: { caption: string; rows: readonly (readonly string[])[] }) {
  const [header = [], ...body] = rows;
  return (
    <Box role="group" aria-label={caption} className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {header.map((cell, at) => (
              // Places are what tells cells of a file apart: headers may repeat.
              <th key={keyAt(at)} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, at) => (
            <tr key={keyAt(at)}>
              {row.map((cell, column) => (
                <td key={keyAt(column)} title={cell.length > 40 ? cell : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

const keyAt = (at: number): string => `at ${at}`;
