/** Files that the fuzz of `npm run soak` found: each stood for a refusal without a reason before. */
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { importOptionsSchema } from '../../../../../server/contract/imports.ts';
import { isUtf16 } from '../../../../../server/ingest/read/encoding/messages.ts';
import { LineEndWatch } from '../../../../../server/ingest/read/facts.ts';
import { tooManyColumns } from '../../../../../server/ingest/read/messages.ts';
import { uniqueNames } from '../../../../../server/ingest/read/sniff.ts';
import { ProblemError } from '../../../../../server/problem.ts';
import { Desk, refusal } from '../../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

const lines = ['date,title,views', '2025-10-01,A,1', '2025-10-02,A,2', '2025-10-03,A,3', '2025-10-04,A,4'];
const views = ['A 2025-10-01 1', 'A 2025-10-02 2', 'A 2025-10-03 3', 'A 2025-10-04 4'];
/** The lines with the ends given, the last one again and again. */
const ended = (...ends: string[]) => lines.map((line, i) => line + (ends[i] ?? ends.at(-1) ?? '')).join('');

describe('lines that end in several ways', () => {
  it.each([
    ['Windows first, then Unix, as where files were joined', ended('\r\n', '\r\n', '\n')],
    ['Unix first, then Windows', ended('\n', '\n', '\r\n')],
    ['an old Mac line among others', ended('\n', '\r', '\n')],
    ['all three', ended('\r\n', '\r', '\n', '\r\n')],
    ['the wrong way round', ended('\n\r')],
  ])('%s: each row is read once', async (_what, text) => {
    const record = await desk.import(text);
    expect([record.rows_read, record.rows_rejected]).toEqual([4, 0]);
    expect(await desk.views()).toEqual(views);
    await desk.imports.remove(record.import_id);
    await desk.import(gzipSync(text), { name: 'views.csv.gz' });
    expect(await desk.views()).toEqual(views);
    await desk.imports.remove((await desk.imports.list())[0]?.import_id ?? '');
    await desk.import(Buffer.from(`\uFEFF${text}`, 'utf16le'), { options: { encoding: 'utf-16le' } });
    expect(await desk.views()).toEqual(views);
  });

  it('name the line of a reject as an editor counts it', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `2025-10-01,S${i},${i}`);
    const text = `date,title,views\r\n${many.join('\n')}\r2025-10-02,B,x\r\n2025-10-03,B,7\n`;
    const { import_id: id } = await desk.import(text);
    expect((await desk.imports.rejects(id)).map(({ line, value }) => [line, value])).toEqual([[22, 'x']]);
  });

  it('are noticed wherever the chunks of the file part them', () => {
    const mixed = (text: string, size: number) => {
      const watch = new LineEndWatch();
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) watch.push(bytes.subarray(at, at + size));
      watch.end();
      return watch.mixed;
    };
    for (const size of [1, 2, 3, 4, 7, 100]) {
      expect([mixed('a\nb\nc', size), mixed('a\r\nb\r\n', size), mixed('a\rb\r', size)]).toEqual([false, false, false]);
      expect([mixed('a\nb\r\n', size), mixed('a\r\nb\r', size), mixed('a\n\rb', size)]).toEqual([true, true, true]);
    }
  });
});

describe('names of columns', () => {
  it('lose what no statement can hold, and stay apart', () => {
    expect(uniqueNames(['a', 'A', 'a', 'd\0ay', '\0', '\ud800'])).toEqual([
      'a',
      'A_2',
      'a_3',
      'day',
      'column5',
      '\ufffd',
    ]);
  });

  it('with half a character in a JSON file do not stop its import', async () => {
    const rows = [1, 2].map((i) => `{"date":"2025-10-0${i}","title":"A","\\ud800":"x","views":${i}}`);
    await desk.import(rows.join('\n'), { name: 'views.ndjson' });
    expect(await desk.views()).toEqual(views.slice(0, 2));
  });

  it('full of NUL, where UTF-16 is read as another encoding, are refused with a reason', async () => {
    const wide = Buffer.from(`\uFEFF${ended('\n')}`, 'utf16le');
    const { code, detail } = await refusal(desk.import(wide, { options: { encoding: 'windows-1252' } }));
    expect([code, detail]).toEqual(['unreadable_file', isUtf16('windows-1252').en]);
  });
});

