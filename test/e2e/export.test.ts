import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();
const MENU = /图表菜单：各形态播放量/;

async function exported(page: Page, kind: RegExp): Promise<Download> {
  await page.getByRole('button', { name: MENU }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: kind }).click(),
  ]);
  return download;
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

async function overview(path = '/'): Promise<Page> {
  const page = await browser.open(path);
  await page.waitForLoadState('networkidle');
  await page.locator('canvas').first().waitFor();
  return page;
}

/** Size and number of distinct colours of a picture, counted by the browser's own decoder. */
async function look(page: Page, png: Buffer): Promise<{ width: number; height: number; colours: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4)
      seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    return { width: bitmap.width, height: bitmap.height, colours: seen.size };
  }, png.toString('base64'));
}

describe('a chart leaves the building', () => {
  it('as a PNG of 1920 × 1080 that is drawn, not blank', async () => {
    const page = await overview();
    const download = await exported(page, /1920 × 1080/);
    expect(download.suggestedFilename()).toMatch(/\.png$/);
    const picture = await look(page, await bytesOf(download));
    expect(picture).toMatchObject({ width: 1920, height: 1080 });
    expect(picture.colours).toBeGreaterThan(50);
  });

  it('as a slide with a chart, a PDF and a workbook, named by what they are', async () => {
    const page = await overview();
    for (const [kind, extension, head] of [
      [/PowerPoint/, '.pptx', 'PK'],
      [/PDF/, '.pdf', '%PDF'],
      [/Excel/, '.xlsx', 'PK'],
    ] as const) {
      const download = await exported(page, kind);
      expect(download.suggestedFilename()).toMatch(new RegExp(`^各形态播放量_.*${extension}$`, 'u'));
      expect((await bytesOf(download)).toString('latin1', 0, head.length)).toBe(head);
    }
  });

  it('as a picture, a link, an embed code and a query in the clipboard', async () => {
    const page = await overview('/?format=comic');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: MENU }).click();
    await page.getByRole('menuitem', { name: '复制图片' }).click();
    await page.getByRole('menuitem', { name: '已复制' }).waitFor();
    expect(await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))).toEqual([
      'image/png',
    ]);
    const copied = async (kind: RegExp, like: RegExp) => {
      await page.getByRole('menuitem', { name: kind }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(like);
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await copied(/curl/, /^curl 'http.*\/api\/v1\/query/);
    await copied(/（SQL）/, /^(WITH|SELECT) /u);
    await copied(/DuckDB/, /read_parquet\('http.*overview\.formats\.parquet\?format=comic/u);
    await copied(/嵌入/, /^<iframe src="http.*\/embed\/overview\.formats\?/u);
    const link = await copied(/链接/, /\/f\/overview\.formats\?format=comic&lang=zh$/u);
    await page.goto(link);
    await page.getByRole('heading', { name: '各形态播放量' }).waitFor();
    await page.getByRole('link', { name: '在仪表盘中打开' }).click();
    await page.waitForURL((url) => url.pathname === '/' && url.searchParams.get('format') === 'comic');
  });

  it('as a picture of a size, ground and words of the reader’s choice, which the address keeps', async () => {
    const page = await overview();
    const menu = page.getByRole('button', { name: MENU });
    await menu.click();
    await page.getByRole('menuitem', { name: /^图片/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: '导出图片' });
    await dialog.waitFor();
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([]);
    await dialog.getByLabel('尺寸').selectOption('9x16');
    await dialog.getByRole('radio', { name: '透明' }).check({ force: true });
    await dialog.getByLabel('标题', { exact: true }).fill('我的标题');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '下载 PNG' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^我的标题_.*\.png$/u);
    expect(await look(page, await bytesOf(download))).toMatchObject({ width: 1080, height: 1920 });
    await dialog.getByRole('radio', { name: '中文和英文' }).check({ force: true });
    const [pair] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '下载 SVG' }).click(),
    ]);
    expect(pair.suggestedFilename()).toMatch(/\.zip$/u);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => menu.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(new URL(page.url()).searchParams.get('t.overview.formats')).toBe('我的标题');
    expect((await bytesOf(await exported(page, /SVG/))).toString('utf8')).toContain('我的标题');
  });

  it('says what went wrong, and stays', async () => {
    const page = await overview();
    await page.route('**/api/v1/figures/**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: MENU }).click();
    await page.getByRole('menuitem', { name: /PDF/ }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: '未能导出：' })
      .filter({ hasText: /服务器/ })
      .waitFor();
  });

  it('as an SVG that carries its title, source and the mark of synthetic data as text', async () => {
    const svg = (await bytesOf(await exported(await overview(), /SVG/))).toString('utf8');
    expect(svg).toMatch(/^<svg/);
    for (const text of ['各形态播放量', '合成演示数据', '2025年10月31日']) expect(svg).toContain(text);
  });

  it('as a CSV that a spreadsheet opens, with the numbers of the chart', async () => {
    const download = await exported(await overview(), /CSV/);
    expect(download.suggestedFilename()).toContain('合成演示数据');
    // The days that are drawn, which are more than the page's month.
    expect(download.suggestedFilename()).toContain('2024-11-01-2025-10-31');
    const csv = (await bytesOf(download)).toString('utf8');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain('\r\n');
    expect(csv.split('\r\n').length).toBeGreaterThan(12);
  });

  it('as a table in its place, for those who cannot see it', async () => {
    const page = await overview();
    await page.getByRole('button', { name: MENU }).click();
    await page.getByRole('menuitem', { name: '显示为表格' }).click();
    await expect.poll(() => page.getByRole('row', { name: /2025-10-01/ }).count()).toBeGreaterThan(0);
  });
});
