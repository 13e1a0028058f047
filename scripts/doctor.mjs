// npm run doctor: the command line, from the folder in which npm was called.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
build();
const done = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(ROOT, 'dist/server/doctor.mjs'), ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { UV_THREADPOOL_SIZE: '16', DRAMASCOPE_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(), ...process.env },
  },
);
process.exit(done.status ?? 1);
