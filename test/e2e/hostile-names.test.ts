import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { segmentOf } from '../../server/contract/segments.ts';
import { HOSTILE_NAMES, hostileCatalogue, hostileLog } from '../hostile-names.ts';
import { browserTest } from './browser.ts';
import { startServer } from './server.ts';

const browser = browserTest();
let server: Awaited<ReturnType<typeof startServer>>;

async function imported(filename: string, text: string): Promise<void> {
  const post = async (path: string, body: string, type: string) =>
    (await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': type }, body })).json();
  const { upload_id } = (await post(`/uploads?filename=${filename}`, text, 'text/csv')) as { upload_id: string };
  const { import_id } = (await post(
    '/imports',
    JSON.stringify({ upload_id, options: { views_are: 'increment' } }),
    'application/json',
  )) as {
    import_id: string;
  };
  await vi.waitFor(
    async () => {
      const record = (await (await fetch(`${server.url}/api/v1/imports/${import_id}`)).json()) as { status: string };
      expect(record.status).toBe('committed');
    },
    { timeout: 30_000, interval: 100 },
  );
}

beforeAll(async () => {
  server = await startServer({ DRAMASCOPE_DEMO: 'off' });
  await imported('catalogue.csv', hostileCatalogue());
  await imported('log.csv', hostileLog());
}, 120_000);
afterAll(() => server.stop());

/** A page, and all that it complains about, a script of the data that ran among it. */
async function watched(): Promise<{
  page: Page;
  said: () => Promise<string[]>;
  visit: (path: string) => Promise<void>;
}> {
  const page = await browser.open('', { locale: 'en-GB', at: 'about:blank' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return {
    page,
    async visit(path) {
      await page.goto(`${server.url}${path}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('main').textContent(), path).not.toMatch(/\[object|undefined|NaN|unexpected/iu);
    },
    async said() {
      const ran = await page.evaluate(() => 'scriptRan' in window);
      return ran ? [...complaints, 'a script of the data ran'] : complaints;
    },
  };
}

describe('names that are no plain words', () => {
  it('break nothing on any page', async () => {
    const { page, visit, said } = await watched();
    for (const path of [
      '/?',
      '/club?',
      '/series?',
      '/genres?',
      '/genres?genre=__proto__&',
      '/producers?',
      '/compare?series=__proto__,%252e%252e&',
      '/growth?by=genre&',
      '/data?',
      '/data/names?',
    ]) {
      await visit(`${path}range=all`);
      await page.mouse.move(700, 500);
      expect(await said(), path).toEqual([]);
    }
  });

  it('are titles of pages, at addresses that can be shared', async () => {
    const { page, visit, said } = await watched();
    const titled = (name: string) => expect.poll(() => page.locator('h1').first().textContent()).toBe(name);
    for (const name of ['..', '<img src=x onerror="window.scriptRan=1">']) {
      await visit('/series?range=all');
      await page.getByRole('searchbox').first().fill(name);
      await page.getByRole('link', { name, exact: true }).first().click();
      await titled(name);
      await page.reload();
      await titled(name);
    }
    for (const name of ['__proto__', '%2e%2e', 'a/b']) {
      await visit(`/series/${encodeURIComponent(segmentOf(name))}`);
      await titled(name);
    }
    expect(await said()).toEqual([]);
  });

  it('are columns of a file that is looked at', async () => {
    const { page, visit, said } = await watched();
    await visit('/data');
    const line = (first: string) =>
      [first, ...HOSTILE_NAMES.slice(0, 20)].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'odd.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`${line('date')}\n${line('2025-10-01')}\n`),
      });
    await expect.poll(() => page.locator('main').textContent()).toContain('hasOwnProperty');
    expect(await said()).toEqual([]);
  });
});
