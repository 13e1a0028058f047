import type { ImportRecord } from '../../../../server/contract/imports.ts';

type Linked = Pick<ImportRecord, 'import_id' | 'status' | 'options'>;

/** The committed imports of files that mend rejected rows of this one, or of one that mends it; oldest first. */
export function mendersOf<R extends Linked>({ import_id }: Linked, rows: readonly R[]): R[] {
  const family = new Set([import_id]);
  const found: R[] = [];
  // The list is newest first, and what mends an import is younger.
  for (const row of rows.toReversed())
    if (row.options.mends !== undefined && family.has(row.options.mends)) {
      family.add(row.import_id);
      if (row.status === 'committed') found.push(row);
    }
  return found;
}

/** The import whose rejected rows this one mends; null if it mends none. */
export function originalOf<R extends Linked>({ options }: Linked, rows: readonly R[]): R | null {
  return rows.find((row) => row.import_id === options.mends) ?? null;
}
