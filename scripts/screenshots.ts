/** Takes the README's pictures from a running server: node scripts/run.mjs scripts/screenshots.ts http://127.0.0.1:8080 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const PICTURES = [
  { file: 'docs/overview-zh.png', path: '/', locale: 'zh-CN', colorScheme: 'light' },
  { file: 'docs/club-en-dark.png', path: '/club', locale: 'en-GB', colorScheme: 'dark' },
] as const;

mkdirSync('docs', { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
for (const { file, path, locale, colorScheme } of PICTURES) {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(800);
  await page.screenshot({ path: file });
  await context.close();
}
await browser.close();
