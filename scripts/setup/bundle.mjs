// Bundles the server and the command line with esbuild, and the page with Vite.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildPage } from 'vite';
import { ROOT } from './install.mjs';

mkdirSync(join(ROOT, 'dist'), { recursive: true });
await bundle({
  absWorkingDir: ROOT,
  entryPoints: {
    server: 'server/main.ts',
    'file-worker': 'server/http/formats/file-worker.ts',
    'render-thread': 'server/render/render-thread.ts',
    'large-file-worker': 'server/ingest/read/large-file-worker.ts',
    import: 'scripts/import.ts',
    doctor: 'scripts/doctor.ts',
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
