import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '../contract/coverage.ts';
import type { ReadSession } from './warehouse.ts';

export interface StorageFolders {
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly uploadFolder: string;
}

/** A missing file counts 0 bytes. */
export async function storageOf(session: ReadSession, folders: StorageFolders): Promise<Storage> {
  const count = async (table: keyof Storage['rows']) => {
    const [row] = await session.all({ text: `SELECT count(*) AS n FROM ${table}`, values: [] });
    return Number(row?.n ?? 0);
  };
  const { bavail, bsize } = await statfs(folders.dataFolder);
  return {
    database_bytes: (await bytesOf(folders.databaseFile)) + (await bytesOf(`${folders.databaseFile}.wal`)),
    uploads_bytes: await bytesIn(folders.uploadFolder),
    free_bytes: bavail * bsize,
    rows: {
      view_log: await count('view_log'),
      view_log_hidden: await count('view_log_hidden'),
      snapshot: await count('snapshot'),
      series: await count('series'),
      reject: await count('reject'),
    },
  };
}

async function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => bytesOf(join(folder, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
