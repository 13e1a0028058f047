import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expandFiles, type Skipped } from '../../../../scripts/import/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-files-'));
  await mkdir(join(folder, 'in', 'sub'), { recursive: true });
  for (const name of ['in/a.csv', 'in/sub/b.csv', 'in/sub/notes.md']) await writeFile(join(folder, name), 'x');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function found(...given: string[]): Promise<{ files: string[]; skipped: Skipped[] }> {
  const skipped: Skipped[] = [];
  const files = await expandFiles(given, folder, (one) => skipped.push(one));
  return { files: files.map(({ name }) => name), skipped };
}

it('a file that links lead to by several ways is one file, and a link that leads nowhere is told', async () => {
  await symlink('..', join(folder, 'in', 'sub', 'around'));
  await symlink(join(folder, 'gone.csv'), join(folder, 'in', 'c.csv'));
  const { files, skipped } = await found('in', 'in/**/*.csv');
  expect(files.toSorted()).toEqual(['in/a.csv', 'in/sub/b.csv']);
  expect(skipped).toContainEqual({ path: join(folder, 'in', 'c.csv'), why: 'broken_link' });
});

// Nothing is shut for root.
it.skipIf(process.getuid?.() === 0)('a folder that may not be read is told, and the rest is taken', async () => {
  await chmod(join(folder, 'in', 'sub'), 0o000);
  const { files, skipped } = await found('in');
  await chmod(join(folder, 'in', 'sub'), 0o700);
  expect(files).toEqual(['a.csv']);
  expect(skipped.map(({ why }) => why)).toEqual(['unreadable']);
});
