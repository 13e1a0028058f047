import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the real server, with the demo loaded. */
    url: string;
  }
}

const announcement = z.object({ url: z.string(), pid: z.number() });

/** Starts the built server as `npm start` does, on a free port and an empty data folder, and waits for the demo. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startServer();
  project.provide('url', url);
  return stop;
}

/** A built server of its own, once it is ready. */
export async function startServer(settings: Readonly<Record<string, string>> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'dramascope-e2e-'));
  const server = spawn(process.execPath, ['dist/server/server.mjs'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ HOST: '127.0.0.1', DRAMASCOPE_TOKEN: undefined, DRAMASCOPE_HOSTS: undefined },
      ...{ PORT: '0', DRAMASCOPE_DATA: data, UV_THREADPOOL_SIZE: '16' },
      ...settings,
    },
  });
  const url = await ready(server, join(data, 'server.json'));
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function ready(server: ChildProcess, file: string): Promise<string> {
  for (let waited = 0; waited < 180_000; waited += 200) {
    if (server.exitCode !== null) throw new Error(`the server stopped with code ${server.exitCode}`);
    if (existsSync(file)) {
      const { url } = announcement.parse(JSON.parse(readFileSync(file, 'utf8')));
      const response = await fetch(`${url}/readyz`).catch(() => null);
      if (response?.ok) return url;
    }
    await sleep(200);
  }
  throw new Error('the server was not ready within three minutes');
}
