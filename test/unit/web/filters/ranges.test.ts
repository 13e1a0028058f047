import { describe, expect, it } from 'vitest';
import {
  addMonths,
  comparedRange,
  comparisonOf,
  completePart,
  daysIn,
  defaultPreset,
  grainFor,
  grainThatFits,
  type Holiday,
  holidayRange,
  isDate,
  lastCompleteMonth,
  type Preset,
  presetRange,
  wholeMonths,
} from '../../../../web/filters/ranges.ts';

const year = { from: '2025-01-01', to: '2025-10-31' };
const cut = { from: '2025-01-01', to: '2025-10-18' };

describe('presets, from the data’s last day', () => {
  it.each<[Preset, string, string]>([
    ['month', '2025-10-01', '2025-10-31'],
    ['30d', '2025-10-02', '2025-10-31'],
    ['3m', '2025-08-01', '2025-10-31'],
    ['6m', '2025-05-01', '2025-10-31'],
    ['12m', '2025-01-01', '2025-10-31'],
    ['year', '2025-01-01', '2025-10-31'],
    ['all', '2025-01-01', '2025-10-31'],
    ['7d', '2025-10-25', '2025-10-31'],
    ['28d', '2025-10-04', '2025-10-31'],
    ['90d', '2025-08-03', '2025-10-31'],
    ['this_month', '2025-10-01', '2025-10-31'],
    ['this_quarter', '2025-10-01', '2025-10-31'],
    ['quarter', '2025-07-01', '2025-09-30'],
    // No series is looked at.
    ['release', '2025-01-01', '2025-10-31'],
  ])('%s is %s to %s where October is complete', (preset, from, to) => {
    expect(presetRange(preset, year)).toEqual({ from, to });
  });

  it.each<[Preset, string, string]>([
    ['month', '2025-09-01', '2025-09-30'],
    ['30d', '2025-09-19', '2025-10-18'],
    ['3m', '2025-07-01', '2025-09-30'],
    ['year', '2025-01-01', '2025-10-18'],
    ['this_month', '2025-10-01', '2025-10-18'],
    ['this_quarter', '2025-10-01', '2025-10-18'],
    ['quarter', '2025-07-01', '2025-09-30'],
  ])('%s is %s to %s where October has come to the 18th', (preset, from, to) => {
    expect(presetRange(preset, cut)).toEqual({ from, to });
  });

  it('begins at the first whole month where the log begins in the middle of one', () => {
    expect(presetRange('6m', { from: '2025-07-10', to: '2025-10-31' })).toEqual({
      from: '2025-08-01',
      to: '2025-10-31',
    });
  });

  it('never leaves the data', () => {
    const tiny = { from: '2025-10-05', to: '2025-10-07' };
    for (const preset of ['month', '30d', '3m', 'year', 'all'] as const)
      expect(presetRange(preset, tiny)).toEqual(tiny);
  });

  it('takes the latest complete month where nothing was chosen, and all data where there is none', () => {
    expect(defaultPreset(cut)).toBe('month');
    expect(defaultPreset({ from: '2025-10-05', to: '2025-10-18' })).toBe('all');
    // Sixty days of one's own: November is complete, but there is nothing to hold it against.
    expect(defaultPreset({ from: '2025-10-05', to: '2025-12-03' })).toBe('all');
    expect(defaultPreset({ from: '2025-10-01', to: '2025-12-03' })).toBe('month');
    expect(lastCompleteMonth(cut)).toBe('2025-09-01');
  });
});

describe('what a range is compared with', () => {
  it('is the calendar months before for whole months, as they are', () => {
    expect(comparedRange({ from: '2025-10-01', to: '2025-10-31' }, 'previous_period', '2025-10-31')).toEqual({
      from: '2025-09-01',
      to: '2025-09-30',
    });
    expect(comparedRange({ from: '2025-08-01', to: '2025-10-31' }, 'previous_period', '2025-10-31')).toEqual({
      from: '2025-05-01',
      to: '2025-07-31',
    });
  });

  it('is as many days right before for any other range', () => {
    expect(comparedRange({ from: '2025-10-02', to: '2025-10-31' }, 'previous_period', '2025-10-31')).toEqual({
      from: '2025-09-02',
      to: '2025-10-01',
    });
  });

  it('is the same dates a year before, the leap day moved to the 28th', () => {
    expect(comparedRange({ from: '2024-02-01', to: '2024-02-29' }, 'previous_year', '2025-01-01')).toEqual({
      from: '2023-02-01',
      to: '2023-02-28',
    });
  });

  it('has only the elapsed days where the data’s last day cuts the range', () => {
    expect(comparedRange({ from: '2025-10-01', to: '2025-10-31' }, 'previous_period', '2025-10-18')).toEqual({
      from: '2025-09-01',
      to: '2025-09-18',
    });
    expect(comparedRange({ from: '2025-03-01', to: '2025-03-31' }, 'previous_period', '2025-03-30')).toEqual({
      from: '2025-02-01',
      to: '2025-02-28',
    });
  });

  it('is nothing where no comparison is wanted', () => {
    expect(comparedRange(year, 'none', '2025-10-31')).toBeNull();
  });
});

