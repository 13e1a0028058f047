import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { hostname, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../../../server/access/access.ts';
import { countAttempts } from '../../../server/access/attempts.ts';
import { allowedHosts, parseHost } from '../../../server/access/hosts.ts';
import { gateOf, SESSION_SECONDS } from '../../../server/access/session.ts';
import { announce, announcedIn, urlOf } from '../../../server/announcement.ts';
import { readConfig } from '../../../server/config.ts';
import { ownPath } from '../../../server/http/sign-in.ts';
import { type RunningApp, startApp } from '../app.ts';
import { ask, refusal } from '../asking.ts';

const TOKEN = 'correct-horse-battery-staple';
const log = '日期,剧名,播放量\n2025-10-01,老千,1000\n';

let open: RunningApp;
let closed: RunningApp;
beforeAll(async () => {
  open = await startApp({ access: { hosts: readConfig({ DRAMASCOPE_HOSTS: 'views.example.com, proxy:8443' }).hosts } });
  closed = await startApp({ access: { token: TOKEN } });
  await open.importText('open.csv', log);
});
afterAll(async () => {
  await open.close();
  await closed.close();
});
const portOf = (app: RunningApp) => new URL(app.url).port;

describe('a server is asked by its own names only', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', '127.0.0.1@evil', '[::2]'])(
    'not as “%s”, which the refusal names',
    async (host) => {
      const answer = await ask(open.url, '/api/v1/imports?lang=en', { headers: { Host: host } });
      expect(refusal(answer)).toEqual({ status: 403, code: 'host_not_allowed' });
      expect(JSON.parse(answer.text).detail).toMatch(
        new RegExp(`“${host.replace(/[[\]]/gu, '\\$&')}”.*DRAMASCOPE_HOSTS`, 'u'),
      );
      expect((await ask(open.url, '/healthz', { headers: { Host: host } })).status).toBe(200);
    },
  );

  it.each([
    'localhost',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.9.9.9:80',
    '[::1]:8080',
    'app.localhost',
    'localhost.',
    'views.example.com',
    'proxy:8443',
  ])('but as “%s”', async (host) => {
    expect((await ask(open.url, '/api/v1/imports', { headers: { Host: host } })).status).toBe(200);
  });

  it('nor by a name with another port than it is named with', async () => {
    const answer = await ask(open.url, '/api/v1/imports', { headers: { Host: 'proxy:1' } });
    expect(refusal(answer).code).toBe('host_not_allowed');
  });

  it('knows the name and addresses of the machine once it listens beyond loopback', () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const names = [hostname(), ...own.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))];
    const beyond = allowedHosts('0.0.0.0', []);
    expect(names.filter((name) => !beyond.allows(`${name}:8080`) && !name.includes('%'))).toEqual([]);
    expect(allowedHosts('127.0.0.1', []).allows('192.168.7.7')).toBe(false);
    expect(allowedHosts('127.0.0.1', [], () => ['192.168.7.7']).allows('192.168.7.7')).toBe(false);
    expect(allowedHosts('::', [], () => ['192.168.7.7']).allows('192.168.7.7:80')).toBe(true);
    expect(beyond.allows('evil.example')).toBe(false);
  });

  it('reads hosts, and nothing else for one', () => {
    expect(parseHost('[::1]:80')).toEqual({ name: '::1', port: '80' });
    expect(parseHost('A.Example.')).toEqual({ name: 'a.example', port: '' });
    for (const text of ['', 'a b', 'a:b', 'a:1:2', 'http://a', 'a/b', '::1', 'a:999999'])
      expect(parseHost(text)).toBeNull();
  });
});

