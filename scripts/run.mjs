// Runs one of the TypeScript scripts: node scripts/run.mjs scripts/generate.ts [arguments].
import { spawnSync } from 'node:child_process';
import { install, ROOT } from './setup/install.mjs';

install();
const done = spawnSync(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { UV_THREADPOOL_SIZE: '16', ...process.env },
});
process.exit(done.status ?? 1);
