import { describe, expect, it } from 'vitest';
import { genresTrend } from '../../../../web/figures/genres/trend.ts';
import { noRows, notCompared } from '../../../../web/figures/nothing.ts';
import { scopeOf } from './told.ts';

/** Data from 1 November 2024 to 31 October 2025. */
const at = (address: Record<string, string>, language: 'zh' | 'en' = 'en') => scopeOf(genresTrend, address, language);

describe('where there is nothing to compare with', () => {
  it.each(['all', '12m', 'year'])(
    '%s says what is missing, and one click brings a range that can be compared',
    (range) => {
      const missing = notCompared(at({ range }));
      expect(missing.nothing).toBe('No earlier period to compare with');
      expect(missing.remedy).toContain('reaches back before the first data (1 Nov 2024)');
      expect(missing.mend).toEqual({
        label: 'See May – Oct 2025 against Nov 2024 – Apr 2025',
        change: { range: '6m', from: undefined, to: undefined, compare: undefined },
      });
      const mended = at({ range: '6m' });
      expect(mended.compared).toEqual({ from: '2024-11-01', to: '2025-04-30' });
    },
  );

  it('offers the comparison that was taken away', () => {
    expect(notCompared(at({ compare: 'none' }, 'zh')).mend).toEqual({
      label: '与上一周期对比',
      change: { compare: undefined },
    });
  });
});

describe('where there are no rows', () => {
  it('the filters are cleared first, then the range is widened', () => {
    expect(noRows(at({ format: 'comic' })).mend?.change).toMatchObject({ format: undefined });
    expect(noRows(at({})).mend?.change).toMatchObject({ range: 'all' });
    expect(noRows(at({ range: 'all' })).mend).toBeUndefined();
  });
});
