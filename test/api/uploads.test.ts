import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadSchema } from '../../server/contract/imports.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { NO_SERIES_COLUMN } from '../../server/ingest/propose/messages.ts';
import { NO_STEPS_SAID, stepsLeaveOpen } from '../../server/ingest/propose/views-messages.ts';
import { DEFAULT_LIMITS } from '../../server/ingest/read/limits.ts';
import { row, workbook } from '../unit/ingest/read/formats/workbooks.ts';
import { type RunningApp, startApp } from './app.ts';

const KB = 1024;
let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ limits: { ...DEFAULT_LIMITS, uploadBytes: 64 * KB, unpackedBytes: 256 * KB } });
});
afterAll(() => app.close());

const log = '日期,剧名,播放量\n2025-10-01,老千,1000\n';

type Body = string | Buffer | ReadableStream;

async function send(body: Body, query = 'filename=a.csv', init: RequestInit = {}) {
  const sent = Buffer.isBuffer(body) ? new Uint8Array(body) : body;
  const answer = await fetch(`${app.url}/api/v1/uploads?${query}`, { method: 'POST', body: sent, ...init });
  return { status: answer.status, body: (await answer.json()) as unknown };
}
const upload = async (body: Body, query?: string) => uploadSchema.parse((await send(body, query)).body);
const problem = async (body: Body, query?: string, init?: RequestInit) => {
  const sent = await send(body, query, init);
  return { ...problemSchema.parse(sent.body), status: sent.status };
};

