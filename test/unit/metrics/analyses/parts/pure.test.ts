import { describe, expect, test } from 'vitest';
import { bucketOf, speedOf } from '../../../../../server/metrics/analyses/parts/buckets.ts';
import { minus, plus, toCount } from '../../../../../server/metrics/analyses/parts/counts.ts';
import { wilson } from '../../../../../server/metrics/analyses/parts/members/wilson.ts';
import { rankChanges, ranksOf } from '../../../../../server/metrics/analyses/parts/ranks.ts';

describe('ranks', () => {
  test('are 1, 2, 2, 4 from large to small, and nothing for nothing', () => {
    expect(ranksOf([5, 9, 5, null, 1])).toEqual([2, 1, 2, null, 4]);
  });
  test('up is positive; who had no rank before is new', () => {
    expect(rankChanges([9, 5, 1, 0], [2, 8, 0, 4], true)).toEqual([
      { rank: 1, rank_previous: 3, rank_change: 2, rank_change_reason: null },
      { rank: 2, rank_previous: 1, rank_change: -1, rank_change_reason: null },
      { rank: 3, rank_previous: null, rank_change: null, rank_change_reason: 'new' },
      { rank: null, rank_previous: 2, rank_change: null, rank_change_reason: null },
    ]);
  });
  test('nothing is new against a range outside the log', () => {
    expect(rankChanges([9], [3], false)).toEqual([
      { rank: 1, rank_previous: null, rank_change: null, rank_change_reason: null },
    ]);
  });
});

describe('the Wilson interval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('of %d in %d is %d to %d', (hits, n, low, high) => {
    const interval = wilson(hits, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });
  test('of nothing tried is nothing', () => expect(wilson(0, 0)).toBeNull());
});

describe('counts', () => {
  test('stay numbers up to 2^53 and become digits beyond it', () => {
    expect([toCount(5), toCount(5n), toCount(2n ** 53n - 1n), toCount(2n ** 53n)]).toEqual([
      5,
      5,
      2 ** 53 - 1,
      '9007199254740992',
    ]);
  });
  test('add and subtract exactly across 2^53', () => {
    expect(plus(2 ** 53 - 1, 2)).toBe(2n ** 53n + 1n);
    expect(minus(2n ** 53n + 1n, 2n)).toBe(2 ** 53 - 1);
    expect(minus(3, 5)).toBe(-2);
  });
});

describe('how long it took', () => {
  const midnight = { releaseDay: '2025-10-01', releaseAt: '2025-09-30T16:00:00Z' };
  const evening = { releaseDay: '2025-10-01', releaseAt: '2025-10-01T12:30:00Z' };
  const dayOnly = { releaseDay: '2025-10-01', releaseAt: null };
  const unknown = { releaseDay: null, releaseAt: null };
  test.each([
    ['the last hour of the first day is within 24', bucketOf('2025-10-01', '2025-10-01T15:00:00Z'), midnight, 1, 24],
    ['the first hour of the second day is not', bucketOf('2025-10-02', '2025-10-01T16:00:00Z'), midnight, 2, 25],
    ['half hours are rounded up', bucketOf('2025-10-01', '2025-10-01T13:00:00Z'), evening, 1, 2],
    ['the hour of the release counts as one', bucketOf('2025-10-01', '2025-10-01T12:00:00Z'), evening, 1, 1],
    ['an hour before the release has no time', bucketOf('2025-10-01', '2025-10-01T11:00:00Z'), evening, null, null],
    ['a day has no hours', bucketOf('2025-10-03', null), midnight, 3, null],
    ['a release without a time has no hours', bucketOf('2025-10-03', '2025-10-03T01:00:00Z'), dayOnly, 3, null],
    ['a day before the release has no time', bucketOf('2025-09-30', null), dayOnly, null, null],
    ['an unknown release has no time', bucketOf('2025-10-03', null), unknown, null, null],
  ])('%s', (_name, bucket, release, days_to, hours_to) => {
    expect(speedOf(bucket, release)).toEqual({ days_to, hours_to });
  });
});
