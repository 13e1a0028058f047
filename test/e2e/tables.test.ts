import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

/** Boxes that scroll down inside the page, by the names that they have for assistive technology. */
const scrolling = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 2)
      .map((one) => one.getAttribute('aria-label')),
  );

/** Texts of cells that are cut. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('tbody td:first-child')]
      .filter((cell) => [cell, ...cell.querySelectorAll('*')].some((one) => one.scrollWidth > one.clientWidth + 1))
      .map((cell) => cell.textContent),
  );

describe('a page scrolls, its tables do not', () => {
  it('shows the first of the league, and more when asked', async () => {
    const page = await browser.open('/producers');
    const rows = page.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(50);
    expect(await scrolling(page)).toEqual([]);
    await page.getByRole('button', { name: /^再显示 100 行/ }).click();
    await expect.poll(() => rows.count()).toBe(150);
    expect(await scrolling(page)).toEqual([]);
  });

  it('shows every genre with its whole name while there is room', async () => {
    const page = await browser.open('/genres', { locale: 'en-GB' });
    await page.getByRole('table').getByRole('link', { name: 'Modern romance' }).waitFor();
    expect(await scrolling(page)).toEqual([]);
    expect(await cut(page)).toEqual([]);
  });

  it('gives a long name a second line, and its rows one height', async () => {
    const page = await browser.open('/series', { locale: 'en-GB' });
    const names = page.locator('tbody td:first-child a');
    await names.first().waitFor();
    // Padding of 6, lines of some 16 pixels.
    const lines = await names.evaluateAll((all) => all.map((one) => Math.round((one.clientHeight - 6) / 16)));
    expect(new Set(lines)).toEqual(new Set([1, 2]));
    const heights = await page
      .locator('tbody tr:not([aria-hidden])')
      .evaluateAll((all) => all.map((one) => one.clientHeight));
    expect(new Set(heights).size).toBe(1);
  });

  it('of two that are compared has both in sight on a phone', async () => {
    const page = await browser.open('/compare?primary_genre=family,suspense', { width: 390, height: 844 });
    const table = page.getByRole('region', { name: '各项数字' });
    await table.waitFor();
    expect(await table.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  });

  it('but a table that fills the window does', async () => {
    const page = await browser.open('/series');
    await page.getByRole('table').getByRole('link').first().waitFor();
    await expect.poll(() => scrolling(page)).toHaveLength(1);
  });
});

describe('a chart beside a taller card', () => {
  it('takes the room that its card has', async () => {
    const page = await browser.open('/');
    const card = page.getByRole('region', { name: '各形态播放量' });
    await card.locator('canvas').waitFor();
    await page.getByRole('region', { name: '本期变化' }).getByRole('listitem').first().waitFor();
    const empty = () =>
      card.evaluate((one) => {
        const [chart, foot] = [one.querySelector('canvas'), one.querySelector('footer')];
        return (foot?.getBoundingClientRect().top ?? 0) - (chart?.getBoundingClientRect().bottom ?? 0);
      });
    await expect.poll(empty).toBeLessThan(32);
  });
});
