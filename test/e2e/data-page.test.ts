import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { type ImportRecord, importsSchema } from '../../server/contract/imports.ts';
import { row, workbook } from '../unit/ingest/read/formats/workbooks.ts';
import { browserTest, importOpened } from './browser.ts';

const browser = browserTest({ writes: true });
const api = (path: string) => `${browser.url}/api/v1/${path}`;

interface Sent {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const file = (name: string, content: string | Buffer): Sent => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

/** The imports of files whose name has this in it, newest first. */
async function imports(named: string): Promise<ImportRecord[]> {
  const { rows } = importsSchema.parse(await (await fetch(api('imports'))).json());
  return rows.filter(({ filename }) => filename.includes(named));
}
afterAll(async () => {
  for (const { import_id, status } of await imports('页测'))
    if (status === 'committed') await fetch(api(`imports/${import_id}`), { method: 'DELETE' });
});

/** Views of the series whose names begin so, by name. */
async function views(begin: string): Promise<unknown> {
  const query = {
    measures: ['views'],
    dimensions: ['series'],
    filters: [{ dimension: 'series', op: 'contains', value: begin }],
  };
  const { rows } = await (await fetch(api(`query?q=${encodeURIComponent(JSON.stringify(query))}`))).json();
  return Object.fromEntries(rows.map((one: { series: string; views: number }) => [one.series, one.views]));
}

const chooser = (page: Page): Locator => page.locator('input[type=file]:not([data-folder])');
const importButton = (page: Page): Locator => page.getByRole('button', { name: '导入', exact: true });

/** Opens the page, hands files over and sends them. */
async function send(...files: Sent[]): Promise<Page> {
  const page = await browser.open('/data');
  await chooser(page).setInputFiles(files);
  await page
    .getByRole('button', { name: /上传并识别/ })
    .first()
    .click();
  return page;
}

describe('on the data page', () => {
  it('another sheet of a workbook is chosen, then the row that names its columns', async () => {
    const header = ['日期', '剧名', '播放量'];
    const book = workbook([
      {
        name: '十月',
        rows: row(1, header) + [1, 2, 3].map((day) => row(day + 1, [`2025-10-0${day}`, '页测甲', day])).join(''),
      },
      { name: '九月', rows: row(1, ['概况', '概况', '数据']) + row(2, header) + row(3, ['2025-09-01', '页测甲', 70]) },
    ]);
    const page = await send(file('页测月报.xlsx', book));
    await page.getByLabel('工作表', { exact: true }).selectOption('九月');
    const rows = page.getByRole('group', { name: '文件的前 3 行' });
    await rows.getByRole('columnheader', { name: '概况' }).first().waitFor();
    const choice = page.getByLabel('表头', { exact: true });
    expect(await choice.locator('option').allTextContents()).toEqual([
      '第 1 行：概况 · 概况 · 数据',
      '第 2 行：日期 · 剧名 · 播放量',
      '第 3 行：2025-09-01 · 页测甲 · 70',
      '没有表头',
    ]);
    expect(await importButton(page).isDisabled()).toBe(true);
    await choice.selectOption('2');
    await rows.getByRole('columnheader', { name: '播放量' }).waitFor();
    await importOpened(page);
    await page.getByText('已导入 页测月报.xlsx').first().waitFor();
    expect(await views('页测甲')).toEqual({ 页测甲: 70 });
    expect(await imports('页测月报')).toMatchObject([{ options: { sheet: '九月', header_row: 2 } }]);
  });

  it('a wide table is shown as rows, and as it stands where that is chosen', async () => {
    const wide = '日期,剧名,抖音播放量,快手播放量\n2025-10-01,页测宽,5,6\n2025-10-02,页测宽,7,\n';
    const page = await send(file('页测宽表.csv', wide));
    const layout = page.getByLabel('表格排布', { exact: true });
    const rows = page.getByRole('group', { name: '转为行后的前 3 行，按此导入' });
    await rows.getByRole('columnheader', { name: '平台' }).waitFor();
    expect(await layout.inputValue()).toBe('platform');
    await layout.selectOption('none');
    await rows.waitFor({ state: 'detached' });
    await layout.selectOption('platform');
    await rows.waitFor();
    await importOpened(page);
    await page.getByText('已导入 页测宽表.csv').first().waitFor();
    expect(await views('页测宽')).toEqual({ 页测宽: 18 });
    expect(await imports('页测宽表')).toMatchObject([{ options: { across: 'platform' } }]);
  });

  it('nothing is imported before what decides a total is answered, and each answer is asked for once', async () => {
    const twice = '日期,剧名,播放量,播放量\n2025-10-01,页测问,101,701\n2025-10-02,页测问,102,700\n';
    const page = await send(file('页测同名列.csv', twice));
    await page.getByLabel('播放量是', { exact: true }).selectOption('increment');
    const questions = page.getByRole('region', { name: '必须回答后才能导入' });
    const open = questions.getByRole('listitem');
    expect(await open.count()).toBe(1);
    expect(await importButton(page).isDisabled()).toBe(true);
    await open.getByRole('button', { name: '去选择' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('字段: 播放量');
    await page.getByLabel('字段: 播放量_2').selectOption('views');
    await questions.waitFor({ state: 'detached' });
    await importOpened(page);
    await page.getByText('已导入 页测同名列.csv').first().waitFor();
    expect(await views('页测问')).toEqual({ 页测问: 1401 });
  });

  it('a table of views without days is a catalogue if somebody says so, or of the month that is given', async () => {
    const published = '视频标题,视频发布时间,观看次数\n页测发布,2025年6月1日,310\n页测发布二,2025年6月2日,620\n';
    const page = await send(file('页测发布.csv', published));
    const open = page.getByRole('region', { name: '必须回答后才能导入' }).getByRole('listitem');
    await open.getByRole('button', { name: '是，这样读取' }).waitFor();
    expect(await importButton(page).isDisabled()).toBe(true);
    await open.getByRole('button', { name: '是，这样读取' }).click();
    await open.waitFor({ state: 'detached' });
    expect(await importButton(page).isDisabled()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.getByRole('radiogroup', { name: '内容' }).getByText('播放数据').click();
    await page.getByLabel('全部行的日期', { exact: true }).fill('2025-08-01');
    await page.getByLabel('该日期表示', { exact: true }).selectOption('month');
    await importOpened(page);
    await page.getByText('已导入 页测发布.csv').first().waitFor();
    expect(await views('页测发布')).toEqual({ 页测发布: 310, 页测发布二: 620 });
    expect(await imports('页测发布')).toMatchObject([{ kind: 'log', from: '2025-08-01', to: '2025-08-31' }]);
  });

  it('a running import is cancelled, and nothing of it stays', async () => {
    // Enough rows that it is still under way when the button is there.
    const lines = Array.from({ length: 300_000 }, (_, i) => `2025-0${1 + (i % 9)}-11,页测大${i},抖音,${i}`);
    const page = await send(file('页测大文件.csv', `日期,剧名,平台,播放量\n${lines.join('\n')}\n`));
    await importOpened(page);
    await page.getByRole('button', { name: '取消：页测大文件.csv' }).click();
    await page.getByRole('heading', { name: '导入已取消，没有写入任何数据' }).waitFor();
    // The page is told at once; the history writes it down a moment later.
    await expect.poll(() => imports('页测大文件')).toMatchObject([{ status: 'cancelled', rows_committed: 0 }]);
    expect(await views('页测大')).toEqual({});
  });

  it('the rejected lines are downloaded from the history, mended and brought back', async () => {
    const good = Array.from({ length: 12 }, (_, i) => `2025-10-${10 + i};页测丙;1`);
    const page = await send(file('页测拒绝.csv', `日期;剧名;播放量\n${good.join('\n')}\n2025-10-31;页测丙;没写\n`));
    await importOpened(page);
    await page.getByText('已导入 页测拒绝.csv').first().waitFor();
    await page.getByRole('button', { name: '导入详情：页测拒绝.csv' }).click();
    const drawer = page.getByRole('dialog');
    const coming = page.waitForEvent('download');
    await drawer.getByRole('link', { name: '下载原始行' }).click();
    const download = await coming;
    const lines = await readFile(await download.path(), 'utf8');
    expect(lines).toBe('\uFEFF日期;剧名;播放量\r\n2025-10-31;页测丙;没写\r\n');
    await page.keyboard.press('Escape');

    await chooser(page).setInputFiles(file(download.suggestedFilename(), lines.replace('没写', '88')));
    await page.getByRole('button', { name: '上传并识别' }).first().click();
    await importOpened(page);
    await page
      .getByText(/^已导入 页测拒绝\.rejects/)
      .first()
      .waitFor();
    expect(await views('页测丙')).toEqual({ 页测丙: 12 + 88 });
    const [mended, first] = await imports('页测拒绝');
    expect(mended).toMatchObject({ rows_committed: 1, rows_rejected: 0, source: first?.source });

    await page.getByRole('button', { name: '修正自“页测拒绝.csv”' }).click();
    await drawer.getByRole('button', { name: mended?.filename ?? '', exact: true }).click();
    await drawer.getByRole('button', { name: '页测拒绝.csv', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '撤销导入：页测拒绝.csv' }).click();
    await page.getByRole('dialog').getByText(`修正其拒绝行的 “${mended?.filename}” 另有 1 行，不随之撤销`).waitFor();
  });

  it('the keyboard stays with the file, and bytes that were imported before are free once that is undone', async () => {
    const csv = file('页测键盘.csv', '日期,剧名,平台,播放量\n2025-10-01,页测戊,抖音,3\n2025-10-02,页测戊,抖音,1\n');
    const page = await send(csv);
    await page.getByLabel('播放量是', { exact: true }).selectOption('increment');
    await importButton(page).focus();
    await page.keyboard.press('Enter');
    await page.getByText('已导入 页测键盘.csv').first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(await focused()).toContain('页测键盘.csv');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The row is gone, and with it the button that took it away: the focus stays in the page.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

    await chooser(page).setInputFiles(csv);
    await page.getByRole('button', { name: '上传并识别' }).first().click();
    await page.getByText('这个文件已经导入过').first().waitFor();
    await page.getByRole('button', { name: '撤销导入：页测键盘.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await page.getByText('这个文件已经导入过').waitFor({ state: 'detached' });
    await importOpened(page);
    await page.getByText('已导入 页测键盘.csv').first().waitFor();
  });

  it('a refusal is said in the language that is chosen after it', async () => {
    const page = await send(file('页测坏.parquet', 'PAR1 not really'));
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/[\u4e00-\u9fff]{4}/u);
    await page.getByText('EN', { exact: true }).first().click();
    await page.getByRole('heading', { name: 'Import failed' }).waitFor();
    expect(((await alert.textContent()) ?? '').replaceAll('页测坏', '')).not.toMatch(/[\u4e00-\u9fff]/u);
  });

  it('several files are dropped at once: what is no table is named, the others are imported without a look', async () => {
    const page = await browser.open('/data');
    const zone = page.locator('[data-small=false]');
    await zone.waitFor();
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      // They rise and fall often enough: increments beyond doubt.
      const days = Array.from(
        { length: 30 },
        (_, at) => `2025-09-${String(at + 1).padStart(2, '0')},页测丁,抖音,${1 + (at % 2)}`,
      );
      transfer.items.add(new File([`日期,剧名,平台,播放量\n${days.join('\n')}\n`], '页测日报.csv'));
      transfer.items.add(new File(['剧名,题材,承制方\n页测丁,都市,页测影业\n'], '页测目录.csv'));
      transfer.items.add(new File(['PK'], '页测海报.png'));
      return transfer;
    });
    for (const type of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(type, { dataTransfer: dropped });
    await page.getByText('图片和音视频不是数据表。').waitFor();
    await page.getByRole('button', { name: '上传并识别 2 个文件' }).click();
    await page.getByRole('button', { name: '导入无需查看的 2 个' }).click();
    await expect
      .poll(async () => (await imports('页测')).filter(({ filename }) => /日报|目录/u.test(filename)))
      .toMatchObject([
        { filename: '页测日报.csv', status: 'committed', rows_committed: 30 },
        { filename: '页测目录.csv', kind: 'catalog', status: 'committed' },
      ]);
    expect(await views('页测丁')).toEqual({ 页测丁: 45 });
  });
});
