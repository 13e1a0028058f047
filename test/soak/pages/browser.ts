/** What the parts of the soak that look at pages share: the pages, a browser, and a server with the demo. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ServerProcess } from '../server.ts';

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];

export interface PagesOptions {
  /** Address of a running server with the demo; null starts one. */
  readonly at: string | null;
  readonly say: (line: string) => void;
}

/** Runs over a server with the demo, which is stopped after it if it was started here. */
export async function withDemo<T>({ at, say }: PagesOptions, run: (url: string) => Promise<T>): Promise<T> {
  if (at !== null) return run(at.replace(/\/$/u, ''));
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-pages-'));
  say('making the demo');
  const server = await ServerProcess.start(folder, 'dist', { DRAMASCOPE_DEMO: 'on', DRAMASCOPE_WEB: 'on' });
  try {
    return await run(server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function withBrowser<T>(run: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  try {
    return await run(browser);
  } finally {
    await browser.close();
  }
}

const WAITS = '.mantine-Skeleton-root, [aria-busy=true]';

/** Waits until nothing on the page waits for an answer; on a page that never settles, for ten seconds. */
export async function settled(page: Page): Promise<void> {
  const still = `document.querySelector('main h1') !== null && ![...document.querySelectorAll('main :is(${WAITS})')]
    .some((one) => one.getBoundingClientRect().top < innerHeight)`;
  // Not waitForFunction: the page's policy forbids to make code of text.
  for (let waited = 0; waited < 10_000; waited += 50) {
    if ((await page.evaluate(still)) === true) return;
    await page.waitForTimeout(50);
  }
}
