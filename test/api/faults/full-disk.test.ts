import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const said = z.object({ url: z.string(), import_id: z.string() });
const SERIES = 400;
const DAYS = 31;

/** A file of the process may not grow beyond this: what a full disk does, without being root. */
function limitFiles(child: ChildProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]);
}

// Only Linux can limit the files of a running process.
describe.runIf(process.platform === 'linux')('a disk that is full in the middle of an undo', () => {
  let child: ChildProcess;
  let folder: string;
  let server: z.infer<typeof said>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dramascope-full-'));
    const csv = join(folder, 'views.csv');
    const rows = Array.from({ length: SERIES * DAYS }, (_, i) => {
      const day = String((i % DAYS) + 1).padStart(2, '0');
      return `2025-10-${day},series ${Math.floor(i / DAYS)},douyin,${(i * 7919) % 100_003}`;
    });
    writeFileSync(csv, ['day,series,platform,views', ...rows].join('\n'));
    // The signal that comes with such a write would end the process.
    const run = `trap '' XFSZ; exec "${process.execPath}" --import tsx test/api/faults/full-disk-child.ts "${csv}"`;
    child = spawn('bash', ['-c', run], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!child.stdout) throw new Error('no output');
    const [line] = await once(child.stdout, 'data');
    server = said.parse(JSON.parse(String(line)));
  });
  afterAll(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const views = async () => {
    const query = JSON.stringify({ measures: ['views'] });
    const response = await fetch(`${server.url}/api/v1/query?q=${encodeURIComponent(query)}`, { cache: 'no-store' });
    return { status: response.status, views: (await response.json()).rows?.[0]?.views };
  };
  const undo = async () => {
    const response = await fetch(`${server.url}/api/v1/imports/${server.import_id}`, { method: 'DELETE' });
    return { status: response.status, body: await response.json() };
  };
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;

  it('is said, changes nothing, and everything is answered as before without a restart', async () => {
    const before = await views();
    expect(before.status).toBe(200);
    limitFiles(child, 4096);
    expect(await undo()).toMatchObject({ status: 507, body: { code: 'disk_full' } });
    expect(await views()).toEqual(before);
    expect(await ready()).toBe(200);
  });

  it('is over once there is room: the same undo goes through', async () => {
    limitFiles(child, 'unlimited');
    const done = await undo();
    expect(done).toMatchObject({ status: 200, body: { status: 'undone' } });
    expect(await ready()).toBe(200);
  });
});
