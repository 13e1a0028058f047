import type { z } from 'zod';
import { mapInTurns } from '../../loop-turns.ts';
import type { ResultRow } from '../../warehouse/warehouse.ts';

/** Gives the event loop turns: some answers have 100,000 rows. */
export const parseRows = <T extends z.ZodType>(schema: T, rows: readonly ResultRow[]): Promise<z.infer<T>[]> =>
  mapInTurns(rows, (row): z.infer<T> => schema.parse(row));
