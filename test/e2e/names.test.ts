import { setTimeout as sleep } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { browserTest } from './browser.ts';

const browser = browserTest({ writes: true });

const CSV = [
  '日期,剧名,平台,承制方,播放量',
  '2025-10-01,归并试剧,抖音,试制方,100',
  '2025-10-02,归并试剧（全集）,抖音,试制方,30',
].join('\n');

const call = async (path: string, init?: RequestInit): Promise<unknown> => {
  const response = await fetch(`${browser.url}/api/v1/${path}`, init);
  expect(response.ok, await response.clone().text()).toBe(true);
  return response.status === 204 ? null : response.json();
};
const post = (path: string, body: object) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

let imported = '';
beforeAll(async () => {
  const sent = await call('uploads?filename=names.csv', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: CSV,
  });
  const { upload_id } = z.object({ upload_id: z.string() }).parse(sent);
  const { import_id } = z
    .object({ import_id: z.string() })
    .parse(await post('imports', { upload_id, options: { views_are: 'increment' } }));
  const status = async () => z.object({ status: z.string() }).parse(await call(`imports/${import_id}`)).status;
  imported = import_id;
  while ((await status()) !== 'committed') await sleep(100);
});
afterAll(() => call(`imports/${imported}`, { method: 'DELETE' }));

/** Views of every series of the file, by name. */
async function views(): Promise<Record<string, number>> {
  const answer = await post('query', {
    measures: ['views'],
    dimensions: ['series'],
    filters: [{ dimension: 'series', op: 'contains', value: '归并试剧' }],
  });
  const { rows } = z.object({ rows: z.array(z.object({ series: z.string(), views: z.number() })) }).parse(answer);
  return Object.fromEntries(rows.map((row) => [row.series, row.views]));
}
const APART = { 归并试剧: 100, '归并试剧(全集)': 30 };

async function listed(page: Page) {
  page.setDefaultTimeout(60_000);
  await page.waitForLoadState('networkidle');
  const names = page.locator('main');
  await names.getByText(/按相似度排列|by likeness/).waitFor();
  return names;
}
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

// Each merge and undo resolves the demo's thirteen thousand series anew.
describe('two spellings of one series', { timeout: 180_000 }, () => {
  it('are suggested, seen before, merged into one number, and apart again when that is undone', async () => {
    expect(await views()).toEqual(APART);
    const page = await browser.open('/data/names');
    const names = await listed(page);
    const dialog = page.getByRole('dialog');

    await names.getByRole('button', { name: '预览归并：归并试剧（全集），归并试剧' }).click();
    await dialog.getByText('合计播放量不变，仍为 130。').waitFor();
    await dialog.getByText('在任何一个平台上，都没有哪一天同时有几个名称的数据').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await views()).toEqual(APART);
    await dialog.getByRole('button', { name: '归并', exact: true }).click();
    await names.getByText('已归入“归并试剧”：归并试剧（全集）。').waitFor();
    expect(await views()).toEqual({ 归并试剧: 130 });
    await expect.poll(() => names.getByRole('button', { name: /^预览归并：归并试剧/ }).count()).toBe(0);

    await names.getByRole('button', { name: '撤销：归并试剧（全集），归并试剧' }).click();
    await dialog.getByRole('button', { name: '撤销' }).click();
    await names.getByText('已撤销：“归并试剧（全集）”不再归入“归并试剧”。').waitFor();
    expect(await views()).toEqual(APART);
    await names.getByText('显示已撤销的（1）').click();
    await names.getByText(/\d撤销$/).waitFor();
    await names.getByRole('button', { name: '预览归并：归并试剧（全集），归并试剧' }).waitFor();
  });

  it('are merged by hand with the keyboard, found by pinyin, into the one that is chosen', async () => {
    const page = await browser.open('/data/names');
    const names = await listed(page);
    await names.getByRole('button', { name: '手动归并' }).press('Enter');
    const dialog = page.getByRole('dialog');
    const search = dialog.getByRole('textbox', { name: '添加名称' });
    for (const name of ['归并试剧', '归并试剧（全集）']) {
      await search.fill('gbsj');
      await page.getByRole('option', { name: new RegExp(`^${name}\\s*\\d`) }).waitFor();
      while ((await page.locator('[data-combobox-selected]').count()) === 0) await search.press('ArrowDown');
      await search.press('Enter');
    }
    const holds = dialog.getByRole('group', { name: '保留哪个名称' });
    await holds.getByRole('radio').nth(1).check();
    const chosen = await holds.locator('label:has(:checked)').textContent();
    await dialog.getByRole('button', { name: '预览', exact: true }).press('Enter');
    await dialog.getByText('合计播放量不变，仍为 130。').waitFor();
    await dialog.getByRole('button', { name: '归并', exact: true }).press('Enter');
    await names.getByText(/^已归入/).waitFor();
    const merged = await views();
    expect(Object.values(merged)).toEqual([130]);
    expect(chosen).toContain(Object.keys(merged)[0]?.replace('(全集)', ''));
    const { rows } = z.object({ rows: z.array(z.object({ alias_id: z.string() })) }).parse(await call('aliases'));
    for (const { alias_id } of rows) await call(`aliases/${alias_id}`, { method: 'DELETE' });
    expect(await views()).toEqual(APART);
  });

  it('are not suggested again once they are said to be two', async () => {
    const page = await browser.open('/data/names', { locale: 'en-GB', width: 390, height: 844, dark: true });
    const names = await listed(page);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await names.getByRole('button', { name: 'Not the same: 归并试剧（全集）, 归并试剧' }).click();
    await names.getByText(/^Noted: /).waitFor();
    expect(await names.getByRole('button', { name: /^Not the same: 归并试剧/ }).count()).toBe(0);
    expect(JSON.stringify(await call('aliases/suggestions?dimension=series'))).not.toContain('归并试剧');
    expect(await views()).toEqual(APART);
  });
});

