import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DuckDBInstance as Instance } from '@duckdb/node-api';
import { StartError } from '../../start-error.ts';
import {
  Cancelled,
  type DatasetState,
  QueryError,
  type ReadSession,
  type ResultRow,
  type Statement,
  type Warehouse,
  type WriteOptions,
  type WriteSession,
} from '../warehouse.ts';
import { settleZone } from './business-zone.ts';
import { Copies } from './copies.ts';
import { newer, opening } from './open-errors.ts';
import { ConnectionPool, interruptible } from './pool.ts';
import { addToRollups, rebuildRollups, sumMonths } from './rollups.ts';
import { MIGRATIONS } from './schema.ts';
import { loadState } from './state.ts';
import { fromEngine, toEngine } from './values.ts';

export interface DuckDBOptions {
  /** File of the database, or `:memory:`. */
  readonly path: string;
  /** Business zone, as long as nothing was imported; fixed after. Left out: the one before, or Asia/Shanghai. */
  readonly timeZone?: string;
  /** Bytes; the engine's default is 80 % of the machine. */
  readonly memory?: number;
  readonly threads?: number;
  /** Folder that the engine spills to when a query outgrows memory. */
  readonly spill?: string;
  /** Readers at work at once. */
  readonly readers?: number;
}

/**
 * Opens or creates the embedded warehouse and migrates its schema.
 * @throws StartError if another process has the file open, if it is damaged, foreign or of a newer Dramascope, or if
 * it cannot be read and written
 */
export function openDuckDB(options: DuckDBOptions): Promise<Warehouse> {
  return opening(options.path, async () => {
    const instance = await openInstance(options);
    try {
      return await openIn(instance, options);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  });
}

async function openIn(instance: DuckDBInstance, options: DuckDBOptions): Promise<Warehouse> {
  const writer = await instance.connect();
  await writer.run(`SET GLOBAL TimeZone = 'UTC'`);
  await migrate(writer, options.path);
  await writer.run(`INSERT INTO dataset VALUES ('version', '0'), ('domestic_regions', 'CN') ON CONFLICT DO NOTHING`);
  await settleZone((statement) => query(writer, statement), options.timeZone);
  // Smooth bar off, numbers on: `progress()` polls them.
  await writer.run('SET enable_progress_bar = true');
  await writer.run('SET enable_progress_bar_print = false');
  await writer.run('SET progress_bar_time = 0');
  const state = await loadState((statement) => query(writer, statement));
  return new DuckDBWarehouse(instance, writer, new ConnectionPool(instance, options.readers ?? 4), state);
}

function openInstance(options: DuckDBOptions): Promise<DuckDBInstance> {
  const settings: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'false',
  };
  if (options.memory) settings.max_memory = `${Math.floor(options.memory / 1024)}KiB`;
  if (options.threads) settings.threads = String(options.threads);
  if (options.spill) settings.temp_directory = options.spill;
  // One instance per process and file: a second one would silently lose writes.
  return Instance.fromCache(options.path, settings);
}

async function migrate(connection: DuckDBConnection, path: string): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
  const [row] = await query(connection, { text: 'SELECT max(version) AS version FROM schema_version', values: [] });
  const done = Number(row?.version ?? 0);
  if (done > MIGRATIONS.length) throw new StartError('database_newer', newer(path));
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    await connection.run(`BEGIN; ${migration}; INSERT INTO schema_version VALUES (${index + 1}); COMMIT`);
  }
  // A cut log must not take the tables along.
  if (done < MIGRATIONS.length) await connection.run('CHECKPOINT');
}

/** Each statement is prepared anew: a kept plan run again gave wrong rows (DuckDB 1.5.6, seen in tests). */
async function query(connection: DuckDBConnection, statement: Statement): Promise<ResultRow[]> {
  const bound = statement.values.map(toEngine);
  try {
    const reader = await connection.runAndReadAll(
      statement.text,
      bound.map((b) => b.value),
      bound.map((b) => b.type),
    );
    const names = reader.deduplicatedColumnNames();
    return reader
      .getRows()
      .map((row) => Object.fromEntries(names.map((name, i) => [name, fromEngine(row[i] ?? null)])));
  } catch (cause) {
    throw new QueryError(cause instanceof Error ? cause.message : String(cause), statement.text, { cause });
  }
}

