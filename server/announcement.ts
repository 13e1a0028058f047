/** `server.json` in the data folder: where the server that has it open listens, and its token, for the command line. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { unusable } from './folder-errors.ts';

const announcementSchema = z.object({ url: z.url(), pid: z.number(), token: z.string().optional() });
export type Announcement = z.infer<typeof announcementSchema>;

const fileIn = (dataFolder: string) => join(dataFolder, 'server.json');

/** Address by which this machine reaches a server that listens on `host`. */
export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Writes it for nobody else to read.
 * @returns the file, to be removed at the end
 * @throws StartError if it cannot be written
 */
export function announce({ dataFolder, token }: { dataFolder: string; token?: string }, url: string): string {
  const file = fileIn(dataFolder);
  try {
    // One that a killed server left may be open to others: the mode is that of a new file only.
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify({ url, pid: process.pid, token }), { mode: 0o600 });
  } catch (cause) {
    throw unusable(file, cause);
  }
  return file;
}

/** What a server announced last, whether it still runs or not; null if there is nothing to read. */
export function announcedIn(dataFolder: string): Announcement | null {
  try {
    return announcementSchema.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}
