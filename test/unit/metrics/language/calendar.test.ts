import { tz } from '@date-fns/tz';
import * as library from 'date-fns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  comparisonOf,
  daysBetween,
  endOf,
  growthOf,
  hourOffsetMinutes,
  hoursStayWhole,
  lengthOf,
  periodsOf,
  periodUnder,
  previousPeriod,
  previousYear,
  resolveRange,
  startOf,
  startOfDay,
  wholePeriods,
  withOffset,
} from '../../../../server/metrics/language/calendar.ts';

const range = (from: string, to: string) => ({ from, to });
const log = { from: '2025-06-15', asOf: '2025-10-10' };

describe('days', () => {
  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2025-01-01', -1, '2024-12-31'],
    ['2025-03-29', 2, '2025-03-31'],
    ['2025-01-31', 365, '2026-01-31'],
  ])('%s plus %d is %s', (day, n, expected) => {
    expect(addDays(day, n)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(n);
  });
  test.each([
    ['2024-01-01', '2024-12-31', 366],
    ['2025-01-01', '2025-12-31', 365],
    ['2025-10-01', '2025-10-01', 1],
    // Over both clock changes of Europe and America.
    ['2025-03-01', '2025-11-30', 275],
  ])('%s to %s are %d days', (from, to, expected) => {
    expect(lengthOf(range(from, to))).toBe(expected);
  });
});

