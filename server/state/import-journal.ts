import type { Client } from '@libsql/client';

/** Imports that were accepted and have not reached the history: after a crash they are what is left here. */
export class ImportJournal {
  constructor(private readonly client: Client) {}

  /** Writes an entry, or writes it again at the place that it has. */
  async put(importId: string, entry: string): Promise<void> {
    await this.client.execute({
      sql: `INSERT INTO import_journal (import_id, entry) VALUES (?, ?)
        ON CONFLICT (import_id) DO UPDATE SET entry = excluded.entry`,
      args: [importId, entry],
    });
  }

  async remove(importId: string): Promise<void> {
    await this.client.execute({ sql: 'DELETE FROM import_journal WHERE import_id = ?', args: [importId] });
  }

  /** The entries, in the order in which they were accepted. */
  async list(): Promise<readonly string[]> {
    const { rows } = await this.client.execute('SELECT entry FROM import_journal ORDER BY position');
    return rows.map((row) => String(row.entry));
  }
}
