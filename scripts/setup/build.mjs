import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

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

/** Bundles the server and the command line with esbuild, and the page with Vite, unless nothing changed. */
export async function build() {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  console.log('Building server and page …');
  const [{ build: bundle }, { build: buildPage }] = await Promise.all([import('esbuild'), import('vite')]);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: {
      server: 'server/main.ts',
      'file-worker': 'server/http/formats/file-worker.ts',
      'large-file-worker': 'server/ingest/large-file-worker.ts',
      import: 'scripts/import.ts',
      generate: 'scripts/generate.ts',
    },
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    logLevel: 'warning',
    // Native code and what finds its own files at run time stays outside the bundle.
    packages: 'external',
  });
  await buildPage({ root: join(ROOT, 'web'), configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(STAMP, sources);
}
