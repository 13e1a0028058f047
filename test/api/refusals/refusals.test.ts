import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../server/http/openapi/document.ts';
import { type RunningApp, startApp } from '../app.ts';
import { ask, refusal, sendRaw } from '../asking.ts';

let app: RunningApp;
const webRoot = mkdtempSync(join(tmpdir(), 'dramascope-web-'));
beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(webRoot, 'assets', 'a.js'), 'export {};');
  app = await startApp({ webRoot, patience: { head: 300 } });
});
afterAll(async () => {
  await app.close();
  rmSync(webRoot, { recursive: true });
});

const json = { 'Content-Type': 'application/json' };
const post = (body: string, headers: Record<string, string> = json, path = '/api/v1/query') =>
  ask(app.url, path, { method: 'POST', headers, body });

describe('a request that cannot be taken is a problem, never a page nor a fault of the server', () => {
  it.each<[string, number, string, () => ReturnType<typeof ask>]>([
    ['a body too large', 413, 'body_too_large', () => post(JSON.stringify({ a: 'x'.repeat(2e6) }))],
    [
      'a charset that nobody has',
      415,
      'unsupported_media_type',
      () => post('{}', { 'Content-Type': 'application/json; charset=nil' }),
    ],
    [
      'a packing that nobody has',
      415,
      'unsupported_media_type',
      () => post('{}', { ...json, 'Content-Encoding': 'nil' }),
    ],
    ['plain text', 415, 'unsupported_media_type', () => post('{}', { 'Content-Type': 'text/plain' })],
    ['a body of no type', 415, 'unsupported_media_type', () => post('{}', {})],
    [
      'a form',
      415,
      'unsupported_media_type',
      () => post('a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, '/api/v1/imports'),
    ],
    ['no body', 400, 'invalid_request', () => post('')],
    ['broken JSON', 400, 'invalid_request', () => post('{"a":')],
    [
      'a packed body that is not packed',
      400,
      'invalid_request',
      () => post('{}', { ...json, 'Content-Encoding': 'gzip' }),
    ],
    ['broken percent-encoding of a call', 400, 'invalid_request', () => ask(app.url, '/api/v1/members/%ff')],
    ['broken percent-encoding of a page', 400, 'invalid_request', () => ask(app.url, '/series/%ff')],
    ['broken percent-encoding of a file', 400, 'invalid_request', () => ask(app.url, '/assets/%ff.js')],
    ['a file above the folder', 404, 'not_found', () => ask(app.url, '/assets/../../../etc/passwd')],
    ['the same, encoded', 404, 'not_found', () => ask(app.url, '/assets/..%2f..%2f..%2fetc%2fpasswd')],
    ['a zero in a name', 400, 'invalid_request', () => ask(app.url, '/series/%00%ff')],
    [
      'a range that the page does not have',
      416,
      'range_not_satisfiable',
      () => ask(app.url, '/club', { headers: { Range: 'bytes=999-' } }),
    ],
    [
      'a form of too many fields',
      413,
      'body_too_large',
      () => post('a&'.repeat(2000), { 'Content-Type': 'application/x-www-form-urlencoded' }, '/sign-in'),
    ],
    [
      'another page’s state',
      412,
      'precondition_failed',
      () => ask(app.url, '/club', { headers: { 'If-Match': '"x"' } }),
    ],
    ['a call that there is not', 404, 'not_found', () => ask(app.url, '/api/v1/nothing')],
  ])('%s', async (_name, status, code, asking) => {
    expect(refusal(await asking())).toEqual({ status, code });
  });

  it.each<[string, number, string, string]>([
    ['garbage', 400, 'invalid_request', 'GARBAGE\r\n\r\n'],
    [
      'headers too long',
      431,
      'headers_too_large',
      `GET /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
    ['a head that never ends', 408, 'request_timeout', 'GET /api/v1/imports HTTP/1.1\r\nHost: localhost\r\n'],
    ['no host', 403, 'host_not_allowed', 'GET /api/v1/imports HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['an empty host', 403, 'host_not_allowed', 'GET /api/v1/imports HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'],
    [
      'a chunk of no length',
      400,
      'invalid_request',
      'POST /api/v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
  ])('%s, on the wire', async (_name, status, code, bytes) => {
    const [head = '', body = ''] = (await sendRaw(app.url, bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nContent-Type: application/problem\\+json`, 'su'));
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  it('has no body where only the head was asked for', async () => {
    const bytes = `HEAD /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    const [head, body] = (await sendRaw(app.url, bytes)).split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 431');
    expect(body).toBe('');
  });
});

describe('a method', () => {
  const paths = [...new Set(OPERATIONS.map(({ path }) => path))];
  const methodsOf = (path: string) =>
    OPERATIONS.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());

  it.each(paths)('that %s does not have is refused with those that it has', async (path) => {
    const address = path.replaceAll(/\{\w+\}/gu, 'x');
    const options = await ask(app.url, address, { method: 'OPTIONS' });
    const allow = (options.headers.allow ?? '').split(', ');
    if (path.startsWith('/api')) expect(options.status).toBe(204);
    expect(allow).toEqual(expect.arrayContaining([...methodsOf(path), 'OPTIONS']));
    expect(allow.includes('HEAD')).toBe(allow.includes('GET'));
    const other = await ask(app.url, address, { method: 'PATCH' });
    expect([refusal(other), other.headers.allow]).toEqual([
      { status: 405, code: 'method_not_allowed' },
      options.headers.allow,
    ]);
  });

  it('that a page does not have is refused, too', async () => {
    const other = await ask(app.url, '/club', { method: 'POST' });
    expect([refusal(other), other.headers.allow]).toEqual([
      { status: 405, code: 'method_not_allowed' },
      'GET, HEAD, OPTIONS',
    ]);
    expect((await ask(app.url, '/club', { method: 'OPTIONS' })).status).toBe(204);
  });

  it('HEAD answers what GET does, without the body', async () => {
    for (const path of [
      '/api/v1/catalog',
      '/api/v1/storage',
      '/api/v1/openapi.json',
      '/api/docs',
      '/healthz',
      '/club',
      '/assets/a.js',
    ]) {
      const [get, head] = [await ask(app.url, path), await ask(app.url, path, { method: 'HEAD' })];
      expect([head.status, head.headers['content-type'], head.text], path).toEqual([
        200,
        get.headers['content-type'],
        '',
      ]);
    }
  });
});

describe('an address outside the API', () => {
  it.each(['/', '/club', '/series/Mr.Right', '/series/2.0', '/nothing/there', '/v1.5'])(
    '%s is a page',
    async (path) => {
      const { status, text } = await ask(app.url, path);
      expect([status, text]).toEqual([200, '<!doctype html><title>page</title>']);
    },
  );

  it.each(['/assets/gone.js', '/assets/', '/assets/gone', '/wp-login.php', '/robots.txt', '/a/b.map'])(
    '%s is a file that is not there',
    async (path) => {
      expect(refusal(await ask(app.url, path))).toEqual({ status: 404, code: 'not_found' });
    },
  );

  it('is a problem where only the API is served', async () => {
    const bare = await startApp();
    for (const method of ['GET', 'POST'])
      expect(refusal(await ask(bare.url, '/club', { method })).code).toBe('not_found');
    await bare.close();
  });
});
