import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './install.mjs';

const SOURCES = ['server', 'web', 'scripts', 'data', 'package-lock.json', 'vite.config.ts', 'tsconfig.base.json'];
const STAMP = join(ROOT, 'dist', '.sources');

/** Changes whenever a source file is added, removed, resized or touched. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}:${stat.size}:${stat.mtimeMs}\n`);
  };
  for (const source of SOURCES) visit(join(ROOT, source));
  return hash.digest('hex');
}

/**
 * Builds server, command line and page, unless nothing changed. In a process of its own: whoever starts a server after
 * it stays beside that server, and would keep the memory of the whole build.
 */
export function build() {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  // Not on standard output: what follows may be read by a program.
  console.error('Building server and page …');
  run(process.execPath, [join(ROOT, 'scripts/setup/bundle.mjs')], { shell: false });
  writeFileSync(STAMP, sources);
}
