import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';
import { placeOf } from './pointing.ts';

const browser = browserTest();

const address = (page: Page) => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search);
const reaches = (page: Page, expected: string) => expect.poll(() => address(page)).toBe(expected);

describe('a span drawn on a chart over time', () => {
  it('is the page’s range, by pointer and by keys, and the way back is the browser’s', async () => {
    const page = await browser.open('/', { locale: 'en-GB' });
    const cursor = page.getByRole('region', { name: /^Views by format/ }).getByRole('slider');
    await cursor.scrollIntoViewIfNeeded();
    const box = await cursor.boundingBox();
    if (box === null) throw new Error('no chart over time');
    const month = box.width / 12;
    const y = box.y + box.height / 3;
    await page.mouse.move(box.x + month * 5.5, y);
    await page.mouse.down();
    await page.mouse.move(box.x + month * 4, y + 5, { steps: 3 });
    await page.mouse.move(box.x + month * 3.5, y + 5, { steps: 3 });
    await page.getByText('Feb – Apr 2025', { exact: true }).waitFor();
    // It can be left again.
    await page.keyboard.press('Escape');
    await page.getByText('Feb – Apr 2025', { exact: true }).waitFor({ state: 'detached' });
    await page.mouse.up();
    await reaches(page, '/');

    await page.mouse.move(box.x + month * 5.5, y);
    await page.mouse.down();
    await page.mouse.move(box.x + month * 3.5, y + 5, { steps: 4 });
    await page.mouse.up();
    await reaches(page, '/?from=2025-02-01&to=2025-04-30');
    await page.getByRole('heading', { level: 1, name: /Feb – Apr 2025/ }).waitFor();
    await page.goBack();
    await reaches(page, '/');

    await cursor.focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(() => cursor.getAttribute('aria-valuetext')).toBe('Aug – Sep 2025');
    await page.keyboard.press('Enter');
    await reaches(page, '/?from=2025-08-01&to=2025-09-30');
  });
});

describe('a member that is pointed at', () => {
  it('is lit in the charts and the tables of its page, from either', async () => {
    const page = await browser.open('/overseas', { locale: 'en-GB' });
    const row = page.getByRole('row', { name: /^United States/ });
    await row.waitFor();
    const map = page.getByRole('region', { name: /United States/ }).locator('canvas');
    const us = await placeOf(page, /United States/, 'region:US');
    await page.mouse.move(us.x, us.y);
    await expect.poll(() => row.getAttribute('data-lit')).toBe('');
    await page.mouse.move(4, 400);
    await expect.poll(() => row.getAttribute('data-lit')).toBeNull();
    const painted = () => map.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await painted();
    await row.hover();
    // Scrolled out of sight it is drawn all the same.
    await expect.poll(painted).not.toBe(before);
  });
});
