import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportRecord, uploadSchema } from '../../server/contract/imports.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import type { Label } from '../../server/contract/query.ts';
import { workbook } from '../unit/ingest/read/formats/workbooks.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
let first: ImportRecord;
beforeAll(async () => {
  app = await startApp();
  first = await app.importText('log.csv', 'date,title,views,region\n2025-10-01,甲,5,CN\n2025-10-02,乙,6,CN\n');
  await app.importText(
    'money.csv',
    'date,title,views,revenue,currency\n2025-10-01,甲,5,1,CNY\n2025-10-02,乙,6,2,USD\n2025-10-02,丙,6,2,USD\n',
  );
  const header = ['日期', '剧名', '播放量'];
  await app.imports.profiles.put(
    '日报',
    { header, kind: 'log', mapping: { time: '日期', title: '剧名', views: '播放量' }, options: {} },
    new Date(),
  );
});
afterAll(() => app.close());

const LANGUAGES = ['en', 'zh'] as const;
const HAN = /\p{Script=Han}/u;
/** Four words in a row; names of columns, files and calls are not so long. */
const ENGLISH_SENTENCE = /[a-z]+( [a-z]+){3,}/iu;

function expectBoth({ en, zh }: Label, of: string): void {
  expect(zh, of).toMatch(HAN);
  expect(zh, of).not.toMatch(ENGLISH_SENTENCE);
  expect(en, of).toMatch(/[a-z]/u);
  expect(en, of).not.toBe(zh);
  expect(`${en}${zh}`, of).not.toMatch(/undefined|\[object/u);
}

/** A request of one call, with its answer's language in the address. */
async function ask(path: string, init: RequestInit, lang: string): Promise<Response> {
  return fetch(`${app.url}/api/v1${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, init);
}

async function refusedInBoth(path: string, init: RequestInit): Promise<void> {
  const [en, zh] = await Promise.all(
    LANGUAGES.map(async (lang) => {
      const answer = await ask(path, init, lang);
      expect(answer.ok, path).toBe(false);
      return problemSchema.parse(await answer.json());
    }),
  );
  if (!en || !zh) throw new Error('nothing was answered');
  expect(zh.code, path).toBe(en.code);
  expectBoth({ en: en.detail, zh: zh.detail }, `${path} ${en.code}`);
  // Ids are the same in both; what the schema says of a field stays as zod says it.
  for (const [i, { message }] of (zh.errors ?? []).entries())
    if (message !== en.errors?.[i]?.message) expectBoth({ en: en.errors?.[i]?.message ?? '', zh: message }, path);
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const query = (body: object) => json('POST', { measures: ['views'], ...body });

describe('a bad request is refused in the reader’s language', () => {
  it.each<[string, RequestInit]>([
    ['/nothing', {}],
    ['/query', json('POST', '{"measures": [')],
    ['/query', query({ measures: ['none'] })],
    ['/query', query({ time: { from: '2025-10-02', to: '2025-10-01' } })],
    ['/query', query({ sort: [{ by: 'likes' }] })],
    ['/query', query({ measures: ['likes'] })],
    ['/query', query({ measures: ['revenue'] })],
    ['/query', query({ measures: ['revenue'], currency: 'CNY' })],
    ['/query', query({ measures: ['new_series'], time: { grain: 'hour' } })],
    ['/query', query({ time: { from: '2025-01-01', to: '2025-12-31', grain: 'hour' } })],
    ['/query', query({ known_at: '2020-01-01T00:00:00Z' })],
    ['/query', { ...query({}), headers: { 'Content-Type': 'application/json', Accept: 'image/png' } }],
    ['/club?from=2025-10-02&to=2025-10-01', {}],
    ['/club?filters=[{"measure":"views","op":"gt","value":1}]', {}],
    ['/curves?series=甲&by=genre', {}],
    ['/brief?month=2025-10&from=2025-10-02', {}],
    ['/brief?month=2031-01', {}],
    ['/series/nobody', {}],
    ['/forecast?series=nobody', {}],
    ['/milestones?series=nobody', {}],
    ['/producers/compare?by=producer&ids=nobody&ids=other', {}],
    ['/growth/decomposition?by=platform&base_from=2025-10-01', {}],
    ['/profiles/none', {}],
    ['/profiles/x', json('PUT', { header: ['a'], kind: 'log', mapping: { time: 'b' } })],
    ['/imports/none', {}],
    ['/imports', json('POST', { upload_id: 'none' })],
    ['/aliases', json('POST', { dimension: 'series', from: ['nobody'], into: '甲' })],
    ['/aliases/none', { method: 'DELETE' }],
  ])('%s', (path, init) => refusedInBoth(path, init));
});

const bytes = (text: string) => Buffer.from(text, 'latin1');
const cut = gzipSync('date,title,views\n'.repeat(5000));

describe('a file that cannot be read is refused in the reader’s language', () => {
  it.each<[string, string | Buffer<ArrayBuffer>]>([
    ['empty.csv', ''],
    ['a.pdf', '%PDF-1.7 x'],
    ['a.rar', 'Rar!\u001a'],
    ['a.zip', 'PK\u0005\u0006'],
    ['a.xls', '<html><table></table></html>'],
    ['old.xls', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['a.bin', bytes('\x01\x00\x00\x02\x00\xff')],
    ['cut.csv.gz', Buffer.from(cut.subarray(0, 40))],
    ['twice.gz', Buffer.from(gzipSync(gzipSync('date,title,views\n')))],
    ['a.json', '[{"a":1},'],
    ['b.json', '[{"a":1}] more'],
    ['cut.parquet', 'PAR1xxxxPAR1'],
    ['bad-bytes.csv&encoding=utf-8', bytes(`date,title,views\n${'\xff\xff,a,1\n'.repeat(30)}`)],
    ['a.csv&encoding=klingon', 'date,title,views\n2025-10-01,A,1\n'],
    ['a.csv&profile=none', 'date,title,views\n2025-10-01,A,1\n'],
    ['a.csv&profile=日报', '日期,剧名,热度\n2025-10-01,A,1\n'],
  ])('%s', (name, body) => refusedInBoth(`/uploads?filename=${name}`, { method: 'POST', body }));

  it.each([
    ['a.csv', '日期,剧名,播放量\n2025-10-01,A,1\n'],
    ['a.ndjson', '{"date":"2025-10-01","title":"A","views":1}\n'],
  ])('a header row that is not in %s', (name, body) =>
    refusedInBoth(`/uploads?filename=${name}&header_row=9`, { method: 'POST', body }),
  );

  it('a workbook without the sheet that is asked for', () =>
    refusedInBoth('/uploads?filename=a.xlsx&sheet=none', {
      method: 'POST',
      body: Buffer.from(workbook([{ name: '十月', rows: '' }])),
    }));
});

async function upload(name: string, body: string | Buffer<ArrayBuffer>) {
  const answer = await ask(`/uploads?filename=${encodeURIComponent(name)}`, { method: 'POST', body }, 'zh');
  return uploadSchema.parse(await answer.json());
}

describe('what is proposed, warned of and rejected', () => {
  it.each<[string, string | Buffer<ArrayBuffer>]>([
    ['stated by names', '日期,剧名,平台,播放量\n03/04/2025,甲,红果,1\n'],
    ['by values alone', 'a,b,c,d\n2025-10-01 00:00,甲,抖音,50\n2025-10-02 00:00,乙,抖音,7\n'],
    ['without years', '日期,剧名,累计播放量\n10月1日,甲,1\n10月2日,甲,2\n'],
    ['with decimal commas', 'date;title;revenue\n2025-10-01;A;1.234,56\n'],
    ['of events', 'time,title\n1760000000,A\n1760000001,B\n'],
    ['of weeks', 'week,title,views\n2025-10-06,A,1\n2025-10-13,A,2\n'],
    ['of rates', 'day,currency,rate\n2025-10-01,USD,7.1\n'],
    ['a chart', '日期,排名,剧名,播放量\n2025-10-01,1,甲,9\n2025-10-01,2,乙,8\n'],
    ['of a catalogue', '剧名,承制方,题材\n甲,点众,都市\n'],
    [
      'in another encoding',
      Buffer.from([0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xbe, 0xe7, 0xc3, 0xfb, 0x0a, 0x31, 0x2c, 0x32]),
    ],
    ['by a profile', '日期,剧名,播放量\n2025-10-01,甲,1\n'],
    ['by a profile that no longer fits', '日期,剧名,播放次数\n2025-10-01,甲,1\n'],
    ['with doubts', 'x,y\n1,2\n'],
  ])('a file %s has its reasons in both languages', async (name, body) => {
    const { columns, reasons, doubts } = await upload(`${name}.csv`, body);
    const said = [...columns.flatMap(({ reason }) => reason ?? []), ...reasons.map(({ reason }) => reason), ...doubts];
    expect(said.length, name).toBeGreaterThan(0);
    for (const one of said) expectBoth(one, name);
  });

  it('warnings are in both languages', async () => {
    const seen = new Set<string>();
    const more = async (text: string, options: NonNullable<Parameters<typeof app.importText>[2]>['options'] = {}) => {
      const record = await app.importText(`w${seen.size}.csv`, text, {
        force: true,
        options: { source: 'w', ...options },
      });
      for (const { code, detail } of record.warnings) {
        seen.add(code);
        expectBoth(detail, code);
      }
    };
    await more('date,title,views\n2025-10-01,A,5\n2025-10-01,A,5\n2025-10-01,A,6\n\n合计,,16\ndate,title,views\n,,\n');
    await more('date,title,views\n10-03,A,5\n', { dates_up_to: '2025-12-31' });
    await more('date,title,views\n2025-10-01,A,9\n', { mode: 'append' });
    await more('date,title,views\n2025-10-01,A,9\n', { source: 'v', coverage: 'chart' });
    await more('date,title,views\n2025-10-01,C,1.9亿\n2025-10-02,C,2.1亿\n2025-10-03,C,1亿\n', {
      source: 'c',
      views_are: 'cumulative',
    });
    await more('date,title,views,format\n2025-10-01,D,5,?\n', { source: 'd' });
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['appended_again', 'chart_source', 'counter_fell', 'identical_lines', 'key_repeated']),
    );
    expect(seen.size).toBeGreaterThanOrEqual(9);
  });

  it('rejects are kept in both languages, and their CSV speaks the reader’s', async () => {
    const good = Array.from({ length: 60 }, (_, i) => `2025-10-01,G${i},1,1`).join('\n');
    const bad =
      'x,A,1,1\n,A,1,1\n03/04/2025,A,1,1\n10-03,A,1,1\n2025-10-01,,1,1\n2025-10-01,A,-1,1\n2025-10-01,A,5%,1\n2025-10-01,A,x,1\n2025-10-01,A,1\n2025-10-01,"A" x,1,1\n';
    const { import_id } = await app.importText('rejects.csv', `date,title,views,likes\n${good}\n${bad}`);
    const rejects = await app.imports.rejects(import_id);
    expect(rejects).toHaveLength(9);
    for (const { reason, line } of rejects) expectBoth(reason, String(line));
    const csv = await Promise.all(
      LANGUAGES.map(async (lang) => (await ask(`/imports/${import_id}/rejects`, {}, lang)).text()),
    );
    for (const { reason } of rejects) {
      expect(csv[0]).toContain(reason.en.replaceAll('"', '""'));
      expect(csv[1]).toContain(reason.zh.replaceAll('"', '""'));
    }
    expect(csv[1]).not.toMatch(ENGLISH_SENTENCE);
  });

  it('texts that were kept before there were two languages are read as they are', async () => {
    await app.warehouse.write(async (session) => {
      await session.run({
        text: `UPDATE import SET error_code = 'internal', error_detail = 'an old text',
          warnings = '[{"code":"blank_rows","detail":"blank rows","count":1}]' WHERE import_id = $1`,
        values: [first.import_id],
      });
    });
    expect(await app.imports.get(first.import_id)).toMatchObject({
      error: { detail: { en: 'an old text', zh: 'an old text' } },
      warnings: [{ detail: { en: 'blank rows', zh: 'blank rows' } }],
    });
  });
});

describe('the language of a refusal', () => {
  it('is asked for, else the browser’s, else Chinese', async () => {
    const said = async (path: string, headers: Record<string, string> = {}) =>
      problemSchema.parse(await (await fetch(`${app.url}/api/v1${path}`, { headers })).json()).detail;
    expect(await said('/imports/none')).toMatch(HAN);
    expect(await said('/imports/none', { 'Accept-Language': 'en-GB,en;q=0.9' })).not.toMatch(HAN);
    expect(await said('/imports/none?lang=zh', { 'Accept-Language': 'en' })).toMatch(HAN);
  });
});
