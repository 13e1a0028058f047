import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Asking, Busy, Cancelled, type DatasetState, type ReadSession, type WriteSession } from '../warehouse.ts';
import { interruptible } from './deadline.ts';
import { query, run } from './rows.ts';
import { loadState } from './state.ts';
import { readingOn, writingOn } from './writing.ts';

/** They only grow and mean the same to every version. */
const SHARED = ['schema_version', 'source', 'platform', 'region'];
/** No answer reads their rows, only their columns. */
const EMPTY = new Set(['reject']);
/** After the last question. */
const IDLE_MS = 120_000;
/** Seconds, while a copy is being made. */
const RETRY = 10;

interface Copy {
  readonly key: string;
  readonly connection: DuckDBConnection;
  readonly state: DatasetState;
}

/**
 * Copies of the dataset in which a change may be tried. Temporary tables with the real names hide the real ones on one
 * connection: statements run as they stand, and nothing reaches the file. One copy is kept: a page asks twenty
 * questions of it.
 */
export class Copies {
  private kept: Copy | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;

  constructor(private readonly instance: DuckDBInstance) {}

  /** One after the other. @throws Busy if the asker's seconds pass first; the copy is made all the same */
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
          // The copy in one transaction, of one version; the change in another: uncommitted rows are read several times
          // slower.
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

/** Copies every table that the database has; a list by hand could miss one. */
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
  // `ON CONFLICT` of the settings needs it.
  await session.run({ text: 'CREATE UNIQUE INDEX dataset_copy_name ON temp.dataset (name)', values: [] });
}
