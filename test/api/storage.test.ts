import { afterEach, beforeEach, expect, it } from 'vitest';
import { storageSchema } from '../../server/contract/coverage.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const storage = async () => storageSchema.parse(await (await fetch(`${app.url}/api/v1/storage`)).json());

it('tells rows per table and room taken, and follows imports and uploads', async () => {
  const before = await storage();
  expect(before.rows).toEqual({ view_log: 0, view_log_hidden: 0, snapshot: 0, series: 0, reject: 0 });
  expect(before.free_bytes).toBeGreaterThan(0);
  const lines = ['日期,剧名,播放量', ...Array.from({ length: 40 }, (_, i) => `2025-10-01,剧${i},${i + 1}`)];
  await app.importText('日播放.csv', [...lines, '2025-10-02,剧1,many'].join('\n'));
  const text = 'date,series_id,views\n2025-10-03,a,1\n';
  await fetch(`${app.url}/api/v1/uploads?filename=b.csv`, { method: 'POST', body: text });
  const after = await storage();
  expect(after.rows).toEqual({ view_log: 40, view_log_hidden: 0, snapshot: 0, series: 40, reject: 1 });
  expect(after.uploads_bytes).toBe(text.length);
  expect(after.database_bytes).toBeGreaterThan(0);
});
