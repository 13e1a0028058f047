import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, refuseUnpacked } from '../../../../../server/ingest/read/limits.ts';
import {
  IS_BINARY,
  isArchive,
  isPackedBy,
  nothingPacked,
  PACKED_TWICE,
  packedCutShort,
  packedDamaged,
  tarInside,
  unpacksTooFar,
  ZSTD_WINDOW,
  zipInside,
} from '../../../../../server/ingest/read/messages.ts';
import { Desk, refusal } from '../../desk.ts';
import { row, workbook } from './workbooks.ts';
import { frameHeader, zstdBomb, zstdOf } from './zstd.ts';

const MB = 1024 ** 2;
const log = '日期,剧名,播放量\n2025-10-01,老千,1000\n2025-10-02,老千,2000\n2025-10-03,念念有词,3000\n';
const views = ['念念有词 2025-10-03 3000', '老千 2025-10-01 1000', '老千 2025-10-02 2000'];
const json = log
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([date, title, count]) => JSON.stringify({ 日期: date, 剧名: title, 播放量: Number(count) }))
  .join('\n');
/** `log` in GB18030, by Python. */
const gb = Buffer.from(
  'yNXG2iy+58P7LLKlt8XBvwoyMDI1LTEwLTAxLMDPx6csMTAwMAoyMDI1LTEwLTAyLMDPx6csMjAwMAoyMDI1LTEwLTAzLMTuxO7T0LTKLDMwMDAK',
  'base64',
);
/** `log` by `zstd -19`. */
const zst = Buffer.from(
  'KLUv/QRodQIAFATml6XmnJ8s5Ymn5ZCNLOaSreaUvumHjwoyMDI1LTEwLTAxLOiAgeWNgywxMDAwMjIzLOW/teacieivjSwzMDAwCgQAOkDBYYAI6zbLk9ZCzw==',
  'base64',
);
const packers = { plain: (b: Buffer) => b, gzip: (b: Buffer) => gzipSync(b), zstd: zstdOf } as const;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open('Asia/Shanghai', { ...DEFAULT_LIMITS, uploadBytes: 8 * MB, unpackedBytes: 16 * MB });
});
afterAll(() => desk.close());
afterEach(async () => {
  await desk.clear();
  expect(await readdir(join(desk.folder, 'uploads'))).toEqual([]);
});

