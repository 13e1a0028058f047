import { brotliCompressSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
const HOSTILE = '"><script>alert(1)</script>';

beforeAll(async () => {
  app = await startApp();
  const days = Array.from({ length: 62 }, (_, at) => new Date(Date.UTC(2025, 8, 1 + at)).toISOString().slice(0, 10));
  const rows = days.flatMap((day, at) => [
    `${day},老千,听花岛,都市,真人剧,${1000 + at}`,
    `${day},云渺,"马厩""><b>&",玄幻,漫剧,${500 + at}`,
  ]);
  await app.importText('a.csv', ['日期,剧名,出品方,题材,形态,播放量', ...rows].join('\n'));
});
afterAll(() => app.close());

const page = (path: string, params: Readonly<Record<string, string>> = {}) =>
  fetch(`${app.url}${path}?${new URLSearchParams(params)}`, { headers: { accept: 'text/html' } });
const htmlOf = async (response: Response) => {
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
};
const metaIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/gu)].map(([, name = '', content = '']) => [
      name,
      content.replace(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code))),
    ]),
  );
const drawingsIn = (html: string): string[] =>
  [...html.matchAll(/data:image\/svg\+xml,([^"]+)"/gu)].map(([, text = '']) => decodeURIComponent(text));

describe('the page of a chart', () => {
  it('has its title, drawing, source and the way to the dashboard, without a script', async () => {
    const response = await page('/f/overview.formats', { format: 'comic', lang: 'zh' });
    const html = await htmlOf(response);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('<html lang="zh-CN"');
    expect(html).toContain('<h1>各形态播放量</h1>');
    expect(html).toMatch(/class="source">来源：Dramascope/u);
    expect(html).toContain(`href="${`${app.url}/?format=comic&lang=zh`.replaceAll('&', '&#38;')}"`);
    expect(html).not.toContain('<script');
    const drawings = drawingsIn(html);
    expect(drawings).toHaveLength(2);
    for (const svg of drawings) expect(() => new SaxesParser().write(svg).close()).not.toThrow();
    expect(brotliCompressSync(html).length).toBeLessThan(120_000);
  });

  it('is small on the wire', async () => {
    const response = await fetch(`${app.url}/f/overview.formats`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  it('gives messengers a title, a sentence and a picture that is there', async () => {
    const meta = metaIn(await htmlOf(await page('/f/overview.formats', { lang: 'en', title: 'Comic is rising' })));
    expect(meta).toMatchObject({
      'og:title': 'Comic is rising',
      'og:image:width': '1200',
      'twitter:card': 'summary_large_image',
    });
    expect(meta['og:description']).toContain('Source: Dramascope');
    expect(meta['og:url']).toBe(`${app.url}/f/overview.formats?title=Comic+is+rising&lang=en`);
    const picture = await fetch(meta['og:image'] ?? '');
    const png = Buffer.from(await picture.arrayBuffer());
    expect([picture.status, png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([200, 1200, 627]);
  });

  it('takes what data and address say as text', async () => {
    const given = { title: HOSTILE, note: HOSTILE, producer: HOSTILE, format: '*<b>"', lang: 'zh' };
    for (const path of ['/f/overview.formats', '/embed/overview.formats', '/f/producers.shares']) {
      const html = await (await page(path, given)).text();
      expect(html).not.toContain('<script');
      expect(html).not.toContain('<b>');
    }
    const named = await htmlOf(await page('/f/overview.formats', { producer: '马厩"><b>&', lang: 'zh' }));
    expect(named).toContain('马厩&#34;&#62;&#60;b&#62;&#38;');
  });

  it('of a member has its id in the path of the dashboard', async () => {
    const html = await htmlOf(await page('/f/producer.share', { id: '听花岛', range: 'all', lang: 'zh' }));
    expect(html).toContain(`/producers/${encodeURIComponent('听花岛')}?range=all`);
  });

  it('that is not there says so as a page', async () => {
    const response = await page('/f/overview.nothing<b>', { lang: 'en' });
    const html = await response.text();
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('There is no chart “overview.nothing&#60;b&#62;”');
    expect((await page('/f/overview.formats', { theme: 'pink' })).status).toBe(400);
    expect((await fetch(`${app.url}/f/overview.formats`, { method: 'POST' })).status).toBe(405);
  });
});

describe('an embedded chart', () => {
  it('alone may be framed by other sites', async () => {
    const embed = await page('/embed/overview.formats', { theme: 'dark' });
    expect(embed.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(embed.headers.get('x-frame-options')).toBeNull();
    for (const path of ['/f/overview.formats', '/api/v1/figures', '/sign-in', '/api/docs']) {
      const { headers } = await page(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    }
  });

  it('follows theme, language and filters of its address', async () => {
    const html = await htmlOf(await page('/embed/overview.formats', { theme: 'dark', lang: 'en', format: 'comic' }));
    expect(html).toContain('<html lang="en" class="dark embedded"');
    expect(html).toContain('Format: Comic');
    expect(html).toContain('target="_blank"');
  });
});

describe('with a token', () => {
  it('both pages need it', async () => {
    const closed = await startApp({ access: { token: 'a-token-that-is-long-enough' } });
    try {
      for (const path of ['/f/overview.formats', '/embed/overview.formats']) {
        expect((await fetch(`${closed.url}${path}`)).status).toBe(401);
        const asked = await fetch(`${closed.url}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
        expect([asked.status, asked.headers.get('location')?.split('?')[0]]).toEqual([303, '/sign-in']);
        const headers = { authorization: 'Bearer a-token-that-is-long-enough' };
        // There are no data.
        expect((await fetch(`${closed.url}${path}`, { headers })).status).toBe(422);
      }
    } finally {
      await closed.close();
    }
  });
});