describe('a period’s true start and end', () => {
  test.each([
    ['day', '2024-02-29', '2024-02-29', '2024-02-29'],
    ['week', '2025-01-01', '2024-12-30', '2025-01-05'],
    ['week', '2024-12-30', '2024-12-30', '2025-01-05'],
    ['week', '2025-01-05', '2024-12-30', '2025-01-05'],
    // 2020 has an ISO week 53, which 1 January 2021 lies in.
    ['week', '2021-01-01', '2020-12-28', '2021-01-03'],
    ['week', '2021-01-04', '2021-01-04', '2021-01-10'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['month', '2025-02-10', '2025-02-01', '2025-02-28'],
    ['quarter', '2025-12-31', '2025-10-01', '2025-12-31'],
    ['quarter', '2024-03-31', '2024-01-01', '2024-03-31'],
    ['year', '2024-12-31', '2024-01-01', '2024-12-31'],
  ] as const)('%s of %s', (grain, day, start, end) => {
    expect([startOf(grain, day), endOf(grain, day)]).toEqual([start, end]);
  });
});

describe('ranges far beyond the log', () => {
  const span = { from: '2025-06-15', asOf: '2025-10-10' };
  test.each(['day', 'week', 'month', 'quarter', 'year'] as const)(
    'have the periods of the log alone, by %s',
    (grain) => {
      const all = periodsOf({ from: '0001-01-01', to: '9999-12-31' }, grain, span);
      const own = periodsOf({ from: span.from, to: span.asOf }, grain, span);
      expect(all.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    },
  );

  test('days before the year 1 and after 9999 are the first and the last', () => {
    expect([addDays('0001-01-01', -1), addDays('9999-12-31', 1), endOf('week', '9999-12-31')]).toEqual([
      '0001-01-01',
      '9999-12-31',
      '9999-12-31',
    ]);
    expect(previousPeriod(range('0001-01-01', '0001-01-31')).from).toBe('0001-01-01');
  });

  test('a log of the last day of all has one day', () => {
    const last = { from: '9999-12-31', asOf: '9999-12-31' };
    expect(periodsOf(range('9999-12-31', '9999-12-31'), 'day', last)).toHaveLength(1);
  });

  test('a log of a thousand years is refused by day, and says what to do', () => {
    const long = { from: '1025-01-01', asOf: '2025-10-10' };
    const asked = () => periodsOf(range('1025-01-01', '2025-10-10'), 'day', long);
    expect(asked).toThrow(expect.objectContaining({ code: 'too_many_periods' }));
    expect(periodsOf(range('1025-01-01', '2025-10-10'), 'month', long)).toHaveLength(12_010);
  });
});

describe('periods of a range', () => {
  const shown = (from: string, to: string, grain: 'day' | 'week' | 'month' | 'quarter' | 'year') =>
    periodsOf(range(from, to), grain, log).map(({ id, partial }) => (partial ? `${id} partial` : id));
  test.each([
    [
      'the log’s start and as_of cut months',
      '2025-06-01',
      '2025-10-31',
      'month',
      ['2025-06-01 partial', '2025-07-01', '2025-08-01', '2025-09-01', '2025-10-01 partial'],
    ],
    ['from and to cut months', '2025-07-02', '2025-08-30', 'month', ['2025-07-01 partial', '2025-08-01 partial']],
    ['whole months', '2025-07-01', '2025-08-31', 'month', ['2025-07-01', '2025-08-01']],
    [
      'a week keeps its true start where from cuts it',
      '2025-08-01',
      '2025-08-11',
      'week',
      ['2025-07-28 partial', '2025-08-04', '2025-08-11 partial'],
    ],
    [
      'a day is never cut inside the log, and one after it is none',
      '2025-10-09',
      '2025-10-11',
      'day',
      ['2025-10-09', '2025-10-10'],
    ],
    ['the last day of a month as as_of leaves it whole', '2025-09-01', '2025-09-30', 'quarter', ['2025-07-01 partial']],
    ['a year across the log', '2025-01-01', '2025-12-31', 'year', ['2025-01-01 partial']],
  ] as const)('%s', (_name, from, to, grain, expected) => {
    expect(shown(from, to, grain)).toEqual(expected);
  });
  test.each([
    [
      'weeks over a year’s end, one of them the 53rd',
      '2020-12-21',
      '2021-01-10',
      'week',
      { from: '2020-01-01', asOf: '2021-12-31' },
      ['2020-12-21', '2020-12-28', '2021-01-04'],
    ],
    [
      'a leap February is whole on the 29th, not on the 28th',
      '2024-02-01',
      '2024-02-28',
      'month',
      { from: '2023-01-01', asOf: '2024-12-31' },
      ['2024-02-01 partial'],
    ],
    [
      'a log that starts in the middle of a week, a month and a year',
      '2025-06-09',
      '2025-06-29',
      'week',
      log,
      ['2025-06-09 partial', '2025-06-16', '2025-06-23'],
    ],
    [
      'quarters over a year’s end',
      '2024-11-15',
      '2025-03-31',
      'quarter',
      { from: '2024-01-01', asOf: '2025-12-31' },
      ['2024-10-01 partial', '2025-01-01'],
    ],
    [
      'a year that as_of leaves one day short',
      '2024-01-01',
      '2024-12-31',
      'year',
      { from: '2023-06-01', asOf: '2024-12-30' },
      ['2024-01-01 partial'],
    ],
  ] as const)('%s', (_name, from, to, grain, span, expected) => {
    const ids = periodsOf(range(from, to), grain, span).map(({ id, partial }) => (partial ? `${id} partial` : id));
    expect(ids).toEqual(expected);
  });
  test('as_of on the last day of a month leaves the month whole', () => {
    const [october] = periodsOf(range('2025-10-01', '2025-10-31'), 'month', { from: '2025-10-01', asOf: '2025-10-31' });
    expect(october).toEqual({ id: '2025-10-01', from: '2025-10-01', to: '2025-10-31', partial: false });
  });
  test('what was not asked is all data', () => {
    expect(resolveRange({}, log)).toEqual(range('2025-06-15', '2025-10-10'));
    expect(resolveRange({ from: '2025-07-01' }, log)).toEqual(range('2025-07-01', '2025-10-10'));
  });
});

describe('whole periods', () => {
  test.each([
    ['2025-10-01', '2025-10-31', 'month'],
    ['2024-02-01', '2024-02-29', 'month'],
    ['2024-02-01', '2024-02-28', null],
    ['2025-07-01', '2025-09-30', 'quarter'],
    ['2025-08-01', '2025-10-31', 'month'],
    ['2024-01-01', '2025-12-31', 'year'],
    ['2025-10-06', '2025-10-12', null],
  ] as const)('%s to %s: %s', (from, to, expected) => {
    expect(wholePeriods(range(from, to))).toBe(expected);
  });
});

describe('the previous period', () => {
  test.each([
    ['the month before, as it is', '2025-10-01', '2025-10-31', '2025-09-01', '2025-09-30'],
    ['March against a leap February', '2024-03-01', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['January against December', '2025-01-01', '2025-01-31', '2024-12-01', '2024-12-31'],
    ['three months against the three before', '2025-08-01', '2025-10-31', '2025-05-01', '2025-07-31'],
    ['a quarter against the one before', '2025-01-01', '2025-03-31', '2024-10-01', '2024-12-31'],
    ['a leap year against the year before', '2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31'],
    ['ten days against the ten before', '2025-10-05', '2025-10-14', '2025-09-25', '2025-10-04'],
    ['one day against the day before', '2025-03-01', '2025-03-01', '2025-02-28', '2025-02-28'],
    ['days across a year’s end', '2024-12-30', '2025-01-05', '2024-12-23', '2024-12-29'],
  ])('%s', (_name, from, to, before, end) => {
    expect(previousPeriod(range(from, to))).toEqual(range(before, end));
  });
});

describe('the previous year', () => {
  test.each([
    ['2025-10-01', '2025-10-31', '2024-10-01', '2024-10-31'],
    ['2024-02-29', '2024-02-29', '2023-02-28', '2023-02-28'],
    ['2024-02-01', '2024-02-29', '2023-02-01', '2023-02-28'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-28'],
    ['2024-02-29', '2024-03-06', '2023-02-28', '2023-03-06'],
    ['2024-12-30', '2025-01-05', '2023-12-30', '2024-01-05'],
  ])('of %s to %s', (from, to, before, end) => {
    expect(previousYear(range(from, to))).toEqual(range(before, end));
  });
});

describe('comparisons', () => {
  test.each([
    [
      'a whole range inside the log',
      range('2025-09-01', '2025-09-30'),
      'previous_period',
      {
        current: range('2025-09-01', '2025-09-30'),
        previous: range('2025-08-01', '2025-08-31'),
        alignment: 'calendar',
        previousInLog: true,
        currentInLog: true,
      },
    ],
    [
      'a range that as_of cuts: its elapsed days',
      range('2025-10-01', '2025-10-31'),
      'previous_period',
      {
        current: range('2025-10-01', '2025-10-10'),
        previous: range('2025-09-01', '2025-09-10'),
        alignment: 'elapsed',
        previousInLog: true,
        currentInLog: true,
      },
    ],
    [
      'a range that ends on as_of is not cut',
      range('2025-10-01', '2025-10-10'),
      'previous_period',
      {
        current: range('2025-10-01', '2025-10-10'),
        previous: range('2025-09-21', '2025-09-30'),
        alignment: 'calendar',
        previousInLog: true,
        currentInLog: true,
      },
    ],
    [
      'elapsed days are no more than the earlier range has',
      range('2025-09-01', '2025-10-31'),
      range('2025-08-01', '2025-08-07'),
      {
        current: range('2025-09-01', '2025-09-07'),
        previous: range('2025-08-01', '2025-08-07'),
        alignment: 'elapsed',
        previousInLog: true,
        currentInLog: true,
      },
    ],
    [
      'an earlier range that the log’s start cuts',
      range('2025-07-01', '2025-07-31'),
      'previous_period',
      {
        current: range('2025-07-01', '2025-07-31'),
        previous: range('2025-06-01', '2025-06-30'),
        alignment: 'calendar',
        previousInLog: false,
        currentInLog: true,
      },
    ],
    [
      'a year before the log',
      range('2025-07-01', '2025-07-31'),
      'previous_year',
      {
        current: range('2025-07-01', '2025-07-31'),
        previous: range('2024-07-01', '2024-07-31'),
        alignment: 'calendar',
        previousInLog: false,
        currentInLog: true,
      },
    ],
    [
      'a range wholly after as_of: nothing has elapsed, nothing is known',
      range('2025-10-11', '2025-10-20'),
      'previous_period',
      {
        current: range('2025-10-11', '2025-10-20'),
        previous: range('2025-10-01', '2025-10-10'),
        alignment: 'calendar',
        previousInLog: true,
        currentInLog: false,
      },
    ],
    [
      'a range that the log’s start cuts, against a later one',
      range('2025-06-01', '2025-06-30'),
      range('2025-08-01', '2025-08-30'),
      {
        current: range('2025-06-01', '2025-06-30'),
        previous: range('2025-08-01', '2025-08-30'),
        alignment: 'calendar',
        previousInLog: true,
        currentInLog: false,
      },
    ],
  ] as const)('%s', (_name, asked, compare, expected) => {
    expect(comparisonOf(asked, compare, log)).toEqual(expected);
  });

  test('aligned on request: the first days of both', () => {
    expect(
      comparisonOf(range('2025-10-01', '2025-10-10'), range('2025-09-01', '2025-09-30'), log, 'elapsed'),
    ).toMatchObject({
      current: range('2025-10-01', '2025-10-10'),
      previous: range('2025-09-01', '2025-09-10'),
      alignment: 'elapsed',
    });
  });

  test('a range that has not begun is not cut, also where elapsed days are asked for', () => {
    expect(comparisonOf(range('2025-10-12', '2025-10-31'), 'previous_year', log, 'elapsed')).toMatchObject({
      current: range('2025-10-12', '2025-10-31'),
      previous: range('2024-10-12', '2024-10-31'),
      alignment: 'calendar',
    });
  });

  test('weeks are laid on each other over a year’s end with its 53rd week', () => {
    const log2021 = { from: '2020-01-01', asOf: '2021-12-31' };
    const comparison = comparisonOf(range('2021-01-04', '2021-01-17'), 'previous_period', log2021);
    expect(['2021-01-04', '2021-01-11'].map((week) => periodUnder(week, comparison, 'week'))).toEqual([
      '2020-12-21',
      '2020-12-28',
    ]);
  });

  test('periods are laid on each other in order, the surplus has no partner', () => {
    const comparison = comparisonOf(range('2025-09-01', '2025-09-30'), 'previous_period', log);
    expect(['2025-09-01', '2025-09-30'].map((day) => periodUnder(day, comparison, 'day'))).toEqual([
      '2025-08-01',
      '2025-08-30',
    ]);
    expect(periodUnder('2025-09-01', comparison, 'month')).toBe('2025-08-01');
  });

  test('a period has no partner if the earlier range has fewer', () => {
    const comparison = comparisonOf(range('2025-09-01', '2025-09-30'), { from: '2025-07-01', to: '2025-07-10' }, log);
    expect(['2025-09-10', '2025-09-11'].map((day) => periodUnder(day, comparison, 'day'))).toEqual([
      '2025-07-10',
      null,
    ]);
  });
});

describe('growth', () => {
  const inside = { previousInLog: true, additive: true };
  test.each([
    ['up', 150, 100, inside, 0.5, null],
    ['to nothing', 0, 100, inside, -1, null],
    ['to an absent sum', null, 100, inside, -1, null],
    ['from nothing', 5, 0, inside, null, 'new'],
    ['from an absent sum', 5, null, inside, null, 'new'],
    ['of nothing', 0, 0, inside, null, 'both_zero'],
    ['from outside the log', 5, 3, { ...inside, previousInLog: false }, null, 'no_data'],
    ['to outside the log', 0, 100, { ...inside, currentInLog: false }, null, 'no_data'],
    ['of a partial period', 5, 3, { ...inside, partial: true }, null, 'partial'],
    ['of a null ratio', null, 0.3, { ...inside, additive: false }, null, 'no_data'],
    ['from a null ratio', 0.3, null, { ...inside, additive: false }, null, 'no_data'],
    ['of a ratio', 0.3, 0.2, { ...inside, additive: false }, 0.3 / 0.2 - 1, null],
  ] as const)('%s', (_name, current, previous, context, growth, reason) => {
    expect(growthOf(current, previous, context)).toEqual({ growth, reason });
  });
});

describe('zones', () => {
  test.each([
    ['2025-10-01T15:00:00Z', 'Asia/Shanghai', '2025-10-01T23:00:00+08:00'],
    ['2025-10-01T16:00:00Z', 'Asia/Shanghai', '2025-10-02T00:00:00+08:00'],
    ['2025-01-01T05:00:00Z', 'America/New_York', '2025-01-01T00:00:00-05:00'],
    ['2025-07-01T04:00:00Z', 'America/New_York', '2025-07-01T00:00:00-04:00'],
    // The hour that comes twice, and the one that never comes.
    ['2025-10-26T00:30:00Z', 'Europe/Berlin', '2025-10-26T02:30:00+02:00'],
    ['2025-10-26T01:30:00Z', 'Europe/Berlin', '2025-10-26T02:30:00+01:00'],
    ['2025-03-30T01:00:00Z', 'Europe/Berlin', '2025-03-30T03:00:00+02:00'],
    ['2025-10-01T00:00:00Z', 'Asia/Kolkata', '2025-10-01T05:30:00+05:30'],
    ['2025-10-01T00:00:00Z', 'America/St_Johns', '2025-09-30T21:30:00-02:30'],
    ['2025-10-01T00:00:00Z', 'UTC', '2025-10-01T00:00:00+00:00'],
    ['2024-02-28T18:15:00Z', 'Asia/Kathmandu', '2024-02-29T00:00:00+05:45'],
    ['2025-12-31T10:15:00Z', 'Pacific/Chatham', '2026-01-01T00:00:00+13:45'],
    // Its clock moves by half an hour, at two in the morning.
    ['2025-10-04T15:29:00Z', 'Australia/Lord_Howe', '2025-10-05T01:59:00+10:30'],
    ['2025-10-04T15:30:00Z', 'Australia/Lord_Howe', '2025-10-05T02:30:00+11:00'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(withOffset(instant, zone)).toBe(expected);
    expect(Date.parse(expected)).toBe(Date.parse(instant));
  });

  test.each([
    ['2025-10-01', 'Asia/Shanghai', '2025-09-30T16:00:00.000Z'],
    ['2025-10-26', 'Europe/Berlin', '2025-10-25T22:00:00.000Z'],
    ['2025-10-27', 'Europe/Berlin', '2025-10-26T23:00:00.000Z'],
    ['2025-10-05', 'Australia/Lord_Howe', '2025-10-04T13:30:00.000Z'],
    ['2025-10-06', 'Australia/Lord_Howe', '2025-10-05T13:00:00.000Z'],
    ['2024-02-29', 'Asia/Kathmandu', '2024-02-28T18:15:00.000Z'],
    ['2025-12-31', 'Asia/Kolkata', '2025-12-30T18:30:00.000Z'],
    // São Paulo skipped midnight that day.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s starts in %s at %s', (day, zone, expected) => {
    expect(startOfDay(day, zone)).toBe(expected);
  });

  test.each([
    ['Asia/Shanghai', '2024-01-01', '2025-12-31', true],
    ['Europe/Berlin', '2025-03-01', '2025-11-30', true],
    ['Asia/Kathmandu', '2025-01-01', '2025-12-31', true],
    ['Australia/Lord_Howe', '2025-10-01', '2025-10-04', true],
    ['Australia/Lord_Howe', '2025-10-05', '2025-10-05', false],
    ['Australia/Lord_Howe', '2025-05-01', '2025-12-31', false],
    // Over a whole winter both ends look alike.
    ['Australia/Lord_Howe', '2025-03-01', '2025-11-30', false],
    // From −04:30 to −04:00 for good.
    ['America/Caracas', '2016-04-01', '2016-06-30', false],
  ])('the hours of %s from %s to %s start at one minute: %s', (zone, from, to, expected) => {
    expect(hoursStayWhole(zone, range(from, to))).toBe(expected);
  });

  test.each([
    ['Asia/Shanghai', 0],
    ['Asia/Kolkata', 30],
    ['Asia/Kathmandu', 15],
    ['America/St_Johns', 30],
    ['Pacific/Chatham', 15],
    ['UTC', 0],
  ])('whole hours in %s start at minute %d of UTC’s', (zone, minutes) => {
    const at = new Date('2025-07-01T00:00:00Z');
    expect(hourOffsetMinutes(zone, at)).toBe(minutes);
    expect(withOffset(`2025-07-01T00:${String(minutes).padStart(2, '0')}:00Z`, zone)).toMatch(/T\d\d:00:00/);
  });
});

describe('the calendar beside date-fns', () => {
  const utc = { in: tz('UTC') };
  const anyDay = fc
    .integer({ min: Date.parse('0100-01-01'), max: Date.parse('9980-12-31') })
    .map((at) => new Date(at).toISOString().slice(0, 10));
  const iso = (date: Date) => new Date(date.getTime()).toISOString().slice(0, 10);
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const bounds = {
    week: [library.startOfISOWeek, library.endOfISOWeek],
    month: [library.startOfMonth, library.endOfMonth],
    quarter: [library.startOfQuarter, library.endOfQuarter],
    year: [library.startOfYear, library.endOfYear],
  } as const;

  test.each(Object.entries(bounds))('has the same first and last day of a %s', (name, [first, last]) => {
    const grain = name as keyof typeof bounds;
    fc.assert(
      fc.property(anyDay, (day) => {
        expect([startOf(grain, day), endOf(grain, day)]).toEqual([iso(first(at(day), utc)), iso(last(at(day), utc))]);
      }),
    );
  });

  test('moves by the same days, and back over whole months and years to the same day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(addDays(day, n)).toBe(iso(library.addDays(at(day), n, utc)));
        expect(daysBetween(day, addDays(day, n))).toBe(n);
        const year = previousYear(range(day, day));
        expect(year.from).toBe(iso(library.subYears(at(day), 1, utc)));
      }),
    );
  });
});
