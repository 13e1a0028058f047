import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();
const lead = 'h1';

/** The page's text once it has stopped changing: answers that are on their way leave the earlier ones in place. */
async function settledText(page: Page): Promise<string> {
  let last = '';
  for (let same = 0; same < 4; ) {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(250);
    if ((await page.locator('main [aria-busy=true]').count()) > 0) continue;
    const text = (await page.locator('main').textContent()) ?? '';
    same = text === last && text !== '' ? same + 1 : 0;
    last = text;
  }
  return last;
}

describe('the state of a page', () => {
  it('is its address: a filter chosen by hand comes back with a reload, and goes with the back button', async () => {
    const page = await browser.open('/');
    const before = await settledText(page);
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    await page.getByRole('option', { name: /^形态/ }).click();
    await page.getByRole('option', { name: /^漫剧/ }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toContain('format=comic');
    const filtered = await settledText(page);
    expect(filtered).not.toBe(before);
    await page.reload();
    expect(await settledText(page)).toBe(filtered);
    await page.goBack();
    expect(await settledText(page)).toBe(before);
  });

  it('is shared by copying the address: range, comparison and filters hold in a fresh browser', async () => {
    const page = await browser.open(
      '/?from=2025-07-01&to=2025-07-31&compare=previous_period&format=comic&genre=fantasy,xianxia',
    );
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator(lead).first().textContent()).toContain('2025年7月');
    await expect.poll(() => page.locator('body').textContent()).toMatch(/漫剧.*玄幻|玄幻.*漫剧/s);
  });

  it('ignores what it cannot read in an address rather than breaking', async () => {
    const page = await browser.open('/?from=yesterday&to=2025-99-99&format=&compare=sideways&genre=%00');
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator(lead).first().textContent()).toContain('2025年10月');
  });

  it('keeps the language that was chosen, and shows titles and units in it', async () => {
    const page = await browser.open('/club');
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator('main').textContent()).toContain('盛夏芬德拉');
    await page.getByText('EN', { exact: true }).first().click();
    await expect.poll(() => page.locator('main').textContent()).toContain('Midsummer Fendela');
    await expect.poll(() => page.locator('main').textContent()).toContain('Tinghua Island');
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^en/);
    await expect.poll(() => page.locator('main').textContent()).toMatch(/\d(\.\d+)?B/);
  });

  it('defines each number on hover and by keyboard', async () => {
    const page = await browser.open('/?lang=en');
    await page.waitForLoadState('networkidle');
    await page.getByText('Overseas share', { exact: true }).first().hover();
    await expect
      .poll(() => page.getByText(/Overseas views over domestic plus overseas views/).count())
      .toBeGreaterThan(0);
  });
});
