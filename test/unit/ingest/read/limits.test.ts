import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../server/ingest/read/limits.ts';
import { Cancelled } from '../../../../server/warehouse/warehouse.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open(
    'Asia/Shanghai',
    { ...DEFAULT_LIMITS, keptRejects: 3 },
    () => new Date('2031-05-04T00:00:00Z'),
  );
});
afterEach(() => desk.close());

const log = (...lines: string[]) => `date,series_id,views\n${lines.join('\n')}\n`;
const increments = (mode: 'append' | 'upsert') => ({
  options: { source: 'a', mode, views_are: 'increment' as const },
});

describe('rejects beyond those that are kept', () => {
  it('are counted, warned of, and missing from the lines to mend', async () => {
    const good = Array.from({ length: 50 }, (_, i) => `2025-10-01,G${i},1`);
    const bad = ['a', 'b', 'c', 'd', 'e'].map((cell, i) => `2025-10-02,B${i},${cell}`);
    const record = await desk.import(log(...good, ...bad), increments('upsert'));
    expect(record).toMatchObject({ rows_read: 55, rows_committed: 50, rows_rejected: 5 });
    expect(record.warnings.map((w) => [w.code, w.count])).toEqual([['rejects_kept', 3]]);
    expect((await desk.imports.rejects(record.import_id)).map((r) => r.line)).toEqual([52, 53, 54]);
    expect(await desk.rejectedLines(record.import_id)).toMatchObject({ lines: 3, leftOut: 2 });
  });
});

describe('appended rows', () => {
  it('warn of keys that an earlier import states, and add up', async () => {
    await desk.import(log('2025-10-01,A,5', '2025-10-02,A,6'), increments('append'));
    const again = await desk.import(log('2025-10-02,A,6', '2025-10-02,B,1', '2025-10-03,A,7'), increments('append'));
    expect(again.warnings.map((w) => [w.code, w.count])).toEqual([['appended_again', 1]]);
    expect(again).toMatchObject({ rows_committed: 3, rows_unchanged: 0 });
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_day')).toEqual([{ v: 5 + 6 + 6 + 1 + 7 }]);
  });
});

describe('dates without a year', () => {
  it('go up to the day that the clock says, where neither file nor name tells more', async () => {
    const record = await desk.import('日期,剧名,播放量\n5月3日,老千,1\n5月5日,老千,2\n', {
      name: 'board.csv',
      options: { views_are: 'increment' },
    });
    expect(record.options.dates_up_to).toBe('2031-05-04');
    expect(await desk.views()).toEqual(['老千 2030-05-05 2', '老千 2031-05-03 1']);
  });
});

describe('a sender that goes away', () => {
  it('ends the unpacking of what it sent, and nothing is left', async () => {
    const gone = new AbortController();
    const body = async function* () {
      yield gzipSync(log('2025-10-01,A,5'));
      gone.abort();
    };
    const sent = desk.imports.upload(Readable.from(body()), 'a.csv.gz', {}, gone.signal);
    await expect(sent).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(join(desk.folder, 'uploads'))).toEqual([]);
  });
});

describe('a file of this machine', () => {
  it('says what is done with it before its rows are read', async () => {
    const told: string[] = [];
    const utf16 = Buffer.from(`\ufeff${log('2025-10-01,A,5')}`, 'utf16le');
    const options = { views_are: 'increment' } as const;
    await desk.import(gzipSync(utf16), { name: 'a.csv.gz', options, onPreparing: (what) => told.push(what) });
    await desk.import('{"date":"2025-10-01","series_id":"B","views":1}\n', {
      name: 'b.ndjson',
      options,
      onPreparing: (what) => told.push(what),
    });
    expect(told).toEqual(['unpacking', 'decoding', 'converting']);
  });
});
