import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpServer } from '../../../server/http/listener.ts';
import { type RunningApp, startApp } from '../app.ts';
import { ask, refusal, sendRaw } from '../asking.ts';

const header = '日期,剧名,播放量\n';
const line = '2025-10-01,老千,1000\n';

/** Uploads a header at once, then lines as they are given; resolves with the answer. */
function upload(app: RunningApp, lines: AsyncIterable<string>): ReturnType<typeof ask> {
  return new Promise((resolve, reject) => {
    const sending = request(`${app.url}/api/v1/uploads?filename=a.csv`, { method: 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sending.on('error', reject);
    sending.write(header);
    const pieces = async () => {
      for await (const piece of lines) sending.write(piece);
      sending.end();
    };
    pieces().catch(reject);
  });
}

const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await sleep(10);
};

describe('an upload', () => {
  it('that stands still is ended with 408, and nothing of it stays', async () => {
    const app = await startApp({ longestStall: 100 });
    const stalled = upload(
      app,
      (async function* () {
        yield line;
        await new Promise(() => {});
      })(),
    );
    expect(refusal(await stalled)).toEqual({ status: 408, code: 'request_timeout' });
    await until(async () => (await readdir(app.uploads)).length === 0);
    await app.close();
  });

  it('that is slow but moves is taken, however long it takes', async () => {
    const app = await startApp({ longestStall: 300 });
    const slow = upload(
      app,
      (async function* () {
        for (let n = 0; n < 12; n++) {
          await sleep(100);
          yield line;
        }
      })(),
    );
    expect((await slow).status).toBe(201);
    await app.close();
  });

  it('that is refused is not read to its end: who goes on sending is cut off', async () => {
    const app = await startApp({ patience: { unread: 100 } });
    const head =
      'POST /api/v1/uploads?filename=a.csv&wrong=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n';
    // Resolves only as the server ends the connection.
    expect(await sendRaw(app.url, `${head}abc`)).toMatch(/^HTTP\/1.1 400 /u);
    await app.close();
  });
});

describe('a server that is asked to stop', () => {
  const agent = new Agent({ keepAlive: true });

  it('ends streams of events and idle connections, lets running answers finish, and takes nothing new', async () => {
    const app = await startApp();
    await new Promise<void>((resolve) =>
      request(`${app.url}/healthz`, { agent }, (answer) => answer.resume().on('end', resolve)).end(),
    );
    let go = () => {};
    const finishing = upload(
      app,
      (async function* () {
        await new Promise<void>((resolve) => (go = resolve));
        yield line;
      })(),
    );
    const { upload_id } = JSON.parse(
      (
        await upload(
          app,
          (async function* () {
            yield line;
          })(),
        )
      ).text,
    );
    const body = JSON.stringify({ upload_id, options: { views_are: 'increment' } });
    const started = await ask(app.url, '/api/v1/imports', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(started.status).toBe(202);
    const { import_id } = JSON.parse(started.text);
    // An import that never ends, as far as its stream of events is told.
    app.imports.get = async () => ({ ...JSON.parse(started.text), import_id, status: 'running' });
    app.imports.watch = () => () => {};
    const events = new Promise<string>((resolve, reject) => {
      const asking = request(`${app.url}/api/v1/imports/${import_id}/events`, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (!stopped) stopped = app.http.stop();
        });
        answer.on('end', () => resolve(text));
        answer.on('error', reject);
      });
      asking.on('error', reject);
      asking.end();
    });
    let stopped: Promise<void> | undefined;
    await until(async () => (await readdir(app.uploads)).some((name) => name.endsWith('.part')));
    expect(await events).toContain('event: progress');
    await expect(ask(app.url, '/healthz')).rejects.toThrow();
    go();
    const finished = await finishing;
    expect([finished.status, finished.headers.connection]).toEqual([201, 'close']);
    await stopped;
    await app.close();
  });

  it('sends a long answer to its end, though it was written before and is read slowly', async () => {
    const long = 24 * 1024 ** 2;
    const written = new EventEmitter();
    const http = httpServer((_req, res) => {
      res.end(Buffer.alloc(long));
      setImmediate(() => written.emit('answer'));
    });
    await once(http.server.listen(0, '127.0.0.1'), 'listening');
    const { port } = z.object({ port: z.number() }).parse(http.server.address());
    const reading = new Promise<number>((resolve, reject) => {
      const asking = request({ port, host: '127.0.0.1' }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
        answer.on('end', () => resolve(bytes)).on('error', reject);
        answer.pause();
        setTimeout(() => answer.resume(), 200);
      });
      asking.on('error', reject).end();
    });
    await once(written, 'answer');
    const stopped = http.stop();
    expect(await reading).toBe(long);
    await stopped;
  });

  it('cuts what takes too long', async () => {
    const app = await startApp({ patience: { stop: 50 } });
    const cut = upload(
      app,
      (async function* () {
        await new Promise(() => {});
      })(),
    );
    const failed = expect(cut).rejects.toThrow();
    await until(async () => (await readdir(app.uploads)).length > 0);
    await app.http.stop();
    await failed;
    await until(async () => (await readdir(app.uploads)).length === 0);
    await app.close();
  });
});
