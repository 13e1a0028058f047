import type { Client } from '@libsql/client';

/** Accepted imports that have not reached the history: after a crash they are left here. */
export class ImportJournal {
  constructor(private readonly client: Client) {}

  /** An entry written again keeps its place. */
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

  /** In the order of acceptance. */
  async list(): Promise<readonly string[]> {
    const { rows } = await this.client.execute('SELECT entry FROM import_journal ORDER BY position');
    return rows.map((row) => String(row.entry));
  }
}
