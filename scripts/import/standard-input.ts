/** What comes by standard input, as a file. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GivenFile } from './files.ts';
import { UsageError } from './flags.ts';

/**
 * Writes standard input to a temporary file: an import hashes a file before it reads it.
 * @throws UsageError if nobody pipes anything in
 */
export async function receiveStandardInput(
  name: string,
  signal: AbortSignal,
): Promise<{ file: GivenFile; remove: () => Promise<void> }> {
  if (process.stdin.isTTY) throw new UsageError('-: nothing comes by standard input; pipe a file in, or name one');
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, name);
    await pipeline(process.stdin, createWriteStream(path), { signal });
    return { file: { path, name, given: name }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
