import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as dates from '../../../../server/ingest/cells/dates.ts';
import { type NumberReading, readNumber } from '../../../../server/ingest/cells/numbers.ts';
import { literal } from '../../../../server/ingest/cells/sql.ts';
import { parseMoment } from '../../../../server/ingest/cells/times.ts';
import * as values from '../../../../server/ingest/cells/values.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const cellsOf = (cells: readonly string[]) =>
  `(SELECT unnest([${cells.map(literal).join(', ')}]) AS raw, generate_subscripts([${cells.map(literal).join(', ')}], 1) AS n)`;

const SHANGHAI = 'Asia/Shanghai';
const said = (reading: Partial<dates.DateReading> = {}): dates.DateReading => ({ order: null, upTo: null, ...reading });

/** What the engine reads in each cell, as a log does: `day`, or `day instant`; null for none. */
async function inSql(
  cells: readonly string[],
  reading: dates.DateReading,
  zone = SHANGHAI,
): Promise<(string | null)[]> {
  const utc = dates.textToInstant('raw', zone, reading);
  const rows = await desk.rows(`SELECT CASE WHEN day BETWEEN DATE '1970-01-01' AND DATE '2199-12-31'
      THEN strftime(day, '%Y-%m-%d') || coalesce(strftime(utc, ' %Y-%m-%dT%H:%M:%S.%gZ'), '') END AS value
    FROM (SELECT n, utc, CASE WHEN timed THEN ${dates.dayOf('utc', SHANGHAI)} ELSE day END AS day
      FROM (SELECT n, timed, day, CASE WHEN timed THEN utc END AS utc
        FROM (SELECT n, ${dates.hasTimeOfDay('raw', reading)} AS timed, ${utc} AS utc, ${dates.textToDate('raw', reading)} AS day
          FROM ${cellsOf(cells)}))) ORDER BY n`);
  return rows.map(({ value }) => (value === null || value === undefined ? null : String(value)));
}

function inJs(cells: readonly string[], reading: dates.DateReading, zone = SHANGHAI): (string | null)[] {
  return cells.map((cell) => {
    const found = parseMoment(cell, zone, SHANGHAI, reading);
    return found && [found.day, ...(found.instant === null ? [] : [found.instant])].join(' ');
  });
}

const ASIDE: NumberReading = { scale: 1, decimal: 'point' };

async function numbersInSql(cells: readonly string[], reading: NumberReading): Promise<(number | null)[]> {
  const rows = await desk.rows(
    `SELECT ${values.textToDouble('raw', reading)} AS value FROM ${cellsOf(cells)} ORDER BY n`,
  );
  return rows.map(({ value }) => (value === null || value === undefined ? null : Number(value)));
}

const numbersInJs = (cells: readonly string[], reading: NumberReading) =>
  cells.map((cell) => readNumber(cell, reading));
/** The last bits of a product are no business of a cell. */
const rounded = (numbers: readonly (number | null)[]) => numbers.map((n) => n && Number(n.toPrecision(12)));

/** Cells between semicolons. */
const listed = (text: string) => text.split(';').map((cell) => cell.trim());

/** `cell → value` between semicolons; `none` for a cell that is nothing. */
const wanted = <T>(text: string, valueIn: (value: string) => T): [string, T | null][] =>
  listed(text).map((pair) => {
    const [cell = '', value = ''] = pair.split(' → ');
    return [cell, value === 'none' ? null : valueIn(value)];
  });

