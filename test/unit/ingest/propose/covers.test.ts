import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../server/contract/imports.ts';
import {
  allMondays,
  allSundays,
  firstDaysOfWeeks,
  weeksApart,
} from '../../../../server/ingest/propose/time-messages.ts';
import { viewsOfYesterday } from '../../../../server/ingest/propose/views-messages.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const upload = (text: string, name = 'a.csv') => desk.imports.upload(Readable.from([Buffer.from(text)]), name);
const covering = (covers: NonNullable<ImportOptions['covers']>) => ({
  options: { source: 'a', views_are: 'increment' as const, covers },
});
const estimated = async () =>
  (await desk.rows('SELECT DISTINCT estimated FROM view_log ORDER BY 1')).map((row) => row.estimated);

describe('what the time of a row covers', () => {
  it('is a day where it is spread over none: instant, hour and day keep every view where it stands', async () => {
    const log = (time: string) => `time,series_id,views\n${time},A,8\n`;
    await desk.import(log('2025-10-05 13:30:00'), covering('instant'));
    await desk.import(log('2025-10-05 14:00:00'), covering('hour'));
    await desk.import(log('2025-10-06 00:00:00'), covering('day'));
    expect(await desk.views()).toEqual(['A 2025-10-05 05:30Z 8', 'A 2025-10-05 06:00Z 8', 'A 2025-10-06 8']);
    expect(await estimated()).toEqual([false]);
  });

  it.each([
    ['week_ending', '2025-10-05', ['2025-09-29', '2025-10-05']],
    ['week_starting', '2025-10-06', ['2025-10-06', '2025-10-12']],
    ['month', '2024-02-01', ['2024-02-01', '2024-02-29']],
    ['month', '2025-02-28', ['2025-02-01', '2025-02-28']],
  ] as const)('of %s %s is spread evenly, whole views, the remainder on the latest days', async (covers, day, span) => {
    const record = await desk.import(`time,series_id,views,revenue\n${day},A,100,7\n`, covering(covers));
    expect([record.from, record.to]).toEqual(span);
    const rows = await desk.rows('SELECT views, revenue FROM view_log ORDER BY day');
    // By hand: n days get the whole part each, and the last (100 mod n) of them one more.
    const n = rows.length;
    const whole = Math.floor(100 / n);
    expect(rows.map((row) => row.views)).toEqual(
      Array.from({ length: n }, (_, i) => (i < n - (100 % n) ? whole : whole + 1)),
    );
    expect(rows.reduce((sum, row) => sum + Number(row.revenue), 0)).toBeCloseTo(7, 9);
    expect(await estimated()).toEqual([true]);
  });

  it('of a counter is the moment of its value: nothing is spread but the step between two', async () => {
    const options = { options: { source: 'a', views_are: 'cumulative' as const, covers: 'week_ending' as const } };
    await desk.import('time,series_id,views\n2025-10-05,A,100\n2025-10-12,A,114\n', options);
    const views = await desk.views();
    expect(views[0]).toBe('A 2025-10-05 opening 100');
    expect(views.slice(1)).toEqual(['06', '07', '08', '09', '10', '11', '12'].map((d) => `A 2025-10-${d} 2`));
  });
});

describe('what an import says of rows that cover weeks', () => {
  const weeks = (...lines: string[]) => `time,series_id,rank,views\n${lines.join('\n')}\n`;
  const told = (warnings: readonly { code: string; count: number }[]) => warnings.map((w) => [w.code, w.count]);

  it('counts its rows, not the days they are spread over', async () => {
    const text = weeks(
      '2025-10-05,A,1,70',
      '2025-10-05,A,1,70',
      '2025-10-05,A,2,7',
      '2025-10-12,A,1,70',
      '2025-10-12,B,1,7',
      '2025-10-12,B,1,7',
    );
    const { options } = covering('week_ending');
    const record = await desk.import(text, { options: { ...options, coverage: 'chart' } });
    expect(told(record.warnings)).toEqual([
      ['identical_lines', 2],
      ['key_repeated', 1],
      ['chart_source', 3],
    ]);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS views FROM view_log')).toEqual([{ views: 154 }]);
  });

  it('and those of a replaced range that it does not state by their days', async () => {
    const options = { ...covering('week_ending').options, mode: 'replace_range' as const, coverage: 'census' as const };
    await desk.import(weeks('2025-10-05,A,1,70', '2025-10-05,B,1,70', '2025-10-12,A,1,7'), { options });
    const same = await desk.import(weeks('2025-10-05,A,1,7', '2025-10-05,B,1,70', '2025-10-12,A,1,7'), { options });
    expect(told(same.warnings)).toEqual([]);
    const less = await desk.import(weeks('2025-10-05,A,1,70', '2025-10-12,A,1,7'), { options });
    expect(told(less.warnings)).toEqual([['rows_replaced', 7]]);
  });
});

describe('a weekly file is proposed as one', () => {
  const weekly = (column: string, ...days: string[]) =>
    upload(`${column},show_title,views\n${days.map((d, i) => `${d},A,${(7 * (i * 5)) % 11}`).join('\n')}\n`);

  it.each([
    ['week', ['2026-07-19', '2026-07-12'], 'week_ending', allSundays],
    ['week', ['2026-07-20', '2026-07-13'], 'week_starting', allMondays],
    ['week_start', ['2026-07-23', '2026-07-16'], 'week_starting', firstDaysOfWeeks],
    ['date', ['2026-07-19', '2026-07-12', '2026-06-28', '2026-06-14'], 'week_ending', allSundays],
  ])('by the weekday of its dates: %s %j', async (column, days, covers, reason) => {
    const { options, reasons } = await weekly(column, ...days);
    expect(options.covers).toBe(covers);
    expect(reasons.find((r) => r.option === 'covers')?.reason).toEqual(reason(column));
  });

  it.each([
    ['two Sundays', ['2026-07-19', '2026-07-12']],
    ['days in between', ['2026-07-19', '2026-07-12', '2026-07-05', '2026-06-28', '2026-06-27']],
  ])('but not a column of dates with %s', async (_what, days) => {
    expect((await weekly('date', ...days)).options.covers).toBeUndefined();
  });
});

