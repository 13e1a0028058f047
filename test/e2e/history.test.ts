import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchInbox } from '../../server/ingest/inbox/inbox.ts';
import { type RunningApp, startApp } from '../api/app.ts';
import { browserTest } from './browser.ts';

const browser = browserTest();
let app: RunningApp;
beforeAll(async () => {
  const kept = async ({ filename }: { filename: string }) =>
    filename === 'kept.csv' ? join(app.uploads, '..', filename) : null;
  app = await startApp({ kept, webRoot: resolve('dist/web') });
});
afterAll(() => app.close());

describe('in the history of imports', () => {
  it('one that today’s rules read differently says so, and is read again by a click where the server has the file', async () => {
    const said = { options: { views_are: 'increment' } } as const;
    const log = (day: string) => `日期,剧名,地区,播放增量\n${day},甲,法国,100\n`;
    await app.importText('kept.csv', log('2025-10-01'), said);
    await app.importText('gone.csv', log('2025-10-02'), said);
    await app.warehouse.write(async (session) => {
      await session.run({ text: 'UPDATE import SET rules = NULL', values: [] });
      await session.run({ text: `UPDATE region SET id = 'FX' WHERE id = 'FR'`, values: [] });
    });
    const page = await browser.open('/data', { at: app.url });
    await page.getByRole('button', { name: '按现行规则读取会不同：gone.csv' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('地区：“FX”按现行规则是“FR” · 1 行').waitFor();
    await drawer.getByText('服务器没有保留此文件：请再次上传同一文件').waitFor();
    expect(await drawer.getByRole('button', { name: '重新读取' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: '重新读取：gone.csv' }).count()).toBe(0);
    await page.getByRole('button', { name: '重新读取：kept.csv' }).click();
    await page.getByRole('button', { name: '重新读取', exact: true }).click();
    await page.getByRole('button', { name: '重新读取：kept.csv' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /^按现行规则读取会不同/ }).count()).toBe(1);
    const records = (await app.imports.list()).filter(({ filename }) => filename === 'kept.csv');
    expect(records.map(({ status }) => status).sort()).toEqual(['committed', 'undone']);
  });

  it('a file of the watched folder that waits for an answer is left out by a click, and moved to failed', async () => {
    const folder = join(app.uploads, '..', 'inbox');
    const inbox = await watchInbox({ folder, imports: app.imports, settle: 0, poll: 20 });
    try {
      await writeFile(join(folder, '榜单.csv'), '日期,剧名,播放量\n2025-10-01,甲,100\n');
      await expect.poll(async () => (await app.imports.list())[0]?.status).toBe('needs_answer');
      const page = await browser.open('/data', { at: app.url });
      await page.getByRole('button', { name: '不导入此文件：榜单.csv' }).click();
      await page.getByRole('dialog').getByText('移到监视目录的 failed 文件夹').waitFor();
      await page.getByRole('button', { name: '不导入此文件', exact: true }).click();
      await page.getByRole('button', { name: '不导入此文件：榜单.csv' }).waitFor({ state: 'detached' });
      await expect.poll(() => readdir(join(folder, 'failed'))).toEqual(['榜单.csv', '榜单.csv.report.json']);
      expect((await app.imports.list()).some(({ filename }) => filename === '榜单.csv')).toBe(false);
    } finally {
      await inbox.close();
    }
  });
});
