// npm run import -- FILE...: the command line, from the folder in which npm was called.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
build();
// Ctrl+C is the command's to answer: it cancels the import at hand and says so.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
const done = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(ROOT, 'dist/server/import.mjs'), ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { UV_THREADPOOL_SIZE: '16', DRAMASCOPE_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(), ...process.env },
  },
);
process.exit(done.status ?? 1);
