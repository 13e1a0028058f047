/** Files that grew after they were taken: the watched folder takes them again, whole. */
import { stat } from 'node:fs/promises';
import type { ImportRecord } from '../../contract/imports.ts';
import { readFacts } from '../read/facts.ts';

export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
}

export async function stampOf(path: string): Promise<Stamp | null> {
  const facts = await stat(path).catch(() => null);
  return facts && { size: facts.size, mtimeMs: facts.mtimeMs };
}

/** Whether the bytes changed: the time alone may be set by whoever copied the file. */
export async function hasChanged(path: string, taken: Stamp, sha256: string | null): Promise<boolean> {
  const now = await stampOf(path);
  if (now === null || (now.size === taken.size && now.mtimeMs === taken.mtimeMs)) return false;
  if (now.size !== taken.size || sha256 === null) return true;
  const facts = await readFacts(path).catch(() => null);
  return facts !== null && facts.sha256 !== sha256;
}

export interface Handled {
  /** Relative to the watched folder, as it arrived. */
  readonly name: string;
  readonly path: string;
  readonly taken: Stamp;
  readonly sha256: string | null;
  readonly import: ImportRecord | null;
}

/** Milliseconds in which a program may still write to a file that was moved, and most files that are remembered. */
const REMEMBERED = 15 * 60_000;
const MOST = 200;

/** The last files, as long as their senders may still have them open. */
export class LatelyHandled {
  private list: (Handled & { readonly at: number })[] = [];

  add(handled: Handled, now: number): void {
    this.list = [...this.list.slice(1 - MOST), { ...handled, at: now }];
  }

  /** Those that changed since; each is given once. */
  async changed(now: number): Promise<readonly Handled[]> {
    this.list = this.list.filter(({ at }) => now - at < REMEMBERED);
    const changed: Handled[] = [];
    for (const one of this.list) if (await hasChanged(one.path, one.taken, one.sha256)) changed.push(one);
    this.list = this.list.filter((one) => !changed.includes(one));
    return changed;
  }
}
