import type { DuckDBConnection } from '@duckdb/node-api';
import {
  type Asking,
  Cancelled,
  type DatasetState,
  type ReadSession,
  Unavailable,
  type Warehouse,
  type WriteOptions,
  type WriteSession,
} from '../warehouse.ts';
import { interruptible } from './deadline.ts';
import { isFatal } from './engine-errors.ts';
import { opening } from './open-errors.ts';
import { type DuckDBOptions, Opened } from './opened.ts';
import { ReaderTurns } from './readers.ts';
import { query, run } from './rows.ts';
import { loadState } from './state.ts';
import { readingOn, writingOn } from './writing.ts';

/** One client has all but the last. */
const READERS = 5;
/** Milliseconds between tries to open an engine again. */
const REOPEN_EVERY = 1000;

/** What a write that fails at its very end would have given. */
interface AboutToCommit<T> {
  at?: { readonly version: string | null; readonly result: T };
}

/** @throws StartError if the file is locked, damaged, foreign, of a newer Dramascope, or cannot be read and written */
export function openDuckDB(options: DuckDBOptions): Promise<Warehouse> {
  return opening(options.path, async () => {
    const opened = await Opened.at(options);
    const state = await loadState((statement) => query(opened.writer, statement));
    return new DuckDBWarehouse(options, opened, state);
  });
}

class DuckDBWarehouse implements Warehouse {
  /** Each writer waits for the one before. */
  private lastWrite: Promise<unknown> = Promise.resolve();
  private readonly turns: ReaderTurns;
  private reopening: Promise<Opened> | null = null;
  /** By `performance.now`. */
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly options: DuckDBOptions,
    private opened: Opened,
    private current: DatasetState,
  ) {
    this.turns = new ReaderTurns(options.readers ?? READERS);
  }

  state(): DatasetState {
    return this.current;
  }

  read<T>(work: (session: ReadSession) => Promise<T>, asking: Asking = {}): Promise<T> {
    // The asker is answered at once; the reader is free once the engine lets go.
    return new Promise((resolve, reject) => {
      const reading = (opened: Opened) =>
        opened.withReader((connection) => this.readOn(connection, work, asking, reject));
      this.turns.take(() => this.whileSound(reading), asking).then(resolve, reject);
    });
  }

  private async readOn<T>(
    connection: DuckDBConnection,
    work: (session: ReadSession) => Promise<T>,
    asking: Asking,
    told: (reason: Error) => void,
  ): Promise<T> {
    const state = this.current;
    // One transaction, so that all statements see one version. Only the work is interrupted: an interrupted BEGIN or
    // ROLLBACK would break the connection's transaction.
    await run(connection, 'BEGIN TRANSACTION READ ONLY');
    try {
      return await interruptible(
        connection,
        (ended) => work(readingOn(connection, state, ended, asking)),
        asking,
        told,
      );
    } finally {
      await run(connection, 'ROLLBACK').catch(ignored);
    }
  }

  readCopy<T>(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    work: (session: ReadSession) => Promise<T>,
    asking: Asking = {},
  ): Promise<T> {
    return this.whileSound((opened) => opened.copies.use(key, change, work, asking));
  }

  async alive(): Promise<void> {
    await this.whileSound((opened) => opened.withReader((connection) => run(connection, 'SELECT 1')));
  }

  /** Once more if the engine had to be opened again. */
  private async whileSound<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = await this.sound();
    try {
      return await work(opened);
    } catch (thrown) {
      if (!isFatal(thrown)) throw thrown;
      return work(await this.openAgain(opened));
    }
  }

  /** @throws Unavailable if it could not be opened again a moment ago */
  private sound(): Opened | Promise<Opened> {
    if (this.reopening) return this.reopening;
    return this.opened.closed ? this.openAgain(this.opened) : this.opened;
  }

  /** Those who come meanwhile share it. */
  private openAgain(failed: Opened): Promise<Opened> {
    if (this.reopening) return this.reopening;
    if (failed !== this.opened) return Promise.resolve(this.opened);
    if (performance.now() - this.failedAt < REOPEN_EVERY) return Promise.reject(unavailable());
    this.reopening = this.replace(failed).finally(() => {
      this.reopening = null;
    });
    return this.reopening;
  }

  private async replace(failed: Opened): Promise<Opened> {
    try {
      await failed.close();
      const opened = await Opened.at(this.options);
      this.current = await loadState((statement) => query(opened.writer, statement));
      this.opened = opened;
      return opened;
    } catch (cause) {
      this.failedAt = performance.now();
      throw unavailable(cause);
    }
  }

  write<T>(work: (session: WriteSession) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const turn = this.lastWrite.then(() => this.soundly(work, options));
    this.lastWrite = turn.catch(ignored);
    return turn;
  }

  /** The engine is opened again before the failure is reported. */
  private async soundly<T>(work: (session: WriteSession) => Promise<T>, options: WriteOptions): Promise<T> {
    const opened = await this.sound();
    const commit: AboutToCommit<T> = {};
    try {
      return await this.staged(opened, work, options, commit);
    } catch (thrown) {
      if (!isFatal(thrown)) throw thrown;
      await this.openAgain(opened).catch(ignored);
      // The commit may be on disk, and only the checkpoint after it failed.
      if (commit.at && commit.at.version === this.current.version) return commit.at.result;
      throw thrown;
    }
  }

  private async staged<T>(
    opened: Opened,
    work: (session: WriteSession) => Promise<T>,
    options: WriteOptions,
    commit: AboutToCommit<T>,
  ): Promise<T> {
    const { signal, staging } = options;
    if (signal?.aborted) throw new Cancelled();
    const { writer } = opened;
    if (!staging) return this.transaction(writer, work, options, commit);
    try {
      await interruptible(
        writer,
        (ended) => staging.prepare(writingOn(writer, this.current, ended)),
        askingOf(options),
      );
      const result = await this.transaction(writer, work, options, commit);
      await staging.discard(writingOn(writer, this.current));
      return result;
    } catch (thrown) {
      // The caller hears the first failure, not that tidying up failed too.
      await staging.discard(writingOn(writer, this.current)).catch(ignored);
      throw thrown;
    }
  }

  /** Only the work is interrupted: a begun COMMIT is the engine's to finish. */
  private async transaction<T>(
    connection: DuckDBConnection,
    work: (session: WriteSession) => Promise<T>,
    options: WriteOptions,
    commit: AboutToCommit<T>,
  ): Promise<T> {
    await run(connection, 'BEGIN TRANSACTION');
    try {
      const result = await interruptible(
        connection,
        (ended) => work(writingOn(connection, this.current, ended)),
        askingOf(options),
      );
      const next = options.quiet ? null : await this.nextState(connection);
      commit.at = { version: next?.version ?? null, result };
      await run(connection, 'COMMIT');
      if (next) this.current = next;
      return result;
    } catch (thrown) {
      // Some failures end the transaction by themselves.
      await run(connection, 'ROLLBACK').catch(ignored);
      throw thrown;
    }
  }

  private async nextState(connection: DuckDBConnection): Promise<DatasetState> {
    await run(connection, `UPDATE dataset SET value = (value::BIGINT + 1)::VARCHAR WHERE name = 'version'`);
    return loadState((statement) => query(connection, statement));
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.reopening?.catch(ignored);
    if (this.opened.closed) return;
    await this.opened.checkpoint().catch(ignored);
    await this.opened.close();
  }
}

const unavailable = (cause?: unknown) => new Unavailable('the engine failed and could not be opened again', { cause });

const askingOf = ({ signal }: WriteOptions): Asking => (signal ? { signal } : {});

const ignored = (): undefined => undefined;
