import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { StartError } from '../../start-error.ts';
import { settleZone } from './business-zone.ts';
import { Copies } from './copies.ts';
import { newer } from './open-errors.ts';
import { query, run } from './rows.ts';
import { MIGRATIONS } from './schema.ts';

export interface DuckDBOptions {
  /** Or `:memory:`. */
  readonly path: string;
  /** Until the first import. Default: the one before, or Asia/Shanghai. */
  readonly timeZone?: string;
  /** Bytes; the engine's default is 80 % of the machine. */
  readonly memory?: number;
  readonly threads?: number;
  /** For queries that outgrow memory. */
  readonly spill?: string;
  readonly readers?: number;
}

export class Opened {
  readonly copies: Copies;
  private readonly idle: DuckDBConnection[] = [];
  private readonly lent = new Set<Promise<unknown>>();
  private ended = false;

  private constructor(
    private readonly instance: DuckDBInstance,
    readonly writer: DuckDBConnection,
  ) {
    this.copies = new Copies(instance);
  }

  /** Brings the schema up to date. */
  static async at(options: DuckDBOptions): Promise<Opened> {
    const instance = await openInstance(options);
    try {
      const writer = await instance.connect();
      await run(writer, `SET GLOBAL TimeZone = 'UTC'`);
      await migrate(writer, options.path);
      await run(
        writer,
        `INSERT INTO dataset VALUES ('version', '0'), ('domestic_regions', 'CN') ON CONFLICT DO NOTHING`,
      );
      await settleZone((statement) => query(writer, statement), options.timeZone);
      // Smooth bar off, numbers on: `progress()` polls them.
      await run(writer, 'SET enable_progress_bar = true');
      await run(writer, 'SET enable_progress_bar_print = false');
      await run(writer, 'SET progress_bar_time = 0');
      return new Opened(instance, writer);
    } catch (thrown) {
      instance.closeSync();
      throw thrown;
    }
  }

  get closed(): boolean {
    return this.ended;
  }

  /** A connection whose work failed is closed, not lent again: its state goes with it. */
  async withReader<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const using = this.lend(work);
    this.lent.add(using);
    try {
      return await using;
    } finally {
      this.lent.delete(using);
    }
  }

  private async lend<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = this.idle.pop() ?? (await this.instance.connect());
    try {
      const result = await work(connection);
      if (this.ended) connection.closeSync();
      else this.idle.push(connection);
      return result;
    } catch (thrown) {
      connection.closeSync();
      throw thrown;
    }
  }

  async checkpoint(): Promise<void> {
    await this.copies.close();
    await run(this.writer, 'CHECKPOINT');
  }

  /** Waits for what is lent: only then can the file be opened again. */
  async close(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await Promise.allSettled(this.lent);
    await this.copies.close();
    for (const connection of this.idle.splice(0)) connection.closeSync();
    this.writer.closeSync();
    this.instance.closeSync();
  }
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
  // One instance per process and file: a second would silently lose writes.
  return DuckDBInstance.fromCache(options.path, settings);
}

async function migrate(connection: DuckDBConnection, path: string): Promise<void> {
  await run(connection, 'CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
  const [row] = await query(connection, { text: 'SELECT max(version) AS version FROM schema_version', values: [] });
  const done = Number(row?.version ?? 0);
  if (done > MIGRATIONS.length) throw new StartError('database_newer', newer(path));
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    await run(connection, `BEGIN; ${migration}; INSERT INTO schema_version VALUES (${index + 1}); COMMIT`);
  }
  // A cut log must not take the tables along.
  if (done < MIGRATIONS.length) await run(connection, 'CHECKPOINT');
}