describe('dates and times: one grammar in SQL and in JavaScript', () => {
  const DAY = '2025-10-01';
  const at = (utc: string) => `${DAY} ${DAY}T${utc}:00.000Z`;
  /** As every way of writing the first of October 2025 is, without an option. */
  const october = listed(`
    2025-10-01 ; 2025/10/01 ; 2025.10.01 ; 2025-10-1 ; 2025/10/1 ; 20251001 ; 2025 10 01 ; 2025年10月1日 ;
    2025年10月01日 ; 2025 年 10 月 1 日 ; 2025年10月1号 ; 2025年10月1號 ; ２０２５－１０－０１ ; 2025‑10‑01 ; '2025-10-01 ;
    2025-10-01(周三) ; 2025-10-01 (周三) ; 2025-10-01（周三） ; 2025-10-01 周三 ; 2025-10-01周三 ; 2025-10-01 星期三 ;
    2025年10月1日 星期三 ; 2025年10月1日星期三 ; 2025年10月1日（星期三） ; 2025年10月1日 礼拜三 ; 週三 2025-10-01 ; 星期三，2025年10月1日 ;
    2025/10/01(水) ; 2025/10/01（水） ; 2025年10月1日(水) ; 2025年10月1日 水曜日 ; 2025年10月1日水曜日 ; 2025/10/1 [水] ; 2025. 10. 1. ;
    2025. 10. 1 ; 2025.10.1. ; 2025년 10월 1일 ; 2025년10월1일 ; 2025-10-01(수) ; 2025년 10월 1일 수요일 ; 2025년 10월 1일 (수) ;
    Oct 1, 2025 ; October 1, 2025 ; Oct. 1, 2025 ; Oct 1 2025 ; October 1st, 2025 ; 1 Oct 2025 ; 1 October 2025 ;
    01-Oct-2025 ; 1-Oct-25 ; 01 Oct 25 ; 1Oct2025 ; 2025 Oct 1 ; 2025-Oct-01 ; Wed, Oct 1, 2025 ;
    Wednesday, October 1, 2025 ; Wed Oct 01 2025 ; 2025 Oct 1, Wed ; Oct 1, 2025 (Wed) ; 1. Oktober 2025 ;
    1. Okt. 2025 ; Mittwoch, 1. Oktober 2025 ; 1 octobre 2025 ; 1er oct. 2025 ; mercredi 1 octobre 2025 ;
    1 de octubre de 2025 ; 1 de outubro de 2025 ; 1 ottobre 2025 ; 1 oktober 2025 ; 1 października 2025 ;
    1 октября 2025 ; 2025. október 1. ; 1 Ekim 2025 ; 1 ตุลาคม 2025 ; 1 أكتوبر 2025 ; 114/10/01 ; 114年10月1日 ;
    民國114年10月1日 ; 民国114年10月1日 ; 114.10.1 ; 令和7年10月1日 ; 令和７年１０月１日 ; R7.10.1 ; R7/10/01 ; 2025-W40-3 ; 2025W403 ;
    2025年10月1日(周三) ; 1 tháng 10, 2025 ; 1 thg 10, 2025 ; ngày 1 tháng 10 năm 2025 ; Thứ Tư, 1 tháng 10, 2025 ; 1 Th10 2025 ;
    01 Thg10 2025 ; 1 tháng 10 2025
  `);

  it('reads the first of October in every way', async () => {
    const wanted = october.map((cell) => [cell, DAY]);
    const sql = await inSql(october, said());
    expect(october.map((cell, i) => [cell, sql[i]])).toEqual(wanted);
    const js = inJs(october, said());
    expect(october.map((cell, i) => [cell, js[i]])).toEqual(wanted);
  });

  const many = wanted(
    `
    2025年10月 → 2025-10-01 ; 2025年10月份 → 2025-10-01 ; 10月 → none ; Oct → none ; W40 → none ; 202510 → 2025-10-01 ; 2025-10 → 2025-10-01 ; 2025/10 → 2025-10-01 ;
    2025.10 → 2025-10-01 ; Oct-25 → 2025-10-01 ; Oct'25 → 2025-10-01 ; Oct 2025 → 2025-10-01 ;
    October 2025 → 2025-10-01 ; Oct-2025 → 2025-10-01 ; 2025 Oct → 2025-10-01 ; 10/2025 → 2025-10-01 ;
    10-2025 → 2025-10-01 ; Oktober 2025 → 2025-10-01 ; octubre de 2025 → 2025-10-01 ; 2025년 10월 → 2025-10-01 ;
    令和7年10月 → 2025-10-01 ; 민국 → none ; 2025-W40 → 2025-09-29 ; 2025W40 → 2025-09-29 ; 2025-w40 → 2025-09-29 ;
    2025年第40周 → 2025-09-29 ; 2025年40周 → 2025-09-29 ; 2025第40週 → 2025-09-29 ; 2025년 40주 → 2025-09-29 ;
    2025 week 40 → 2025-09-29 ; W40 2025 → 2025-09-29 ; Week 40, 2025 → 2025-09-29 ; KW 40/2025 → 2025-09-29 ;
    2025-W01 → 2024-12-30 ; 2024-W52 → 2024-12-23 ; 2020-W53 → 2020-12-28 ; 2025-W53 → none ; 2025-W00 → none ;
    2025-W54 → none ; 2025Q3 → none ; 2025年第三季度 → none ; 2015 Apr 21, Tue → 2015-04-21 ; 令和元年5月1日 → 2019-05-01 ;
    平成31年4月30日 → 2019-04-30 ; 昭和64年1月7日 → 1989-01-07 ; H30.4.1 → 2018-04-01 ; 2025-10-01 23:00 → at 15:00 ;
    2025-10-01T23:00 → at 15:00 ; 2025-10-01 23:00:00 → at 15:00 ; 2025/10/1 23:00 → at 15:00 ;
    2025年10月1日 23:00 → at 15:00 ; 2025年10月1日 下午11:00 → at 15:00 ; 2025年10月1日下午11:00 → at 15:00 ;
    2025年10月1日 下午11时 → at 15:00 ; 2025-10-01 23时 → at 15:00 ; 2025-10-01 23点 → at 15:00 ;
    2025年10月1日23时00分 → at 15:00 ; 2025年10月1日23时00分00秒 → at 15:00 ; 2025100123 → at 15:00 ; 202510012300 → at 15:00 ;
    20251001230000 → at 15:00 ; 20251001T230000 → at 15:00 ; 20251001T2300 → at 15:00 ;
    20251001T150000Z → at 15:00 ; 2025-10-01T15:00Z → at 15:00 ; 2025-10-01T23:00+08:00 → at 15:00 ;
    2025-10-01 15:00 UTC → at 15:00 ; 2025-10-01 15:00 GMT → at 15:00 ; 2025-10-01 23:00 UTC+8 → at 15:00 ;
    2025-10-01 23:00 GMT+08:00 → at 15:00 ; 2025-10-01 11:00 EDT → at 15:00 ; 2025-10-01 10:00 EST → at 15:00 ;
    2025-10-01 10:00:00 -05 → at 15:00 ; 2025-10-01T15:00:00.000Z → at 15:00 ; 2025-10-01 11:00 CST → none ;
    2025-10-01T15:00:00,000Z → at 15:00 ; Wed, 01 Oct 2025 15:00:00 +0000 → at 15:00 ;
    Wed, 01 Oct 2025 15:00:00 GMT → at 15:00 ; Wed Oct 01 2025 23:00:00 GMT+0800 (中国标准时间) → at 15:00 ;
    Oct 1, 2025, 11:00 PM → at 15:00 ; Oct 1, 2025 11:00:00 p.m. → at 15:00 ; Oct 1, 2025 11 PM → at 15:00 ;
    2025. 10. 1. 오후 11:00 → at 15:00 ; 2025년 10월 1일 23시 → at 15:00 ; 2025/10/01 (水) 23:00 → at 15:00 ;
    1. Oktober 2025 23:00 → at 15:00 ; 114/10/01 23:00 → at 15:00 ;
    2025-10-01 24:00 → 2025-10-02 2025-10-01T16:00:00.000Z ;
    2025-10-01 12:00 AM → 2025-10-01 2025-09-30T16:00:00.000Z ; 2025-10-01 25:00 → none ; 2025-10-01 23:60 → none ;
    2025-10-01 23:00+15:00 → none ; 2025-10-01T15:00:00.123Z → 2025-10-01 2025-10-01T15:00:00.123Z ;
    2025-02-30 → none ; 2025-13-01 → none ; 1969-12-31 → none ; 2200-01-01 → none ; 20251301 → none ;
    251001 → none ; 03/04/2025 → none ; 17.14.11 → none ; 10月1日 → none ; October 1 → none ; 1. Oktober → none ;
    Ghi 1, 2025 → none ; Smarch 2025 → none ; 2025-10-01~2025-10-07 → none ; yesterday → none ; 敬请期待 → none ;
    - → none ; 10 → none ; 123456 → none ; 2025 → none ; 12:00 → none ; T06:30Z → none ; 2025-10-01 abc → none ;
    第3集 → none ; 民國114年13月1日 → none ; 令和7年2月30日 → none ; May 2025 → 2025-05-01 ; mayo 2025 → 2025-05-01 ;
    Mar 3, 2025 → 2025-03-03 ; mars 2025 → 2025-03-01 ; Sept 3, 2025 → 2025-09-03 ; März 2025 → 2025-03-01 ;
    Tháng 10 2025 → 2025-10-01 ; tháng 10 năm 2025 → 2025-10-01 ; Th10 2025 → 2025-10-01 ; Thg 10, 2025 → 2025-10-01 ;
    tháng 13 2025 → none ; tháng 10 → none ; 1 tháng 10 → none ; 23:00 tháng → none ; 1 tháng 10, 2025 23:00 → at 15:00 ;
    févr. 2025 → 2025-02-01 ; Dezember 2025 → 2025-12-01 ; 1 de dezembro de 2025 → 2025-12-01
  `,
    (text) => (text.startsWith('at ') ? at(text.slice(3)) : text),
  );

  it('reads months, weeks, eras and clocks, and nothing else', async () => {
    const cells = many.map(([cell]) => cell);
    const sql = await inSql(cells, said());
    expect(cells.map((cell, i) => [cell, sql[i]])).toEqual(many);
    const js = inJs(cells, said());
    expect(cells.map((cell, i) => [cell, js[i]])).toEqual(many);
  });

  it.each<[string, Partial<dates.DateReading>, [string, string | null][]]>([
    [
      'dmy',
      { order: 'dmy' },
      [
        ['03/04/2025', '2025-04-03'],
        ['3.4.25', '2025-04-03'],
        ['3.4.99', '1999-04-03'],
        ['03/04/2025(Thu)', '2025-04-03'],
        ['31/31/2025', null],
      ],
    ],
    [
      'mdy',
      { order: 'mdy' },
      [
        ['03/04/2025', '2025-03-04'],
        ['3/4/25 3:05 PM', '2025-03-04 2025-03-04T07:05:00.000Z'],
      ],
    ],
    [
      'ymd',
      { order: 'ymd' },
      [
        ['25. 10. 1.', DAY],
        ['25-10-01', DAY],
        ['03/04/2025', null],
      ],
    ],
    [
      'ydm',
      { order: 'ydm' },
      [
        ['17.14.11', '2017-11-14'],
        ['03/04/2025', null],
      ],
    ],
    [
      'a last day',
      { upTo: '2026-01-05' },
      [
        ['10月1日', DAY],
        ['10월 1일', DAY],
        ['October 1', DAY],
        ['Oct 1', DAY],
        ['1 October', DAY],
        ['1. Oktober', DAY],
        ['1 tháng 10', DAY],
        ['1-Oct', DAY],
        ['12-31', '2025-12-31'],
        ['1月5日', '2026-01-05'],
        ['January 6', '2025-01-06'],
        ['February 28', '2025-02-28'],
        ['February 29', null],
        ['10月1日(周三)', DAY],
        ['Oct 1 (Wed)', DAY],
        ['10月1日 23:00', at('15:00')],
        ['Wed, Oct 1', DAY],
        ['10月', DAY],
        ['10月份', DAY],
        ['10월', DAY],
        ['Oct', DAY],
        ['október', DAY],
        ['1月', '2026-01-01'],
        ['2月', '2025-02-01'],
        ['13月', null],
        ['W40', '2025-09-29'],
        ['第40周', '2025-09-29'],
        ['40주차', '2025-09-29'],
        ['Week 40', '2025-09-29'],
        ['第1周', '2025-12-29'],
        ['W2', '2026-01-05'],
        ['W3', '2025-01-13'],
        ['W53', null],
        ['Smarch', null],
      ],
    ],
    [
      'a last day, day first',
      { upTo: '2026-01-05', order: 'dmy' },
      [
        ['31/12', '2025-12-31'],
        ['10月1日', DAY],
        ['31.12.', '2025-12-31'],
      ],
    ],
    [
      'weeks',
      { covers: 'week_starting' },
      [
        ['2025-10-01~2025-10-07', DAY],
        ['2025-10-01/2025-10-07', DAY],
        ['2025-10-01 至 2025-10-07', DAY],
        ['2025年10月1日至10月7日', DAY],
        ['20251001-20251007', DAY],
        ['2025-12-29~1-4', '2025-12-29'],
        ['2025-10-01~2025-10-08', null],
        ['2025-10-01 – 2025-10-07', DAY],
      ],
    ],
    ['weeks by their end', { covers: 'week_ending' }, [['2025-10-01~2025-10-07', '2025-10-07']]],
    [
      'months',
      { covers: 'month' },
      [
        ['2025-10-01~2025-10-31', DAY],
        ['2025-10-01~2025-10-30', null],
      ],
    ],
    [
      'a format',
      { format: 'dd|MM|yyyy HH.mm' },
      [
        ['01|10|2025 23.00', at('15:00')],
        ['2025-10-01', null],
        ['01|13|2025 23.00', null],
      ],
    ],
    [
      'a format with a name',
      { format: 'd MMM yy' },
      [
        ['1 Oct 25', DAY],
        ['1 okt. 25', DAY],
        ['1 xyz 25', null],
      ],
    ],
    ['a format with quoted letters', { format: "yyyy'Y'MM'M'" }, [['2025Y10M', DAY]]],
    [
      'a format with halves of a day',
      { format: 'M/d/yyyy h:mm a' },
      [
        ['10/1/2025 11:00 PM', at('15:00')],
        ['10/1/2025 11:00', null],
      ],
    ],
  ])('reads what an option says: %s', async (_, reading, wanted) => {
    const cells = wanted.map(([cell]) => cell);
    const sql = await inSql(cells, said(reading));
    expect(cells.map((cell, i) => [cell, sql[i]])).toEqual(wanted);
    const js = inJs(cells, said(reading));
    expect(cells.map((cell, i) => [cell, js[i]])).toEqual(wanted);
  });

  it('reads one thing in both, whatever the spelling', async () => {
    const ofDigits = (most: number) => fc.integer({ min: 0, max: most }).map(String);
    const year = fc.oneof(
      fc.integer({ min: 1960, max: 2210 }).map(String),
      ofDigits(130),
      fc.constantFrom('元', '25', '99', '07'),
    );
    const two = fc.oneof(
      ofDigits(40),
      ofDigits(14),
      fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0')),
    );
    const sep = fc.constantFrom(
      '-',
      '/',
      '.',
      '年',
      '월',
      '月',
      ' ',
      ', ',
      '. ',
      '',
      '日',
      '년 ',
      '~',
      '至',
      'T',
      ':',
      "'",
      ' de ',
      '(周三)',
      '（水）',
      ' Wed',
      'W',
      '第',
      '周',
      'Q',
      '令和',
      '民國',
      '+08:00',
      'Z',
      ' UTC',
      '下午',
      ' PM',
      '时',
    );
    const name = fc.constantFrom(
      'Oct',
      'october',
      'Mär',
      'Okt.',
      'de octubre',
      'mars',
      'mar',
      'Sun',
      '10월',
      'déc.',
      'listopada',
      'tháng ',
      'x',
    );
    // Bare numbers are dates of spreadsheets or seconds since 1970: SQL reads these elsewhere, by `time_numbers`.
    const isNumber = (text: string) => /^\s*(?:[3-5]\d{4}|1\d{9}(?:\d{3}){0,3})(?:[.]\d+)?\s*$/u.test(text);
    const spelling = fc.oneof(
      fc.tuple(year, sep, two, sep, two, sep).map((parts) => parts.join('')),
      fc.tuple(two, sep, two, sep, year, sep).map((parts) => parts.join('')),
      fc.tuple(fc.oneof(two, year), sep, name, sep, fc.oneof(two, year), sep).map((parts) => parts.join('')),
      fc.tuple(name, sep, fc.oneof(two, year), sep, year).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('2025-10-01', 'Oct 1, 2025', '10/1/25', '10月1日', '20251001'), sep, two, sep, two, sep)
        .map((parts) => parts.join('')),
      fc
        .tuple(
          fc.constantFrom('2025-10-01 ', '10月1日 ', '1 Oct 2025 ', ''),
          two,
          fc.constantFrom(':', '时', '点'),
          two,
          fc.constantFrom('', ':30', '分', ' pm', 'Z', '+0800', ' -5', ' EST'),
        )
        .map((parts) => parts.join('')),
      fc.array(fc.oneof(sep, two, name, year), { minLength: 1, maxLength: 7 }).map((parts) => parts.join('')),
    );
    const cell = spelling.filter((text) => !isNumber(text));
    const option = fc.record({
      order: fc.constantFrom(null, 'dmy', 'mdy', 'ymd', 'ydm'),
      upTo: fc.constantFrom(null, '2026-01-05'),
      covers: fc.constantFrom(null, 'week_starting', 'week_ending', 'month'),
      format: fc.constantFrom(null, null, null, 'd.M.yyyy', 'd MMM yy HH:mm'),
    } as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 150, maxLength: 150 }),
        option,
        fc.constantFrom(SHANGHAI, 'America/New_York'),
        async (cells, reading, zone) => {
          const [sql, js] = [await inSql(cells, reading, zone), inJs(cells, reading, zone)];
          expect(cells.map((c, i) => [c, js[i]])).toEqual(cells.map((c, i) => [c, sql[i]]));
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 60_000);
});

