import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Asking, Busy, Cancelled, type DatasetState, type ReadSession, type WriteSession } from '../warehouse.ts';
import { interruptible } from './deadline.ts';
import { query, run } from './rows.ts';
import { loadState } from './state.ts';
import { readingOn, writingOn } from './writing.ts';

/** Tables that only grow and mean the same to every version: the copy reads the originals. */
const SHARED = ['schema_version', 'source', 'platform', 'region'];
/** Tables a copy needs only the columns of: no answer reads their rows. */
const EMPTY = new Set(['reject']);
/** How long a copy that nobody asks is kept. */
const IDLE_MS = 120_000;
/** When to ask again for a copy that is being made, in seconds. */
const RETRY = 10;

interface Copy {
  readonly key: string;
  readonly connection: DuckDBConnection;
  readonly state: DatasetState;
}

/**
 * Private copies of the dataset in which a change may be tried and asked, without a trace in the dataset itself.
 *
 * A copy is a connection whose temporary tables bear the names of the real ones: the engine finds a temporary table
 * first, so every statement of this code base runs on the copy as it stands. Temporary tables are seen by their own
 * connection only, are no part of the file, and spill to disk where they outgrow memory. One copy is kept, because a
 * page asks twenty questions of the same; its connection runs one at a time.
 */
export class Copies {
  private kept: Copy | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;

  constructor(private readonly instance: DuckDBInstance) {}

  /**
   * Runs `work` on the copy of this key, made by `change` if there is none yet; one after the other.
   * @throws Busy if the asker's seconds pass before its copy is there; the copy is made all the same, for the next one
   */
  use<T>(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    work: (session: ReadSession) => Promise<T>,
    asking: Asking = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const patience =
        asking.seconds === undefined ? undefined : setTimeout(() => reject(new Busy(RETRY)), asking.seconds * 1000);
      const turn = this.line.then(async () => {
        if (asking.signal?.aborted) throw new Cancelled();
        const copy = this.kept?.key === key ? this.kept : await this.make(key, change, asking.signal);
        clearTimeout(patience);
        return askCopy(copy, work, asking);
      });
      turn.then(resolve, reject).finally(() => clearTimeout(patience));
      this.line = turn.catch(() => undefined).then(() => this.rest());
    });
  }

  private async make(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<Copy> {
    this.drop();
    const connection = await this.instance.connect();
    try {
      const state = await interruptible(
        connection,
        async (ended) => {
          // One transaction: the copy is of one version. Another for the change: the engine reads rows of the open
          // transaction several times slower than committed ones.
          await transaction(connection, async () => shadow(writingOn(connection, await stateOn(connection), ended)));
          await transaction(connection, async () => change(writingOn(connection, await stateOn(connection), ended)));
          return stateOn(connection);
        },
        signal ? { signal } : {},
      );
      this.kept = { key, connection, state };
      return this.kept;
    } catch (thrown) {
      connection.closeSync();
      throw thrown;
    }
  }

  private rest(): void {
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.line = this.line.then(() => this.drop());
    }, IDLE_MS);
    this.idle.unref();
  }

  private drop(): void {
    this.kept?.connection.closeSync();
    this.kept = null;
  }

  async close(): Promise<void> {
    await this.line;
    if (this.idle) clearTimeout(this.idle);
    this.drop();
  }
}

const stateOn = (connection: DuckDBConnection) => loadState((statement) => query(connection, statement));

function askCopy<T>(
  { connection, state }: Copy,
  work: (session: ReadSession) => Promise<T>,
  asking: Asking,
): Promise<T> {
  return interruptible(connection, (ended) => work(readingOn(connection, state, ended, asking)), asking);
}

async function transaction(connection: DuckDBConnection, work: () => Promise<void>): Promise<void> {
  await run(connection, 'BEGIN TRANSACTION');
  await work();
  await run(connection, 'COMMIT');
}

/** Makes a temporary table of each table that imports change, whichever there are: none of them can be missed. */
async function shadow(session: WriteSession): Promise<void> {
  const tables = await session.all({
    text: `SELECT table_name AS name FROM duckdb_tables()
      WHERE NOT temporary AND NOT internal AND schema_name = 'main' AND NOT list_contains($1, table_name)`,
    values: [SHARED],
  });
  for (const { name } of tables) {
    const rows = EMPTY.has(String(name)) ? ' LIMIT 0' : '';
    await session.run({ text: `CREATE TEMP TABLE "${name}" AS FROM main."${name}"${rows}`, values: [] });
  }
  // What `ON CONFLICT` of the dataset's settings needs.
  await session.run({ text: 'CREATE UNIQUE INDEX dataset_copy_name ON temp.dataset (name)', values: [] });
}
