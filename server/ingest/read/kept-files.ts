/** Handled files lie in `done/` of the watched folder: from there they can be read again. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ImportRecord } from '../../contract/imports.ts';
import { readFacts } from './facts.ts';

export type KeptFiles = (
  record: Pick<ImportRecord, 'filename' | 'bytes' | 'sha256'>,
  /** `sure`: compares the bytes, too, not only name and size. */
  how?: { readonly sure: boolean },
) => Promise<string | null>;

export function keptInInbox(inbox: string): KeptFiles {
  const done = join(inbox, 'done');
  return async ({ filename, bytes, sha256 }, { sure } = { sure: false }) => {
    const path = join(done, filename);
    if (relative(done, path).split(sep).includes('..')) return null;
    const name = path.slice(dirname(path).length + 1);
    const stem = name.replace(/(\.[^.]+)?(\.(gz|zst|gzip))?$/iu, '');
    const names = await readdir(dirname(path)).catch(() => []);
    // Files of the same name are numbered.
    const alike = [name, ...names.filter((other) => other !== name && other.startsWith(`${stem}-`))];
    for (const one of alike) {
      const found = join(dirname(path), one);
      const facts = await stat(found).catch(() => null);
      if (!facts?.isFile() || facts.size !== bytes) continue;
      if (!sure || (await readFacts(found).catch(() => null))?.sha256 === sha256) return found;
    }
    return null;
  };
}
