import type { z } from 'zod';
import { mapInTurns } from '../../loop-turns.ts';
import type { ResultRow } from '../../warehouse/warehouse.ts';

/** An engine's rows checked against their schema, with turns of the event loop between: some questions have 100,000. */
export const parseRows = <T extends z.ZodType>(schema: T, rows: readonly ResultRow[]): Promise<z.infer<T>[]> =>
  mapInTurns(rows, (row): z.infer<T> => schema.parse(row));