describe('calendar', () => {
  it('knows the days that exist', () => {
    expect(['2024-02-29', '2025-02-29', '2025-13-01', '2025-1-1', ''].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('steps over years by months, and counts days with both ends', () => {
    expect(addMonths('2025-01-31', -1)).toBe('2024-12-01');
    expect(daysIn({ from: '2025-10-01', to: '2025-10-31' })).toBe(31);
    expect(wholeMonths({ from: '2024-11-01', to: '2025-02-28' })).toBe(4);
    expect(wholeMonths({ from: '2025-10-02', to: '2025-10-31' })).toBeNull();
  });

  it('draws a month by days and half a year by months', () => {
    expect(grainFor({ from: '2025-10-01', to: '2025-10-31' })).toBe('day');
    expect(grainFor({ from: '2025-05-01', to: '2025-10-31' })).toBe('month');
    expect(grainFor({ from: '2025-05-03', to: '2025-08-20' })).toBe('week');
  });
});

describe('since the release', () => {
  it('is from that day on, as far as the data reach back', () => {
    expect(presetRange('release', cut, '2025-06-10')).toEqual({ from: '2025-06-10', to: '2025-10-18' });
    expect(presetRange('release', cut, '2024-06-10')).toEqual({ from: '2025-01-01', to: '2025-10-18' });
  });
});

describe('the same days of another year’s holiday', () => {
  const holidays: Holiday[] = [
    { id: 'spring_festival', year: 2024, from: '2024-02-10', to: '2024-02-17' },
    { id: 'national_day', year: 2024, from: '2024-10-01', to: '2024-10-07' },
    { id: 'spring_festival', year: 2025, from: '2025-01-28', to: '2025-02-04' },
    { id: 'national_day', year: 2025, from: '2025-10-01', to: '2025-10-08' },
  ];
  const january = { from: '2025-01-25', to: '2025-02-05' };

  it('lie as far from its first day as these do', () => {
    expect(holidayRange(january, { holiday: 'spring_festival', year: 2024 }, holidays)).toEqual({
      from: '2024-02-07',
      to: '2024-02-18',
    });
    expect(
      holidayRange({ from: '2024-09-29', to: '2024-10-10' }, { holiday: 'national_day', year: 2025 }, holidays),
    ).toEqual({ from: '2025-09-29', to: '2025-10-10' });
  });

  it('are none if the range has no part of it, or the year is not known, or the same', () => {
    const october = { from: '2025-10-01', to: '2025-10-31' };
    expect(holidayRange(october, { holiday: 'spring_festival', year: 2024 }, holidays)).toBeNull();
    expect(holidayRange(january, { holiday: 'spring_festival', year: 2023 }, holidays)).toBeNull();
    expect(holidayRange(january, { holiday: 'spring_festival', year: 2025 }, holidays)).toBeNull();
    expect(comparisonOf(october, { holiday: 'spring_festival', year: 2024 }, holidays)).toBe('previous_period');
  });
});

describe('a grain that is chosen', () => {
  it('gives way to the finest after it that a range of this length can be drawn by', () => {
    expect(grainThatFits({ from: '2025-01-01', to: '2025-12-31' }, 'day')).toBe('day');
    expect(grainThatFits({ from: '2023-01-01', to: '2025-12-31' }, 'day')).toBe('week');
    expect(grainThatFits({ from: '2010-01-01', to: '2025-12-31' }, 'day')).toBe('month');
    expect(grainThatFits({ from: '2023-01-01', to: '2025-12-31' }, 'quarter')).toBe('quarter');
  });
});

describe('complete periods', () => {
  it.each([
    ['day', '2025-01-01', '2025-10-18'],
    ['week', '2025-01-06', '2025-10-12'],
    ['month', '2025-01-01', '2025-09-30'],
    ['quarter', '2025-01-01', '2025-09-30'],
  ] as const)('of a %s are %s to %s', (grain, from, to) => {
    expect(completePart({ from: '2024-11-07', to: '2025-12-31' }, grain, cut)).toEqual({ from, to });
  });

  it('are none in a range that is shorter than one', () => {
    expect(completePart({ from: '2025-10-01', to: '2025-10-31' }, 'month', cut)).toBeNull();
  });
});
