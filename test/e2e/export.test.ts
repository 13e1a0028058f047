import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

async function exported(page: Page, kind: RegExp): Promise<Download> {
  await page.getByRole('button', { name: /图表菜单：各形态播放量/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: kind }).click(),
  ]);
  return download;
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

async function overview(): Promise<Page> {
  const page = await browser.open('/');
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

  it('as a picture and as a query in the clipboard', async () => {
    const page = await overview();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: /图表菜单：各形态播放量/ }).click();
    await page.getByRole('menuitem', { name: '复制图片' }).click();
    await page.getByRole('menuitem', { name: '已复制' }).waitFor();
    expect(await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))).toEqual([
      'image/png',
    ]);
    await page.getByRole('menuitem', { name: /curl/ }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^curl 'http.*\/api\/v1\/query/);
  });

  it('says what went wrong, and stays', async () => {
    const page = await overview();
    await page.route('**/api/v1/figures/**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: /图表菜单：各形态播放量/ }).click();
    await page.getByRole('menuitem', { name: /PDF/ }).click();
    await page.getByRole('alert').filter({ hasText: '未能导出' }).waitFor();
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
    await page.getByRole('button', { name: /图表菜单：各形态播放量/ }).click();
    await page.getByRole('menuitem', { name: '显示为表格' }).click();
    await expect.poll(() => page.getByRole('row', { name: /2025-10-01/ }).count()).toBeGreaterThan(0);
  });
});
