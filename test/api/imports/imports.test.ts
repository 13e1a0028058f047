import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  dryRunSchema,
  type ImportRecord,
  importSchema,
  importsSchema,
  uploadSchema,
} from '../../../server/contract/imports.ts';
import { problemSchema } from '../../../server/contract/problem.ts';
import { type RunningApp, startApp } from '../app.ts';

/** What the views are, which a file of few days leaves open. */
const SAID = { options: { views_are: 'increment' } } as const;

let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

async function call<T>(schema: z.ZodType<T>, status: number, path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${app.url}/api/v1${path}`, init);
  const body: unknown = await response.json();
  expect({ status: response.status, body }).toMatchObject({ status });
  if (status >= 400) expect(response.headers.get('content-type')).toContain('application/problem+json');
  return schema.parse(body);
}

const upload = (text: string | Uint8Array, filename = 'views.csv') =>
  call(uploadSchema, 201, `/uploads?filename=${encodeURIComponent(filename)}`, {
    method: 'POST',
    body: text as BodyInit,
  });

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

async function ended(importId: string): Promise<ImportRecord> {
  for (;;) {
    const record = await call(importSchema, 200, `/imports/${importId}`);
    if (record.status !== 'queued' && record.status !== 'running') return record;
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

async function importText(text: string, request: object = {}): Promise<ImportRecord> {
  const { upload_id } = await upload(text);
  const { import_id } = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id, ...request }));
  return ended(import_id);
}

async function views(): Promise<number> {
  const [row] = await app.warehouse.read((s) =>
    s.all({ text: 'SELECT coalesce(sum(views), 0)::BIGINT AS v FROM series_month', values: [] }),
  );
  return Number(row?.v);
}

const log = '日期,剧名,平台,播放量\n2025-10-01,老千,红果,"1,000"\n2025-10-02,老千,红果,2000\n';

describe('an upload', () => {
  it('says what the file is, and what it is proposed to be imported as', async () => {
    const answer = await upload(log, '红果日榜_2025-10.csv');
    expect(answer).toMatchObject({
      filename: '红果日榜_2025-10.csv',
      format: 'csv',
      kind: 'log',
      encoding: 'utf-8',
      delimiter: ',',
      header_row: 1,
      bytes: Buffer.byteLength(log),
      mapping: { time: '日期', title: '剧名', platform: '平台', views: '播放量' },
      options: { mode: 'upsert', source: '红果日榜' },
      duplicate_of: null,
    });
    expect(answer.sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(answer.columns[0]).toMatchObject({
      name: '日期',
      type: 'date',
      proposed: 'time',
      samples: ['2025-10-01', '2025-10-02'],
    });
    expect(answer.preview[1]).toEqual({ 日期: '2025-10-02', 剧名: '老千', 平台: '红果', 播放量: '2000' });
    expect(answer.reasons.map((r) => r.option)).toEqual(['encoding', 'source', 'views_are', 'mode']);
  });

  it('that cannot be read gets a problem that names line and column', async () => {
    const problem = await call(problemSchema, 422, '/uploads?filename=a.csv', { method: 'POST', body: '' });
    expect(problem.code).toBe('unreadable_file');
    const { upload_id } = await upload('date,title,views\n2025-10-01,A,1\n2025-10-02,"B,2\n');
    const { import_id } = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id }));
    const record = await ended(import_id);
    expect(record).toMatchObject({ status: 'failed', rows_committed: 0, error: { code: 'unreadable_file' } });
    expect(record.error?.detail.en).toContain('Line 3, column 12');
    expect(await views()).toBe(0);
  });

  it('that is cut off leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const sending = request(`${app.url}/api/v1/uploads?filename=a.csv`, {
        method: 'POST',
        headers: { 'Content-Length': '1000000' },
      });
      sending.on('error', () => resolve());
      sending.write('date,title,views\n', () => sending.destroy(new Error('gone')));
    });
    // The server learns of it a moment later; nothing of it can be imported then, and the next upload works.
    await upload(log);
    expect((await call(importsSchema, 200, '/imports')).rows).toEqual([]);
  });

  it('needs a file name', async () => {
    expect((await call(problemSchema, 400, '/uploads', { method: 'POST', body: log })).code).toBe('invalid_request');
  });
});

describe('an import', () => {
  it('confirms what was proposed where nothing else is said, and is in the history', async () => {
    const record = await importText(log);
    expect(record).toMatchObject({
      status: 'committed',
      rows_read: 2,
      rows_committed: 2,
      rows_rejected: 0,
      progress: 1,
      from: '2025-10-01',
      to: '2025-10-02',
      error: null,
    });
    expect(await views()).toBe(3000);
    expect((await call(importsSchema, 200, '/imports')).rows).toEqual([record]);
  });

  it('takes another mapping and other options', async () => {
    const record = await importText('a,b,c\n2025-10-01,X,7\n', {
      kind: 'log',
      mapping: { time: 'a', series_id: 'b', views: 'c' },
      options: { source: 'mine', platform: '抖音', views_are: 'increment' },
    });
    expect(record).toMatchObject({
      status: 'committed',
      source: 'mine',
      mapping: { time: 'a', series_id: 'b', views: 'c' },
    });
    expect(await views()).toBe(7);
  });

  it('of a mapping that lacks a column, or names one that is not there, is refused at once', async () => {
    const { upload_id } = await upload('a,b,c\n2025-10-01,X,7\n');
    const lacking = await call(
      problemSchema,
      422,
      '/imports',
      post({ ...SAID, upload_id, kind: 'log', mapping: { series_id: 'b' } }),
    );
    expect(lacking).toMatchObject({ code: 'mapping_incomplete', errors: [{ path: 'mapping.time' }] });
    const wrong = await call(
      problemSchema,
      422,
      '/imports',
      post({ ...SAID, upload_id, kind: 'log', mapping: { time: 'zeit', series_id: 'b' } }),
    );
    expect(wrong.detail).toContain('“zeit”');
    expect((await call(importsSchema, 200, '/imports')).rows).toEqual([]);
    expect((await call(problemSchema, 400, '/imports', post({ ...SAID, upload_id, mapping: { tme: 'a' } }))).code).toBe(
      'invalid_request',
    );
    expect((await call(problemSchema, 404, '/imports', post({ ...SAID, upload_id: 'none' }))).code).toBe(
      'upload_not_found',
    );
  });

  it('of the same bytes is refused, naming the first, unless it is forced; one that was undone does not count', async () => {
    const first = await importText(log);
    const { upload_id, duplicate_of } = await upload(log, 'again.csv');
    expect(duplicate_of).toBe(first.import_id);
    const problem = await call(problemSchema, 409, '/imports', post({ ...SAID, upload_id }));
    expect(problem).toMatchObject({ code: 'duplicate_import', errors: [{ message: first.import_id }] });
    expect(problem.detail).toContain('views.csv');
    const { import_id } = await call(importSchema, 202, '/imports?force=true', post({ ...SAID, upload_id }));
    expect(await ended(import_id)).toMatchObject({ status: 'committed' });
    for (const id of [first.import_id, import_id])
      await call(importSchema, 200, `/imports/${id}`, { method: 'DELETE' });
    expect((await importText(log)).status).toBe('committed');
  });

  it('is undone wholly, once', async () => {
    const record = await importText(log);
    expect(await call(importSchema, 200, `/imports/${record.import_id}`, { method: 'DELETE' })).toMatchObject({
      status: 'undone',
    });
    expect(await views()).toBe(0);
    expect((await call(problemSchema, 409, `/imports/${record.import_id}`, { method: 'DELETE' })).code).toBe(
      'import_not_undoable',
    );
    expect((await call(problemSchema, 404, '/imports/none', { method: 'DELETE' })).code).toBe('not_found');
  });

  it('run dry tells what is new, changed, identical and rejected, and changes nothing', async () => {
    await importText(log);
    const { version } = app.warehouse.state();
    const { upload_id } = await upload(
      '日期,剧名,平台,播放量\n2025-10-01,老千,红果,1000\n2025-10-02,老千,红果,5\n2025-10-03,老千,红果,6\n2025-10-04,老千,红果,x\n',
    );
    const dry = await call(dryRunSchema, 200, '/imports', post({ ...SAID, upload_id, dry_run: true }));
    expect(dry).toMatchObject({
      rows_read: 4,
      new: 1,
      changed: 1,
      identical: 1,
      rejected: 1,
      from: '2025-10-01',
      to: '2025-10-03',
    });
    expect(dry.changed_samples).toMatchObject([
      {
        key: '老千 · hongguo · CN · 2025-10-02',
        before: 'views 2000',
        after: 'views 5',
        label: { zh: { key: '老千 · 红果 · 中国 · 2025-10-02', before: '播放量 2000', after: '播放量 5' } },
      },
    ]);
    expect(dry.reject_samples).toEqual([
      {
        line: 5,
        column: '播放量',
        value: 'x',
        reason: { en: 'not a number, or out of range', zh: '不是数值，或超出范围' },
      },
    ]);
    expect(await views()).toBe(3000);
    expect(app.warehouse.state().version).toBe(version);
    expect((await call(importsSchema, 200, '/imports')).rows).toHaveLength(1);
    const { import_id } = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id }));
    expect(await ended(import_id)).toMatchObject({ status: 'committed', rows_unchanged: 1, rows_rejected: 1 });
    expect(await views()).toBe(1011);
  });

  it('gives its rejects as CSV that no spreadsheet runs', async () => {
    const record = await importText(
      `date,title,views\n${Array.from({ length: 20 }, (_, i) => `2025-10-01,S${i},1`).join('\n')}\n2025-10-02,A,=1+1\n`,
    );
    const response = await fetch(`${app.url}/api/v1/imports/${record.import_id}/rejects?lang=en`);
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect((await response.text()).split('\r\n')).toEqual([
      'line,column,value,reason,raw',
      `22,views,"'=1+1","not a number, or out of range","2025-10-02,A,=1+1"`,
    ]);
    const lines = await fetch(`${app.url}/api/v1/imports/${record.import_id}/rejects?format=lines`);
    expect(lines.headers.get('content-disposition')).toContain(`.rejects-${record.import_id}.csv`);
    expect([lines.headers.get('x-rejects-kept'), lines.headers.get('x-rejects-left-out')]).toEqual(['1', '0']);
    expect(await lines.text()).toBe('date,title,views\r\n2025-10-02,A,=1+1\r\n');
  });

  it('tells its progress as events, down to the final state', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `2025-10-0${1 + (i % 9)},S${i},${i}`).join('\n');
    const { upload_id } = await upload(`date,title,views\n${rows}\n`);
    const { import_id } = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id }));
    const response = await fetch(`${app.url}/api/v1/imports/${import_id}/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    const events = (await response.text())
      .split('\n\n')
      .filter((block) => block.startsWith('event: progress'))
      .map((block) => importSchema.parse(JSON.parse(block.split('\ndata: ')[1] ?? '')));
    const progress = events.map((e) => e.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(events.at(-1)).toMatchObject({ status: 'committed', progress: 1, rows_committed: 60_000 });
    expect((await fetch(`${app.url}/api/v1/imports/none/events`)).status).toBe(404);
  });

  it('is cancelled while it runs or waits, and leaves nothing', async () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => `2025-10-0${1 + (i % 9)},S${i},${i}`).join('\n');
    const first = await upload(`date,title,views\n${rows}\n`);
    const second = await upload(log);
    const running = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id: first.upload_id }));
    const waiting = await call(importSchema, 202, '/imports', post({ ...SAID, upload_id: second.upload_id }));
    expect(waiting.status).toBe('queued');
    const cancelled = await Promise.all(
      [waiting, running].map(({ import_id }) => call(importSchema, 200, `/imports/${import_id}`, { method: 'DELETE' })),
    );
    expect(cancelled.map((r) => r.status)).toEqual(['cancelled', 'cancelled']);
    expect(await views()).toBe(0);
    expect((await importText(log)).status).toBe('committed');
  });

  it('of the demo is removed with the rest of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dramascope-demo-'));
    await writeFile(join(folder, 'demo.csv'), 'date,series_id,views\n2025-10-01,D,1\n');
    await app.imports.importFile(join(folder, 'demo.csv'), { synthetic: true, options: { views_are: 'increment' } });
    await rm(folder, { recursive: true });
    await importText(log);
    const { rows } = await call(importsSchema, 200, '/imports?synthetic=true', { method: 'DELETE' });
    expect(rows.map((r) => [r.synthetic, r.status])).toEqual([[true, 'undone']]);
    // It leaves nothing in the list, and can still be asked for.
    const listed = await call(importsSchema, 200, '/imports');
    expect(listed.rows.filter((r) => r.synthetic)).toEqual([]);
    expect((await call(importSchema, 200, `/imports/${rows[0]?.import_id}`)).status).toBe('undone');
    expect(await views()).toBe(3000);
    expect((await call(problemSchema, 400, '/imports', { method: 'DELETE' })).code).toBe('invalid_request');
  });
});
