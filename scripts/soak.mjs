// npm run soak: kill −9, mutated files, hostile requests and pairs of dimensions, against the built server.
import { spawnSync } from 'node:child_process';
import { build } from './setup/build.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
build();
const done = spawnSync(process.execPath, ['--import', 'tsx', 'test/soak/soak.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