class DuckDBWarehouse implements Warehouse {
  /** The tail of the writers' line: each waits for the one before. */
  private lastWrite: Promise<unknown> = Promise.resolve();
  private readonly copies: Copies;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    private readonly readers: ConnectionPool,
    private current: DatasetState,
  ) {
    this.copies = new Copies(instance, {
      ask: query,
      writing: (connection, signal) => this.writing(connection, signal),
    });
  }

  state(): DatasetState {
    return this.current;
  }

  read<T>(work: (session: ReadSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.readers.use(async (connection) => {
      const state = this.current;
      const session: ReadSession = {
        state,
        all: async (statement) => {
          if (signal?.aborted) throw new Cancelled();
          return query(connection, statement);
        },
      };
      // One transaction per session, so that all its statements see one version. Only the work can be interrupted:
      // an interrupted BEGIN or ROLLBACK would leave the connection in a broken transaction.
      await connection.run('BEGIN TRANSACTION READ ONLY');
      try {
        return await interruptible(connection, () => work(session), signal);
      } finally {
        await connection.run('ROLLBACK');
      }
    }, signal);
  }

  readCopy<T>(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    work: (session: ReadSession) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.copies.use(key, change, work, signal);
  }

  write<T>(work: (session: WriteSession) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const turn = this.lastWrite.then(() => this.staged(work, options));
    this.lastWrite = turn.catch(() => undefined);
    return turn;
  }

  private async staged<T>(work: (session: WriteSession) => Promise<T>, options: WriteOptions): Promise<T> {
    const { signal, staging } = options;
    if (signal?.aborted) throw new Cancelled();
    if (!staging) return this.transaction(work, options);
    try {
      await interruptible(this.writer, () => staging.prepare(this.writing(this.writer, signal)), signal);
      return await this.transaction(work, options);
    } finally {
      await staging.discard(this.writing(this.writer, undefined));
    }
  }

  /** Only the work can be interrupted: a COMMIT, once begun, is the engine's to finish. */
  private async transaction<T>(
    work: (session: WriteSession) => Promise<T>,
    { signal, quiet = false }: WriteOptions,
  ): Promise<T> {
    const connection = this.writer;
    await connection.run('BEGIN TRANSACTION');
    try {
      const result = await interruptible(connection, () => work(this.writing(connection, signal)), signal);
      const next = quiet ? null : await this.nextState(connection);
      await connection.run('COMMIT');
      if (next) this.current = next;
      return result;
    } catch (cause) {
      await connection.run('ROLLBACK');
      throw cause;
    }
  }

  /** The interrupt reaches only a running statement: between two of them, each asks. */
  private writing(connection: DuckDBConnection, signal: AbortSignal | undefined): WriteSession {
    const ask = async (statement: Statement) => {
      if (signal?.aborted) throw new Cancelled();
      return query(connection, statement);
    };
    const session: WriteSession = {
      state: this.current,
      all: ask,
      run: async (statement) => void (await ask(statement)),
      refreshRollups: (from, to, only) => rebuildRollups(session, from, to, only),
      addToRollups: (rows, from, to) => addToRollups(session, rows, from, to),
      sumMonths: (rows) => sumMonths(session, rows),
      progress: () => {
        const { percentage } = connection.progress;
        return percentage < 0 ? null : percentage;
      },
    };
    return session;
  }

  private async nextState(connection: DuckDBConnection): Promise<DatasetState> {
    await connection.run(`UPDATE dataset SET value = (value::BIGINT + 1)::VARCHAR WHERE name = 'version'`);
    return loadState((statement) => query(connection, statement));
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.copies.close();
    this.readers.close();
    await this.writer.run('CHECKPOINT');
    this.writer.closeSync();
    this.instance.closeSync();
  }
}
