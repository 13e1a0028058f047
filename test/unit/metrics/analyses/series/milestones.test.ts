import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { milestonesParams } from '../../../../../server/contract/analyses.ts';
import type { DimensionFilter } from '../../../../../server/contract/query.ts';
import { milestones } from '../../../../../server/metrics/analyses/series/milestones.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import { type Fixture, openFixture, withEngine } from '../../fixture.ts';
import { crossingsOf, oracleRows } from '../oracle.ts';
import { randomFixture } from '../random-fixture.ts';

const ask = (warehouse: Warehouse, query: Record<string, string | string[]>) =>
  withEngine(warehouse, (engine) => milestones(engine, milestonesParams.parse(query)));

/** Opens a fixture, asks once and closes it. */
async function once(fixture: Fixture, query: Record<string, string | string[]>, timeZone = 'Asia/Shanghai') {
  const warehouse = await openFixture(fixture, { timeZone });
  try {
    return await ask(warehouse, query);
  } finally {
    await warehouse.close();
  }
}

const hour = (at: string, views: number, series = 'a') => ({ series, at: `${at}+08:00`, views });

describe('a worked example', () => {
  // Released on 1 October at 20:00. Opening 10; hours of the 1st: 20:00 → 30, 23:00 → 60. The 2nd: 900 without a time.
  const fixture: Fixture = {
    series: [
      { id: 'a', title: '盛夏', titleEn: 'Midsummer', release: '2025-10-01T20:00:00+08:00' },
      { id: 'b', title: '无声' },
    ],
    rows: [
      { series: 'a', day: '2025-09-30', kind: 'opening', views: 10 },
      hour('2025-10-01T20:10:00', 30),
      hour('2025-10-01T23:59:00', 60),
      { series: 'a', day: '2025-10-02', views: 900 },
      { series: 'b', day: '2025-10-02', views: 5 },
    ],
  };

  test('hours where every row of the day has a time, days elsewhere, and unreached thresholds too', async () => {
    const answer = await once(fixture, { thresholds: '10,40,100,1000,1001', lang: 'zh' });
    const rows = answer.rows.map((r) => [
      r.series,
      r.threshold,
      r.reached,
      r.crossed_at,
      r.resolution,
      r.hours_to,
      r.days_to,
      r.before_log,
    ]);
    expect(rows).toEqual([
      ['a', 10, true, null, null, null, null, true],
      ['a', 40, true, '2025-10-01T20:00:00+08:00', 'hour', 1, 1, false],
      ['a', 100, true, '2025-10-01T23:00:00+08:00', 'hour', 4, 1, false],
      ['a', 1000, true, '2025-10-02', 'day', null, 2, false],
      ['a', 1001, false, null, null, null, null, false],
      ...[10, 40, 100, 1000, 1001].map((t) => ['b', t, false, null, null, null, null, false]),
    ]);
    expect(answer.rows[0]?.series_label).toBe('盛夏');
  });

  test('from and to choose crossings and never cut the sum; thresholds never reached stay', async () => {
    const answer = await once(fixture, {
      thresholds: '10,100,1000,1001',
      series: 'a',
      from: '2025-10-02',
      to: '2025-10-02',
    });
    expect(answer.rows.map((r) => [r.threshold, r.crossed_at])).toEqual([
      [1000, '2025-10-02'],
      [1001, null],
    ]);
  });

  test('top takes the largest by cumulative count', async () => {
    const answer = await once(fixture, { thresholds: '1', top: '1' });
    expect(answer.rows.map((r) => r.series)).toEqual(['a']);
  });

  test('a series the catalogue does not have is named in the refusal', async () => {
    await expect(once(fixture, { series: ['a', 'nobody'] })).rejects.toMatchObject({
      code: 'unknown_member',
      message: expect.stringContaining('"nobody"'),
    });
  });
});

