import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions, ImportRecord } from '../../../../server/contract/imports.ts';
import { type Inbox, watchInbox } from '../../../../server/ingest/inbox/inbox.ts';
import { statedFields } from '../../../../server/ingest/propose/folders.ts';
import { folderDiffers } from '../../../../server/ingest/propose/messages.ts';
import { nameWithFolders } from '../../../../server/ingest/propose/name-platform.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { answeringImports } from '../../../unanswered.ts';
import { Desk } from '../desk.ts';

const vocabulary = loadVocabulary();

describe('what the folders of a name state', () => {
  it.each([
    ['dt=2025-10-03/a.csv', { time: '2025-10-03' }],
    ['x/ds=20251003/hour=05/a.csv', { time: '20251003', hour: '05' }],
    ['year=2025/month=10/day=3/a.csv', { time: '2025-10-03' }],
    ['year=2025/month=02/a.csv', { time: '2025-02' }],
    ['month=2025-10/region=US/a.csv', { time: '2025-10', region: 'US' }],
    ['C:\\in\\platform=douyin\\title=%E7%94%B2\\a.csv', { platform: 'douyin', title: '甲' }],
    ['dt=2025-10-03/dt=2025-10-04/a.csv', { time: '2025-10-04' }],
    // Numbers would count once for each row; a day alone is none, nor is the 30th of February.
    ['views=7/likes=3/a.csv', {}],
    ['day=3/month=10/a.csv', {}],
    ['year=2025/month=2/day=30/a.csv', {}],
    ['dt=__HIVE_DEFAULT_PARTITION__/x=/=y/plain/a.csv', {}],
    ['dt=2025-10-03.csv', {}],
  ])('%s', (name, fields) => {
    const found = statedFields(name, vocabulary);
    expect(Object.fromEntries(found.map(({ field, value }) => [field, value]))).toEqual(fields);
  });
});

describe('the folders of a path that are kept with a file’s name', () => {
  it.each([
    ['/a/douyin/09/日报.csv', undefined, 'douyin/日报.csv'],
    ['/a/views/dt=2025-10-03/日报.csv', undefined, 'dt=2025-10-03/日报.csv'],
    ['/a/views/2025/dt=2025-10-03/part-0.parquet', undefined, 'views/dt=2025-10-03/part-0.parquet'],
    ['/a/platform=douyin/region=US/views.csv', undefined, 'platform=douyin/region=US/views.csv'],
    ['/a/douyin/dt=1/hour=2/x=3/y=4/views.csv', undefined, 'douyin/dt=1/hour=2/x=3/y=4/views.csv'],
    // Nobody named where the files of a program lie.
    ['/data/region=US/in/views.csv', 'in/views.csv', 'views.csv'],
    ['/data/region=US/in/dt=2025-10-03/views.csv', '../in/dt=2025-10-03/views.csv', 'dt=2025-10-03/views.csv'],
  ])('%s, given as %s: %s', (path, given, name) => {
    expect(nameWithFolders(path, vocabulary, given)).toBe(name);
    expect(nameWithFolders(name, vocabulary)).toBe(name);
  });
});

let desk: Desk;
let inbox: Inbox | null = null;
function withDesk(): void {
  beforeEach(async () => {
    desk = await Desk.open();
  });
  afterEach(async () => {
    await inbox?.close();
    inbox = null;
    await desk.close();
  });
}

const outside = () => join(desk.folder, 'outside');

/** Writes what a query gives as Parquet (or CSV, by its ending). */
async function write(name: string, query: string): Promise<string> {
  const path = join(outside(), name);
  await mkdir(dirname(path), { recursive: true });
  await desk.rows(`COPY (${query}) TO '${path}' (${name.endsWith('.csv') ? 'HEADER' : 'FORMAT parquet'})`);
  return path;
}

const INCREMENT: ImportOptions = { views_are: 'increment' };

const PATIENT = { timeout: 30_000 };

/** Each way in: an upload, the command line without a server, the watched folder. */
const WAYS = {
  upload: async (path: string, options: ImportOptions = INCREMENT) => {
    const { upload_id } = await desk.imports.upload(createReadStream(path), relative(outside(), path));
    const { import_id } = await desk.imports.start({ upload_id, options });
    await expect.poll(async () => (await desk.imports.get(import_id)).status, PATIENT).not.toMatch(/queued|running/u);
    return desk.imports.get(import_id);
  },
  command: (path: string, options: ImportOptions = INCREMENT) =>
    desk.imports.importFile(path, { name: nameWithFolders(path, vocabulary, relative(outside(), path)), options }),
  inbox: async (path: string) => {
    const folder = join(desk.folder, 'inbox');
    inbox ??= await watchInbox({ folder, imports: answeringImports(desk.imports), settle: 30, poll: 10 });
    const name = relative(outside(), path);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await rename(path, join(folder, name));
    const report = () => readFile(join(folder, 'done', `${name}.report.json`), 'utf8').catch(() => null);
    await expect.poll(report, PATIENT).not.toBeNull();
    const { import: record }: { import: ImportRecord } = JSON.parse((await report()) ?? '');
    return record;
  },
} as const;

const days = `SELECT DATE '2025-10-01' + i::INTEGER AS dt, 'a' AS series_id, 100 + (7 * i) % 10 AS views FROM range(10) t(i)`;
const tenDays = Array.from(
  { length: 10 },
  (_, i) => `a 2025-10-${String(i + 1).padStart(2, '0')} ${100 + ((7 * i) % 10)}`,
);

