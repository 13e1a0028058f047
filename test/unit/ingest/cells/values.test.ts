import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as dates from '../../../../server/ingest/cells/dates.ts';
import { literal } from '../../../../server/ingest/cells/sql.ts';
import { parseMoment } from '../../../../server/ingest/cells/times.ts';
import * as values from '../../../../server/ingest/cells/values.ts';
import type { Value } from '../../../../server/warehouse/warehouse.ts';
import { Desk } from '../desk.ts';

const reading = (order: dates.DateOrder | null, upTo: string | null = null): dates.DateReading => ({ order, upTo });

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** One expression over many cells at once. */
async function over(cells: readonly string[], expression: string): Promise<Value[]> {
  const rows = await desk.rows(
    `SELECT ${expression} AS value FROM (SELECT unnest([${cells.map(literal).join(', ')}]) AS raw)`,
  );
  return rows.map((row) => row.value ?? null);
}

describe('numbers', () => {
  it.each<[string, number | bigint | null]>([
    ['0', 0],
    ['1234', 1234],
    ['1,234,567', 1_234_567],
    ['1，234', 1234],
    ['１２３', 123],
    ['1.9亿', 190_000_000],
    ['9218w', 92_180_000],
    ['9218W', 92_180_000],
    ['3.14万', 31_400],
    ['2千万', 20_000_000],
    ['1.2万亿', 1_200_000_000_000],
    ['1.5k', 1500],
    ['2.5M', 2_500_000],
    ['1.23B', 1_230_000_000],
    ['10亿+', 1_000_000_000],
    ['1234次', 1234],
    [' 42 ', 42],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['9,007,199,254,740,993', 9_007_199_254_740_993n],
    ['6942.7W', 69_427_000],
    ['10w+', 100_000],
    ['138.2M', 138_200_000],
    ['325.1K', 325_100],
    ['1.2B', 1_200_000_000],
    ['３．２万', 32_000],
    ['９２１８ｗ', 92_180_000],
    ['１，２３４，５６７', 1_234_567],
    ['1億', 100_000_000],
    ['5.5萬', 55_000],
    ['1亿2345万', 123_450_000],
    ['1 234 567', 1_234_567],
    ['\u00a042\u00a0', 42],
    ['1.234.567', 1_234_567],
    ['1.234.567,8', 1_234_568],
    ['−5', -5],
    ['－5', -5],
    ['12.5%', null],
    ['-', null],
    ['N/A', null],
    ['', null],
    ['十二', null],
    ['12abc', null],
    ['1,23', null],
    ['99999999999999999999', null],
  ])('reads %s as %s', async (cell, wanted) => {
    expect(await over([cell], values.textToInteger('raw'))).toEqual([wanted]);
  });

  it('reads money with its digits after the point', async () => {
    expect(await over(['¥1,234.50', '12.5万', '-3.25'], values.textToDouble('raw'))).toEqual([1234.5, 125_000, -3.25]);
  });

  it('multiplies by the unit of the header', async () => {
    expect(await over(['12.5', '3'], values.textToInteger('raw', { scale: 10_000, decimal: 'point' }))).toEqual([
      125_000, 30_000,
    ]);
  });

  it('reads a decimal comma where that is said', async () => {
    const comma = { scale: 1, decimal: 'comma' } as const;
    expect(await over(['1.234', '1.234,5', '12,5', '1,2M', '7'], values.textToDouble('raw', comma))).toEqual([
      1234, 1234.5, 12.5, 1_200_000, 7,
    ]);
    expect(await over(['1.234', '7'], values.textToInteger('raw', comma))).toEqual([1234, 7]);
  });

  it('takes nan and inf for no numbers', async () => {
    expect(await over(['nan', 'inf', '1.5'], values.textToDouble('raw'))).toEqual([null, null, 1.5]);
  });

  it('knows by how much a rounded number may be off', async () => {
    const cells = ['1.9亿', '9218w', '6942.7W', '10亿', '1亿2345万', '1.2B', '123456', '1,234', '-'];
    expect(await over(cells, values.roundingOf('raw'))).toEqual([
      5_000_000,
      5000,
      500,
      50_000_000,
      5000,
      50_000_000,
      null,
      null,
      null,
    ]);
    // 播放量(万): 12.5 is ±500.
    expect(await over(['12.5', '3'], values.roundingOf('raw', { scale: 10_000, decimal: 'point' }))).toEqual([
      500, 5000,
    ]);
  });

  it('tells blanks from what is no number', async () => {
    const blanks = ['-', '—', '--', '－', '–', 'N/A', 'Ｎ／Ａ', 'null', 'NULL', 'NaN', '暂无', ' ', '\u3000', ''];
    expect(await over(blanks, values.blank('raw'))).toEqual(blanks.map(() => true));
    expect(await over(['x', '0', '-0', 'a very long text that is no blank'], values.blank('raw'))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('dates', () => {
  it.each<[string, string | null]>([
    ['2025-10-01', '2025-10-01'],
    ['2025/2/3', '2025-02-03'],
    ['2023-7-9', '2023-07-09'],
    ['2025.10.1', '2025-10-01'],
    ['20251001', '2025-10-01'],
    ['2025年10月1日', '2025-10-01'],
    ['2025-10', '2025-10-01'],
    ['２０２５－１０－０１', '2025-10-01'],
    ['2025-02-30', null],
    ['2025-13-01', null],
    ['yesterday', null],
    ['10', null],
  ])('reads %s as %s', async (cell, wanted) => {
    expect(await over([cell], dates.textToDate('raw', reading(null)))).toEqual([wanted]);
  });

  it.each<[string, string | null]>([
    ['Oct 1, 2025', '2025-10-01'],
    ['October 31, 2025', '2025-10-31'],
    ['1 Oct 2025', '2025-10-01'],
    ['1-Oct-25', '2025-10-01'],
    ['202510', '2025-10-01'],
    ['251001', null],
    ['17.14.11', null],
    ['10月1日', null],
    ['Ghi 1, 2025', null],
  ])('reads %s, without any hint, as %s', async (cell, wanted) => {
    expect(await over([cell], dates.textToDate('raw', reading(null)))).toEqual([wanted]);
  });

  it.each<[dates.DateOrder, string, string]>([
    ['ydm', '17.14.11', '2017-11-14'],
    ['ymd', '17.11.14', '2017-11-14'],
    ['dmy', '14/11/17', '2017-11-14'],
    ['mdy', '11/14/17', '2017-11-14'],
    ['dmy', '1.2.99', '1999-02-01'],
  ])('reads two digits of a year where the order is said: %s %s', async (order, cell, wanted) => {
    expect(await over([cell], dates.textToDate('raw', reading(order)))).toEqual([wanted]);
    expect(parseMoment(cell, 'Asia/Shanghai', 'Asia/Shanghai', reading(order))?.day).toBe(wanted);
  });

  it('takes dates without a year for the latest ones up to a day', async () => {
    const cells = ['10月1日', '1月5日', '1月6日', '12-31', '2月29日'];
    const wanted = ['2025-10-01', '2026-01-05', '2025-01-06', '2025-12-31', null];
    expect(await over(cells, dates.textToDate('raw', reading(null, '2026-01-05')))).toEqual(wanted);
    const read = (cell: string) =>
      parseMoment(cell, 'Asia/Shanghai', 'Asia/Shanghai', reading(null, '2026-01-05'))?.day ?? null;
    expect(cells.map(read)).toEqual(wanted);
  });

  it('reads days of a spreadsheet, and seconds and milliseconds since 1970', async () => {
    expect(await over(['45931', '45931.5', '45931.5006944444'], dates.spreadsheetTime('raw'))).toEqual([
      '2025-10-01T00:00:00Z',
      '2025-10-01T12:00:00Z',
      '2025-10-01T12:01:00Z',
    ]);
    expect(await over(['1759276800'], dates.epochTime('raw', 'seconds'))).toEqual(['2025-10-01T00:00:00Z']);
    expect(await over(['1759276800000'], dates.epochTime('raw', 'milliseconds'))).toEqual(['2025-10-01T00:00:00Z']);
    const day = (cell: string) => parseMoment(cell, 'Asia/Shanghai', 'Asia/Shanghai', reading(null))?.day;
    expect(['45931', '1759276800', '1759276800000'].map(day)).toEqual(['2025-10-01', '2025-10-01', '2025-10-01']);
  });

  it('reads dates with the year last in the order that is said', async () => {
    expect(await over(['03/04/2025', '2025-04-03'], dates.textToDate('raw', reading('dmy')))).toEqual([
      '2025-04-03',
      '2025-04-03',
    ]);
    expect(await over(['03/04/2025'], dates.textToDate('raw', reading('mdy')))).toEqual(['2025-03-04']);
  });
});

describe('times', () => {
  const shanghai = dates.textToInstant('raw', 'Asia/Shanghai', reading(null));
  it.each<[string, string | null]>([
    ['2025-10-01 23:00:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01T23:00', '2025-10-01T15:00:00Z'],
    ['2025/10/1 7:05', '2025-09-30T23:05:00Z'],
    ['2025年10月1日 23:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01T23:00:00Z', '2025-10-01T23:00:00Z'],
    ['2025-10-01T23:00:00+08:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01 23:00:00+0200', '2025-10-01T21:00:00Z'],
    ['2025-10-01 23:00:00-05', '2025-10-02T04:00:00Z'],
    ['2025-10-01 23:00:00 +0800', '2025-10-01T15:00:00Z'],
    ['2025-10-01 23:00:00 UTC', '2025-10-01T23:00:00Z'],
    ['2025年10月1日 下午11:00', '2025-10-01T15:00:00Z'],
    ['2025年10月1日23时05分', '2025-10-01T15:05:00Z'],
    ['Oct 1, 2025, 11:00 PM', '2025-10-01T15:00:00Z'],
    ['2025100123', '2025-10-01T15:00:00Z'],
    ['20251001230500', '2025-10-01T15:05:00Z'],
    ['2025-10-01 25:00:00', null],
  ])('reads %s in Shanghai as %s', async (cell, wanted) => {
    expect(await over([cell], shanghai)).toEqual([wanted]);
  });

  it('reads a clock after a date in the order that is said', async () => {
    const american = dates.textToInstant('raw', 'Asia/Shanghai', reading('mdy'));
    expect(await over(['10/2/2025 3:05 PM', '10/2/25 15:05'], american)).toEqual([
      '2025-10-02T07:05:00Z',
      '2025-10-02T07:05:00Z',
    ]);
  });

  it('reads local times of a zone whose clocks change', async () => {
    // Berlin is two hours ahead of UTC in summer and one in winter.
    const berlin = dates.textToInstant('raw', 'Europe/Berlin', reading(null));
    expect(await over(['2025-07-01 12:00:00', '2025-12-01 12:00:00'], berlin)).toEqual([
      '2025-07-01T10:00:00Z',
      '2025-12-01T11:00:00Z',
    ]);
  });

  it('knows which zones have one offset only', () => {
    expect(
      ['Asia/Shanghai', 'Asia/Kolkata', 'UTC', 'Europe/Berlin', 'America/New_York'].map(dates.fixedOffset),
    ).toEqual([480, 330, 0, null, null]);
  });

  it('reads releases in JavaScript as logs are read in SQL', () => {
    const read = (text: string) => parseMoment(text, 'Asia/Shanghai', 'Asia/Shanghai', reading(null));
    expect(read('2025/10/1')).toEqual({ day: '2025-10-01', instant: null });
    expect(read('2025-10-01 00:00')).toEqual({ day: '2025-10-01', instant: '2025-09-30T16:00:00.000Z' });
    expect(read('2025-10-01T20:00:00Z')).toEqual({ day: '2025-10-02', instant: '2025-10-01T20:00:00.000Z' });
    expect(read('2025-02-30')).toBeNull();
    expect(read('敬请期待')).toBeNull();
  });
});