describe('times', () => {
  test('a crossing exactly at 24 hours after a release at midnight is within 24 hours', async () => {
    const answer = await once(
      { series: [{ id: 'a', release: '2025-10-01T00:00:00+08:00' }], rows: [hour('2025-10-01T23:30:00', 100)] },
      { thresholds: '100' },
    );
    expect(answer.rows[0]).toMatchObject({ hours_to: 24, days_to: 1 });
  });

  test('a release with only a day has no hours', async () => {
    const answer = await once(
      { series: [{ id: 'a', release: '2025-10-01' }], rows: [hour('2025-10-01T05:30:00', 100)] },
      { thresholds: '100' },
    );
    expect(answer.rows[0]).toMatchObject({
      crossed_at: '2025-10-01T05:00:00+08:00',
      resolution: 'hour',
      hours_to: null,
      days_to: 1,
    });
  });

  test('a crossing before the stated release keeps its date, has neither days nor hours, and is noted', async () => {
    const answer = await once(
      {
        series: [{ id: 'a', release: '2025-10-05T10:00:00+08:00' }],
        rows: [hour('2025-10-05T08:30:00', 100), { series: 'a', day: '2025-10-03', views: 50 }],
      },
      { thresholds: '50,150' },
    );
    expect(answer.rows.map((r) => [r.crossed_at, r.days_to, r.hours_to])).toEqual([
      ['2025-10-03', null, null],
      ['2025-10-05T08:00:00+08:00', null, null],
    ]);
    expect(answer.meta.notes.map((note) => note.code)).toEqual(['crossed_before_release']);
  });

  test('without a release there is a crossing but no speed', async () => {
    const answer = await once(
      { series: [{ id: 'a' }], rows: [{ series: 'a', day: '2025-10-03', views: 50 }] },
      { thresholds: '50' },
    );
    expect(answer.rows[0]).toMatchObject({ reached: true, crossed_at: '2025-10-03', days_to: null, hours_to: null });
  });

  test('on the night the clocks go back the repeated hour is told apart and elapsed hours count it', async () => {
    // Berlin, 26 October 2025: 02:00–03:00 comes twice, +02:00 then +01:00.
    const answer = await once(
      {
        series: [{ id: 'a', release: '2025-10-26T00:00:00+02:00' }],
        rows: [
          { series: 'a', at: '2025-10-26T02:30:00+02:00', views: 60 },
          { series: 'a', at: '2025-10-26T02:30:00+01:00', views: 40 },
        ],
      },
      { thresholds: '60,100' },
      'Europe/Berlin',
    );
    expect(answer.rows.map((r) => [r.crossed_at, r.hours_to])).toEqual([
      ['2025-10-26T02:00:00+02:00', 3],
      ['2025-10-26T02:00:00+01:00', 4],
    ]);
  });

  test('hours of a zone at +05:45 start on its own whole hours', async () => {
    const answer = await once(
      {
        series: [{ id: 'a', release: '2025-10-01T00:00:00+05:45' }],
        rows: [{ series: 'a', at: '2025-10-01T01:50:00+05:45', views: 60 }],
      },
      { thresholds: '60' },
      'Asia/Kathmandu',
    );
    expect(answer.rows[0]).toMatchObject({ crossed_at: '2025-10-01T01:00:00+05:45', hours_to: 2 });
  });

  test('hours start on the zone’s own before and after its clock moves by half an hour', async () => {
    const answer = await once(
      {
        series: [{ id: 'a', release: '2025-10-01T00:00:00+10:30' }],
        rows: [
          { series: 'a', at: '2025-10-01T05:10:00+10:30', views: 60 },
          { series: 'a', at: '2025-10-08T05:10:00+11:00', views: 60 },
        ],
      },
      { thresholds: '60,120' },
      'Australia/Lord_Howe',
    );
    expect(answer.rows.map((row) => row.crossed_at)).toEqual([
      '2025-10-01T05:00:00+10:30',
      '2025-10-08T05:00:00+11:00',
    ]);
  });

  test('counts beyond 2^53 cross where they should', async () => {
    const answer = await once(
      {
        series: [{ id: 'a' }],
        rows: [
          { series: 'a', day: '2025-10-01', views: 9_007_199_254_740_993n },
          { series: 'a', day: '2025-10-02', views: 9_007_199_254_740_993n },
        ],
      },
      { thresholds: '1e16' },
    );
    expect(answer.rows[0]).toMatchObject({ crossed_at: '2025-10-02' });
  });
});

