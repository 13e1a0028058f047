import type { Client } from '@libsql/client';
import { z } from 'zod';
import { type Profile, type ProfileBody, profileSchema } from '../contract/profiles.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));
const rowSchema = z.object({
  name: z.string(),
  kind: z.string(),
  header: json,
  mapping: json,
  options: json,
  created_at: z.string(),
  updated_at: z.string(),
});

export class Profiles {
  constructor(private readonly client: Client) {}

  /** Latest changed first. */
  async list(): Promise<readonly Profile[]> {
    const { rows } = await this.client.execute('SELECT * FROM profile ORDER BY updated_at DESC, name');
    return rows.map((row) => profileSchema.parse(rowSchema.parse(row)));
  }

  async find(name: string): Promise<Profile | null> {
    const { rows } = await this.client.execute({ sql: 'SELECT * FROM profile WHERE name = ?', args: [name] });
    return rows[0] ? profileSchema.parse(rowSchema.parse(rows[0])) : null;
  }

  /** Over what was there. */
  async put(name: string, body: ProfileBody, now: Date): Promise<Profile> {
    const moment = now.toISOString();
    const { rows } = await this.client.execute({
      sql: `INSERT INTO profile (name, header, kind, mapping, options, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET header = excluded.header, kind = excluded.kind, mapping = excluded.mapping,
          options = excluded.options, updated_at = excluded.updated_at
        RETURNING *`,
      args: [
        name,
        JSON.stringify(body.header),
        body.kind,
        JSON.stringify(body.mapping),
        JSON.stringify(body.options),
        moment,
        moment,
      ],
    });
    return profileSchema.parse(rowSchema.parse(rows[0]));
  }

  /** Whether there was one. */
  async remove(name: string): Promise<boolean> {
    return (await this.client.execute({ sql: 'DELETE FROM profile WHERE name = ?', args: [name] })).rowsAffected > 0;
  }
}
