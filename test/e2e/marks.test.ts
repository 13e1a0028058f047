import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';
import { card, placeOf } from './pointing.ts';

const browser = browserTest();

const address = (page: Page) => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search);
const reaches = (page: Page, expected: string) => expect.poll(() => address(page)).toBe(expected);
const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });

describe('a mark', () => {
  it('opens what it stands for, under a hand: a bubble, a cell in another tab, by its menu what it is not', async () => {
    const page = await browser.open('/genres');
    const nothing = await placeOf(page, /的需求最超出供给/, '');
    expect(nothing.cursor).toBe('default');
    const lines = card(page, /谁在增长/)
      .locator('canvas')
      .first();
    const painted = () => lines.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await page.waitForLoadState('networkidle');
    const before = await painted();
    const bubble = await placeOf(page, /的需求最超出供给/, 'primary_genre:family');
    expect(bubble.cursor).toBe('pointer');
    await page.mouse.move(bubble.x, bubble.y);
    // The same genre's line is lit, the others fade.
    await expect.poll(painted).not.toBe(before);
    await page.mouse.click(bubble.x, bubble.y);
    await reaches(page, '/genres/family');
    await page.goBack();
    await reaches(page, '/genres');

    const cell = await placeOf(page, /每种形态看什么题材/, 'primary_genre:romance,format:comic');
    const opening = page.context().waitForEvent('page');
    await page.keyboard.down('Control');
    await page.mouse.click(cell.x, cell.y);
    await page.keyboard.up('Control');
    const tab = await opening;
    await reaches(tab, '/genres/romance?format=comic');
    await tab.close();
    await reaches(page, '/genres');

    await page.mouse.click(cell.x, cell.y, { button: 'right' });
    await item(page, '只看言情 × 漫剧').waitFor();
    await item(page, '排除言情').click();
    await reaches(page, '/genres?primary_genre=!romance');
  });

  it('is a line’s end, a bar, a tile', async () => {
    const page = await browser.open('/club');
    const end = await placeOf(page, /最快：/, 'series:MD011408');
    await page.mouse.click(end.x, end.y);
    await reaches(page, '/series/MD011408');
    await page.goBack();
    await page.getByRole('link', { name: '4 / 7 部' }).click();
    await reaches(page, '/producers/听花岛');
    await page.goBack();
    const bar = await placeOf(page, /听花岛占/, 'producer:听花岛');
    await page.mouse.click(bar.x, bar.y, { button: 'right' });
    await item(page, '查看背后的数据').click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toMatch(/来自 [\d,]+ 行数据.*views_2025Q4/su);
    await page.keyboard.press('Escape');
    await page.mouse.click(bar.x, bar.y);
    await expect.poll(() => address(page)).toContain('听花岛');
  });

  it('is a row, that has the menu by keyboard, and is reached by it in place of a bar', async () => {
    const page = await browser.open('/producers', { locale: 'en-GB' });
    const row = page.getByRole('row', { name: /Tinghua Island/ }).first();
    await row.getByRole('link').focus();
    await page.keyboard.press('Shift+F10');
    await item(page, 'Filter to Tinghua Island').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await reaches(page, '/producers?producer=听花岛');
    await page.goBack();
    await reaches(page, '/producers');
    await page
      .getByRole('row', { name: /Tinghua Island/ })
      .first()
      .getByRole('cell')
      .nth(3)
      .click();
    await expect.poll(() => address(page)).toContain('听花岛');
    await page.goBack();
    await reaches(page, '/producers');

    await page
      .getByRole('button', { name: /^Chart menu/ })
      .first()
      .click();
    await item(page, 'Show as table').click();
    const link = page
      .getByRole('row', { name: /Tinghua Island/ })
      .last()
      .getByRole('link');
    await link.press('Enter');
    await expect.poll(() => address(page)).toContain('听花岛');
  });
});
