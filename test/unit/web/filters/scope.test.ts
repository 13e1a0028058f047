import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../../server/contract/catalog.ts';
import { DEFAULT_FILTERS, parseFilters, parseSearch, type TimeChoice } from '../../../../web/filters/grammar.ts';
import { resolveScope } from '../../../../web/filters/scope.ts';

/** Data from 10 August to 31 October. */
const dataset: Catalog['dataset'] = {
  version: '1',
  from: '2025-08-10',
  to: '2025-10-31',
  as_of: '2025-10-31',
  rows: 1,
  series: 1,
  producers: 1,
  time_zone: 'Asia/Shanghai',
  currency: null,
  currencies: [],
  rates: null,
  sources: [],
  synthetic: false,
};
const of = (time: TimeChoice | null) =>
  resolveScope({ ...DEFAULT_FILTERS, time }, { measures: [], dimensions: [], dataset }, 'en');

describe('what a range is compared with', () => {
  it('is the period before, where the data hold it whole', () => {
    expect(of(null)).toMatchObject({
      comparison: 'previous_period',
      compared: { from: '2025-09-01', to: '2025-09-30' },
      uncomparable: null,
    });
  });

  it.each([
    ['all data', { kind: 'preset', preset: 'all' }, { from: '2025-05-19', to: '2025-08-09' }],
    [
      'a range whose earlier one begins too early',
      { kind: 'dates', from: '2025-09-01', to: '2025-09-30' },
      { from: '2025-08-01', to: '2025-08-31' },
    ],
  ] as const)('is nothing for %s: it is said which range the data lack', (_name, time, uncomparable) => {
    expect(of(time)).toMatchObject({ comparison: 'none', compared: null, uncomparable });
  });
});

describe('what was chosen of time', () => {
  const catalog: Catalog = {
    measures: [],
    dimensions: [],
    dataset: { ...dataset, from: '2024-01-01', to: '2025-10-18', as_of: '2025-10-18' },
    holidays: [
      {
        id: 'national_day',
        year: 2024,
        label: { zh: '国庆', en: 'National Day' },
        from: '2024-10-01',
        to: '2024-10-07',
      },
      {
        id: 'national_day',
        year: 2025,
        label: { zh: '国庆', en: 'National Day' },
        from: '2025-10-01',
        to: '2025-10-08',
      },
    ],
  };
  const scope = (address: string) => resolveScope(parseFilters(parseSearch(address)), catalog, 'en');

  it('a holiday is asked of the API by its dates', () => {
    expect(scope('?from=2025-09-28&to=2025-10-10&compare=national_day:2024')).toMatchObject({
      comparison: { from: '2024-09-28', to: '2024-10-10' },
      compared: { from: '2024-09-28', to: '2024-10-10' },
    });
    expect(scope('?from=2025-08-01&to=2025-08-10&compare=national_day:2024')).toMatchObject({
      comparison: 'previous_period',
    });
  });

  it('a range of one’s own is compared if the data hold it', () => {
    expect(scope('?compare=2024-03-01..2024-03-31')).toMatchObject({
      comparison: { from: '2024-03-01', to: '2024-03-31' },
      uncomparable: null,
    });
    expect(scope('?compare=2023-03-01..2023-03-31')).toMatchObject({
      comparison: 'none',
      uncomparable: { from: '2023-03-01', to: '2023-03-31' },
    });
  });

  it('complete periods end where the last one does, of the grain that is drawn', () => {
    expect(scope('?range=year&complete=1')).toMatchObject({
      range: { from: '2025-01-01', to: '2025-09-30' },
      incomplete: false,
    });
    expect(scope('?range=year&complete=1&grain=week')?.range).toEqual({ from: '2025-01-06', to: '2025-10-12' });
    expect(scope('?range=this_month&complete=1&grain=month')).toMatchObject({
      range: { from: '2025-10-01', to: '2025-10-18' },
      incomplete: true,
    });
  });

  it('a grain fits by the days that the data hold, however long the range is', () => {
    expect(scope('?from=2010-01-01&to=2025-10-18&grain=day')?.grain).toBe('week');
    expect(scope('?from=2024-12-01&to=2035-10-18&grain=day')?.grain).toBe('day');
  });

  it('a text that names have is a filter of the API', () => {
    expect(scope('?series=*总裁&genre=!*恋')?.filters).toEqual([
      { dimension: 'genre', op: 'not_contains', value: '恋' },
      { dimension: 'series', op: 'contains', value: '总裁' },
    ]);
  });
});
