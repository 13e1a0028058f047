import { describe, expect, test } from 'vitest';
import { type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { hoursOf, pairHours } from '../../../../server/metrics/language/hours.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import { businessDay, type Fixture, type FixtureRow, openFixture, withEngine } from '../fixture.ts';
import { seeded } from '../random-dataset.ts';

async function ask(fixture: Fixture, timeZone: string, query: Partial<QueryInput>) {
  const warehouse = await openFixture(fixture, { timeZone });
  try {
    return await withEngine(warehouse, (engine) =>
      answerQuery(engine, querySchema.parse({ measures: ['views'], ...query })),
    );
  } finally {
    await warehouse.close();
  }
}

const QUARTER = 900_000;
const HOUR = 3_600_000;

/** The first instant of a business day, found by asking the platform's calendar every quarter of an hour. */
function midnight(day: string, zone: string): number {
  const key = `${day} ${zone}`;
  const known = MIDNIGHTS.get(key);
  if (known !== undefined) return known;
  let at = Date.parse(`${addDays(day, -1)}T09:00:00Z`);
  while (businessDay(new Date(at).toISOString(), zone) < day) at += QUARTER;
  MIDNIGHTS.set(key, at);
  return at;
}
const MIDNIGHTS = new Map<string, number>();

describe('the hours of a day', () => {
  test.each([
    ['Asia/Shanghai', '2025-10-01', 24],
    ['Europe/Berlin', '2025-03-30', 23],
    ['Europe/Berlin', '2025-10-26', 25],
    ['America/New_York', '2025-11-02', 25],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Asia/Kolkata', '2024-02-29', 24],
    ['Asia/Kathmandu', '2025-12-31', 24],
    // 23.5 and 24.5 hours: the last is half an hour.
    ['Australia/Lord_Howe', '2025-10-05', 24],
    ['Australia/Lord_Howe', '2025-04-06', 25],
  ])('%s has on %s %i', (zone, day, count) => {
    const hours = hoursOf({ from: day, to: day }, zone);
    expect(hours).toHaveLength(count);
    expect(Date.parse(hours[0] ?? '')).toBe(midnight(day, zone));
    for (const hour of hours) expect(businessDay(hour, zone)).toBe(day);
    expect(businessDay(new Date(Date.parse(hours.at(-1) ?? '') + HOUR).toISOString(), zone)).toBe(addDays(day, 1));
  });
});

describe('hours laid on each other', () => {
  const berlin = (current: string, previous: string, days = 1) =>
    pairHours(
      {
        current: { from: current, to: addDays(current, days - 1) },
        previous: { from: previous, to: addDays(previous, days - 1) },
      },
      'Europe/Berlin',
    );
  test('the day after the long one has no 25th hour', () => {
    const pairs = berlin('2025-10-27', '2025-10-26');
    expect(pairs.shift).toBe(25 * 3600);
    expect([pairs.inCurrent('2025-10-27T22:00:00Z'), pairs.inCurrent('2025-10-27T23:00:00Z')]).toEqual([true, false]);
    expect(pairs.inPrevious('2025-10-27T23:00:00Z')).toBe(true);
  });
  test('nor has the day before it', () => {
    const pairs = berlin('2025-10-26', '2025-10-25');
    expect(pairs.shift).toBe(24 * 3600);
    expect([pairs.inPrevious('2025-10-26T21:00:00Z'), pairs.inPrevious('2025-10-26T22:00:00Z')]).toEqual([true, false]);
    expect(pairs.inCurrent('2025-10-26T22:00:00Z')).toBe(true);
  });
  test('days of the longer earlier range have no partner', () => {
    const pairs = pairHours(
      {
        current: { from: '2025-03-01', to: '2025-03-02' },
        previous: { from: '2025-02-20', to: '2025-02-28' },
      },
      'UTC',
    );
    expect(pairs.previousEnd).toBe('2025-02-22T00:00:00');
  });
});

/** Views at odd instants over some days, of two series: several in an hour, none in others. */
function timed(seed: number, zone: string, from: string, days: number): Fixture {
  const random = seeded(seed);
  const [start, end] = [midnight(from, zone), midnight(addDays(from, days), zone)];
  const rows = Array.from({ length: days * 30 }, (): FixtureRow => {
    const at = new Date(start + Math.floor(random() * (end - start - 1000))).toISOString().replace(/\.\d+Z/u, 'Z');
    return { series: random() < 0.5 ? 'a' : 'b', at, views: Math.floor(random() * 9) };
  });
  // The log reaches both ends, and a row without a time belongs to no hour.
  const last = addDays(from, days - 1);
  rows.push({ series: 'a', day: from, views: 1000 }, { series: 'b', day: last, views: 1000 });
  return { series: [{ id: 'a' }, { id: 'b' }], rows };
}

/** Hour number since the range's first midnight → views, by series; hours are counted within each business day. */
function hourly(fixture: Fixture, zone: string, from: string, days: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { series, at, views } of fixture.rows) {
    if (at === undefined) continue;
    const day = businessDay(at, zone);
    if (day < from || day >= addDays(from, days)) continue;
    const begin = midnight(day, zone);
    const hour = begin + Math.floor((Date.parse(at) - begin) / HOUR) * HOUR - midnight(from, zone);
    const key = `${series} ${hour}`;
    sums.set(key, (sums.get(key) ?? 0) + Number(views));
  }
  return sums;
}