describe('the answer to an upload', () => {
  it('shows every encoding that the bytes may be in, decoded, the proposed one first', async () => {
    // `log` in GB18030.
    const bytes = Buffer.from('yNXG2iy+58P7LLKlt8XBvwoyMDI1LTEwLTAxLMDPx6csMTAwMAo=', 'base64');
    const answer = await upload(gzipSync(bytes), 'filename=a.csv.gz');
    expect(answer).toMatchObject({ format: 'csv', compression: 'gzip', encoding: 'gb18030' });
    expect(answer.encodings[0]).toMatchObject({ encoding: 'gb18030', preview: log.trim().split('\n') });
    expect(answer.encodings.length).toBeGreaterThan(1);
    expect(answer.options.encoding).toBe('gb18030');
    const other = await upload(bytes, 'filename=a.csv&encoding=big5');
    expect(other.encodings.map((e) => e.encoding)).toContain('gb18030');
    expect(other.encoding).toBe('big5');
    expect(other.encodings[0]).toMatchObject({ encoding: 'big5', confidence: null });
  });

  it('lists the sheets of a workbook, and reads the one that is asked for', async () => {
    const bytes = workbook([
      { name: '十月', rows: row(1, ['日期', '剧名', '播放量']) + row(2, ['2025-10-01', '老千', 1]) },
      { name: '九月', rows: row(1, ['日期', '剧名', '播放量']) + row(2, ['2025-09-01', '老千', 1]) },
    ]);
    expect(await upload(bytes, 'filename=a.xlsx')).toMatchObject({
      format: 'xlsx',
      sheet: '十月',
      sheets: [{ name: '十月', rows: 2 }, { name: '九月' }],
      encodings: [],
    });
    const asked = await upload(bytes, `filename=a.xlsx&sheet=${encodeURIComponent('九月')}`);
    expect(asked).toMatchObject({ sheet: '九月', preview: [{ 日期: '2025-09-01' }] });
    expect(await problem(bytes, 'filename=a.xlsx&sheet=x')).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('an upload whose header stands lower', () => {
  const grouped = '概况,概况,数据\n日期,剧名,播放量\n2025-10-01,老千,1000\n';

  it('is read from the row that is named, with the upload or later', async () => {
    expect(await upload(grouped, 'filename=g.csv&header_row=2')).toMatchObject({
      header_row: 2,
      mapping: { views: '播放量' },
    });
    const { upload_id, first_rows } = await upload(grouped, 'filename=g.csv');
    expect(first_rows.map(({ row: at, cells }) => [at, cells[0]])).toEqual([
      [1, '概况'],
      [2, '日期'],
      [3, '2025-10-01'],
    ]);
    const again = await fetch(`${app.url}/api/v1/uploads/${upload_id}?header_row=2`);
    expect(await again.json()).toMatchObject({ header_row: 2, columns: [{ name: '日期' }, {}, {}] });
    const none = await fetch(`${app.url}/api/v1/uploads/${upload_id}?header_row=0`);
    expect(await none.json()).toMatchObject({ header_row: null, columns: [{ name: 'column1' }, {}, {}] });
  });

  it.each(['-1', '1.5', '', 'x', '9999999'])('has no header row “%s”', async (value) => {
    expect(await problem(grouped, `filename=g.csv&header_row=${value}`)).toMatchObject({ status: 400 });
  });
});

describe('an upload with a column per platform', () => {
  const wide = '日期,剧名,抖音播放量,快手播放量\n2025-10-01,横甲,5,6\n2025-10-02,横甲,4,7\n';
  const start = async (upload_id: string, options: object) => {
    const body = JSON.stringify({ upload_id, options: { views_are: 'increment', ...options } });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${app.url}/api/v1/imports`, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };

  it('shows its rows, is not imported before somebody says the layout, and may be read as it stands', async () => {
    const { upload_id, preview, options } = await upload(wide, 'filename=wide.csv');
    expect(options.across).toBe('platform');
    expect(preview[1]).toEqual({ 日期: '2025-10-01', 剧名: '横甲', 平台: '快手', 播放量: '6' });
    const refused = await start(upload_id, {});
    expect([refused.status, problemSchema.parse(refused.body).errors?.map(({ path }) => path)]).toEqual([
      422,
      ['options.across'],
    ]);
    const mapping = encodeURIComponent('{"time":"日期","title":"剧名","views":"播放量","platform":"平台"}');
    const judged = await fetch(`${app.url}/api/v1/uploads/${upload_id}?across=platform&mapping=${mapping}`);
    expect(await judged.json()).toMatchObject({ options: { across: 'platform' }, mapping: { platform: '平台' } });
    const asIs = await fetch(`${app.url}/api/v1/uploads/${upload_id}?across=none`);
    expect(await asIs.json()).toMatchObject({ columns: [{}, {}, { name: '抖音播放量' }, {}] });
    expect((await start(upload_id, { across: 'platform' })).status).toBe(202);
  });

  it('is refused where it has not what is said to be across', async () => {
    expect(await problem(wide, 'filename=wide.csv&across=tables')).toMatchObject({
      status: 400,
      code: 'invalid_request',
      errors: [{ path: 'options.across' }],
    });
  });
});

describe('the questions of an upload', () => {
  it.each([
    ['two columns of one name', '日期,剧名,播放量,播放量\n2025-10-01,问甲,101,701\n2025-10-02,问甲,102,700\n'],
    ['platforms over their columns', '日期,剧名,抖音,,快手,\n,,播放量,点赞量,播放量,点赞量\n2025-10-01,问乙,5,1,6,2\n'],
    ['a column per month', '剧名,类型,8月,9月,10月\n问丙,都市,100,120,90\n问丁,玄幻,50,60,70\n'],
    ['no day of its views', '视频标题,视频发布时间,观看次数\n问戊,2025年6月1日,601\n问己,2025年6月2日,602\n'],
    ['a point that may part thousands', '日期;剧名;播放量\n2025-10-01;问庚;1.000\n2025-10-02;问庚;12.000\n'],
    ['no question', '日期,剧名,地区,题材\n2025-10-01,问辛,CN,都市\n'],
  ])('are those for which an import without answers is refused: %s', async (name, text) => {
    const { upload_id, questions, doubts } = await upload(text, `filename=${encodeURIComponent(name)}.csv`);
    const answer = await fetch(`${app.url}/api/v1/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ upload_id }),
    });
    const refused = answer.status === 422 ? problemSchema.parse(await answer.json()).errors : [];
    const asked = questions.map(({ path }) => path).sort();
    // Without a day nothing else can be judged: it is asked for alone.
    expect((refused ?? []).map(({ path }) => path).sort()).toEqual(
      asked.includes('options.day') ? ['options.day'] : asked,
    );
    expect(asked.length > 0).toBe(name !== 'no question');
    expect(doubts).toEqual(expect.arrayContaining(questions.map(({ message }) => message)));
  });
});

