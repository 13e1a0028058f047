/** `server.json` in the data folder: where the server that has it open listens. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { unusable } from './folder-errors.ts';

const announcementSchema = z.object({ url: z.url(), pid: z.number() });
export type Announcement = z.infer<typeof announcementSchema>;

export const announcementFile = (dataFolder: string): string => join(dataFolder, 'server.json');

/** What a server announced last, whether it still runs or not; null if there is nothing to read. */
export function readAnnouncement(dataFolder: string): Announcement | null {
  try {
    return announcementSchema.parse(JSON.parse(readFileSync(announcementFile(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

/** @throws StartError if it cannot be written */
export function writeAnnouncement(dataFolder: string, announcement: Announcement): void {
  const file = announcementFile(dataFolder);
  try {
    writeFileSync(file, JSON.stringify(announcement), { mode: 0o600 });
  } catch (cause) {
    throw unusable(file, cause);
  }
}