describe('a header', () => {
  it('of more columns than any table has is refused at once', async () => {
    const { code, detail } = await refusal(desk.import(`date,title,views${','.repeat(900_000)}\n2025-10-01,A,1\n`));
    expect([code, detail]).toEqual(['unreadable_file', tooManyColumns(4000).en]);
    const keys = Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join(',');
    expect((await refusal(desk.import(`{${keys}}`, { name: 'views.ndjson' }))).code).toBe('unreadable_file');
  });

  it('of thousands of columns, or of a hundred thousand brackets, is judged within the time of a test', async () => {
    const more = Array.from({ length: 1500 }, (_, i) => `x${i}`).join(',');
    const text = `date,title,views,${more},${'['.repeat(100_000)}\n2025-10-01,A,1${',0'.repeat(1501)}\n`;
    await desk.import(text, { options: { views_are: 'increment' } });
    expect(await desk.views()).toEqual(views.slice(0, 1));
  });
});

describe('a cell of tens of thousands of one sign', () => {
  const SIGNS = [' ', '"', '9', '{"b":', "['", '“', '] ', '—'].map((sign) => `x${sign.repeat(50_000)}x`);
  const header = ['date', 'title', 'genres', 'views', 'rating'];
  const row = ['2025-10-01', 'A', 'a、b', '1', '9.1'];
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const options = { views_are: 'increment' } as const;

  // Patterns that start again at every character took minutes, and the server answered nobody.
  it.each(header)('as %s, or in its header, is judged within the time of a test', async (name) => {
    const at = header.indexOf(name);
    const rows = [...SIGNS.map((sign) => row.with(at, sign)), ...Array.from({ length: 200 }, () => row)];
    const record = await desk.import([header, ...rows].map(quoted).join('\n'), { options });
    expect(record).toMatchObject({ status: 'committed', rows_read: 208 });
    for (const sign of SIGNS.slice(0, 4)) {
      const headed = desk.import([header.with(at, sign), row].map(quoted).join('\n'), { options });
      const code = await headed.then(() => null).catch((error: unknown) => error instanceof ProblemError && error.code);
      expect([null, 'mapping_incomplete', 'unconfirmed', 'too_many_rejects']).toContain(code);
    }
  });
});

it('a day that is in no calendar, in the file name or among its dates, is no day to count years back from', async () => {
  const dates = ['10月1日', '10月2日', '2025-13-01'];
  for (const name of ['views_2025-02-30.csv', 'views.csv']) {
    const text = `日期,剧名,播放量\n${dates.map((date, i) => `${date},A,${i + 1}`).join('\n')}\n`;
    expect(await desk.import(text, { name })).toMatchObject({ status: 'committed', rows_read: 3, rows_rejected: 1 });
  }
});

it('an hour beyond any clock is a reject of its own', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `2025-10-01,${i},A,${i}`);
  const record = await desk.import(`date,hour,title,views\n${rows.join('\n')}\n2025-10-01,1000000000000000000,A,5\n`);
  const [reject] = await desk.imports.rejects(record.import_id);
  expect([record.rows_rejected, reject?.column, reject?.line]).toEqual([1, 'hour', 22]);
});

it('an object nested without end is a reject, not the end of the file', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `{"date":"2025-10-01","title":"S${i}","views":${i}}`);
  const deep = `{"date":"2025-10-01","title":${'['.repeat(50_000)}${']'.repeat(50_000)},"views":1}`;
  const record = await desk.import([...rows, deep].join('\n'), { name: 'views.ndjson' });
  expect([record.rows_read, record.rows_rejected]).toEqual([21, 1]);
});

it('a Parquet file without rows is refused or imported with none', async () => {
  const columnData = ['date', 'title', 'views'].map((name) => ({ name, data: [] }));
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData }));
  const ended = await desk.import(bytes, { name: 'views.parquet' }).catch((error: unknown) => error);
  expect(ended instanceof Error && 'code' in ended ? ended.code : ended).not.toBe('internal');
});

it('a quote or a line end is no delimiter', () => {
  const takes = (delimiter: string) => importOptionsSchema.safeParse({ delimiter }).success;
  expect(['"', '\n', '\r', '\0', ',', '\t', '，'].map(takes)).toEqual([false, false, false, false, true, true, true]);
});
