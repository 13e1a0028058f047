import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { loopTurns } from '../../loop-turns.ts';
import type { ResultRow, Statement, Value } from '../warehouse.ts';
import { engineError } from './engine-errors.ts';
import { fromEngine, toEngine } from './values.ts';

/** Memory in bytes, a little more than measured. */
const VALUE_BYTES = 24;
const CHARACTER_BYTES = 1;

export interface Reading {
  /** Gets the bytes of rows as they come; what it throws ends the reading. */
  readonly take?: ((bytes: number) => void) | undefined;
}

/**
 * Reads in chunks, with other work between. Prepared each time: a kept plan gave wrong rows (DuckDB 1.5.6, seen in
 * tests).
 * @throws the error classes of warehouse.ts
 */
export async function query(
  connection: DuckDBConnection,
  statement: Statement,
  { take }: Reading = {},
): Promise<ResultRow[]> {
  const bound = statement.values.map(toEngine);
  const result = await connection
    .run(
      statement.text,
      bound.map((b) => b.value),
      bound.map((b) => b.type),
    )
    .catch((cause: unknown) => {
      throw engineError(cause, statement.text);
    });
  const names = result.deduplicatedColumnNames();
  const rows: ResultRow[] = [];
  const turn = loopTurns();
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const bytes = readChunk(chunk, names, rows);
    take?.(bytes);
    await turn();
  }
  return rows;
}

/** @throws the error classes of warehouse.ts */
export async function run(connection: DuckDBConnection, text: string): Promise<void> {
  await connection.run(text).catch((cause: unknown) => {
    throw engineError(cause, text);
  });
}

/** @returns about how many bytes they take */
function readChunk(chunk: DuckDBDataChunk, names: readonly string[], rows: ResultRow[]): number {
  const columns = names.map((_, i) => chunk.getColumnValues(i));
  let characters = 0;
  for (let at = 0; at < chunk.rowCount; at++) {
    const row: Record<string, Value> = {};
    names.forEach((name, i) => {
      const value = fromEngine(columns[i]?.[at] ?? null);
      if (typeof value === 'string') characters += value.length;
      row[name] = value;
    });
    rows.push(row);
  }
  return chunk.rowCount * names.length * VALUE_BYTES + characters * CHARACTER_BYTES;
}
