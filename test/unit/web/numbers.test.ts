import { describe, expect, it } from 'vitest';
import {
  axisPeriod,
  betweenPeriods,
  change,
  columnFormat,
  compact,
  cutAt,
  day,
  days,
  during,
  exact,
  grown,
  hours,
  index,
  inPeriod,
  marksFormat,
  moment,
  month,
  percent,
  period,
  points,
  range,
  signed,
  tick,
  tickFormat,
} from '../../../web/i18n/numbers.ts';

describe('counts in the reader’s units', () => {
  it.each([
    [0, '0', '0'],
    [7, '7', '7'],
    [1234, '1,234', '1,234'],
    [9999, '9,999', '9,999'],
    [10_000, '1万', '10K'],
    [12_345, '1.235万', '12.3K'],
    [34_560_000, '3,456万', '34.6M'],
    [99_996_000, '1亿', '100M'],
    [100_000_000, '1亿', '100M'],
    [999_950_000, '10亿', '1B'],
    [1_235_000_000, '12.35亿', '1.24B'],
    [1_234_567_890, '12.35亿', '1.23B'],
    [37_620_000_000, '376.2亿', '37.6B'],
    [1_234_000_000_000, '1.234万亿', '1.23T'],
    ['12345678901234567890', '12,345,679万亿', '12,345,679T'],
    [-1_235_000_000, '−12.35亿', '−1.24B'],
    [null, '–', '–'],
    ['', '–', '–'],
  ] as const)('%s is %s in Chinese and %s in English', (value, zh, en) => {
    expect(compact(value, 'zh')).toBe(zh);
    expect(compact(value, 'en')).toBe(en);
  });

  it('gives one digit more in tooltips', () => {
    expect(compact(1_234_567_890, 'zh', 1)).toBe('12.346亿');
    expect(compact(1_234_567_890, 'en', 1)).toBe('1.235B');
  });

  it('keeps every digit of an integer beyond 2^53', () => {
    expect(exact('9007199254740993')).toBe('9,007,199,254,740,993');
    expect(exact('-12345678901234567890')).toBe('−12,345,678,901,234,567,890');
    expect(exact(1234567.5)).toBe('1,234,567.5');
    expect(exact('0')).toBe('0');
  });
});

describe('shares, changes and indexes', () => {
  it.each([
    [0.1234, '12.3%'],
    [0, '0.0%'],
    [0.0004, '<0.1%'],
    [-0.0004, '>−0.1%'],
    [1, '100.0%'],
    [null, '–'],
  ])('writes %s as %s', (value, text) => expect(percent(value)).toBe(text));

  it.each([
    [0.123, '+12.3%'],
    [-0.045, '−4.5%'],
    [0, '0.0%'],
    [-0.00001, '>−0.1%'],
    [24.12, '+2,412%'],
  ])('writes the growth %s as %s', (value, text) => expect(change(value)).toBe(text));

  it.each([
    [1.471, '+147.1%', '+147.1%'],
    [9.994, '+999.4%', '+999.4%'],
    [10.46, '11.5 times', '增至11.5倍'],
    [118, '119 times', '增至119倍'],
    [-0.5, '−50.0%', '−50.0%'],
  ])('tells the growth %s as %s, or %s', (value, en, zh) => {
    expect([grown(value, 'en'), grown(value, 'zh')]).toEqual([en, zh]);
  });

  it('gives a column one number of decimals in each unit', () => {
    const values = [31_450_000_000, 1_420_000_000, 131_300_000, 7_639_000, 12_720_000, 999, null];
    const zh = columnFormat(values, 'zh');
    expect(values.map(zh)).toEqual(['314.50亿', '14.20亿', '1.31亿', '763.9万', '1,272.0万', '999', '–']);
    const en = columnFormat(values, 'en');
    expect(values.map(en)).toEqual(['31.45B', '1.42B', '131.30M', '7.64M', '12.72M', '999', '–']);
    expect(columnFormat([314.5e8, 376.2e8], 'zh')(-314e8)).toBe('−314.0亿');
  });

  it('gives the marks of a chart the decimals of the largest, and none a digit alone', () => {
    const bars = [11.21e9, 2.85e9, 943.7e6, 8.154e8];
    expect(bars.map(marksFormat(bars, 'zh'))).toEqual(['112.1亿', '28.5亿', '9.4亿', '8.2亿']);
    expect(bars.map(marksFormat(bars, 'en'))).toEqual(['11.2B', '2.9B', '944M', '815M']);
    const alike = [25e8, 28.56e8, 4.922e8];
    expect(alike.map(marksFormat(alike, 'zh'))).toEqual(['25.00亿', '28.56亿', '4.92亿']);
    expect([5e9, 2e9].map(marksFormat([5e9, 2e9], 'en'))).toEqual(['5B', '2B']);
    expect([797e6, 1.89e6].map(marksFormat([797e6, 1.89e6], 'en'))).toEqual(['797M', '1.9M']);
  });

  it.each([
    ['2025-10-18', '2025-10-18', 'on 18 Oct 2025', '2025年10月18日'],
    ['2025-10-01', '2025-10-31', 'in Oct 2025', '2025年10月'],
    ['2025-10-13', '2025-10-19', 'from 13 Oct to 19 Oct 2025', '2025年10月13日至10月19日'],
    ['2025-01-01', '2025-10-31', 'from Jan to Oct 2025', '2025年1月至10月'],
  ])('puts %s to %s into a sentence', (from, to, en, zh) => {
    expect([during(from, to, 'en'), during(from, to, 'zh')]).toEqual([en, zh]);
  });

  it.each([
    ['2025-10-18', 'day', 'on 18 Oct 2025', '2025年10月18日'],
    ['2025-10-06', 'week', 'in the week of 6 Oct 2025', '2025年10月6日当周'],
    ['2025-10-01', 'month', 'in Oct 2025', '2025年10月'],
    ['2025-10-01', 'quarter', 'in Q4 2025', '2025年第4季度'],
  ] as const)('puts the period of %s by %s into a sentence', (start, grain, en, zh) => {
    expect([inPeriod(start, grain, 'en'), inPeriod(start, grain, 'zh')]).toEqual([en, zh]);
  });

  it('signs changes of counts and points, and leaves zero without a sign', () => {
    expect(signed(123_000_000, 'zh')).toBe('+1.23亿');
    expect(signed(-123_000_000, 'en')).toBe('−123M');
    expect(signed(0, 'en')).toBe('0');
    expect(points(2.34, 'zh')).toBe('+2.3个百分点');
    expect(points(-2.34, 'en')).toBe('−2.3 pp');
    expect(points(0.01, 'en')).toBe('0.0 pp');
  });

  it('writes an index whole from 100 up and durations by language', () => {
    expect(index(300)).toBe('300');
    expect(index(87.46)).toBe('87.5');
    expect(days(1, 'en')).toBe('1 day');
    expect(days(3, 'zh')).toBe('3天');
    expect(hours(23, 'en')).toBe('23 h');
  });
});

