import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

/** 日期,剧名,播放量 and 2025-10-01,老千,1000 in GB18030. */
const [header, row] = ['yNXG2iy+58P7LLKlt8XBvwo=', 'MjAyNS0xMC0wMSzAz8enLDEwMDAK'].map((b) => Buffer.from(b, 'base64'));
/** The same row with 千 cut in half. */
const cut = Buffer.from((row ?? Buffer.alloc(0)).filter((_, i) => i !== 14));

describe('a line with bytes that are nothing in the encoding', () => {
  const gbk = (at: number, rows = 200) =>
    Buffer.concat(
      [header, ...Array.from({ length: rows }, (_, i) => (i === at ? cut : row))].filter((b) => b !== undefined),
    );

  it.each([
    ['GB18030', gbk(120), 'gb18030', 122],
    ['GB18030 in gzip', gzipSync(gbk(3)), 'gb18030', 5],
    ['GB18030, cut at the end', gbk(199).subarray(0, -6), 'gb18030', 201],
  ])('of %s is a reject with its line and column, and no other row is lost', async (_what, bytes, encoding, line) => {
    const options = { views_are: 'event' as const };
    const record = await desk.import(bytes, { name: 'a.csv', options });
    expect(record).toMatchObject({ rows_read: 200, rows_rejected: 1, rows_committed: 199, options: { encoding } });
    const [reject, ...others] = await desk.imports.rejects(record.import_id);
    expect(others).toEqual([]);
    expect(reject?.line).toBe(line);
    expect(await desk.views("k.series_id <> '老千'")).toEqual([]);
  });

  it('names the column, and can be mended', async () => {
    const record = await desk.import(gbk(120), { name: 'a.csv' });
    expect(await desk.imports.rejects(record.import_id)).toEqual([
      {
        line: 122,
        column: '剧名',
        value: '老\ufffd',
        reason: { en: 'bytes that are not gb18030', zh: '含有不是 gb18030 的字节' },
        raw: '2025-10-01,老\ufffd,1000',
      },
    ]);
    const { text, filename } = await desk.rejectedLines(record.import_id);
    await desk.import(text.replace('\ufffd', '戏'), { name: filename });
    expect(await desk.views()).toEqual(['老千 2025-10-01 1000', '老戏 2025-10-01 1000']);
  });

  it.each([
    ['lines of CSV', (name: string) => `2025-10-01,${name},1\n`, 'date,title,views\n'],
    ['NDJSON', (name: string) => `{"date":"2025-10-01","title":"${name}","views":1}\n`, ''],
  ])('is one in UTF-8, too: %s', async (_what, line, head) => {
    const lines = ['念', '词', '有', '言'].map((name) => line(name.repeat(20)));
    const bytes = Buffer.from(`${head}${lines.join('')}`);
    bytes[bytes.indexOf('有')] = 0xff;
    const record = await desk.import(bytes, { options: { views_are: 'increment' } });
    expect(record).toMatchObject({ rows_committed: 3, rows_rejected: 1, options: { encoding: 'utf-8' } });
    const [reject] = await desk.imports.rejects(record.import_id);
    expect(reject).toMatchObject({ line: head ? 4 : 3, column: 'title', reason: { en: 'bytes that are not utf-8' } });
  });
});
