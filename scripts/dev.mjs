// npm run dev: the server restarts and the page reloads when their sources change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { refuseArguments } from './setup/arguments.mjs';
import { install, ROOT } from './setup/install.mjs';

refuseArguments(
  'dev',
  'Serves the API and the page from their sources; both reload as you edit. Settings are environment variables:\nnpm start -- --help lists them.',
);
install();
const port = process.env.PORT ?? '8080';
const start = (name, args, env) => {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { UV_THREADPOOL_SIZE: '16', ...process.env, ...env },
  });
  child.on('exit', (code) => {
    console.log(`${name} stopped (${code ?? 'signal'})`);
    process.exit(code ?? 0);
  });
  return child;
};
const children = [
  start('server', [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts'], {
    PORT: port,
    DRAMASCOPE_WEB: 'off',
  }),
  start('page', [join(ROOT, 'node_modules/vite/bin/vite.js'), '--config', 'vite.config.ts', 'web'], {
    DRAMASCOPE_API: `http://127.0.0.1:${port}`,
  }),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
