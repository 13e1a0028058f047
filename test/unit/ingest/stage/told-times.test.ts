import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockChanges } from '../../../../server/ingest/stage/clock-changes.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
afterEach(() => desk.close());
const options = { views_are: 'increment' as const };
const told = (warnings: readonly { code: string; count: number }[]) => warnings.map(({ code, count }) => [code, count]);
const parquet = async (sql: string) => {
  const path = `${desk.folder}/a.parquet`;
  await desk.rows(`COPY (${sql}) TO '${path}'`);
  return desk.imports.importFile(path, { options, force: true });
};

describe('in a zone without clock changes', () => {
  beforeEach(async () => {
    desk = await Desk.open();
  });

  it.each([
    ['date', 'time', '21:00:00', '22:00:00'],
    ['日期', '时间', '21:00', '22:00'],
    ['日期', '时刻', '9:00 PM', '10:00 PM'],
    ['日期', '时间', '下午9:00', '下午10:00'],
    ['date', 'hour', '21', '22'],
    ['date', 'hour', '21:00', '22:00'],
  ])('a time of day in a column of its own joins its date: %s, %s %s', async (date, time, first, second) => {
    const csv = `${date},${time},series_id,views\n2025-10-01,${first},A,5\n2025-10-01,${second},A,6\n`;
    const upload = await desk.look(csv);
    expect(upload.mapping).toMatchObject({ time: date, hour: time });
    const record = await desk.import(csv, { options });
    expect(told(record.warnings)).toEqual([]);
    expect(await desk.views()).toEqual(['A 2025-10-01 13:00Z 5', 'A 2025-10-01 14:00Z 6']);
  });

  it('joins also as Parquet has it: DATE and TIME, or midnight and TIME', async () => {
    for (const date of ["DATE '2025-10-01'", "TIMESTAMP '2025-10-01'"]) {
      const record = await parquet(
        `SELECT ${date} AS date, time, 'A' AS series_id, v AS views FROM (VALUES (TIME '21:00:00', 5), (TIME '22:30:00', 6)) t(time, v)`,
      );
      expect(told(record.warnings)).toEqual([]);
      expect(await desk.views()).toEqual(['A 2025-10-01 13:00Z 5', 'A 2025-10-01 14:30Z 6']);
      await desk.clear();
    }
  });

  it('what is no time of day there is a reject, and so is a date that is none', async () => {
    const record = await desk.import(
      'date,time,series_id,views\n2025-10-01,21:00:00,A,5\n2025-10-01,25:00:00,A,6\nnever,21:00:00,A,7\n2025-10-01,,A,8\n',
      { options },
    );
    const rejects = await desk.imports.rejects(record.import_id);
    expect(rejects.map((r) => [r.line, r.column])).toEqual([
      [3, 'time'],
      [4, 'date'],
      [5, 'time'],
    ]);
  });

  it('ids that were kept as floating numbers are the same ids', async () => {
    await desk.import('date,series_id,views\n2025-10-01,7001,5\n', { options });
    await desk.import('date,series_id,views\n2025-10-02,7001.0,6\n2025-10-02,7002.00,1\n', { options });
    await parquet("SELECT DATE '2025-10-03' AS date, 7001.0::DOUBLE AS series_id, 7 AS views");
    expect(await desk.views()).toEqual([
      '7001 2025-10-01 5',
      '7001 2025-10-02 6',
      '7001 2025-10-03 7',
      '7002 2025-10-02 1',
    ]);
    await desk.import('date,series_id,views\n2025-10-04,1.0,6\n2025-10-04,1.5,1\n', { options });
    expect(await desk.views("day = DATE '2025-10-04'")).toEqual(['1.0 2025-10-04 6', '1.5 2025-10-04 1']);
  });

  it('fractions of views are rounded, and told with their count', async () => {
    const record = await parquet(
      "SELECT DATE '2025-10-01' + i::INTEGER AS date, 'A' AS series_id, i + CASE WHEN i = 9 THEN 0 ELSE 0.5 END::DOUBLE AS views FROM range(10) t(i)",
    );
    expect(told(record.warnings)).toEqual([['fractions_rounded', 9]]);
    await desk.clear();
    const csv = await desk.import(
      'date,series_id,views\n2025-10-01,A,"1,234.5"\n2025-10-02,A,5.0\n2025-10-03,A,1.1万\n',
      { options },
    );
    expect(told(csv.warnings)).toEqual([['fractions_rounded', 1]]);
    await desk.clear();
    const whole = await parquet("SELECT DATE '2025-10-01' AS date, 'A' AS series_id, 5.0::DOUBLE AS views");
    expect(told(whole.warnings)).toEqual([]);
  });
});

