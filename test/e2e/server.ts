import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the real server, with the demo loaded. Nothing is written to it. */
    url: string;
    /** A data folder with the demo, whose server has stopped: to be copied. */
    demo: string;
  }
}

const announcement = z.object({ url: z.string(), pid: z.number() });

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'dramascope-e2e-'));

/** Has the built server make the demo as `npm start` does, once; then starts the one that all files read. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const demo = emptyFolder();
  const maker = await startServerOn(demo);
  await maker.stop();
  const { url, stop } = await startDemo(demo);
  project.provide('url', url);
  project.provide('demo', demo);
  return async () => {
    await stop();
    rmSync(demo, { recursive: true, force: true });
  };
}

/** A built server of its own over a copy of the demo. */
export async function startDemo(demo: string) {
  const data = emptyFolder();
  cpSync(demo, data, { recursive: true });
  return removedAtStop(data, await startServerOn(data));
}

/** A built server of its own over a copy of the demo, which can go away and come back at the same address. */
export async function startFalling(demo: string) {
  const data = emptyFolder();
  cpSync(demo, data, { recursive: true });
  let running = await startServerOn(data);
  const { url } = running;
  return {
    url,
    fall: () => running.stop(),
    async rise() {
      running = await startServerOn(data, { PORT: new URL(url).port });
    },
    async stop() {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A built server of its own over an empty data folder, once it is ready. */
export async function startServer(settings: Readonly<Record<string, string>> = {}) {
  const data = emptyFolder();
  return removedAtStop(data, await startServerOn(data, settings));
}

type Running = Awaited<ReturnType<typeof startServerOn>>;

const removedAtStop = (data: string, { url, stop }: Running): Running => ({
  url,
  async stop() {
    await stop();
    rmSync(data, { recursive: true, force: true });
  },
});

async function startServerOn(data: string, settings: Readonly<Record<string, string>> = {}) {
  // A copy brings the announcement of the server that it was copied from.
  rmSync(join(data, 'server.json'), { force: true });
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
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
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