describe('numbers: one grammar in SQL and in JavaScript', () => {
  const many = wanted(
    `
    0 → 0 ; 1234 → 1234 ; -5 → -5 ; +5 → 5 ; −5 → -5 ; 1,234,567 → 1234567 ; 1，234，567 → 1234567 ;
    1 234 567 → 1234567 ; 1\u00a0234\u00a0567 → 1234567 ; 1\u202f234 → 1234 ; 1'234'567 → 1234567 ;
    1’234’567 → 1234567 ; 12,34,567 → 1234567 ; 1,23,456 → 123456 ; 1,23,45,678 → 12345678 ; 1_000 → 1000 ;
    1234.5 → 1234.5 ; 1,234.56 → 1234.56 ; .5 → 0.5 ; 1e5 → 100000 ; 5196.070_9151 → none ; 1.234.567 → 1234567 ; 1.234,56 → 1234.56 ;
    1 234,56 → 1234.56 ; １２３ → 123 ; ３．２万 → 32000 ; '1234 → 1234 ; 1.9亿 → 190000000 ; 1億 → 100000000 ;
    3억 → 300000000 ; 1.2만 → 12000 ; 5.5萬 → 55000 ; 2.1조 → 2.1e12 ; 2.1兆 → 2.1e12 ; 2천만 → 20000000 ; 2千万 → 20000000 ;
    3백만 → 3000000 ; 1.2万亿 → 1.2e12 ; 5천 → 5000 ; 5千 → 5000 ; 1亿2345万 → 123450000 ; 1억 2345만 → 123450000 ;
    1억2345만 6789 → 123456789 ; 1兆2345億 → 1.2345e12 ; 3万5000 → 35000 ; 9218w → 92180000 ; 6942.7W → 69427000 ;
    10w+ → 100000 ; 3万+ → 30000 ; 约3万 → 30000 ; 約3万 → 30000 ; 约1200 → 1200 ; ≈3万 → 30000 ; 近3万 → 30000 ;
    超3亿 → 300000000 ; 3万余 → 30000 ; 325.1K → 325100 ; 138.2M → 138200000 ; 1.2B → 1.2e9 ; 2 million → 2e6 ;
    1.5 Cr → 15000000 ; 1.5 crore → 15000000 ; 2 Lakh → 200000 ; 2 lakhs → 200000 ; 3 Mio → 3e6 ;
    ¥1,234.50 → 1234.5 ; ￥1,234 → 1234 ; $1,234.56 → 1234.56 ; -$5 → -5 ; $-5 → -5 ; US$3.00 → 3 ; R$ 12,50 → 12.5 ;
    12,50 € → 12.5 ; €1.234,56 → 1234.56 ; 1.234,56 € → 1234.56 ; HK$5 → 5 ; NT$ 1,000 → 1000 ; ₩12,000 → 12000 ;
    ₹1,23,456 → 123456 ; CNY 5 → 5 ; 5 USD → 5 ; 12元 → 12 ; 12.5万元 → 125000 ; 300円 → 300 ; 1,000원 → 1000 ;
    1234次 → 1234 ; 1.2万次 → 12000 ; 500 views → 500 ; 100회 → 100 ; 12人 → 12 ; 1,2M → 1200000 ; 1,23 → none ;
    1,2345 → none ; 12,345,67 → none ; 1'23 → none ; 1 23 → none ; --5 → none ; 1.2.3 → none ; 12.5% → none ;
    - → none ; N/A → none ; nan → none ; inf → none ; 十二 → none ; 12abc → none ; 万 → none ; 约 → none ; ¥ → none ;
    . → none ; 1e → none ; 第3集 → none ; 2025-10-01 → none ; 1/2 → none ; 3-5万 → none ; S01E02 → none
  `,
    Number,
  );

  it('reads every way of writing a number', async () => {
    const cells = many.map(([cell]) => cell);
    const sql = rounded(await numbersInSql(cells, ASIDE));
    expect(cells.map((cell, i) => [cell, sql[i]])).toEqual(many);
    const js = rounded(numbersInJs(cells, ASIDE));
    expect(cells.map((cell, i) => [cell, js[i]])).toEqual(many);
  });

  it('reads a decimal comma, and what can only have a point', async () => {
    const many: [string, number | null][] = [
      ['1.234', 1234],
      ['1.234,5', 1234.5],
      ['12,5', 12.5],
      ['1,2M', 1_200_000],
      ['7', 7],
      ['1.2万', 12_000],
      ['$1.50', 1.5],
      ['1,234.56', 1234.56],
      ['1 234,5', 1234.5],
      ['1.5', null],
      ["1'234,5", 1234.5],
    ];
    const comma = { scale: 1, decimal: 'comma' } as const;
    const cells = many.map(([cell]) => cell);
    const sql = rounded(await numbersInSql(cells, comma));
    expect(cells.map((cell, i) => [cell, sql[i]])).toEqual(many);
    const js = rounded(numbersInJs(cells, comma));
    expect(cells.map((cell, i) => [cell, js[i]])).toEqual(many);
  });

  it('reads a short number with a unit or a currency as it reads the same with more beside it, and how far it is rounded', async () => {
    const units = ['万', '亿', 'w', 'W', 'k', 'K', 'M', 'b', '억', '萬'];
    const bodies = ['7', '12.3', '0.05', '1234567.891', '99999999999999', '0.123456789'];
    const money = ['￥1,234.56', '$12.345', '€7', '1,234,567', '£1,234', '￥0.5', '1,234.5'];
    const short = [...money, ...units.flatMap((unit) => bodies.map((body) => `${body}${unit}`))];
    for (const reading of [
      ASIDE,
      { ...ASIDE, scale: 10_000, magnitude: 10_000 },
      { ...ASIDE, scale: 100, magnitude: 1 },
    ])
      for (const read of [values.textToDouble, values.textToInteger, values.roundingOf]) {
        const ask = async (cells: readonly string[]) =>
          (await desk.rows(`SELECT ${read('raw', reading)} AS value FROM ${cellsOf(cells)} ORDER BY n`)).map(
            ({ value }) => (value === null || value === undefined ? null : Number(value)),
          );
        expect(await ask(short)).toEqual(await ask(short.map((cell) => `${cell} 次`)));
      }
  });

  it('reads one number in both, whatever the spelling', async () => {
    const digits = fc.oneof(
      fc.integer({ min: 0, max: 9999 }).map(String),
      fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0')),
    );
    const mark = fc.constantFrom(',', '.', "'", ' ', '’', '_', '', '，', '\u202f');
    const before = fc.constantFrom('', '', '', '约', '$', 'R$ ', '-', '¥', "'", 'usd ', '−', '≈');
    const after = fc.constantFrom(
      '',
      '',
      '',
      '万',
      '亿',
      ' 만',
      '억',
      'k',
      'M',
      ' Cr',
      ' lakh',
      '+',
      '次',
      ' €',
      '元',
      '%',
      ' views',
      '万+',
      '万元',
      'e3',
    );
    const cell = fc.oneof(
      fc.tuple(before, digits, after).map((parts) => parts.join('')),
      fc.tuple(before, digits, mark, digits, after).map((parts) => parts.join('')),
      fc.tuple(before, digits, mark, digits, mark, digits, after).map((parts) => parts.join('')),
      fc.tuple(digits, after, digits, after, before).map((parts) => parts.join('')),
    );
    const option = fc.record({
      scale: fc.constantFrom(1, 10_000),
      magnitude: fc.constantFrom(1, 10_000),
      decimal: fc.constantFrom('point', 'comma'),
    } as const);
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 150, maxLength: 150 }), option, async (cells, reading) => {
        const [sql, js] = [rounded(await numbersInSql(cells, reading)), rounded(numbersInJs(cells, reading))];
        expect(cells.map((c, i) => [c, js[i]])).toEqual(cells.map((c, i) => [c, sql[i]]));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 60_000);
});
