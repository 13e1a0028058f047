/** The parts of the select that stages a file, gathered field by field. */
import type { Field } from '../contract/imports.ts';
import type { ColumnUse } from './plan.ts';

/** What the select is made of, gathered field by field. */
export class Columns {
  /** `[name, expression]` of the inner select; names that begin with `r_` serve only the checks. */
  readonly inner: [string, string][] = [];
  /** `[field, condition over the inner names]`: the row is useless where it holds. */
  readonly faults: (readonly [Field, string])[] = [];

  add(name: string, expression: string): void {
    this.inner.push([name, expression]);
  }
  fault(field: Field, when: string): void {
    this.faults.push([field, when]);
  }
  has(name: string): boolean {
    return this.inner.some(([n]) => n === name);
  }
}

export const isText = (use: ColumnUse) => use.column.type === 'VARCHAR';
export const asText = (use: ColumnUse) => (isText(use) ? use.column.sql : `${use.column.sql}::VARCHAR`);
