// npm start: install, build, serve. Each step is skipped when nothing changed, so a second start is quick.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
build();
const server = spawn(
  process.execPath,
  ['--enable-source-maps', join(ROOT, 'dist/server/server.mjs'), ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
    // Each running query blocks a libuv thread; the default of 4 would stall file reads behind slow queries.
    env: { UV_THREADPOOL_SIZE: '16', ...process.env },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
