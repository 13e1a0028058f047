import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { acrossSchema, type ImportOptions, importOptionsSchema } from '../../contract/imports.ts';

/** How bytes become rows: decided at the first look, and kept with the import. */
export const readingOptionsSchema = importOptionsSchema
  .pick({ encoding: true, delimiter: true, sheet: true, header_row: true })
  // Older entries were read as they stand.
  .extend({ across: acrossSchema.default('none') });
export type ReadingOptions = z.infer<typeof readingOptionsSchema>;

export function readingOf({ encoding, delimiter, sheet, header_row, across }: ImportOptions): Partial<ReadingOptions> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(header_row === undefined ? {} : { header_row }),
    ...(across === undefined ? {} : { across }),
  };
}

export function readingName(options: ImportOptions): string {
  const said = Object.entries(readingOf(options));
  return said.length === 0 ? '' : createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}
