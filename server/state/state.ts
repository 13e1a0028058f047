/**
 * What Dramascope keeps beside the warehouse: small things that people make or that must outlive a crash. SQLite, one
 * file in the data folder.
 */
import { type Client, createClient } from '@libsql/client';
import { ImportJournal } from './import-journal.ts';
import { Profiles } from './profiles.ts';

export interface State {
  readonly profiles: Profiles;
  readonly journal: ImportJournal;
  close(): void;
}

/** Numbered by their place: each runs once, in order, in a transaction of its own. New ones go to the end. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE profile (name TEXT PRIMARY KEY, header TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL,
      options TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
    'CREATE TABLE import_journal (position INTEGER PRIMARY KEY AUTOINCREMENT, import_id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL)',
  ],
];

/**
 * @param path file of the state, made where it is not there
 * @throws Error where the file was written by a newer Dramascope
 */
export async function openState(path: string): Promise<State> {
  const client = createClient({ url: path === ':memory:' ? path : `file:${path}` });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA busy_timeout = 5000');
  await migrate(client);
  return { profiles: new Profiles(client), journal: new ImportJournal(client), close: () => client.close() };
}

async function migrate(client: Client): Promise<void> {
  const done = Number((await client.execute('PRAGMA user_version')).rows[0]?.user_version ?? 0);
  if (done > MIGRATIONS.length)
    throw new Error(`the state was written by a newer Dramascope (${done}, this one knows ${MIGRATIONS.length})`);
  for (const [index, statements] of MIGRATIONS.entries())
    if (index >= done) await client.batch([...statements, `PRAGMA user_version = ${index + 1}`], 'write');
}
