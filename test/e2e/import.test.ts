import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { importsSchema } from '../../server/contract/imports.ts';
import { browserTest, importOpened } from './browser.ts';

const browser = browserTest({ writes: true });

const CSV = [
  '统计日期,剧名,平台,播放量',
  '2025/10/1,端到端测试剧,抖音,"1,234,567"',
  '2025/10/2,端到端测试剧,抖音,89.5万',
  '2025/10/3,端到端测试剧,抖音,没有',
].join('\n');

/** Drags with the mouse, by steps as a hand does, and lets go once the page shows that it would land there. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    if (box === null) throw new Error('nothing to drag, or nowhere to');
    return [box.x + Math.min(24, box.width / 2), box.y + box.height / 2] as const;
  };
  await expect
    .poll(async () => {
      // On a busy machine the page may still have been moving as the mouse came by: it is taken up again.
      await page.mouse.up();
      await page.mouse.move(...(await middle(from)));
      await page.mouse.down();
      for (let tried = 0; tried < 5; tried++) {
        const [x, y] = await middle(to);
        await page.mouse.move(x + tried, y, { steps: 12 });
        if ((await to.getAttribute('data-over')) === 'true') return true;
      }
      return false;
    })
    .toBe(true);
  await page.mouse.up();
}

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
    await page.getByLabel('播放量是', { exact: true }).selectOption('increment');
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('尚未写入任何数据。').waitFor();
    await importOpened(page);
    await page
      .getByText(/已导入 测试日报/)
      .first()
      .waitFor();
    await expect.poll(() => page.locator('main').textContent()).toMatch(/写入 2 行.*拒绝 1 行/);

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
    const search = `${browser.url}/api/v1/members/series?search=${encodeURIComponent('端到端测试剧')}`;
    await expect.poll(async () => (await fetch(search)).json()).toMatchObject({ rows: [] });
    await expect.poll(() => page.locator('main').textContent()).toContain('已撤销');
  });

  it('in GB18030 is mapped by drag and menu, its settings kept, and the next one needs no look', async () => {
    // “day,剧名,量”, three days of one series, in GB18030.
    const bytes = (days: number[]) =>
      Buffer.concat([
        Buffer.from('day,'),
        Buffer.from([0xbe, 0xe7, 0xc3, 0xfb, 0x2c, 0xc1, 0xbf, 0x0a]),
        ...days.map((day) =>
          Buffer.concat([
            Buffer.from(`2025-09-0${day},`),
            Buffer.from([0xca, 0xa2, 0xcf, 0xc4, 0xb2, 0xe2, 0xca, 0xd4]),
            Buffer.from(`,${day}000\n`),
          ]),
        ),
      ]);
    const csv = (name: string, days: number[]) => ({ name, mimeType: 'text/csv', buffer: bytes(days) });
    const page = await browser.open('/data');
    await page.waitForLoadState('networkidle');
    const chooser = page.locator('input[type=file]:not([data-folder])');
    const send = page.getByRole('button', { name: /上传并识别/ }).first();
    await chooser.setInputFiles([csv('端到端甲.csv', [1, 2, 3]), { ...csv('图.png', [1]), mimeType: 'image/png' }]);
    await page.getByText('图片和音视频不是数据表。').waitFor();
    await page.getByRole('cell', { name: '盛夏测试' }).first().waitFor();
    await send.click();
    await page.getByText('识别结果').first().waitFor();
    expect(await page.getByRole('radio', { name: /GB18030/ }).isChecked()).toBe(true);

    const menu = page.getByRole('combobox', { name: '字段: 量' });
    await menu.selectOption('');
    await page
      .getByText(/还没有指定播放量/)
      .first()
      .waitFor();
    const slot = page.getByRole('region', { name: '字段' }).getByRole('listitem').filter({ hasText: '播放量' });
    await slot.scrollIntoViewIfNeeded();
    await drag(page, page.getByTitle('拖动“量”到字段上'), slot);
    await expect.poll(() => menu.inputValue()).toBe('views');
    await page.getByLabel('数据来源名称', { exact: true }).fill('端到端来源');
    await page.getByText('记住这次的映射与设置', { exact: true }).click();
    await importOpened(page);
    await page.getByText('已导入 端到端甲.csv').first().waitFor();

    await chooser.setInputFiles(csv('端到端乙.csv', [4, 5]));
    await send.click();
    await page.getByRole('button', { name: '导入无需查看的 1 个' }).click();
    await page.getByText('已导入 端到端乙.csv').first().waitFor();
    const profiles = await (await fetch(`${browser.url}/api/v1/profiles`)).json();
    expect(profiles).toMatchObject({ rows: [{ name: '端到端来源', options: { encoding: 'gb18030' } }] });
    for (const { import_id, source } of importsSchema.parse(await (await fetch(`${browser.url}/api/v1/imports`)).json())
      .rows)
      if (source === '端到端来源') await fetch(`${browser.url}/api/v1/imports/${import_id}`, { method: 'DELETE' });
    await fetch(`${browser.url}/api/v1/profiles/${encodeURIComponent('端到端来源')}`, { method: 'DELETE' });
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