describe('where clocks change', () => {
  beforeEach(async () => {
    desk = await Desk.open('America/New_York');
  });

  it('the skipped and the doubled times of a zone are known', () => {
    expect(clockChanges('America/New_York', '2025-01-01', '2025-12-31')).toEqual([
      { kind: 'skipped', from: '2025-03-09 02:00:00', to: '2025-03-09 03:00:00' },
      { kind: 'doubled', from: '2025-11-02 01:00:00', to: '2025-11-02 02:00:00' },
    ]);
    expect(clockChanges('Australia/Lord_Howe', '2025-04-05', '2025-10-06')).toEqual([
      { kind: 'doubled', from: '2025-04-06 01:30:00', to: '2025-04-06 02:00:00' },
      { kind: 'skipped', from: '2025-10-05 02:00:00', to: '2025-10-05 02:30:00' },
    ]);
    expect(clockChanges('America/New_York', '2025-05-01', '2025-09-01')).toEqual([]);
  });

  it('a local time that does not exist is read after the change, and told', async () => {
    const record = await desk.import(
      'time,series_id,views\n2025-03-09 01:30:00,A,1\n2025-03-09 02:30:00,A,2\n2025-03-09 04:30:00,A,4\n',
      { options },
    );
    expect(told(record.warnings)).toEqual([['clock_skipped', 1]]);
    expect(record.warnings[0]?.detail.en).toContain('2025-03-09 02:30:00');
    expect(await desk.views()).toEqual(['A 2025-03-09 06:30Z 1', 'A 2025-03-09 07:30Z 2', 'A 2025-03-09 08:30Z 4']);
    await desk.clear();
    const hours = await desk.import('date,hour,series_id,views\n2025-03-09,1,A,1\n2025-03-09,2,A,2\n', { options });
    expect(told(hours.warnings)).toEqual([['clock_skipped', 1]]);
  });

  it('a local time that comes twice is read as the second, and told', async () => {
    const record = await desk.import(
      'time,series_id,views\n2025-11-02 00:30:00,A,1\n2025-11-02 01:30:00,A,2\n2025-11-02 01:30:00,A,4\n2025-11-02 02:30:00,A,8\n',
      { options },
    );
    expect(told(record.warnings)).toContainEqual(['clock_doubled', 2]);
    expect(await desk.views()).toEqual(['A 2025-11-02 04:30Z 1', 'A 2025-11-02 06:30Z 6', 'A 2025-11-02 07:30Z 8']);
  });

  it('and neither with an offset, in days alone, or on other days', async () => {
    for (const csv of [
      'time,series_id,views\n2025-11-02T01:30:00-04:00,A,2\n2025-11-02T01:30:00-05:00,A,4\n',
      'time,series_id,views\n2025-11-02,A,2\n2025-11-03,A,4\n',
      'time,series_id,views\n2025-11-05 01:30:00,A,2\n2025-11-06 01:30:00,A,4\n',
    ]) {
      const record = await desk.import(csv, { options });
      expect(told(record.warnings)).toEqual([]);
      await desk.clear();
    }
  });
});
