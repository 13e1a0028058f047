/** Which tests need no engine, no process and no browser: `npm run test:fast` runs them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Imports, readImports } from './imports.ts';

const SLOW = /from '(?:@duckdb\/|@libsql\/|playwright|node:child_process|node:worker_threads|esbuild)/u;

/** Every file that is imported by a file, however far away, and the file itself. */
export function reachOf(file: string, imports: Imports): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(imports.get(next) ?? []));
  }
  return reached;
}

/** Paths from the root of the repository. */
export function pureTests(root: string): string[] {
  const { files: imports } = readImports(root, [
    '{server,scripts,test}/**/*.{ts,mjs}',
    'web/**/*.{ts,tsx}',
    'test/**/*.tsx',
  ]);
  const slow = new Set([...imports.keys()].filter((file) => SLOW.test(readFileSync(join(root, file), 'utf8'))));
  return [...imports.keys()].filter(
    (file) => /^test\/unit\/.*\.test\.tsx?$/u.test(file) && [...reachOf(file, imports)].every((one) => !slow.has(one)),
  );
}