describe.each([
  ['Asia/Shanghai', '2025-10-01'],
  // Spring: the 30th has 23 hours; autumn: the 26th has 25; New York's 2 November has 25, over a month's end.
  ['Europe/Berlin', '2025-03-26'],
  ['Europe/Berlin', '2025-10-22'],
  ['America/New_York', '2025-10-29'],
  ['Asia/Kolkata', '2024-02-25'],
  ['Asia/Kathmandu', '2025-12-27'],
  ['Australia/Lord_Howe', '2025-10-01'],
  ['America/St_Johns', '2025-03-05'],
])('hours in %s from %s', (zone, from) => {
  const fixture = timed(from.length + zone.length, zone, from, 10);

  test('are those of the rows', async () => {
    const { rows } = await ask(fixture, zone, {
      dimensions: ['series'],
      time: { from, to: addDays(from, 9), grain: 'hour' },
    });
    const got = rows.map((row) => [
      `${row.series} ${Date.parse(String(row.period)) - midnight(from, zone)}`,
      row.views,
    ]);
    expect(new Map(got as [string, number][])).toEqual(hourly(fixture, zone, from, 10));
  });

  if (zone === 'Australia/Lord_Howe') {
    test('cannot be laid on each other across a change by half an hour', async () => {
      const query = { time: { from: addDays(from, 5), to: addDays(from, 9), grain: 'hour' as const } };
      await expect(ask(fixture, zone, { ...query, compare: 'previous_period' })).rejects.toMatchObject({
        code: 'hours_not_comparable',
        message: expect.stringContaining('grain "day"'),
      });
    });
    return;
  }

  test('are compared by their number since the first midnight, with those that only one range has', async () => {
    const now = addDays(from, 5);
    const { rows, meta } = await ask(fixture, zone, {
      dimensions: ['series'],
      time: { from: now, to: addDays(from, 9), grain: 'hour' },
      compare: 'previous_period',
    });
    expect(meta.notes).toEqual([]);
    const [after, before] = [hourly(fixture, zone, now, 5), hourly(fixture, zone, from, 5)];
    const [hoursAfter, hoursBefore] = [now, from].map(
      (day) => (midnight(addDays(day, 5), zone) - midnight(day, zone)) / HOUR,
    );
    const got = rows.map((row) => {
      const since = Date.parse(String(row.period)) - midnight(now, zone);
      return [
        `${row.series} ${since}`,
        [row.views, row.views__previous, row.views__growth_reason === 'no_data'],
      ] as const;
    });
    const wanted = [...new Set([...after.keys(), ...before.keys()])].map((key) => {
      const hour = Number(key.split(' ')[1]) / HOUR;
      const [hasNow, hadThen] = [hour < Number(hoursAfter), hour < Number(hoursBefore)];
      return [
        key,
        [hasNow ? (after.get(key) ?? 0) : null, hadThen ? (before.get(key) ?? 0) : null, !hasNow || !hadThen],
      ] as const;
    });
    expect(new Map(got)).toEqual(new Map(wanted));
    if (hoursAfter !== hoursBefore) expect(wanted.some(([, [, , lonely]]) => lonely)).toBe(true);
  });
});

