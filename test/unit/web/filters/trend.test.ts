import { describe, expect, it } from 'vitest';
import { indexBases, trendWindow } from '../../../../web/filters/trend.ts';

it.each([
  ['one month is drawn as the end of its year', '2025-10-01', '2025-10-31', '2023-05-01', '2024-11-01', 'month'],
  ['so are three', '2025-08-01', '2025-10-31', '2023-05-01', '2024-11-01', 'month'],
  [
    'from the log’s first whole month where it is younger',
    '2025-10-01',
    '2025-10-31',
    '2025-03-15',
    '2025-04-01',
    'month',
  ],
  ['from its first day where that begins a month', '2025-10-01', '2025-10-31', '2025-03-01', '2025-03-01', 'month'],
  [
    'never later than the range, and by days where there is but one month',
    '2025-10-01',
    '2025-10-31',
    '2025-10-05',
    '2025-10-01',
    'day',
  ],
  ['by days where there are but two', '2025-10-01', '2025-10-31', '2025-09-01', '2025-09-01', 'day'],
  ['by months from three on', '2025-10-01', '2025-10-31', '2025-08-01', '2025-08-01', 'month'],
  ['four months are drawn as they are', '2025-07-01', '2025-10-31', '2023-05-01', '2025-07-01', 'month'],
  ['days are drawn as they are', '2025-10-02', '2025-10-20', '2023-05-01', '2025-10-02', 'day'],
] as const)('%s', (_name, from, to, since, first, grain) => {
  expect(trendWindow({ range: { from, to }, since })).toEqual({ range: { from: first, to }, grain });
});

it.each([
  ['days draw the range itself', '2025-10-01', '2025-10-31', 'day', '2025-10-01', 'day'],
  ['weeks of one month are the end of its year', '2025-10-01', '2025-10-31', 'week', '2024-11-01', 'week'],
  ['weeks of a quarter draw it', '2025-07-01', '2025-09-30', 'week', '2025-07-01', 'week'],
  ['months of some days are the end of a year', '2025-10-02', '2025-10-20', 'month', '2024-11-01', 'month'],
  ['quarters of a year draw it', '2024-11-01', '2025-10-31', 'quarter', '2024-11-01', 'quarter'],
  ['quarters of a month are the end of two years', '2025-10-01', '2025-10-31', 'quarter', '2024-01-01', 'quarter'],
] as const)('of a chosen grain, %s', (_, from, to, grain, first, drawn) => {
  expect(trendWindow({ range: { from, to }, since: '2020-05-01', grain })).toEqual({
    range: { from: first, to },
    grain: drawn,
  });
});

describe('periods that may be a base', () => {
  it('are the months that the data hold whole', () => {
    expect(indexBases('2025-07-28', '2025-10-18', '2025-07-28')).toEqual({
      grain: 'month',
      starts: ['2025-08-01', '2025-09-01'],
    });
  });

  it('are whole weeks if there are fewer than two such months: a line needs two points', () => {
    expect(indexBases('2025-10-05', '2025-11-09', '2025-10-05')).toEqual({
      grain: 'week',
      starts: ['2025-10-06', '2025-10-13', '2025-10-20', '2025-10-27', '2025-11-03'],
    });
    expect(indexBases('2025-10-05', '2025-10-18', '2025-10-05')).toEqual({ grain: 'month', starts: [] });
  });

  it('are those of the grain that was chosen, if there are two', () => {
    expect(indexBases('2025-02-01', '2025-10-18', '2025-01-01', 'quarter')).toEqual({
      grain: 'quarter',
      starts: ['2025-04-01', '2025-07-01'],
    });
    expect(indexBases('2025-07-28', '2025-10-18', '2025-07-28', 'quarter').grain).toBe('month');
  });
});
