/** What a running server leaves in its data folder for the command line: where it is, and its token. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const announcementSchema = z.object({ url: z.url(), pid: z.number(), token: z.string().optional() });
export type Announcement = z.infer<typeof announcementSchema>;

const fileIn = (dataFolder: string) => join(dataFolder, 'server.json');

/** Address by which this machine reaches a server that listens on `host`. */
export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Writes it for nobody else to read, and gives the file, to be removed at the end. */
export function announce({ dataFolder, token }: { dataFolder: string; token?: string }, url: string): string {
  const file = fileIn(dataFolder);
  // One that a killed server left may be open to others: the mode is that of a new file only.
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ url, pid: process.pid, token }), { mode: 0o600 });
  return file;
}

/** Null if no server announced itself, or if what it left cannot be read. */
export function announcedIn(dataFolder: string): Announcement | null {
  const file = fileIn(dataFolder);
  if (!existsSync(file)) return null;
  try {
    return announcementSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
