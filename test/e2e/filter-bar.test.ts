import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

const address = (page: Page) => decodeURIComponent(new URL(page.url()).search);
const button = (page: Page, name: string | RegExp) =>
  typeof name === 'string' ? page.getByRole('button', { name, exact: true }) : page.getByRole('button', { name });
const preset = (page: Page, name: string | RegExp) => page.getByRole('menuitemradio', { name });
const finder = (page: Page) => page.getByRole('combobox', { name: /输入题材/ });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const violations = async (page: Page) => {
  const { violations: found } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

describe('the filter bar', () => {
  it('finds a member by its pinyin, and takes it in and out by the keyboard alone', async () => {
    const page = await browser.open('/genres');
    await button(page, '筛选').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => finder(page).evaluate((one) => one === document.activeElement)).toBe(true);
    const popover = page.getByRole('dialog');
    const place = await popover.boundingBox();
    await page.keyboard.type('xuanhuan');
    const found = page.getByRole('option', { name: /^玄幻，题材，[\d,]+ 部剧，播放量/ });
    await found.waitFor();
    // It neither moves nor changes its size, whatever it holds.
    expect(await popover.boundingBox()).toEqual(place);
    expect(await violations(page)).toEqual([]);
    while ((await found.getAttribute('data-active')) === null) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => address(page)).toBe('?genre=fantasy');
    expect(await focused(page)).toBe('筛选');
    await button(page, '修改筛选：题材').click();
    await page.getByRole('option', { name: /^玄幻/, selected: true }).waitFor();
    const chip = await button(page, '修改筛选：题材').boundingBox();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => address(page)).toMatch(/^\?genre=fantasy,\w+$/);
    expect(await button(page, '修改筛选：题材').boundingBox()).toEqual(chip);
    await page.getByText('排除', { exact: true }).click();
    await expect.poll(() => address(page)).toMatch(/^\?genre=!fantasy,\w+$/);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('题材');
  });

  it('takes a number as people write it for a threshold, a count for the largest, a text for names', async () => {
    const page = await browser.open('/genres');
    await button(page, '筛选').click();
    await finder(page).fill('1e8');
    await page.getByRole('option', { name: /^播放量 ≥ 1亿/ }).click();
    await expect.poll(() => address(page)).toBe('?where=views:gte:100000000');
    await button(page, '修改筛选：播放量 ≥ 1亿').click();
    await page.getByRole('combobox', { name: '条件' }).click();
    await page.getByRole('option', { name: /^前 N 部/ }).click();
    await page.getByRole('textbox', { name: '播放量的数值' }).fill('50');
    await page.keyboard.press('Enter');
    await expect.poll(() => address(page)).toBe('?where=views:top:50');
    await button(page, '筛选').click();
    await finder(page).fill('总裁');
    await page.getByRole('option', { name: /^剧集 · 名称含/ }).click();
    await expect.poll(() => address(page)).toBe('?series=*总裁&where=views:top:50');
    // A dimension has one filter: what takes its place says so.
    await button(page, '筛选').click();
    await finder(page).fill('豪门');
    await page.getByRole('option', { name: /^剧集 · 名称含“豪门”.*替换现有条件/ }).waitFor();
    await page.keyboard.press('Escape');
    await button(page, '全部清除').click();
    await expect.poll(() => address(page)).toBe('');
  });

  it('reads an old address, and chooses time, another year’s holiday, a grain and complete periods', async () => {
    const page = await browser.open('/genres?range=30d&compare=none&format=!ai', { locale: 'en-GB', dark: true });
    await button(page, /^Time range: 2 .* 31 Oct 2025$/).click();
    await preset(page, /^Latest complete month/).click();
    await expect.poll(() => address(page)).toBe('?range=month&compare=none&format=!ai');
    await button(page, 'No comparison').click();
    await preset(page, /^National Day 2024/).waitFor();
    expect(await preset(page, 'No comparison').getAttribute('aria-checked')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await preset(page, /^National Day 2024/).click();
    await expect.poll(() => address(page)).toBe('?range=month&compare=national_day:2024&format=!ai');
    await button(page, /^National Day 2024, same days ?Oct 2024$/).waitFor();
    await expect.poll(() => page.locator('main').textContent()).toContain('vs Oct 2024');
    await button(page, 'Grain: Automatic').click();
    await preset(page, 'By week').press('Enter');
    await expect.poll(() => address(page)).toContain('&grain=week&');
    await button(page, 'Grain: By week').click();
    await page.getByRole('checkbox', { name: 'Complete periods only' }).click();
    await expect.poll(() => address(page)).toContain('&complete=1&');
    // October's whole weeks.
    await button(page, 'Time range: 6 Oct – 26 Oct 2025').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Remove filter: Complete periods only').click();
    await button(page, 'Time range: Oct 2025').waitFor();
  });

  it('says that since release is all data, if the page is about many series', async () => {
    const page = await browser.open('/overseas?range=release');
    await page.getByText('上线以来（多部剧，取全部数据）').waitFor();
  });

  it('is one line on a phone that opens a sheet, a part at a time', async () => {
    const page = await browser.open('/genres?format=comic', { width: 390, height: 844 });
    const line = button(page, /^时间、对比与筛选: 2025年10月/);
    await line.click();
    await button(page, /^时间范围/).click();
    await preset(page, /^最近 90 天/).click();
    await expect.poll(() => address(page)).toBe('?range=90d&format=comic');
    await button(page, '移除筛选：形态').waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, '完成').click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toContain('2025年8月3日至10月31日');
  });
});
