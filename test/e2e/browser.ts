import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { startDemo } from './server.ts';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserTest {
  /** A fresh page in a context of its own, at an address of the app, or of the server `at`. */
  open(
    path: string,
    options?: { locale?: string; width?: number; height?: number; dark?: boolean; at?: string },
  ): Promise<Page>;
  readonly url: string;
}

/**
 * One Chromium for the file; each page in a context of its own, closed when its test is done. A file that `writes` has a server
 * of its own: files run beside each other.
 */
export function browserTest({ writes = false } = {}): BrowserTest {
  let browser: Browser;
  let url = inject('url');
  const contexts: BrowserContext[] = [];
  if (writes)
    beforeAll(async () => {
      const server = await startDemo(inject('demo'));
      url = server.url;
      return () => server.stop();
    });
  beforeAll(async () => {
    const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, headless: true, args: SWITCHES });
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(() => browser.close());
  return {
    get url() {
      return url;
    },
    async open(path, { locale = 'zh-CN', width = 1440, height = 900, dark = false, at = url } = {}) {
      const context = await browser.newContext({
        locale,
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        // What is looked at stands still.
        reducedMotion: 'reduce',
        acceptDownloads: true,
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(`${at}${path}`);
      return page;
    },
  };
}

/** On the Data page: what the file leaves open is answered as somebody would who knows it, and the import is begun. */
export async function importOpened(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: '导入', exact: true });
  await button.waitFor();
  const views = page.getByLabel('播放量是', { exact: true });
  if ((await views.count()) > 0 && (await views.inputValue()) === '') await views.selectOption('increment');
  await button.click();
}