describe.each(Object.entries(packers))('a file packed as %s', (packing, pack) => {
  it.each([
    ['CSV', Buffer.from(log)],
    ['CSV in GB18030', gb],
    ['TSV in UTF-16', Buffer.from(`\ufeff${log.replaceAll(',', '\t')}`, 'utf16le')],
    ['NDJSON', Buffer.from(json)],
    ['a JSON array', Buffer.from(`[${json.replaceAll('\n', ',')}]`)],
  ])('is read: %s', async (_what, bytes) => {
    const record = await desk.import(pack(bytes), { name: `x.${packing}` });
    expect(record).toMatchObject({ status: 'committed', rows_committed: 3, rows_rejected: 0 });
    expect(await desk.views()).toEqual(views);
  });

  it('gives the lines of its rejects as they are unpacked', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2025-10-01,S${i},1\n`).join('');
    const record = await desk.import(pack(Buffer.from(`date,title,views\n${rows}2025-10-01,A,x\n`)));
    expect((await desk.imports.rejects(record.import_id)).map((r) => [r.line, r.column])).toEqual([[32, 'views']]);
  });
});

/** The head of a tar archive: a name, numbers in octal, and the mark. */
const tar = Buffer.alloc(2048);
tar.write('log.csv');
tar.write('ustar', 257);

describe('a packed file', () => {
  it('is read with all its members and frames, and what zstd itself wrote', async () => {
    const [head = '', ...rest] = log.split(/(?<=\n)/u);
    for (const pack of [gzipSync, zstdOf]) {
      const record = await desk.import(Buffer.concat([head, ...rest].map((part) => pack(Buffer.from(part)))));
      expect(record.rows_committed).toBe(3);
      await desk.imports.remove(record.import_id);
    }
    await desk.import(zst, { name: 'log.csv.zst' });
    expect(await desk.views()).toEqual(views);
  });

  it('is judged by its whole content: Chinese far below the first megabyte decides', async () => {
    const plain = '2025-10-01,A,1\n'.repeat(100_000);
    const late = Buffer.concat([Buffer.from(`date,title,views\n${plain}`), gb.subarray(17)]);
    await desk.import(gzipSync(late), { options: { mode: 'append' } });
    expect(await desk.views(`k.series_id <> 'A'`)).toEqual(views);
  });

  it.each([
    ['gzip cut short', gzipSync(log.repeat(100)).subarray(0, -20), 'unreadable_file', packedCutShort('gzip')],
    ['gzip that is damaged', damaged(gzipSync(log.repeat(100)), 40), 'unreadable_file', packedDamaged('gzip')],
    ['gzip of nothing', gzipSync(''), 'unreadable_file', nothingPacked('gzip')],
    ['zstd cut short', zst.subarray(0, -10), 'unreadable_file', packedCutShort('zstd')],
    ['zstd that is damaged at byte 12', damaged(zst, 12), 'unreadable_file', packedDamaged('zstd')],
    ['zstd that is damaged at byte 40', damaged(zst, 40), 'unreadable_file', packedDamaged('zstd')],
    ['zstd that is damaged at byte 60', damaged(zst, 60), 'unreadable_file', packedDamaged('zstd')],
    ['zstd cut in its checksum', zst.subarray(0, -2), 'unreadable_file', packedCutShort('zstd')],
    [
      'zstd that asks for gigabytes',
      Buffer.concat([zst.subarray(0, 4), frameHeader(31), Buffer.alloc(20)]),
      'unreadable_file',
      ZSTD_WINDOW,
    ],
    ['tar inside gzip', gzipSync(tar), 'unsupported_format', tarInside('gzip')],
    ['tar', tar, 'unsupported_format', isArchive('tar')],
    ['bzip2', Buffer.from('BZh91AY&SY\u0000\u0001'), 'unsupported_format', isPackedBy('bzip2')],
    ['xz', Buffer.from('fd377a585a000004e6d6b446', 'hex'), 'unsupported_format', isPackedBy('xz')],
    ['packed twice', gzipSync(zst), 'unsupported_format', PACKED_TWICE],
    [
      'a workbook inside gzip',
      gzipSync(workbook([{ name: 'S', rows: row(1, ['a']) }])),
      'unsupported_format',
      zipInside('gzip'),
    ],
    ['an image inside gzip', gzipSync(Buffer.from('89504e470d0a1a0a0000000d', 'hex')), 'unsupported_format', IS_BINARY],
  ])('is refused where it is %s', async (_what, bytes, code, told) => {
    expect(await refusal(desk.import(bytes))).toEqual({ code, detail: told.en });
  });

  it('is refused where it is Parquet inside gzip or zstd', async () => {
    const path = join(desk.folder, 'p.parquet');
    await desk.rows(`COPY (SELECT 1 AS a) TO '${path}'`);
    for (const pack of [gzipSync, zstdOf])
      expect((await refusal(desk.import(pack(await readFile(path))))).code).toBe('unsupported_format');
  });
});

describe('a bomb', () => {
  it.each([
    ['gzip', gzipSync(Buffer.alloc(17 * MB, 'a'))],
    ['zstd', zstdBomb(200)],
    ['a workbook', workbook([{ name: 'S', rows: row(1, ['日期', 'x'.repeat(17 * MB)]) }])],
    ['text that grows when it is decoded', Buffer.concat([gb, Buffer.from('a,b,c\n'.repeat(3 * MB))])],
  ])('of %s is stopped at the limit', async (_what, bytes) => {
    const refused = await refusal(desk.import(bytes));
    expect(refused.code).toBe('unpacked_too_large');
    expect(refused.detail).toContain('16 MB');
  });

  it('is known by its ratio, too, where it is large', () => {
    expect(() => refuseUnpacked(200 * MB, 1000, DEFAULT_LIMITS)).not.toThrow();
    expect(() => refuseUnpacked(300 * MB, 10 * MB, DEFAULT_LIMITS)).not.toThrow();
    expect(() => refuseUnpacked(300 * MB, 0.5 * MB, DEFAULT_LIMITS)).toThrow(unpacksTooFar(400).en);
  });
});

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, at, at + 8);
  return copy;
}
