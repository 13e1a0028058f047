/** Files made in the watched folder are readable for whoever may read the folder, unlike the server's own files. */
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function makeFolderLike(watched: string, path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const { mode } = await stat(watched);
  for (let made = path; made.startsWith(first); made = dirname(made)) await chmod(made, mode & 0o777);
}

export async function writeFileLike(
  watched: string,
  path: string,
  text: string | AsyncIterable<string>,
): Promise<void> {
  await writeFile(path, text);
  await chmod(path, (await stat(watched)).mode & 0o666);
}