describe('two periods of one sentence', () => {
  it.each([
    ['2025-07-01', '2025-10-01', 'month', ['7月', '10月'], ['in Jul', 'in Oct 2025']],
    ['2024-12-01', '2025-10-01', 'month', ['2024年12月', '2025年10月'], ['in Dec 2024', 'in Oct 2025']],
    [
      '2025-07-07',
      '2025-10-06',
      'week',
      ['7月7日当周', '10月6日当周'],
      ['in the week of 7 Jul', 'in the week of 6 Oct 2025'],
    ],
    ['2025-01-01', '2025-10-01', 'quarter', ['第1季度', '第4季度'], ['in Q1', 'in Q4 2025']],
    ['2024-01-01', '2025-01-01', 'year', ['2024年', '2025年'], ['in 2024', 'in 2025']],
  ] as const)('say what both share once: %s and %s', (from, to, grain, zh, en) => {
    expect(Object.values(betweenPeriods(from, to, grain, 'zh'))).toEqual(zh);
    expect(Object.values(betweenPeriods(from, to, grain, 'en'))).toEqual(en);
  });
});

describe('dates as written, in no time zone', () => {
  it.each([
    [month('2025-10-01', 'zh'), '2025年10月'],
    [month('2025-10-01', 'en'), 'Oct 2025'],
    [day('2025-10-18', 'zh'), '2025年10月18日'],
    [day('2025-10-18', 'en'), '18 Oct 2025'],
    [moment('2025-10-01T23:00:00+08:00', 'zh'), '2025年10月1日 23:00'],
    [moment('2025-10-01T23:00:00+08:00', 'en'), '1 Oct 2025, 23:00'],
    [moment('2025-10-01', 'en'), '1 Oct 2025'],
    [period('2025-10-01', 'quarter', 'zh'), '2025年第4季度'],
    [period('2025-10-06', 'week', 'en'), 'week of 6 Oct 2025'],
    [cutAt('2025-10-18', 'zh'), '截至10月18日'],
    [cutAt('2025-10-18', 'en'), 'to 18 Oct'],
    [range('2025-10-01', '2025-10-31', 'zh'), '2025年10月'],
    [range('2025-07-01', '2025-10-31', 'zh'), '2025年7月至10月'],
    [range('2025-07-01', '2025-10-31', 'en'), 'Jul – Oct 2025'],
    [range('2025-09-12', '2025-10-18', 'en'), '12 Sep – 18 Oct 2025'],
    [range('2024-12-12', '2025-01-18', 'zh'), '2024年12月12日至2025年1月18日'],
    [range('2025-10-18', '2025-10-18', 'en'), '18 Oct 2025'],
    [day('not a date', 'en'), '–'],
    [day(null, 'zh'), '–'],
  ])('%s', (written, expected) => expect(written).toBe(expected));

  it('gives an axis the short name and the year apart', () => {
    expect(axisPeriod('2025-01-01', 'month', 'en')).toEqual({ name: 'Jan', year: '2025' });
    expect(axisPeriod('2025-01-05', 'day', 'zh')).toEqual({ name: '1月5日', year: '2025年' });
  });
});

describe('ticks', () => {
  it.each([
    [6e9, 2e9, 'zh', ['0', '20亿', '40亿', '60亿']],
    [7.5e9, 2.5e9, 'en', ['0', '2.5B', '5.0B', '7.5B']],
    [1e8, 2.5e7, 'zh', ['0', '0.25亿', '0.50亿', '0.75亿', '1.00亿']],
    [8000, 2000, 'en', ['0', '2,000', '4,000', '6,000', '8,000']],
  ] as const)('up to %d by %d share one unit and one number of decimals', (largest, step, language, texts) => {
    const format = tickFormat(largest, step, language);
    expect(texts.map((_, at) => tick(at * step, format))).toEqual([...texts]);
  });
});
