import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFacts } from '../../../../../server/ingest/read/facts.ts';
import { openHere } from '../../../../../server/ingest/read/inspect.ts';
import { JSON_FAULTS, jsonBroken } from '../../../../../server/ingest/read/json/messages.ts';
import { openInThread } from '../../../../../server/ingest/read/large-file.ts';
import { DEFAULT_LIMITS } from '../../../../../server/ingest/read/limits.ts';
import type { Opening, Preparing } from '../../../../../server/ingest/read/opened.ts';
import { Desk } from '../../desk.ts';
import { row, workbook } from './workbooks.ts';
import { zstdOf } from './zstd.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-large-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const desk = (more: Partial<Opening> = {}): Opening => ({
  limits: DEFAULT_LIMITS,
  scratch: join(folder, 'copy'),
  ...more,
});

async function written(name: string, bytes: string | Buffer) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, facts: await readFacts(path) };
}

const JSON_ARRAY = '[{"date": "2025-10-01", "title": "剧"},\n 7,\n{"date": "2025-10-02", "title": "剧", "views": 3}]';
const SHEETS = workbook([
  { name: 'notes', rows: row(1, ['for Ann']) },
  { name: 'data', rows: `${row(1, ['date', 'title', 'views'])}${row(2, ['2025-10-01', '剧', 5])}` },
]);
// 日期,剧名 in GB18030.
const CHINESE = Buffer.from('c8d5c6da2cbee7c3fb0a323032352d31302d30312cbee70a', 'hex');

const FILES: readonly (readonly [string, string | Buffer, readonly Preparing[]])[] = [
  ['a.json', JSON_ARRAY, ['converting']],
  ['a.json.gz', gzipSync(JSON_ARRAY), ['unpacking', 'converting']],
  ['a.csv.zst', zstdOf('date,title\n2025-10-01,剧\n'), ['unpacking']],
  ['a.xlsx', SHEETS, ['converting']],
  ['a.csv', CHINESE, ['decoding']],
];

describe('a file that is opened by a thread of its own', () => {
  it.each(FILES)('is what it is without: %s', async (name, bytes, steps) => {
    const { path, facts } = await written(name, bytes);
    const options = name === 'a.csv' ? { encoding: 'gb18030' } : {};
    const told: Preparing[] = [];
    const here = await openHere(desk(), path, facts, options);
    const copy = await readFile(here.file.path);
    await rm(here.file.path);
    const there = await openInThread(desk({ onPreparing: (what) => told.push(what) }), path, facts, options);
    expect(there).toEqual(here);
    expect(await readFile(there.file.path)).toEqual(copy);
    expect(told).toEqual(steps);
  });

  it('is refused with the same code, sentence and place, and leaves nothing', async () => {
    const { path, facts } = await written('cut.json', JSON_ARRAY.slice(0, -1));
    await expect(openInThread(desk(), path, facts, {})).rejects.toMatchObject({
      code: 'unreadable_file',
      detail: jsonBroken(3, JSON_FAULTS.arrayCutShort),
      errors: [{ path: 'line 3' }],
    });
    expect(await readdir(folder)).toEqual(['cut.json']);
  });

  it('is given up when its asker goes away, leaves nothing, and the next one is opened', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `{"date": "2025-10-01", "title": "剧${i}", "views": ${i}}`);
    const { path, facts } = await written('large.json', `[${rows.join(',\n')}]`);
    const asker = new AbortController();
    const left = openInThread(desk({ signal: asker.signal, onPreparing: () => asker.abort() }), path, facts, {});
    const next = openInThread(desk({ scratch: join(folder, 'next') }), path, facts, {});
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    expect((await next).inspected.rows).toHaveLength(250);
    expect((await readdir(folder)).sort()).toEqual(['large.json', 'next.table']);
  });

  it('of more than a megabyte is imported whole', async () => {
    const whole = await Desk.open();
    try {
      const rows = Array.from(
        { length: 20_000 },
        (_, i) => `{"date": "2025-10-0${1 + (i % 9)}", "title": "S${i}", "views": 1, "note": "${'x'.repeat(20)}"}`,
      );
      const record = await whole.import(`[${rows.join(',\n')}]`, { name: 'views.json' });
      expect([record.status, record.rows_read, record.rows_rejected]).toEqual(['committed', 20_000, 0]);
      expect(await whole.rows('SELECT sum(views)::BIGINT AS views FROM view_log')).toEqual([{ views: 20_000 }]);
      expect(await readdir(join(whole.folder, 'uploads'))).toEqual([]);
    } finally {
      await whole.close();
    }
  });
});