test('a year earlier and a chosen range are compared by hours too', async () => {
  const at = (day: string, hour: string, views: number): FixtureRow => ({
    series: 'a',
    at: `${day}T${hour}:30:00+08:00`,
    views,
  });
  const fixture = {
    series: [{ id: 'a' }],
    rows: [at('2024-10-01', '00', 1), at('2024-10-01', '20', 4), at('2025-03-01', '20', 3), at('2025-10-01', '20', 6)],
  };
  const time = { from: '2025-10-01', to: '2025-10-01', grain: 'hour' as const };
  const shown = async (compare: QueryInput['compare']) => {
    const { rows } = await ask(fixture, 'Asia/Shanghai', { time, compare });
    return rows.map((row) => [row.period, row.views, row.views__previous, row.views__growth, row.views__growth_reason]);
  };
  expect(await shown('previous_year')).toEqual([
    ['2025-10-01T00:00:00+08:00', 0, 1, -1, null],
    ['2025-10-01T20:00:00+08:00', 6, 4, 0.5, null],
  ]);
  expect(await shown({ from: '2025-03-01', to: '2025-03-01' })).toEqual([['2025-10-01T20:00:00+08:00', 6, 3, 1, null]]);
});

test('fill gives each hour of a day, also of one with 25', async () => {
  const fixture = {
    series: [{ id: 'a' }],
    rows: [
      { series: 'a', at: '2025-10-26T02:30:00+02:00', views: 3 },
      { series: 'a', at: '2025-10-26T02:30:00+01:00', views: 4 },
    ],
  };
  const { rows } = await ask(fixture, 'Europe/Berlin', {
    time: { from: '2025-10-26', to: '2025-10-26', grain: 'hour' },
    fill: true,
  });
  expect(rows).toHaveLength(25);
  expect(rows.slice(1, 5).map((row) => [row.period, row.views])).toEqual([
    ['2025-10-26T01:00:00+02:00', 0],
    ['2025-10-26T02:00:00+02:00', 3],
    ['2025-10-26T02:00:00+01:00', 4],
    ['2025-10-26T03:00:00+01:00', 0],
  ]);
});

describe('rows without a time of day lie in no hour', () => {
  const fixture: Fixture = {
    series: [{ id: 'timed' }, { id: 'daily' }, { id: 'both' }],
    rows: [
      { series: 'timed', at: '2025-10-01T08:10:00+08:00', views: 5 },
      { series: 'timed', at: '2025-10-01T20:10:00+08:00', views: 7 },
      { series: 'both', at: '2025-10-01T08:10:00+08:00', views: 4 },
      { series: 'both', day: '2025-10-02', views: 900 },
      { series: 'daily', day: '2025-10-01', views: 1000 },
    ],
  };
  const time = { grain: 'hour' as const };

  test('nor in the rank by which a limit cuts, in the others or in the totals', async () => {
    const { rows, totals } = await ask(fixture, 'Asia/Shanghai', {
      dimensions: ['series'],
      time,
      limit: 1,
      others: true,
      totals: true,
    });
    expect(rows.map(({ series, period, views }) => [series, period, views])).toEqual([
      ['timed', '2025-10-01T08:00:00+08:00', 5],
      ['timed', '2025-10-01T20:00:00+08:00', 7],
      ['(others)', '2025-10-01T08:00:00+08:00', 4],
    ]);
    expect(totals?.views).toBe(16);
  });

  test('hours are not divided by days', async () => {
    await expect(ask(fixture, 'Asia/Shanghai', { time, per_day: true })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'per_day' }],
    });
  });
});
