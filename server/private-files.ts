/** Files are the user's alone: others use the machine too. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from './folder-errors.ts';

const FILE = 0o600;
const FOLDER = 0o700;

/** Files of this process and its children become 600, folders 700. */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

/** @throws StartError if it cannot be made */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: FOLDER });
  } catch (cause) {
    throw unusable(path, cause);
  }
}

const OURS = /^(dramascope\.duckdb|state\.sqlite)(-\w+|\.\w+)*$|^server\.json$|^(uploads|spill|demo-\w+)$/;

/** Mends modes of an earlier version. Other users' files, and a folder that holds more than ours, are left alone. */
export function makePrivate(dataFolder: string): void {
  const names = readdirSync(dataFolder);
  for (const name of names.filter((one) => OURS.test(one))) restrict(join(dataFolder, name));
  if (names.every((name) => OURS.test(name))) restrictOne(dataFolder, FOLDER);
}

function restrict(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) restrictOne(path, FILE);
  if (!found?.isDirectory()) return;
  restrictOne(path, FOLDER);
  for (const name of readdirSync(path)) restrict(join(path, name));
}

function restrictOne(path: string, mode: number): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.uid !== process.getuid?.() || (found.mode & 0o777) === mode) return;
  try {
    chmodSync(path, mode);
  } catch {
    // Some network file systems keep no modes.
  }
}
