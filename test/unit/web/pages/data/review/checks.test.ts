import { describe, expect, it } from 'vitest';
import type { ImportOptions, Mapping, Upload } from '../../../../../../server/contract/imports.ts';
import { checksOf, neededFields } from '../../../../../../web/pages/data/review/checks.ts';
import { fittingOrders, readDate, shortDate } from '../../../../../../web/pages/data/review/options/dateExample.ts';

const column = (name: string, samples: string[]) => ({ name, type: 'VARCHAR', samples, proposed: null, reason: null });

function checks(
  samples: Record<string, string[]>,
  mapping: Mapping,
  options: ImportOptions = { platform: '抖音', views_are: 'increment' },
) {
  const columns = Object.entries(samples).map(([name, values]) => column(name, values));
  const upload: Pick<Upload, 'columns'> = { columns };
  return checksOf(upload, { kind: 'log', mapping, options });
}

describe('the checks of a mapping', () => {
  const good = { 日期: ['2025-10-01'], 剧名: ['老千', '归来'], 播放: ['1.2万'] };
  const mapping: Mapping = { time: '日期', title: '剧名', views: '播放' };

  it('find nothing in a good one', () => {
    expect(checks(good, mapping)).toEqual([]);
  });

  it('say what is missing as errors, before what is odd', () => {
    const found = checks({ ...good, 播放: ['很多'] }, { views: '播放' }, {});
    expect(found.map(({ level, key }) => `${level} ${key}`)).toEqual([
      'error need_series',
      'error need_time',
      'error need_views_are',
      'warning need_platform',
      'warning odd_number',
    ]);
    expect(found.at(-1)).toMatchObject({ column: '播放', sample: '很多' });
  });

  it('warn of a time that is none, of negative numbers, and of titles that are ids', () => {
    const odd = checks({ 日期: ['抖音'], 剧名: ['123', '456'], 播放: ['-5'] }, mapping);
    expect(odd.map(({ key }) => key)).toEqual(['odd_time', 'negative_number', 'numeric_title']);
  });

  it('warn of rounded counters, not of rounded increments, and take a blank sign for no value', () => {
    const rounded = { ...good, 播放: ['—', '1.9亿'] };
    expect(checks(rounded, mapping, { platform: 'x', views_are: 'cumulative' })).toMatchObject([
      { key: 'rounded_counter', sample: '1.9亿' },
    ]);
    expect(checks(rounded, mapping, { platform: 'x', views_are: 'increment' })).toEqual([]);
  });

  it('ask for the order of dates that fit several', () => {
    const dates = { ...good, 日期: ['03/04/2025', '05/06/2025'] };
    expect(checks(dates, mapping)).toMatchObject([{ key: 'date_order_needed', sample: '03/04/2025' }]);
    expect(checks(dates, mapping, { platform: 'x', date_order: 'dmy', views_are: 'increment' })).toEqual([]);
    expect(checks({ ...good, 日期: ['31/04/2025', '13/06/2025'] }, mapping)).toEqual([]);
  });

  it('name the fields of which one is enough', () => {
    expect(neededFields({ kind: 'log', mapping: {}, options: { views_are: 'event' } })).toEqual([
      ['time'],
      ['title', 'series_id'],
    ]);
    expect(neededFields({ kind: 'rates', mapping: {}, options: {} })).toEqual([['time'], ['currency'], ['rate']]);
  });
});

describe('how a short date would be read', () => {
  it('depends on the order, and may be no date', () => {
    expect((['dmy', 'mdy', 'ymd', 'ydm'] as const).map((order) => readDate('03/04/2025', order))).toEqual([
      '2025-04-03',
      '2025-03-04',
      null,
      null,
    ]);
    expect(readDate('17.14.11', 'ydm')).toBe('2017-11-14');
    expect(readDate('31/02/2025', 'dmy')).toBeNull();
  });

  it('is no question where the year comes first with four digits', () => {
    expect(shortDate(['2025-10-01', '2025/2/3'])).toBeNull();
    expect(shortDate(['2025-10-01', '3/2/2025'])).toBe('3/2/2025');
    expect(fittingOrders(['13/02/2025'])).toEqual(['dmy']);
  });
});
