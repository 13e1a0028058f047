import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { acrossSchema, type ImportOptions, importOptionsSchema } from '../../contract/imports.ts';

/** How the bytes of a file become rows. It is decided when the file is first looked at, and kept with its import. */
export const readingOptionsSchema = importOptionsSchema
  .pick({ encoding: true, delimiter: true, sheet: true, header_row: true })
  // Entries from before it was told were read as they stand.
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

/** Names a way to read a file, for its copies; empty if nothing is said of it. */
export function readingName(options: ImportOptions): string {
  const said = Object.entries(readingOf(options));
  return said.length === 0 ? '' : createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}