describe('the page of names', () => {
  const titled = (page: Page, text: string) =>
    expect.poll(() => page.locator('h1').allTextContents(), { timeout: 30_000 }).toEqual([text]);

  it('is reached from Data by the keyboard, at an address and with a title of its own, and is not loaded before', async () => {
    const page = await browser.open('', { at: 'about:blank' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${browser.url}/data?lang=en&genre=fantasy`);
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /NamesPage|suggestions/u.test(url))).toEqual([]);

    const link = page.getByRole('navigation', { name: 'Pages of the data' }).getByRole('link', { name: 'Names' });
    await link.press('Enter');
    await titled(page, 'Names');
    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, searchParams.get('genre'), searchParams.get('lang')]).toEqual(['/data/names', 'fantasy', 'en']);
    expect(await page.title()).toBe('Names · Dramascope');
    expect(await link.getAttribute('aria-current')).toBe('page');
    expect(await link.evaluate((at) => at === document.activeElement)).toBe(true);
    await page.goBack();
    await titled(page, 'Data');
    expect(await link.getAttribute('aria-current')).toBeNull();
  });

  it('is where the place that names had on the Data page leads', async () => {
    const page = await browser.open('/data?lang=en&genre=fantasy#names');
    await titled(page, 'Names');
    const { pathname, search, hash } = new URL(page.url());
    expect([pathname, search.includes('genre=fantasy'), hash]).toEqual(['/data/names', true, '']);
  });

  it('keeps in its address what is compared, in either language and after a reload', async () => {
    const page = await browser.open('/data/names?of=producer');
    const chosen = (kind: string) => expect.poll(() => page.getByRole('radio', { name: kind }).isChecked()).toBe(true);
    await chosen('承制方');
    // Beside the name stands how many suggestions there are, once they are known.
    await page.locator('label', { hasText: /^平台/ }).click();
    await expect.poll(() => page.url()).toContain('of=platform');
    await page.getByText('EN', { exact: true }).first().click();
    await titled(page, 'Names');
    await chosen('Platform');
    await page.reload();
    await titled(page, 'Names');
    await chosen('Platform');
    await page.goto(`${browser.url}/data/names?of=nothing`);
    await chosen('Series');
  });
});
