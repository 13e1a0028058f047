import { describe, expect, test } from 'vitest';
import {
  amount,
  growthWords,
  lastPeriods,
  multiple,
  percent,
  pointsEn,
  roundness,
  when,
} from '../../../../../server/metrics/analyses/brief/brief-words.ts';

describe('words', () => {
  test.each([
    [999, '999', '999'],
    [12_345, '12.3K', '1.234万'],
    [1_000_000, '1M', '100万'],
    [34_560_000, '34.6M', '3,456万'],
    [99_999_999, '100M', '1亿'],
    [1e9, '1B', '10亿'],
    [3_396_772_356, '3.4B', '33.97亿'],
    [37.62e9, '37.6B', '376.2亿'],
  ])('%d is %s and %s', (value, en, zh) => expect([amount(value, 'en'), amount(value, 'zh')]).toEqual([en, zh]));

  test.each([
    [3.0, 'three times July’s', '是7月的 3 倍'],
    [2.99, 'three times July’s', '是7月的 3 倍'],
    [2.4, '2.4 times July’s', '是7月的 2.4 倍'],
    [2, 'twice July’s', '是7月的 2 倍'],
    [0.5, '50% of July’s', '是7月的 50%'],
    [1835, '1,835 times July’s', '是7月的 1,835 倍'],
    [1234.5, '1,235 times July’s', '是7月的 1,235 倍'],
  ])('a ratio of %d', (ratio, en, zh) => {
    expect(multiple(ratio, { from: '2025-07-01', to: '2025-07-31' }, '2025')).toEqual({ en, zh });
  });

  test('percentages', () => {
    expect([percent(0.165), percent(0.0065), percent(1)]).toEqual(['16.5%', '0.65%', '100%']);
    expect(roundness(3)).toBe(0);
    expect(roundness(1 / 3)).toBeCloseTo(0, 12);
  });
});

describe('grammar', () => {
  test.each([
    [0.01, '1 point'],
    [0.008, '0.8 points'],
    [-0.01, '1 point'],
    [0.11, '11 points'],
  ])('points of %d', (fraction, en) => expect(pointsEn(fraction)).toBe(en));

  test.each([
    [1.471, '+147.1%', '+147.1%'],
    [-0.402, '−40.2%', '−40.2%'],
    [9.99, '+999%', '+999%'],
    [10, '11 times as many', '增至 11 倍'],
    [117.871, '119 times as many', '增至 119 倍'],
    [1999, '2,000 times as many', '增至 2,000 倍'],
  ])('growth of %d', (growth, en, zh) => expect(growthWords(growth)).toEqual({ en, zh }));

  test.each([
    [13, 'month', 31, 'the last 13 months', '近 13 个月'],
    [7, null, 1, 'the last seven days', '近 7 天'],
    [7, null, 7, 'the last seven weeks', '近 7 周'],
    [4, null, 30, 'the last four such periods', '近 4 个等长时段'],
  ] as const)('the last %s of %s, %s days', (n, grain, days, en, zh) => {
    expect(lastPeriods(n, grain, days)).toEqual({ en, zh });
  });

  test('what is hardly anything never reads as nothing', () => {
    expect([percent(0.00001), percent(0), percent(0.0001)]).toEqual(['<0.01%', '0%', '0.01%']);
  });
});

describe('when', () => {
  test.each([
    ['2025-10-01', '2025-10-31', 'in October 2025', '2025年10月', 'in October', '10月'],
    ['2025-07-01', '2025-09-30', 'from July to September 2025', '2025年7月至9月', 'from July to September', '7月至9月'],
    ['2025-01-01', '2025-12-31', 'in 2025', '2025年', 'in 2025', '2025年'],
    ['2025-10-03', '2025-10-03', 'on 3 October 2025', '2025年10月3日', 'on 3 October', '10月3日'],
    [
      '2025-10-03',
      '2025-10-09',
      'from 3 to 9 October 2025',
      '2025年10月3日至9日',
      'from 3 to 9 October',
      '10月3日至9日',
    ],
    [
      '2025-09-28',
      '2025-10-04',
      'from 28 September to 4 October 2025',
      '2025年9月28日至10月4日',
      'from 28 September to 4 October',
      '9月28日至10月4日',
    ],
    [
      '2024-11-01',
      '2025-01-31',
      'from November 2024 to January 2025',
      '2024年11月至2025年1月',
      'from November 2024 to January 2025',
      '2024年11月至2025年1月',
    ],
    [
      '2024-12-30',
      '2025-01-02',
      'from 30 December 2024 to 2 January 2025',
      '2024年12月30日至2025年1月2日',
      'from 30 December 2024 to 2 January 2025',
      '2024年12月30日至2025年1月2日',
    ],
  ])('%s to %s', (from, to, en, chinese, short, shortChinese) => {
    expect(when({ from, to })).toEqual({ en, zh: chinese });
    expect(when({ from, to }, '2025')).toEqual({ en: short, zh: shortChinese });
  });
});
