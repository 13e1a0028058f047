import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal } from '../../../server/ingest/sql.ts';
import { parseMoment } from '../../../server/ingest/times.ts';
import * as values from '../../../server/ingest/values.ts';
import type { Value } from '../../../server/warehouse/warehouse.ts';
import { Desk } from './desk.ts';

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
    expect(await over(['12.5', '3'], values.textToInteger('raw', 10_000))).toEqual([125_000, 30_000]);
  });

  it('tells blanks from what is no number', async () => {
    expect(await over(['-', 'N/A', '暂无', ' ', '--', 'x', '0'], values.blank('raw'))).toEqual([
      true,
      true,
      true,
      true,
      true,
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
    expect(await over([cell], values.textToDate('raw', 'ymd'))).toEqual([wanted]);
  });

  it('reads dates with the year last in the order that is said', async () => {
    expect(await over(['03/04/2025', '2025-04-03'], values.textToDate('raw', 'dmy'))).toEqual([
      '2025-04-03',
      '2025-04-03',
    ]);
    expect(await over(['03/04/2025'], values.textToDate('raw', 'mdy'))).toEqual(['2025-03-04']);
  });
});

describe('times', () => {
  const shanghai = values.textToInstant('raw', 'Asia/Shanghai');
  it.each<[string, string | null]>([
    ['2025-10-01 23:00:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01T23:00', '2025-10-01T15:00:00Z'],
    ['2025/10/1 7:05', '2025-09-30T23:05:00Z'],
    ['2025年10月1日 23:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01T23:00:00Z', '2025-10-01T23:00:00Z'],
    ['2025-10-01T23:00:00+08:00', '2025-10-01T15:00:00Z'],
    ['2025-10-01 23:00:00+0200', '2025-10-01T21:00:00Z'],
    ['2025-10-01 23:00:00-05', '2025-10-02T04:00:00Z'],
    ['2025-10-01 25:00:00', null],
  ])('reads %s in Shanghai as %s', async (cell, wanted) => {
    expect(await over([cell], shanghai)).toEqual([wanted]);
  });

  it('reads local times of a zone whose clocks change', async () => {
    // Berlin is two hours ahead of UTC in summer and one in winter.
    const berlin = values.textToInstant('raw', 'Europe/Berlin');
    expect(await over(['2025-07-01 12:00:00', '2025-12-01 12:00:00'], berlin)).toEqual([
      '2025-07-01T10:00:00Z',
      '2025-12-01T11:00:00Z',
    ]);
  });

  it('knows which zones have one offset only', () => {
    expect(
      ['Asia/Shanghai', 'Asia/Kolkata', 'UTC', 'Europe/Berlin', 'America/New_York'].map(values.fixedOffset),
    ).toEqual([480, 330, 0, null, null]);
  });

  it('reads releases in JavaScript as logs are read in SQL', () => {
    const read = (text: string) => parseMoment(text, 'Asia/Shanghai', 'Asia/Shanghai', 'ymd');
    expect(read('2025/10/1')).toEqual({ day: '2025-10-01', instant: null });
    expect(read('2025-10-01 00:00')).toEqual({ day: '2025-10-01', instant: '2025-09-30T16:00:00.000Z' });
    expect(read('2025-10-01T20:00:00Z')).toEqual({ day: '2025-10-02', instant: '2025-10-01T20:00:00.000Z' });
    expect(read('2025-02-30')).toBeNull();
    expect(read('敬请期待')).toBeNull();
  });
});
