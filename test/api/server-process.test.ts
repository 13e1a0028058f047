import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programOf, ServerProcess } from '../soak/server.ts';

const TOKEN = 'correct-horse-battery-staple';
const text = 'date,title,views\n2025-10-01,A,1\n2025-10-02,A,2\n';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dramascope-process-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An upload whose first line has arrived; `end` sends the rest and gives the status. */
async function halfSent(url: string): Promise<{ end(): void; answered: Promise<number> }> {
  const sending = request(`${url}/api/v1/uploads?filename=a.csv`, { method: 'POST' });
  const answered = new Promise<number>((resolve) => {
    sending.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)));
    sending.on('error', () => resolve(0));
  });
  sending.write(text.slice(0, 20));
  while (!readdirSync(join(folder, 'uploads')).some((name) => name.endsWith('.part'))) await sleep(10);
  return { answered, end: () => void sending.end(text.slice(20)) };
}

describe('the server as a process', () => {
  it('tells its token to the command line, and to nobody else of the machine', async () => {
    const server = await ServerProcess.start(folder, 'sources', { DRAMASCOPE_TOKEN: TOKEN, HOST: '0.0.0.0' });
    expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'a.csv'), text);
    const said = ['--views-are', 'increment', join(folder, 'a.csv')];
    const command = spawn(process.execPath, [...(await programOf('sources', 'import')), ...said], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DRAMASCOPE_DATA: folder, DRAMASCOPE_TOKEN: undefined },
    });
    let out = '';
    command.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    expect(await new Promise((resolve) => command.once('exit', resolve))).toBe(0);
    expect(out).toContain('2 rows committed');
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it('lets an upload finish once asked to stop, though npm and the terminal ask both', async () => {
    const server = await ServerProcess.start(folder, 'sources');
    const upload = await halfSent(server.url);
    server.askToStop();
    server.askToStop();
    while (readdirSync(folder).includes('server.json')) await sleep(10);
    upload.end();
    expect(await upload.answered).toBe(201);
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  it('ends at once when it is asked a second time', async () => {
    const server = await ServerProcess.start(folder, 'sources');
    const upload = await halfSent(server.url);
    server.askToStop();
    await sleep(700);
    server.askToStop();
    expect([await upload.answered, await server.exit]).toEqual([0, { code: 1, signal: null }]);
  });

  it('does not start where others could reach it and no token is set', async () => {
    const started = ServerProcess.start(folder, 'sources', { HOST: '0.0.0.0' });
    await expect(started).rejects.toThrow(/"code":2[\s\S]*DRAMASCOPE_TOKEN/u);
  });
});
