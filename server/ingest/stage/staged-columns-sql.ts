import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { SPOILT } from '../../vocabulary/text.ts';
import { extraRowSql } from '../cells/extra-rows.ts';
import { literal } from '../cells/sql.ts';
import * as values from '../cells/values.ts';
import type { DataFile } from '../read/source.ts';
import type { ColumnUse } from './plan.ts';

export class Columns {
  /** `[name, expression]` of the inner select; names with `r_` serve only the checks. */
  readonly inner: [string, string][] = [];
  /** `[field, condition over the inner names]`: the row is unusable if it is true. */
  readonly faults: (readonly [Field, string, Label?])[] = [];
  /** Texts that show whether a row without time or series is a fact at all. */
  readonly telling: { sql: string; header: string }[] = [];
  /** Conditions over the inner names that are all true if a row states nothing. */
  readonly content: string[] = [];

  add(name: string, expression: string): void {
    this.inner.push([name, expression]);
  }
  /** @param reason of the reject; left out: by the field */
  fault(field: Field, when: string, reason?: Label): void {
    this.faults.push(reason === undefined ? [field, when] : [field, when, reason]);
  }
  /** Only a text can mark a total; casting other types would cost. */
  tell(name: string, use: ColumnUse): void {
    if (!isText(use)) return;
    this.add(name, use.column.sql);
    this.telling.push({ sql: name, header: use.column.name });
  }
  has(name: string): boolean {
    return this.inner.some(([n]) => n === name);
  }
}

/** A row without one of these may be no fact. */
const IDENTIFYING = new Set<Field>(['time', 'series_id', 'title']);

/** With `bad`: the number of the first fault, else 0. */
export function selectStaged(
  file: DataFile,
  columns: Columns,
  extras: { cells?: boolean; numbered?: boolean },
): string {
  if (extras.cells) {
    columns.add('cells', `[${file.columns.map((c) => `${c.sql}::VARCHAR`).join(', ')}]`);
    columns.add('row_number', file.place ?? 'NULL::BIGINT');
  }
  if (file.foreign !== null) {
    columns.add(
      'r_spoilt',
      `contains(concat_ws('', ${file.columns.map((c) => c.sql).join(', ')}), ${literal(SPOILT)})`,
    );
    columns.faults.unshift([columns.has('name') ? 'title' : 'currency', 'r_spoilt']);
  }
  const faults = columns.faults.map(([, when], i) => `WHEN ${when} THEN ${i + 1}`).join(' ');
  const identifying = columns.faults.flatMap(([field], i) => (IDENTIFYING.has(field) ? [i + 1] : []));
  const nothing = ['true', ...columns.content].join(' AND ');
  // Once, behind the condition: the engine computes a repeated expression for all rows.
  const bad =
    columns.telling.length === 0 || identifying.length === 0
      ? 'fault'
      : `CASE WHEN fault IN (${identifying.join(', ')}) THEN ${extraRowSql(columns.telling, nothing, 'fault')} ELSE fault END`;
  const kept = columns.inner.map(([name]) => name).filter((name) => !name.startsWith('r_'));
  return `SELECT ${kept.join(', ')}, (${bad})::UTINYINT AS bad
      FROM (SELECT *, CASE ${faults} ELSE 0 END AS fault
      FROM (SELECT ${columns.inner.map(([name, e]) => `${e} AS ${name}`).join(', ')} FROM ${extras.cells || extras.numbered ? file.numbered : file.relation}))`;
}

export const isText = (use: ColumnUse) => use.column.type === 'VARCHAR';
/** Without the apostrophe that guards a formula. Parquet states what is text. */
export const asName = (use: ColumnUse, file: DataFile) =>
  file.format === 'parquet' || !isText(use) ? asText(use) : values.unguarded(asText(use));
export const asText = (use: ColumnUse) => (isText(use) ? use.column.sql : `${use.column.sql}::VARCHAR`);