describe.each(['upload', 'command', 'inbox'] as const)('folders key=value, by way of %s', (way) => {
  withDesk();
  it('never go before the file’s own columns, nor become its numbers; a clash is told', async () => {
    const record = await WAYS[way](await write('dt=2025-10-03/views=7/log.parquet', days));
    expect(await desk.views()).toEqual(tenDays);
    expect(record.warnings).toMatchObject([{ code: 'folder_differs', count: 1 }]);
    await WAYS[way](await write('views=7/c1=8/c2=9/other.csv', days.replace(`'a'`, `'b'`)));
    expect(await desk.views(`k.series_id = 'a'`)).toEqual(tenDays);
    expect(await desk.views(`k.series_id = 'b'`)).toEqual(tenDays.map((line) => line.replace('a', 'b')));
  });

  it('give the time, the hour and the region that a file lacks', async () => {
    const rows = `SELECT 's' || i AS series_id, 100 + i AS views FROM range(2) t(i)`;
    await WAYS[way](await write('t/dt=2025-10-01/region=US/part-0.parquet', rows));
    await WAYS[way](await write('t/year=2025/month=10/day=2/region=JP/part-0.csv', `${rows.replace('100', '5')}`));
    await WAYS[way](await write('t/dt=2025-10-03/hour=05/part-0.parquet', `${rows.replace('100', '7')}`));
    expect(await desk.views()).toEqual([
      's0 2025-10-01 100',
      's0 2025-10-02 5',
      's0 2025-10-03 21:00Z 7',
      's1 2025-10-01 101',
      's1 2025-10-02 6',
      's1 2025-10-03 21:00Z 8',
    ]);
    const regions = await desk.rows(
      'SELECT DISTINCT r.id, v.day::VARCHAR AS day FROM view_log v JOIN region r USING (region_key) ORDER BY day',
    );
    expect(regions.slice(0, 2)).toEqual([
      { id: 'US', day: '2025-10-01' },
      { id: 'JP', day: '2025-10-02' },
    ]);
    expect(new Set((await desk.imports.list()).map(({ source }) => source))).toEqual(new Set(['t']));
  });

  it('platform=douyin/ is understood as douyin/ is', async () => {
    const rows = (views: number) => days.replace('100', String(views));
    await WAYS[way](await write('logs/platform=douyin/part-0.parquet', rows(100)));
    await WAYS[way](await write('logs/platform=kuaishou/part-0.parquet', rows(500)));
    await WAYS[way](await write('logs/platform=Nobody%20TV/part-0.parquet', rows(0)));
    const sums = await desk.rows(`SELECT p.id, sum(views)::INTEGER AS views, any_value(s.id) AS source
      FROM view_log JOIN platform p USING (platform_key) JOIN source s USING (source_key) GROUP BY ALL ORDER BY views`);
    expect(sums).toEqual([
      { id: 'Nobody TV', views: 45, source: 'logs/Nobody TV' },
      { id: 'douyin', views: 1045, source: 'logs/douyin' },
      { id: 'kuaishou', views: 5045, source: 'logs/kuaishou' },
    ]);
  });
});

describe('what folders state', () => {
  withDesk();
  it('tells files of the same bytes apart, as far as an import took it from there', async () => {
    const rows = `SELECT 's' AS series_id, 5 AS views`;
    await WAYS.upload(await write('dt=2025-10-01/a.parquet', rows));
    await WAYS.command(await write('dt=2025-10-02/a.parquet', rows));
    expect(await desk.views()).toEqual(['s 2025-10-01 5', 's 2025-10-02 5']);
    await expect(WAYS.upload(await write('dt=2025-10-01/b.parquet', rows))).rejects.toMatchObject({
      code: 'duplicate_import',
    });
    await WAYS.upload(await write('dt=2025-10-01/ten.parquet', days));
    await expect(WAYS.upload(await write('dt=2025-10-02/ten.parquet', days))).rejects.toMatchObject({
      code: 'duplicate_import',
    });
  });

  it('is behind what somebody says, and hours of a file are its own', async () => {
    const rows = `SELECT 's' AS series_id, 5 AS views`;
    const path = await write('dt=2025-10-01/a.parquet', rows);
    await WAYS.upload(path, { ...INCREMENT, day: '2025-09-01' });
    await WAYS.upload(
      await write(
        'dt=2025-10-01/hour=09/b.parquet',
        `SELECT TIMESTAMP '2025-10-01 05:00' AS event_time, 't' AS series_id, 5 AS views`,
      ),
    );
    expect(await desk.views()).toEqual(['s 2025-09-01 5', 't 2025-10-01 21:00Z 5']);
  });

  it('is shown as columns with their reasons, and a clash as a doubt', async () => {
    const rows = `SELECT 's' AS series_id, 'US' AS region, 5 AS views`;
    const path = await write('dt=2025-10-01/region=JP/a.parquet', rows);
    const upload = await desk.imports.upload(createReadStream(path), 'dt=2025-10-01/region=JP/a.parquet');
    expect(upload.mapping).toMatchObject({ time: 'dt=', region: 'region' });
    expect(upload.preview).toEqual([{ series_id: 's', region: 'US', views: '5', 'dt=': '2025-10-01' }]);
    expect(upload.doubts).toContainEqual(folderDiffers('region=JP', 'region', 'US'));
  });
});
