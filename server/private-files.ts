/** What the server makes is its user's alone: data of a company lie on machines that others use, too. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from './folder-errors.ts';

const FILE = 0o600;
const FOLDER = 0o700;

/** From now on, files that this process and its children make are 600 and folders 700. */
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

/**
 * Takes from other users what an earlier version let them read: all that is ours in a data folder, and the folder
 * itself if nothing else lies in it. Whatever belongs to another user is left as it is.
 */
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
    // Some file systems, such as those of other machines, keep no modes.
  }
}
