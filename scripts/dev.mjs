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
process.chdir(ROOT);
const port = process.env.PORT ?? '8080';
process.env.DRAMASCOPE_API = `http://127.0.0.1:${port}`;
// Read only now: packages may just have been installed, and the config reads the address of the API.
const { createServer } = await import('vite');
const page = await createServer({ configFile: join(ROOT, 'vite.config.ts') });
await page.listen();
// The port after 5173 if that one is taken.
const address = page.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? 'off';

const server = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { UV_THREADPOOL_SIZE: '16', ...process.env, PORT: port, DRAMASCOPE_WEB: address },
  },
);
server.on('exit', (code) => {
  console.log(`server stopped (${code ?? 'signal'})`);
  process.exit(code ?? 0);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
