import { useMemo } from 'react';
import { valueFormat } from '../../charts/scale.ts';
import type { Call } from '../../figures/calls.ts';
import type { FigureTable } from '../../figures/figure.ts';
import type { Mark } from '../../filters/marks.ts';
import { exact, type NumberLanguage, toNumber } from '../../i18n/numbers.ts';
import { DataTable } from '../DataTable.tsx';
import type { TableColumn } from '../tableColumn.ts';

interface Row {
  id: string;
  cells: readonly (string | number | null)[];
  mark?: Mark | undefined;
}

/** Pixels that the longest of these texts takes in the table's tabular figures, with its padding: no digit is cut. */
const widthOf = (texts: readonly string[]): number =>
  Math.max(104, 28 + 8 * texts.reduce((longest, text) => Math.max(longest, text.length), 0));

export function ChartTable({
  table,
  caption,
  language,
  call,
}: {
  table: FigureTable;
  caption: string;
  language: NumberLanguage;
  call: () => Call<unknown> | undefined;
}) {
  const rows = useMemo(
    () => table.rows.map((cells, at): Row => ({ id: String(at), cells, mark: table.marks?.[at] })),
    [table],
  );
  const columns = useMemo(
    () =>
      table.columns.map((column, at): TableColumn<Row> => {
        const { kind } = column;
        const cell = (row: Row): string => {
          const value = row.cells[at] ?? null;
          if (kind === 'text') return value === null ? '' : String(value);
          if (kind === 'count') return exact(value);
          const number = toNumber(value);
          return number === null ? '–' : valueFormat(kind, language).tooltip(number);
        };
        return {
          id: column.id,
          header: column.header,
          mark: column.mark,
          leads: at === 0,
          value: (row) => (kind === 'text' ? row.cells[at] : toNumber(row.cells[at])),
          cell,
          align: kind === 'text' ? 'start' : 'end',
          width: kind === 'text' ? 160 : widthOf(table.rows.map((cells) => cell({ id: '', cells }))),
        };
      }),
    [table, language],
  );
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      mark={(row) => row.mark}
      call={call}
      dense
    />
  );
}
