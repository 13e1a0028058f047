import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../soak/server.ts';
import { browserTest } from './browser.ts';

const TOKEN = 'correct-horse-battery-staple';
const browser = browserTest();
const folder = mkdtempSync(join(tmpdir(), 'dramascope-sign-in-'));
let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start(folder, 'dist', { DRAMASCOPE_TOKEN: TOKEN, DRAMASCOPE_WEB: 'on' });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('a server with a token', () => {
  it('asks for it once, leads back to the page that was asked for, and out again', async () => {
    const page = await browser.open('/data?lang=zh', { at: server.url });
    expect(await page.title()).toBe('登录 Dramascope');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByLabel('访问令牌').fill('wrong');
    await page.getByRole('button', { name: '登录' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('令牌不正确');
    await page.getByLabel('访问令牌').fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toBe(`${server.url}/data?lang=zh`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(`${server.url}/sign-in`);
    await page.goto(`${server.url}/data`);
    expect(page.url()).toContain('/sign-in?to=%2Fdata');
  });

  it('is signed in to again where a session ends while a page is open', async () => {
    const page = await browser.open('/data', { at: server.url, locale: 'en-GB', dark: true, width: 390, height: 844 });
    await page.getByLabel('Access token').fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().clearCookies();
    const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('date,title,views\n2025-10-01,A,1\n') };
    await page.locator('input[type=file]:not([data-folder])').setInputFiles(file);
    await page
      .getByRole('button', { name: /^Upload/u })
      .first()
      .click();
    await page.waitForURL(/\/sign-in\?to=%2Fdata&lang=en$/u);
    expect(await page.title()).toBe('Sign in to Dramascope');
  });
});
