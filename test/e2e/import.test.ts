import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

const CSV = [
  '统计日期,剧名,平台,播放量',
  '2025/10/1,端到端测试剧,抖音,"1,234,567"',
  '2025/10/2,端到端测试剧,抖音,89.5万',
  '2025/10/3,端到端测试剧,抖音,没有',
].join('\n');

describe('a file on the data page', () => {
  it('is detected, tried, imported with its bad row kept, found as a duplicate, and undone', async () => {
    const page = await browser.open('/data');
    await page.waitForLoadState('networkidle');
    const file = { name: '测试日报_20251003.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
    const chooser = page.locator('input[type=file]:not([data-folder])');
    await chooser.setInputFiles(file);
    await page.getByText('由浏览器读取，尚未上传。').waitFor();
    await page.getByRole('button', { name: '上传并识别' }).first().click();
    await page.getByText('识别结果').first().waitFor();
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('尚未写入任何数据。').waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page
      .getByText(/已导入 测试日报/)
      .first()
      .waitFor();
    expect(await page.locator('main').textContent()).toMatch(/写入 2 行.*拒绝 1 行/);

    const found = await fetch(
      `${browser.url}/api/v1/query?q=${encodeURIComponent(JSON.stringify({ measures: ['views'], dimensions: ['series'], filters: [{ dimension: 'series', op: 'contains', value: '端到端测试剧' }] }))}`,
    );
    expect(await found.json()).toMatchObject({ rows: [{ views: 1_234_567 + 895_000 }] });

    await chooser.setInputFiles(file);
    await page.getByRole('button', { name: '上传并识别' }).first().click();
    await page.getByText('这个文件已经导入过').first().waitFor();
    expect(await page.getByRole('button', { name: '导入', exact: true }).isDisabled()).toBe(true);

    await page.goto(`${browser.url}/data`);
    await page.getByRole('button', { name: '撤销导入：测试日报_20251003.csv' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => page.locator('main').textContent()).toContain('已撤销');
    const gone = await fetch(`${browser.url}/api/v1/members/series?search=${encodeURIComponent('端到端测试剧')}`);
    expect(await gone.json()).toMatchObject({ rows: [] });
  });

  it('that is no data is refused with what to do, and leaves nothing', async () => {
    const before = await (await fetch(`${browser.url}/api/v1/imports`)).json();
    const page = await browser.open('/data');
    await page.waitForLoadState('networkidle');
    await page.locator('input[type=file]:not([data-folder])').setInputFiles({
      name: 'broken.parquet',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('PAR1 not really'),
    });
    await page.getByRole('button', { name: '上传并识别' }).first().click();
    await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThan(0);
    expect(await (await fetch(`${browser.url}/api/v1/imports`)).json()).toEqual(before);
  });
});