describe('a waiting upload', () => {
  const ask = async (id: string, query: string) => {
    const answer = await fetch(`${app.url}/api/v1/uploads/${id}?${query}`);
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const semicolons = '日期;剧名;播放量\n2025-10-01;a,b;1000\n2025-10-02;c,d;900\n';

  it('is read anew with another delimiter, and imported as it was read last', async () => {
    const first = await upload(semicolons, 'filename=again.csv');
    expect(first).toMatchObject({ delimiter: ';', mapping: { time: '日期' } });
    expect(first.doubts).toEqual([stepsLeaveOpen(NO_STEPS_SAID)]);
    const comma = uploadSchema.parse((await ask(first.upload_id, 'delimiter=%2C')).body);
    expect(comma).toMatchObject({ upload_id: first.upload_id, delimiter: ',' });
    expect(comma.columns).toHaveLength(2);
    const back = await ask(first.upload_id, 'delimiter=%3B');
    expect(back.body).toMatchObject({ delimiter: ';', mapping: first.mapping });
    const dry = await fetch(`${app.url}/api/v1/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ upload_id: first.upload_id, dry_run: true, options: { views_are: 'increment' } }),
    });
    expect(await dry.json()).toMatchObject({ rows_read: 2, new: 2, rejected: 0 });
  });

  it('keeps what was proposed when it cannot be read as asked', async () => {
    const bytes = workbook([
      { name: '十月', rows: row(1, ['日期', '剧名', '播放量']) + row(2, ['2025-10-01', '老千', 1]) },
    ]);
    const { upload_id } = await upload(bytes, 'filename=kept.xlsx');
    expect(await ask(upload_id, 'sheet=x')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await ask(upload_id, '')).toMatchObject({ status: 200, body: { sheet: '十月' } });
  });

  it('that is not there is said to be missing', async () => {
    expect(await ask('nobody', '')).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
  });

  it('in a header that tells little has doubts that somebody should look at', async () => {
    const strange = await upload('日期,剧名,qx\n2025-10-01,老千,1000\n2025-10-02,老千,900\n', 'filename=strange.csv');
    expect(strange.doubts.length).toBeGreaterThan(0);
  });
});

describe('a list of something else than series', () => {
  const list = 'platform,channel_id,channel_name\nYouTube,UC1,Maple Playhouse\n';
  const refused = async (upload_id: string, language: string, mapping?: Record<string, string>) => {
    const answer = await fetch(`${app.url}/api/v1/imports?lang=${language}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ upload_id, ...(mapping ? { kind: 'log', mapping } : {}) }),
    });
    return problemSchema.parse(await answer.json());
  };

  it('is told, with why it cannot be imported and what to do instead, at the upload and at the import', async () => {
    const { upload_id, doubts } = await upload(list, 'filename=dim_channel.csv');
    expect(doubts).toEqual([NO_SERIES_COLUMN]);
    const en = await refused(upload_id, 'en');
    expect(en.code).toBe('mapping_incomplete');
    expect(en.errors?.map(({ path }) => path)).toEqual(['mapping.series_id']);
    expect(en.detail).toMatch(/^None of the file's columns \(platform, channel_id, channel_name\).*beside the series/u);
    expect((await refused(upload_id, 'zh')).detail).toMatch(
      /^文件的列（platform、channel_id、channel_name）都没有映射为.*再导入该文件。$/u,
    );
    const both = await refused(upload_id, 'en', { platform: 'platform' });
    expect(both.errors?.map(({ path }) => path)).toEqual(['mapping.series_id', 'mapping.time']);
    expect(both.detail).toContain('no column is mapped to time. Map one of');
  });
});

describe('an upload beyond the limits', () => {
  const long = 'date,title,views\n'.repeat(5000);

  it('is refused by what it announces, before it is sent', async () => {
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${app.url}/api/v1/uploads?filename=a.csv`, {
        method: 'POST',
        headers: { 'Content-Length': String(1024 ** 4) },
      });
      sending.on('response', (answer) => {
        resolve(answer.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      sending.write('date,');
    });
    expect(answered).toBe(413);
  });

  it('is refused while it comes, where it announces nothing', async () => {
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < long.length; at += 4096) controller.enqueue(Buffer.from(long.slice(at, at + 4096)));
        controller.close();
      },
    });
    const refused = await problem(pieces, 'filename=a.csv', { duplex: 'half' } as RequestInit);
    expect(refused).toMatchObject({ status: 413, code: 'upload_too_large' });
    expect(refused.detail).toContain('64 kB');
  });

  it('is refused where it unpacks to too much', async () => {
    const refused = await problem(gzipSync(long.repeat(4)), 'filename=a.csv.gz');
    expect(refused).toMatchObject({ status: 413, code: 'unpacked_too_large' });
  });

  it('leaves nothing on the disk, and the next one works', async () => {
    const before = await readdir(app.uploads);
    expect((await problem(long)).code).toBe('upload_too_large');
    expect((await problem(gzipSync(long.repeat(4)))).code).toBe('unpacked_too_large');
    expect(await readdir(app.uploads)).toEqual(before);
    const { upload_id } = await upload(log);
    expect((await readdir(app.uploads)).filter((name) => !before.includes(name))).toEqual([upload_id]);
  });
});
