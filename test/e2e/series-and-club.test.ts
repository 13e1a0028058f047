import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

const settled = (page: Page) => page.waitForLoadState('networkidle');
const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 2, name });

describe('a series', () => {
  it('asks for what is below the fold once it is scrolled to: forecast, peers, and others of its producer', async () => {
    const page = await browser.open('/series/MD011912');
    const asked = () =>
      page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => /forecast|curves/.test(name)).length,
      );
    await heading(page, /累计播放量与里程碑/).waitFor();
    await settled(page);
    expect(await asked()).toBe(0);
    // Of one day it is no mean.
    expect(await page.getByText(/^10月9日上线当日达峰，/).isVisible()).toBe(true);
    await page.mouse.move(700, 500);
    for (const name of [
      /预计.*突破/,
      /上线第\d+天，(高于四分之三的同类|累计播放是同类中位数的)/,
      /同一承制方：听花岛/,
    ]) {
      // By and by, as a reader does: a jump to the end would pass by what asks once it is seen.
      await expect
        .poll(async () => {
          await page.mouse.wheel(0, 300);
          return heading(page, name).count();
        })
        .toBeGreaterThan(0);
    }
    expect(await asked()).toBeGreaterThan(1);
    await expect.poll(() => page.locator('main').textContent()).toMatch(/天中有\d+天落在其 80% 区间内。回测：/);
    await page.getByRole('link', { name: '盛夏芬德拉' }).click();
    await expect.poll(() => page.locator('h1').textContent()).toBe('盛夏芬德拉');
  });
});

describe('the club', () => {
  it('plays its race by keys, takes any threshold, and says what it cannot read', async () => {
    const page = await browser.open('/club?threshold=3e9');
    await heading(page, /下一个突破30亿的是谁/).waitFor();
    await expect.poll(() => page.locator('main').textContent()).toMatch(/还差 [\d.,]+[亿万]/);
    await expect.poll(() => page.locator('main').textContent()).toContain('最快（按天）');
    const slider = page.getByRole('slider', { name: '上线后天数' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await heading(page, /上线第2天：.*领先/).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: '暂停' }).waitFor();
    await heading(page, /上线第[4-9]天：.*领先/).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: '播放', exact: true }).waitFor();
    const own = page.getByRole('textbox', { name: '自定门槛' });
    await own.fill('很多');
    await own.press('Enter');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('无法识别“很多”');
    await own.fill('15亿');
    await own.press('Enter');
    await expect.poll(() => page.locator('h1').textContent()).toBe('15亿俱乐部');
    expect(page.url()).toContain('threshold=1500000000');
  });
});

describe('the list of series', () => {
  it('is filtered at a column’s head, told as chips, shared by its address, and written to a file', async () => {
    const page = await browser.open('/series');
    await page.getByRole('button', { name: '按播放量筛选' }).click();
    const value = page.getByRole('textbox', { name: '播放量的数值' });
    await value.fill('一些');
    await value.press('Enter');
    await page.getByText('请输入数字，如 1亿').waitFor();
    await value.fill('5亿');
    await value.press('Enter');
    await page.getByRole('button', { name: '修改筛选：播放量 ≥ 5亿' }).waitFor();
    await expect.poll(() => page.url()).toContain('where=views:gte:500000000');
    await page.getByRole('button', { name: '按完播率筛选' }).click();
    await page.getByRole('textbox', { name: '完播率的数值' }).fill('40%');
    await page.keyboard.press('Enter');
    await page.getByText('完播率 ≥ 40%').waitFor();
    await page.reload();
    await page.getByText('完播率 ≥ 40%').waitFor();
    await settled(page);
    const rows = (await page.getByRole('row').count()) - 1;
    expect(rows).toBeGreaterThan(0);
    await page.getByRole('button', { name: '导出' }).click();
    const file = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'CSV（表中所示）' }).click();
    const lines = readFileSync(await (await file).path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(rows + 1);
    expect(lines[0]).toMatch(/^\uFEFF?剧名,承制方,主题材,形态,播放量,/u);
    await page.getByRole('button', { name: '移除筛选：播放量 ≥ 5亿' }).click();
    await expect.poll(() => page.url()).not.toContain('where=');
  });
});
