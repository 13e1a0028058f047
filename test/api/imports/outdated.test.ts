import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSchema, importsSchema, uploadSchema } from '../../../server/contract/imports.ts';
import { outdatedImportsSchema, rereadTrialSchema } from '../../../server/contract/outdated.ts';
import { problemSchema } from '../../../server/contract/problem.ts';
import { type RunningApp, startApp } from '../app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({
    kept: async ({ filename }) => (filename === 'kept.csv' ? join(app.uploads, '..', filename) : null),
  });
});
afterAll(() => app.close());

const call = (path: string, init?: RequestInit) => fetch(`${app.url}/api/v1${path}`, init);
const reread = (id: string, body: object) =>
  call(`/imports/${id}/reread`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
const outdated = async () => outdatedImportsSchema.parse(await (await call('/imports?outdated=true')).json()).rows;
const ended = async (id: string) => {
  for (;;) {
    const record = importSchema.parse(await (await call(`/imports/${id}`)).json());
    if (record.status !== 'queued' && record.status !== 'running') return record;
  }
};

const log = (day: string) => `日期,剧名,地区,播放增量\n${day},甲,法国,100\n${day},乙,俄罗斯,90\n`;

describe('imports that today’s rules would read differently, over HTTP', () => {
  it('are listed with what differs, and read again from the kept file or from an upload of the same bytes', async () => {
    const said = { options: { views_are: 'increment' } } as const;
    const kept = await app.importText('kept.csv', log('2025-10-01'), said);
    const gone = await app.importText('gone.csv', log('2025-10-02'), said);
    expect(await outdated()).toEqual([]);
    await app.warehouse.write(async (session) => {
      await session.run({ text: 'UPDATE import SET rules = NULL', values: [] });
      await session.run({
        text: `UPDATE region SET id = CASE id WHEN 'FR' THEN 'FX' WHEN 'RU' THEN 'SU' ELSE id END`,
        values: [],
      });
    });
    expect(
      (await outdated()).map((row) => [row.filename, row.file_kept, row.outdated.map((o) => [o.part, o.count])]),
    ).toEqual([
      ['gone.csv', false, [['region', 2]]],
      ['kept.csv', true, [['region', 2]]],
    ]);
    const answer = await reread(kept.import_id, {});
    expect(answer.status).toBe(202);
    const record = importSchema.parse(await answer.json());
    expect(answer.headers.get('location')).toBe(`/api/v1/imports/${record.import_id}`);
    expect(await ended(record.import_id)).toMatchObject({
      status: 'committed',
      filename: 'kept.csv',
      rows_committed: 2,
    });

    const refused = await reread(gone.import_id, {});
    expect(problemSchema.parse(await refused.json())).toMatchObject({ status: 409, code: 'file_not_kept' });
    const upload = async (text: string) =>
      uploadSchema.parse(await (await call('/uploads?filename=again.csv', { method: 'POST', body: text })).json());
    const { upload_id: other } = await upload(log('2025-10-03'));
    expect(problemSchema.parse(await (await reread(gone.import_id, { upload_id: other })).json()).code).toBe(
      'other_file',
    );
    const { upload_id } = await upload(log('2025-10-02'));
    const trial = rereadTrialSchema.parse(await (await reread(gone.import_id, { upload_id, dry_run: true })).json());
    expect(trial.changes.map(({ part, count }) => [part, count])).toEqual([['region', 2]]);
    expect(await outdated()).toHaveLength(1);
    const last = importSchema.parse(await (await reread(gone.import_id, { upload_id })).json());
    expect(await ended(last.import_id)).toMatchObject({ status: 'committed', filename: 'gone.csv' });
    expect(await outdated()).toEqual([]);
    const all = importsSchema.parse(await (await call('/imports')).json()).rows;
    expect(all.map(({ filename, status }) => `${filename} ${status}`).sort()).toEqual([
      'gone.csv committed',
      'gone.csv undone',
      'kept.csv committed',
      'kept.csv undone',
    ]);
    expect((await reread('nothing', {})).status).toBe(404);
    expect((await reread(last.import_id, { uplaod_id: 'x' })).status).toBe(400);
  });
});