describe('heat', () => {
  const fixture: Fixture = {
    series: [{ id: 'a', release: '2025-10-01T00:00:00+08:00' }, { id: 'b' }],
    rows: [
      { series: 'a', day: '2025-10-01', platform: 'douyin', heat: 90 },
      { series: 'a', at: '2025-10-01T22:10:00+08:00', platform: 'hongguo', heat: 100 },
      { series: 'a', at: '2025-10-01T23:10:00+08:00', platform: 'hongguo', heat: 80 },
      { series: 'a', day: '2025-10-01', platform: 'reelshort', heat: 100 },
      { series: 'b', day: '2025-10-01', platform: 'douyin', heat: 60 },
      { series: 'b', day: '2025-10-02', platform: 'douyin', heat: 60 },
    ],
  };

  test('the first platform counts and is named; platforms are never added', async () => {
    const answer = await once(fixture, { measure: 'heat', thresholds: '90,100,150' });
    expect(
      answer.rows.map((r) => [r.series, r.threshold, r.reached, r.platform, r.crossed_at, r.hours_to, r.days_to]),
    ).toEqual([
      ['a', 90, true, 'hongguo', '2025-10-01T22:00:00+08:00', 23, 1],
      ['a', 100, true, 'hongguo', '2025-10-01T22:00:00+08:00', 23, 1],
      ['a', 150, false, null, null, null, null],
      ['b', 90, false, null, null, null, null],
      ['b', 100, false, null, null, null, null],
      ['b', 150, false, null, null, null, null],
    ]);
  });

  test('a platform filter leaves only that platform', async () => {
    const filters = JSON.stringify([{ dimension: 'platform', op: 'in', values: ['reelshort'] }]);
    const answer = await once(fixture, { measure: 'heat', thresholds: '90', filters });
    expect(answer.rows.map((r) => [r.series, r.platform, r.crossed_at, r.resolution])).toEqual([
      ['a', 'reelshort', '2025-10-01', 'day'],
    ]);
  });

  test('without a heat column it is refused', async () => {
    const views = { series: [{ id: 'a' }], rows: [{ series: 'a', day: '2025-10-01', views: 1 }] };
    await expect(once(views, { measure: 'heat' })).rejects.toMatchObject({ code: 'measure_unavailable' });
  });
});

describe('against the slow sum over all rows', () => {
  const fixture = randomFixture(7, 40);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());

  const cases: [string, DimensionFilter[]][] = [
    ['all rows', []],
    ['a market (kept by the day rollup)', [{ dimension: 'market', op: 'in', values: ['overseas'] }]],
    ['regions (raw rows)', [{ dimension: 'region', op: 'not_in', values: ['US', '(unknown)'] }]],
    [
      'a platform and a genre',
      [
        { dimension: 'platform', op: 'in', values: ['douyin', 'hongguo'] },
        { dimension: 'genre', op: 'in', values: ['urban', 'fantasy'] },
      ],
    ],
  ];
  test.each(cases)('%s', async (_name, filters) => {
    const wanted = [40, 100, 300, 1000];
    const answer = await ask(warehouse, { thresholds: wanted.join(','), filters: JSON.stringify(filters) });
    const got = answer.rows.filter((r) => r.reached).map((r) => `${r.threshold} ${r.series} ${r.crossed_at}`);
    const rows = oracleRows(fixture, filters);
    const expected = wanted.flatMap((threshold) =>
      crossingsOf(rows, threshold).map((c) => `${threshold} ${c.series} ${c.crossed_at}`),
    );
    expect(expected.length).toBeGreaterThan(10);
    expect(got.sort()).toEqual(expected.sort());
    const series = new Set(rows.map((row) => row.series));
    expect(answer.rows).toHaveLength(series.size * wanted.length);
  });
});
