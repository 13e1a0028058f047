import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const AA = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What a page's first heading says in each language, and what it draws if that is neither chart nor table. */
export interface VisitedPage {
  path: string;
  zh: RegExp;
  en: RegExp;
  draws?: string;
}

/** Everything the page complained about while it was open. */
function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  return said;
}

const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
};

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Compressed bytes of JavaScript that a page has loaded by itself: a budget of the project. */
const MOST_CODE = 400_000;
const codeOf = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming && entry.name.endsWith('.js'))
      .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
  );

/** Timers that a page sets within half a second. */
const timersOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const own = window.setTimeout;
        let count = 0;
        window.setTimeout = Object.assign((...given: Parameters<typeof own>) => {
          count++;
          return own(...given);
        }, own);
        own(() => {
          window.setTimeout = own;
          resolve(count);
        }, 500);
      }),
  );

/** Tests of each page, in three visits. Two files share the pages, as files run beside each other. */
export function visit(pages: readonly VisitedPage[]): void {
  const browser = browserTest();

  describe.each(pages)('the page $path', ({ path, zh, en, draws = 'canvas, table, [role=table], [role=grid]' }) => {
    it('says in Chinese what it shows, draws it, and complains of nothing', async () => {
      const page = await browser.open('/data');
      // What is left unanswered on the way is no complaint of the page that is looked at.
      await settled(page);
      const said = complaints(page);
      await page.goto(`${browser.url}${path}`);
      await settled(page);
      await expect.poll(() => page.locator('h1').first().textContent()).toMatch(zh);
      expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
      await expect.poll(() => page.locator(draws).count()).toBeGreaterThan(0);
      await expect.poll(() => page.getByText('合成演示数据').count()).toBeGreaterThan(0);
      // A page at rest does nothing.
      await expect.poll(() => timersOf(page)).toBeLessThan(20);
      expect(await codeOf(page)).toBeLessThanOrEqual(MOST_CODE);
      expect(said).toEqual([]);
    });

    it('says it in English, in the dark, on a phone, without a sideways scroll', async () => {
      const page = await browser.open(path, { locale: 'en-GB', width: 390, height: 844, dark: true });
      await settled(page);
      await expect.poll(() => page.locator('h1').first().textContent()).toMatch(en);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });

    it('passes axe at WCAG 2.2 AA, light and dark', async () => {
      const page = await browser.open(path);
      await settled(page);
      const axe = () => new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
      const light = await axe().withTags(AA).analyze();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
      // The dark page differs in its colours alone.
      const dark = await axe().withRules(OF_COLOURS).analyze();
      const told = [...light.violations, ...dark.violations].map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      expect(told).toEqual([]);
    });
  });
}
