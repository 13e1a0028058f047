/** Kept beside the warehouse, to notice what it no longer has. */
import type { Client } from '@libsql/client';
import { z } from 'zod';

export type CommitKind = 'import' | 'alias';

export interface Commit {
  readonly kind: CommitKind;
  readonly id: string;
  /** The warehouse's word, or `lost` once that was reported. */
  readonly status: string;
  /** JSON to report or record it. */
  readonly entry: string;
}

const commitSchema = z.object({
  kind: z.enum(['import', 'alias']),
  id: z.string(),
  status: z.string(),
  entry: z.string(),
});
const versionSchema = z.object({ version: z.coerce.number().int() });

export class Commits {
  constructor(private readonly client: Client) {}

  /** Null if none was acknowledged. */
  async version(): Promise<number | null> {
    const { rows } = await this.client.execute('SELECT version FROM acknowledged');
    return rows[0] ? versionSchema.parse(rows[0]).version : null;
  }

  async list(): Promise<readonly Commit[]> {
    const { rows } = await this.client.execute('SELECT kind, id, status, entry FROM commit_entry ORDER BY rowid');
    return rows.map((row) => commitSchema.parse({ ...row }));
  }

  /** In one transaction. */
  async remember(version: number, changed: readonly Commit[], gone: readonly Commit[] = []): Promise<void> {
    await this.client.batch(
      [
        ...changed.map(({ kind, id, status, entry }) => ({
          sql: `INSERT INTO commit_entry (kind, id, status, entry) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, id) DO UPDATE SET status = excluded.status, entry = excluded.entry`,
          args: [kind, id, status, entry],
        })),
        ...gone.map(({ kind, id }) => ({
          sql: 'DELETE FROM commit_entry WHERE kind = ? AND id = ?',
          args: [kind, id],
        })),
        {
          sql: `INSERT INTO acknowledged (one, version) VALUES (1, ?)
            ON CONFLICT (one) DO UPDATE SET version = excluded.version`,
          args: [version],
        },
      ],
      'write',
    );
  }
}
