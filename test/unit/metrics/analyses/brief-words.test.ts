import { describe, expect, test } from 'vitest';
import { amount, multiple, percent, roundness, when } from '../../../../server/metrics/analyses/brief/brief-words.ts';

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
    [0.5, '0.5 times July’s', '是7月的 0.5 倍'],
  ])('a ratio of %d', (ratio, en, zh) => {
    expect(multiple(ratio, { from: '2025-07-01', to: '2025-07-31' }, '2025')).toEqual({ en, zh });
  });

  test('percentages', () => {
    expect([percent(0.165), percent(0.0065), percent(1)]).toEqual(['16.5%', '0.65%', '100%']);
    expect(roundness(3)).toBe(0);
    expect(roundness(1 / 3)).toBeCloseTo(0, 12);
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
