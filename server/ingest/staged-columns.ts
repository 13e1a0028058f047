/** The parts of the select that stages a file, gathered field by field. */
import type { Field } from '../contract/imports.ts';
import type { ColumnUse } from './plan.ts';
import type { DataFile } from './source.ts';

/** What the select is made of, gathered field by field. */
export class Columns {
  /** `[name, expression]` of the inner select; names that begin with `r_` serve only the checks. */
  readonly inner: [string, string][] = [];
  /** `[field, condition over the inner names]`: the row is useless where it holds. */
  readonly faults: (readonly [Field, string, string?])[] = [];

  add(name: string, expression: string): void {
    this.inner.push([name, expression]);
  }
  /** @param reason what the reject says; by the field where it is left out */
  fault(field: Field, when: string, reason?: string): void {
    this.faults.push(reason === undefined ? [field, when] : [field, when, reason]);
  }
  has(name: string): boolean {
    return this.inner.some(([n]) => n === name);
  }
}

/** The gathered columns of the file's rows, with `bad`: the number of the first fault that holds, else 0. */
export function selectStaged(
  file: DataFile,
  columns: Columns,
  extras: { cells?: boolean; numbered?: boolean },
): string {
  if (extras.cells) {
    columns.add('cells', `[${file.columns.map((c) => `${c.sql}::VARCHAR`).join(', ')}]`);
    columns.add('row_number', file.place ?? 'NULL::BIGINT');
  }
  const bad = columns.faults.map(([, when], i) => `WHEN ${when} THEN ${i + 1}`).join(' ');
  const kept = columns.inner.map(([name]) => name).filter((name) => !name.startsWith('r_'));
  return `SELECT ${kept.join(', ')}, (CASE ${bad} ELSE 0 END)::UTINYINT AS bad
      FROM (SELECT ${columns.inner.map(([name, e]) => `${e} AS ${name}`).join(', ')} FROM ${extras.cells || extras.numbered ? file.numbered : file.relation})`;
}

export const isText = (use: ColumnUse) => use.column.type === 'VARCHAR';
export const asText = (use: ColumnUse) => (isText(use) ? use.column.sql : `${use.column.sql}::VARCHAR`);
