/** `server.json` in the data folder: where the server that has it open listens, and its token, for the command line. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { unusable } from './folder-errors.ts';

const announcementSchema = z.object({ url: z.url(), pid: z.number(), token: z.string().optional() });
export type Announcement = z.infer<typeof announcementSchema>;

const fileIn = (dataFolder: string) => join(dataFolder, 'server.json');

export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Writes the file, readable by its owner only. @throws StartError if it cannot be written */
export function announce({ dataFolder, token }: { dataFolder: string; token?: string }, url: string): string {
  const file = fileIn(dataFolder);
  try {
    // A file left by a killed server may be open to others, and the mode applies to new files only.
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify({ url, pid: process.pid, token }), { mode: 0o600 });
  } catch (cause) {
    throw unusable(file, cause);
  }
  return file;
}

/** The last announcement, even of a stopped server; null if there is none. */
export function announcedIn(dataFolder: string): Announcement | null {
  try {
    return announcementSchema.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}
