/** Memory of the server while it takes an upload of gigabytes, read from the system. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { megabytes, table } from './report.ts';

/** Streams a generated log of so many bytes to a server of its own, and cuts a second one off halfway. */
export async function benchUploads(bytes: number, folder: string): Promise<void> {
  const data = resolve(folder, 'uploads-data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: {
      ...process.env,
      ...{ HOST: '127.0.0.1', PORT: '0', DRAMASCOPE_TOKEN: undefined, DRAMASCOPE_HOSTS: undefined },
      ...{ DRAMASCOPE_DATA: data, DRAMASCOPE_DEMO: 'off', DRAMASCOPE_WEB: 'off' },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const url = await announced(join(data, 'server.json'));
    const before = memoryOf(server.pid);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, memoryOf(server.pid));
    }, 100);
    const started = performance.now();
    await send(url, bytes, bytes, 'x-bench');
    const seconds = (performance.now() - started) / 1000;
    const whole = peak;
    await send(url, bytes, bytes / 10, 'cut').catch(() => undefined);
    clearInterval(watch);
    await new Promise((wake) => setTimeout(wake, 1000));
    const left = readdirSync(join(data, 'uploads')).filter((name) => name.endsWith('.part'));
    console.log(
      table(
        ['upload', 'seconds', 'MB/s', 'server before', 'server at its peak', 'grown by', 'parts of a cut one left'],
        [
          [
            megabytes(bytes),
            seconds.toFixed(1),
            (bytes / 1e6 / seconds).toFixed(0),
            megabytes(before),
            megabytes(whole),
            megabytes(whole - before),
            String(left.length),
          ],
        ],
      ),
    );
  } finally {
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
    rmSync(data, { recursive: true, force: true });
  }
}

async function announced(file: string): Promise<string> {
  for (;;) {
    if (existsSync(file)) {
      const { url } = JSON.parse(readFileSync(file, 'utf8'));
      return String(url);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

function memoryOf(pid: number | undefined): number {
  const line = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

const ROW = '2025-10-01,series-000001,douyin,CN,1234567,89\n';

/** The answer (what was detected) is waited for: the server has looked at the file by then. */
async function send(url: string, bytes: number, until: number, name: string): Promise<void> {
  const block = Buffer.from(ROW.repeat(Math.ceil((1 << 20) / ROW.length)));
  function* body() {
    yield Buffer.from('date,series_id,platform,region,views,likes\n');
    for (let sent = 0; sent < until; sent += block.length) yield block;
    if (until < bytes) throw new Error('cut off');
  }
  const answer = new Promise<number>((done, fail) => {
    const sending = request(`${url}/api/v1/uploads?filename=${name}.csv`, { method: 'POST' }, (res) => {
      res.resume().on('end', () => done(res.statusCode ?? 0));
    });
    sending.on('error', fail);
    pipeline(Readable.from(body()), sending).catch(fail);
  });
  const status = await answer;
  if (status !== 201) throw new Error(`the upload was answered with ${status}`);
}