describe('a monthly file is proposed as one', () => {
  const monthly = (column: string, ...days: string[]) =>
    upload(`${column},剧名,播放量\n${days.map((d, i) => `${d},A,${(31 * (i * 5)) % 110}`).join('\n')}\n`);

  it.each([
    ['月份', ['2025-10-01', '2025-11-01']],
    ['month', ['2025-10-31', '2025-11-30']],
    ['month_start', ['2025/10/1']],
    ['月份', ['2025-10-15', '2025-12-15']],
    ['日期', ['2025-10-01', '2025-11-01', '2025-12-01']],
    ['date', ['2025-12-31', '2026-01-31', '2026-02-28']],
    ['date', ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']],
    ['日期', ['2025-10-01 00:00:00', '2025-11-01 00:00:00', '2025-12-01 00:00:00']],
    ['日期', ['1-Oct-2025', '1-Nov-2025', '1-Dec-2025']],
    ['月份', ['2025-10-01', '2025-11-01', '合计']],
  ])('by its header, or by first or last days a month apart: %s %j', async (column, days) => {
    const { options, reasons } = await monthly(column, ...days);
    expect(options.covers).toBe('month');
    expect(reasons.some((r) => r.option === 'covers')).toBe(true);
  });

  it.each([
    ['two firsts', '日期', ['2025-10-01', '2025-11-01']],
    ['quarters', '日期', ['2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01']],
    ['days in between', '日期', ['2025-10-01', '2025-11-01', '2025-12-01', '2025-12-02']],
    ['two dates of a month under a header of months', '月份', ['2025-10-01', '2025-10-02']],
    ['times of day', '日期', ['2025-10-01 21:00:00', '2025-11-01 21:00:00', '2025-12-01 21:00:00']],
  ])('but not %s', async (_what, column, days) => {
    expect((await monthly(column, ...days)).options.covers).toBeUndefined();
  });

  it('and spread over the days of its months, the last of a month being the same month', async () => {
    await desk.import('月份,剧名,播放量\n2025-10-31,A,31\n2025-11-30,A,60\n', { options: { views_are: 'increment' } });
    const rows = await desk.rows(
      "SELECT date_trunc('month', day)::DATE::VARCHAR AS m, count(*)::INTEGER AS days, sum(views)::INTEGER AS views FROM view_log GROUP BY m ORDER BY m",
    );
    expect(rows).toEqual([
      { m: '2025-10-01', days: 31, views: 31 },
      { m: '2025-11-01', days: 30, views: 60 },
    ]);
  });
});

describe('dates of other spans than the rest', () => {
  const among = (cells: readonly string[]) =>
    `日期,剧名,播放量\n${cells.map((cell, i) => `${cell},剧${i % 3},${10 + i}`).join('\n')}\n`;
  const tenDays = Array.from({ length: 10 }, (_, i) => `2025-10-${10 + i}`);

  it.each([
    ['2025-09', 'a month among other dates'],
    ['2025年9月', 'a month among other dates'],
    ['Sep 2025', 'a month among other dates'],
    ['2025-W36', 'a week among other dates'],
  ])('%s among days is not one of its days', async (cell, reason) => {
    const file = among([...tenDays, cell]);
    const record = await desk.import(file, { options: { views_are: 'increment' } });
    expect(record).toMatchObject({ rows_committed: 10, rows_rejected: 1, from: '2025-10-10' });
    const [reject] = await desk.imports.rejects(record.import_id);
    expect(reject?.reason.en).toContain(reason);
    await desk.clear();
    const said = await desk.import(file, { options: { views_are: 'increment', covers: 'day' } });
    expect(said).toMatchObject({ rows_committed: 11, rows_rejected: 0 });
  });

  it('are read whole in a release date', async () => {
    await desk.import('日期,剧名,播放量,上线日期\n2025-10-10,甲,5,2025年9月\n', {
      options: { views_are: 'increment' },
    });
    expect(await desk.rows('SELECT release_day::VARCHAR AS day FROM series')).toEqual([{ day: '2025-09-01' }]);
  });

  it('a week apart on a Thursday are asked about, unless they are moments of a counter', async () => {
    const thursdays = ['2025-10-02', '2025-10-09', '2025-10-16', '2025-10-23'];
    const asked = async (text: string) => (await upload(text)).doubts.map(({ en }) => en).join();
    expect(await asked(among(thursdays))).toContain(weeksApart('日期').en);
    const counters = thursdays.flatMap((day, d) =>
      Array.from({ length: 9 }, (_, i) => `${day},剧${i},${1000 * i + 10 * d + 100}`),
    );
    expect(await asked(`日期,剧名,播放量\n${counters.join('\n')}\n`)).not.toContain(weeksApart('日期').en);
  });
});

it('views of yesterday are told to count for the day of their row', async () => {
  const { doubts } = await upload('日期,剧名,昨日播放量\n2025-10-02,甲,5\n');
  expect(doubts.map(({ en }) => en).join()).toContain(viewsOfYesterday('昨日播放量').en);
});
