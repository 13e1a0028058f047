/** Small things people make, or that must outlive a crash: one SQLite file. */
import { type Client, createClient } from '@libsql/client';
import { Commits } from './commits.ts';
import { ImportJournal } from './import-journal.ts';
import { damagedState, newerState, stateError } from './open-errors.ts';
import { Profiles } from './profiles.ts';

export interface State {
  readonly profiles: Profiles;
  readonly journal: ImportJournal;
  readonly commits: Commits;
  readonly isNew: boolean;
  close(): void;
}

/** Each runs once, in order, in a transaction of its own. Append only. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE profile (name TEXT PRIMARY KEY, header TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL,
      options TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
    'CREATE TABLE import_journal (position INTEGER PRIMARY KEY AUTOINCREMENT, import_id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL)',
  ],
  [
    'CREATE TABLE commit_entry (kind TEXT NOT NULL, id TEXT NOT NULL, status TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (kind, id))',
    'CREATE TABLE acknowledged (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)',
  ],
];

/** @throws StartError if the file is damaged, cannot be written, or is of a newer Dramascope */
export async function openState(path: string): Promise<State> {
  try {
    return await open(path);
  } catch (cause) {
    throw stateError(path, cause);
  }
}

async function open(path: string): Promise<State> {
  const client = createClient({ url: path === ':memory:' ? path : `file:${path}` });
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.execute('PRAGMA busy_timeout = 5000');
    const { rows } = await client.execute('PRAGMA quick_check(1)');
    if (rows[0]?.quick_check !== 'ok') throw damagedState(path);
    const migratedFrom = await migrate(client, path);
    return {
      profiles: new Profiles(client),
      journal: new ImportJournal(client),
      commits: new Commits(client),
      isNew: migratedFrom === 0,
      close: () => client.close(),
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** @returns the version before */
async function migrate(client: Client, path: string): Promise<number> {
  const done = Number((await client.execute('PRAGMA user_version')).rows[0]?.user_version ?? 0);
  if (done > MIGRATIONS.length) throw newerState(path);
  for (const [index, statements] of MIGRATIONS.entries())
    if (index >= done) await client.batch([...statements, `PRAGMA user_version = ${index + 1}`], 'write');
  return done;
}
