/** The engine the generator runs in: DuckDB in memory, with pseudo-random numbers that depend on the seed alone. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { z } from 'zod';

export interface Database {
  /** Runs statements for their effect. */
  run(sql: string): Promise<void>;
  /** Runs one query and checks its rows; integers beyond 2^53 arrive as text. */
  rows<Row>(sql: string, row: z.ZodType<Row>): Promise<Row[]>;
  close(): void;
}

export interface DatabaseOptions {
  seed: number;
  /** Threads of the engine; the rows do not depend on it. */
  threads?: number;
}

/**
 * Opens the engine and defines the macros every step uses: `u(key, salt)` uniform in (0, 1), `gauss(key, salt)`
 * standard normal (Box-Muller), `pick(list, u)` a member of a list.
 *
 * The hash is taken twice, since DuckDB's hash of several values leaves those of neighbouring salts correlated.
 */
export async function openDatabase({ seed, threads }: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', threads === undefined ? {} : { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`
    CREATE MACRO u(key, salt) AS ((hash(hash(${Math.trunc(seed)}, key, salt)) >> 11)::DOUBLE + 0.5) / 9007199254740992.0;
    CREATE MACRO gauss(key, salt) AS sqrt(-2 * ln(u(key, salt || '/r'))) * cos(2 * pi() * u(key, salt || '/a'));
    CREATE MACRO pick(list, x) AS list[1 + floor(x * len(list))::BIGINT];
  `);
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql, row) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson().map((one) => row.parse(one));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
