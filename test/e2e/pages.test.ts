import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';
import { visit } from './visits.ts';

visit([
  { path: '/', zh: /2025年10月总览/, en: /Overview, Oct 2025/ },
  { path: '/club', zh: /俱乐部/, en: /club/i },
  { path: '/series', zh: /剧集/, en: /Series/ },
  { path: '/series/MD011912', zh: /家里家外/, en: /Home and Beyond/ },
  { path: '/genres', zh: /题材/, en: /Genres/ },
  { path: '/producers', zh: /承制方/, en: /Producers/ },
  { path: '/growth', zh: /增长/, en: /Growth/ },
  { path: '/formats', zh: /形态与 AI/, en: /Formats and AI/ },
]);

const browser = browserTest();

describe('an address that is no page', () => {
  it('says so and leads back', async () => {
    const page = await browser.open('/nowhere');
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('link').count()).toBeGreaterThan(0);
    expect(await page.locator('main').textContent()).not.toBe('');
  });
});

describe('the shell of all pages', () => {
  it('comes compressed by whoever asks, within its budget', async () => {
    const head = await (await fetch(browser.url)).text();
    const files = [...head.matchAll(/"(\/assets\/[\w.-]+\.js)"/gu)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(1);
    const bytes = async (encoding: string) => {
      const answers = await Promise.all(
        files.map((path) => fetch(`${browser.url}${path}`, { headers: { 'accept-encoding': encoding } })),
      );
      return answers.reduce((sum, { headers }) => sum + Number(headers.get('content-length')), 0);
    };
    const [brotli, gzip, plain] = [await bytes('gzip, deflate, br'), await bytes('gzip'), await bytes('identity')];
    expect(brotli).toBeLessThanOrEqual(180_000);
    expect(gzip).toBeGreaterThan(brotli);
    expect(plain).toBeGreaterThan(2 * gzip);
  });
});