describe('a page of another site', () => {
  const json = { 'Content-Type': 'application/json' };
  const query = JSON.stringify({ measures: ['views'] });
  const from = (headers: Record<string, string>, method = 'POST', path = '/api/v1/query') =>
    ask(open.url, path, { method, headers: { ...json, ...headers }, ...(method === 'DELETE' ? {} : { body: query }) });

  it.each<Record<string, string>>([
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:1' },
    { Origin: 'file://' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('cannot write, nor ask by POST: %o', async (headers) => {
    for (const [method, path] of [
      ['POST', '/api/v1/query'],
      ['POST', '/api/v1/uploads?filename=a.csv'],
      ['DELETE', '/api/v1/imports?synthetic=true'],
      ['PUT', '/api/v1/profiles/a'],
      ['POST', '/sign-out'],
    ] as const)
      expect(refusal(await from(headers, method, path)), path).toEqual({ status: 403, code: 'origin_not_allowed' });
  });

  it('our own can: under the name it is asked by, or one that is named for it', async () => {
    const origin = (text: string) => from({ Origin: text });
    expect((await origin(`http://127.0.0.1:${portOf(open)}`)).status).toBe(200);
    expect((await origin('https://views.example.com')).status).toBe(200);
    expect((await origin('https://proxy:8443')).status).toBe(200);
    expect((await origin('https://views.example.com:8443')).status).toBe(403);
    expect((await from({ Host: 'views.example.com', Origin: 'https://views.example.com' })).status).toBe(200);
    expect((await from({ 'Sec-Fetch-Site': 'same-origin', Origin: open.url })).status).toBe(200);
  });

  it('sends no byte of an upload: it is refused before, not swallowed, and nothing is stored', async () => {
    const before = await readdir(open.uploads);
    const app = await startApp({ patience: { unread: 100 } });
    const sent = await new Promise<{ status: number; continued: boolean; ended: boolean }>((resolve, reject) => {
      let status = 0;
      let continued = false;
      const sending = request(`${app.url}/api/v1/uploads?filename=a.csv`, {
        method: 'POST',
        headers: { Origin: 'http://evil.example', 'Content-Length': String(64 * 1024 ** 3) },
      });
      sending.on('continue', () => (continued = true));
      sending.on('response', (answer) => {
        status = answer.statusCode ?? 0;
        answer.resume();
      });
      sending.on('error', (error) => (status === 0 ? reject(error) : undefined));
      sending.on('close', () => resolve({ status, continued, ended: true }));
      sending.write(Buffer.alloc(1024));
    });
    expect(sent).toEqual({ status: 403, continued: false, ended: true });
    expect(await readdir(app.uploads)).toEqual(before);
    await app.close();
  });

  it('is not told to go on by “100 Continue”, which only those let in are', async () => {
    const continued = (headers: Record<string, string>) =>
      new Promise<boolean>((resolve, reject) => {
        const sending = request(`${open.url}/api/v1/uploads?filename=a.csv`, {
          method: 'POST',
          headers: { Expect: '100-continue', 'Content-Length': String(Buffer.byteLength(log)), ...headers },
        });
        let told = false;
        sending.on('continue', () => {
          told = true;
          sending.end(log);
        });
        sending.on('response', (answer) => {
          answer.resume();
          sending.destroy();
          resolve(told);
        });
        sending.on('error', reject);
        sending.flushHeaders();
      });
    expect(await continued({ Origin: 'http://evil.example' })).toBe(false);
    expect(await continued({})).toBe(true);
  });
});

describe('a server with a token', () => {
  const html = { Accept: 'text/html,*/*' };
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const signIn = (token: string, to = '/club?lang=en', headers = {}) =>
    ask(closed.url, `/sign-in?to=${encodeURIComponent(to)}&lang=en`, {
      method: 'POST',
      headers: { ...form, ...headers },
      body: new URLSearchParams({ token }).toString(),
    });
  const cookiesOf = (answer: Awaited<ReturnType<typeof signIn>>) =>
    (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');

  it('answers no call without it, and says how', async () => {
    for (const path of [
      '/api/v1/catalog',
      '/api/v1/imports',
      '/api/v1/openapi.json',
      '/api/docs',
      '/assets/a.js',
      '/api/v1/nothing',
    ]) {
      const answer = await ask(closed.url, path);
      expect(refusal(answer), path).toEqual({ status: 401, code: 'unauthorized' });
      expect(answer.headers['www-authenticate'], path).toMatch(/^Bearer/u);
    }
    const upload = await ask(closed.url, '/api/v1/uploads?filename=a.csv', { method: 'POST', body: log });
    expect(refusal(upload).code).toBe('unauthorized');
    expect(await readdir(closed.uploads)).toEqual([]);
    for (const path of ['/healthz', '/readyz']) expect((await ask(closed.url, path)).status).toBe(200);
  });

  it('takes it as a bearer token, and no other', async () => {
    const asked = async (Authorization: string) =>
      (await ask(closed.url, '/api/v1/imports', { headers: { Authorization } })).status;
    expect(await asked(`Bearer ${TOKEN}`)).toBe(200);
    expect(await asked(`bearer ${TOKEN}`)).toBe(200);
    const wrong = [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, `Basic ${TOKEN}`, TOKEN, 'Bearer '];
    expect(await Promise.all(wrong.map(asked))).toEqual([401, 401, 401, 401, 401]);
  });

  it('sends a browser that opens a page to sign in, and back to that page', async () => {
    const asked = await ask(closed.url, '/club?from=2025-10-01', { headers: html });
    expect([asked.status, asked.headers.location]).toEqual([303, '/sign-in?to=%2Fclub%3Ffrom%3D2025-10-01']);
    const page = await ask(closed.url, asked.headers.location ?? '', { headers: { ...html, 'Accept-Language': 'en' } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<form method="post" action="/sign-in?to=%2Fclub%3Ffrom%3D2025-10-01&#38;lang=en">');
    expect(page.text).not.toContain('<script');
    const signed = await signIn(TOKEN, '/club?from=2025-10-01');
    expect([signed.status, signed.headers.location]).toEqual([303, '/club?from=2025-10-01']);
  });

  it('keeps a session in a cookie that is not the token, that scripts and other sites cannot have', async () => {
    const signed = await signIn(TOKEN);
    const [session = ''] = signed.headers['set-cookie'] ?? [];
    expect(session).toMatch(/^dramascope_[\w-]{8}=[\w.-]+; .*Path=\/.*; HttpOnly; SameSite=Strict$/u);
    expect(JSON.stringify(signed.headers)).not.toContain(TOKEN);
    const Cookie = cookiesOf(signed);
    expect((await ask(closed.url, '/api/v1/imports', { headers: { Cookie } })).status).toBe(200);
    const forged = Cookie.replace(/\.\d+\./u, '.99999999999.');
    expect((await ask(closed.url, '/api/v1/imports', { headers: { Cookie: forged } })).status).toBe(401);
    const behind = await signIn(TOKEN, '/', { 'X-Forwarded-Proto': 'https' });
    expect(behind.headers['set-cookie']?.[0]).toContain('; Secure');
  });

  it('streams the events of an import to a session', async () => {
    const record = await closed.importText('a.csv', log);
    const Cookie = cookiesOf(await signIn(TOKEN));
    const path = `/api/v1/imports/${record.import_id}/events`;
    expect((await ask(closed.url, path, { headers: { Cookie } })).text).toContain('event: progress');
    expect((await ask(closed.url, path)).status).toBe(401);
    expect(await ask(closed.url, path, { method: 'HEAD', headers: { Cookie } })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    });
  });

  it('ends a session on sign-out, and asks anew', async () => {
    const Cookie = cookiesOf(await signIn(TOKEN));
    const out = await ask(closed.url, '/sign-out', { method: 'POST', headers: { Cookie } });
    expect([out.status, out.headers.location]).toEqual([303, '/sign-in']);
    expect(out.headers['set-cookie']?.map((one) => one.replace(/^\w+(-\w+)*=/u, '='))).toEqual([
      expect.stringMatching(/^=.*Expires=Thu, 01 Jan 1970/u),
      expect.stringMatching(/^=.*Expires=Thu, 01 Jan 1970/u),
    ]);
    expect((await ask(closed.url, '/sign-out', { headers: { Cookie } })).status).toBe(405);
  });

  it('lets a link from another site be opened by the browser itself, so that its cookie comes along', async () => {
    const asked = await ask(closed.url, '/club?a="><b>', { headers: { ...html, 'Sec-Fetch-Site': 'cross-site' } });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('<meta http-equiv="refresh" content="0; url=/club?a=%22%3E%3Cb%3E">');
  });

  it('says again what is asked for after a wrong token, and lets an address wait after ten', async () => {
    const app = await startApp({ access: { token: TOKEN } });
    const tries = (token: string) =>
      ask(app.url, '/sign-in?lang=en', { method: 'POST', headers: form, body: `token=${token}` });
    const first = await tries('wrong');
    expect(first.status).toBe(401);
    expect(first.text).toContain('role="alert"');
    for (let n = 0; n < 9; n++) await tries('wrong');
    const late = await tries(TOKEN);
    expect([late.status, Number(late.headers['retry-after']) > 200, late.headers['set-cookie']]).toEqual([
      429,
      true,
      undefined,
    ]);
    await app.close();
  });

  it('leads on at once where nobody needs to sign in', async () => {
    const asked = await ask(open.url, '/sign-in?to=%2Fclub');
    expect([asked.status, asked.headers.location]).toEqual([303, '/club']);
  });
});

describe('access', () => {
  it('leads nowhere else after signing in', () => {
    const elsewhere = [
      '//evil.example',
      '/\\evil.example',
      'http://evil.example/',
      '/.//evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/a/..//evil.example',
      '/sign-in?to=/',
      '/sign-out',
      '',
    ];
    expect(elsewhere.map(ownPath)).toEqual(elsewhere.map(() => '/'));
    expect(ownPath('/series/某剧?lang=en#top')).toBe('/series/%E6%9F%90%E5%89%A7?lang=en#top');
  });

  it('is refused to a server that others can reach, without a token or with a short one', () => {
    const access = (env: Record<string, string>) => accessOf(readConfig(env));
    expect(() => access({ HOST: '0.0.0.0' })).toThrow(/HOST=0\.0\.0\.0.*DRAMASCOPE_TOKEN/u);
    for (const HOST of ['::', '192.168.1.5', 'some-host'])
      expect(() => access({ HOST }), HOST).toThrow('DRAMASCOPE_TOKEN');
    for (const HOST of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])
      expect(access({ HOST }).gate, HOST).toBeNull();
    expect(() => access({ DRAMASCOPE_TOKEN: 'short' })).toThrow('16');
    expect(() => access({ DRAMASCOPE_TOKEN: '这是一个足够长的访问令牌也不行吗' })).toThrow('ASCII');
    expect(access({ HOST: '0.0.0.0', DRAMASCOPE_TOKEN: TOKEN }).gate?.isToken(TOKEN)).toBe(true);
    expect(() => access({ DRAMASCOPE_TOKEN: '' })).toThrow('DRAMASCOPE_TOKEN is empty');
    expect(() => readConfig({ DRAMASCOPE_HOSTS: 'a.example, http://b' })).toThrow('http://b');
  });

  it('of a session ends in time, and with the token that it was made for', () => {
    const gate = gateOf(TOKEN);
    const session = gate.newSession(0);
    expect([gate.isSession(session, 1000), gate.isSession(session, SESSION_SECONDS * 1000 + 1)]).toEqual([true, false]);
    const other = gateOf(`${TOKEN}2`);
    expect([other.isSession(session, 1000), other.cookie === gate.cookie]).toEqual([false, false]);
    for (const text of ['', '.', '..', session.slice(1), `${session}x`]) expect(gate.isSession(text, 1000)).toBe(false);
  });

  it('is tried again after the wait, and forgets wrong tokens after a right one', () => {
    const attempts = countAttempts();
    for (let n = 0; n < 10; n++) attempts.wrong('a', 0);
    expect([attempts.wait('a', 1) > 0, attempts.wait('b', 1), attempts.wait('a', 3_600_000)]).toEqual([true, 0, 0]);
    attempts.right('a');
    expect(attempts.wait('a', 1)).toBe(0);
  });

  it('is told to the command line by a file of its own, whatever a killed server left', () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'dramascope-announced-'));
    writeFileSync(join(dataFolder, 'server.json'), '{"url"', { mode: 0o644 });
    expect(announcedIn(dataFolder)).toBeNull();
    const file = announce({ dataFolder, token: TOKEN }, urlOf('::', 8080));
    expect(announcedIn(dataFolder)).toEqual({ url: 'http://[::1]:8080', pid: process.pid, token: TOKEN });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(['0.0.0.0', '192.168.1.5', '::1'].map((host) => urlOf(host, 1))).toEqual([
      'http://127.0.0.1:1',
      'http://192.168.1.5:1',
      'http://[::1]:1',
    ]);
    rmSync(dataFolder, { recursive: true });
  });
});
