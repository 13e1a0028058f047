import { describe, expect, test } from 'vitest';
import { coverageParams } from '../../../../server/contract/coverage.ts';
import { coverage } from '../../../../server/metrics/analyses/coverage.ts';
import { addDays } from '../../../../server/metrics/language/calendar.ts';
import { type Fixture, openFixture, withEngine } from '../fixture.ts';
import { groupBy } from './oracle.ts';
import { randomFixture } from './random-fixture.ts';

async function once(fixture: Fixture, query: Record<string, string> = {}) {
  const warehouse = await openFixture(fixture);
  try {
    return await withEngine(warehouse, (engine) => coverage(engine, coverageParams.parse(query)));
  } finally {
    await warehouse.close();
  }
}

const EXAMPLE: Fixture = {
  series: [{ id: 'x' }, { id: 'y' }],
  rows: [
    { source: 'app', series: 'x', day: '2025-08-01', views: 5, platform: 'hongguo' },
    { source: 'app', series: 'x', day: '2025-08-01', kind: 'opening', views: 900 },
    { source: 'app', series: 'y', day: '2025-08-02', views: 7, estimated: true },
    { source: 'app', series: 'x', day: '2025-08-05', views: 11 },
    { source: 'app', series: 'y', day: '2025-08-05', views: 2, estimated: true },
    { source: 'site', series: 'y', day: '2025-08-04', views: 1, platform: 'douyin' },
  ],
};

test('a worked example: one stated day, one estimated, two missing, and a source of one day', async () => {
  const { rows, sources } = await once(EXAMPLE);
  expect(rows).toEqual([
    // The opening is a row of the day, its views are not.
    { source: 'app', day: '2025-08-01', state: 'stated', rows: 2, estimated_rows: 0, views: 5 },
    { source: 'app', day: '2025-08-02', state: 'estimated', rows: 1, estimated_rows: 1, views: 7 },
    { source: 'app', day: '2025-08-03', state: 'gap', rows: 0, estimated_rows: 0, views: 0 },
    { source: 'app', day: '2025-08-04', state: 'gap', rows: 0, estimated_rows: 0, views: 0 },
    { source: 'app', day: '2025-08-05', state: 'stated', rows: 2, estimated_rows: 1, views: 13 },
    { source: 'site', day: '2025-08-04', state: 'stated', rows: 1, estimated_rows: 0, views: 1 },
  ]);
  expect(sources).toEqual([
    {
      source: 'app',
      kind: 'census',
      from: '2025-08-01',
      to: '2025-08-05',
      days: 5,
      stated_days: 2,
      estimated_days: 1,
      gap_days: 2,
      rows: 5,
    },
    {
      source: 'site',
      kind: 'census',
      from: '2025-08-04',
      to: '2025-08-04',
      days: 1,
      stated_days: 1,
      estimated_days: 0,
      gap_days: 0,
      rows: 1,
    },
  ]);
});

describe('range and filters', () => {
  test('the range chooses rows and makes no gap of what lies outside', async () => {
    const { rows, sources } = await once(EXAMPLE, { from: '2025-08-04', to: '2025-08-05' });
    expect(rows.map(({ source, day, state }) => [source, day, state])).toEqual([
      ['app', '2025-08-04', 'gap'],
      ['app', '2025-08-05', 'stated'],
      ['site', '2025-08-04', 'stated'],
    ]);
    expect(sources.map(({ days }) => days)).toEqual([5, 1]);
  });

  test('a filter asks for the coverage of what it leaves', async () => {
    const filters = JSON.stringify([{ dimension: 'platform', op: 'in', values: ['douyin'] }]);
    const { rows } = await once(EXAMPLE, { filters });
    expect(rows.map(({ source, day }) => [source, day])).toEqual([['site', '2025-08-04']]);
  });
});

describe('a source that only covers launches', () => {
  const releases = ['2025-08-01', '2025-08-15', '2025-09-05'];
  const launches: Fixture = {
    series: [...releases.map((release, i) => ({ id: `s${i}`, release })), { id: 'unknown' }],
    rows: [
      ...releases.flatMap((release, i) =>
        [0, 2].map((age) => ({ source: 'first_days', series: `s${i}`, day: addDays(release, age), views: 1 })),
      ),
      ...releases.map((_, i) => ({ source: 'list', series: `s${i}`, day: `2025-08-${10 + i * 3}`, views: 1 })),
    ],
    charts: ['list'],
  };

  test('has no gaps on the days without launches', async () => {
    const { rows, sources } = await once(launches);
    expect(sources.find(({ source }) => source === 'first_days')).toMatchObject({
      kind: 'launches',
      days: 38,
      stated_days: 6,
      gap_days: 0,
    });
    expect(rows.filter(({ source, state }) => source === 'first_days' && state === 'gap')).toEqual([]);
    expect(sources.find(({ source }) => source === 'list')).toMatchObject({ kind: 'chart', gap_days: 4 });
  });

  test.each([
    ['an older row', { series: 's0', day: '2025-08-09' }],
    ['a series without release', { series: 'unknown', day: '2025-08-09' }],
  ])('is none with %s', async (_, row) => {
    const { sources } = await once({
      ...launches,
      rows: [...launches.rows, { source: 'first_days', views: 1, ...row }],
    });
    expect(sources.find(({ source }) => source === 'first_days')?.kind).toBe('census');
  });

  test('is one whatever the filters leave of it, and none while it is young', async () => {
    const filters = JSON.stringify([{ dimension: 'series', op: 'in', values: ['s0'] }]);
    expect((await once(launches, { filters })).sources.map(({ kind }) => kind)).toEqual(['launches', 'chart']);
    const young = { ...launches, rows: launches.rows.filter(({ day }) => (day ?? '') < '2025-08-20') };
    expect((await once(young)).sources[0]?.kind).toBe('census');
  });
});

test('over random logs the days are those of the rows, and every other day in between is a gap', async () => {
  for (const seed of [3, 4, 5]) {
    const fixture = randomFixture(seed);
    const { rows } = await once(fixture);
    const sourceOf = (row: Fixture['rows'][number]) => row.source ?? 'file';
    const stated = new Set(
      rows.filter(({ state }) => state !== 'gap').map(({ source, day, rows: n }) => `${source} ${day} ${n}`),
    );
    const dayOf = (row: Fixture['rows'][number]) => row.day ?? businessDay(row.at ?? '');
    const expected = [...groupBy(fixture.rows, (row) => [`${sourceOf(row)} ${dayOf(row)}`])].map(
      ([key, own]) => `${key} ${own.length}`,
    );
    expect(stated, `seed ${seed}`).toEqual(new Set(expected));
    for (const [source, own] of groupBy(rows, (row) => [row.source]))
      expect(
        own.map(({ day }) => day),
        source,
      ).toEqual(own.map((_, i) => addDays(own[0]?.day ?? '', i)));
  }
});

/** The business day of an instant in Asia/Shanghai, which has no clock changes. */
const businessDay = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
