import type { Answer, DimensionId } from '../../server/contract/query.ts';
import type { HeatData } from '../charts/heatmap.ts';
import { markOf } from '../filters/marks.ts';
import type { NumberLanguage } from '../i18n/numbers.ts';
import type { FigureTable } from './figure.ts';
import { knownOf, memberName, numberCell, textCell } from './members.ts';

interface Axis {
  by: DimensionId;
  /** The largest so many. */
  most: number;
  /** A fixed order; else by size. */
  order?: readonly string[];
  /** Whether what is unknown has a place of its own; it has, if it is all there is. */
  unknown?: boolean;
}

type Members = Map<string, { name: string; sum: number }>;

/**
 * Shares of views over two dimensions: each cell of its row's or its column's views, members not drawn still counted.
 * Undefined if there are none.
 */
export function shareHeat(
  answer: Answer,
  asked: { rows: Axis; columns: Axis; of: 'row' | 'column'; measure: string; language: NumberLanguage },
): HeatData | undefined {
  const views = new Map<string, number>();
  const [allRows, allColumns]: [Members, Members] = [new Map(), new Map()];
  for (const row of answer.rows) {
    const value = numberCell(row.views) ?? 0;
    const member = ({ by }: Axis, members: Members): string => {
      const id = textCell(row[by]);
      const name = memberName(id, textCell(row[`${by}_label`]), asked.language);
      members.set(id, { name, sum: (members.get(id)?.sum ?? 0) + value });
      return id;
    };
    views.set(`${member(asked.rows, allRows)}\n${member(asked.columns, allColumns)}`, value);
  }
  const rows = chosen(allRows, asked.rows);
  const columns = chosen(allColumns, asked.columns);
  if (rows.length === 0 || columns.length === 0) return undefined;
  const cells = rows.flatMap((one, row) =>
    columns.map((other, column) => {
      const value = views.get(`${one.id}\n${other.id}`);
      return { row, column, value: value === undefined ? null : value / (asked.of === 'row' ? one : other).sum };
    }),
  );
  const named = ({ by }: Axis, members: readonly { id: string; name: string }[]) =>
    members.map(({ id, name }) => ({ id, name, mark: markOf(by, id, name) }));
  return {
    rows: named(asked.rows, rows),
    columns: named(asked.columns, columns),
    cells,
    kind: 'fraction',
    ramp: 'sequential',
    measure: asked.measure,
  };
}

/** The heat map as a table: a line a row, a column a column, both leading where their names do. */
export const shareTable = ({ rows, columns, cells }: HeatData, id: string, header: string): FigureTable => ({
  columns: [
    { id, header, kind: 'text' },
    ...columns.map((column) => ({ id: column.id, header: column.name, kind: 'fraction' as const, mark: column.mark })),
  ],
  rows: rows.map(({ name }, row) => [name, ...cells.filter((cell) => cell.row === row).map(({ value }) => value)]),
  marks: rows.map(({ mark }) => mark),
});

function chosen(members: Members, { most, order, unknown = true }: Axis): { id: string; name: string; sum: number }[] {
  const found = [...members].map(([id, { name, sum }]) => ({ id, name, sum })).filter(({ sum }) => sum > 0);
  const shown = unknown ? found : knownOf(found, ({ id }) => id);
  const place = ({ id }: { id: string }) => order?.indexOf(id) ?? 0;
  return shown.sort((a, b) => place(a) - place(b) || b.sum - a.sum).slice(0, most);
}
