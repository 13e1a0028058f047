import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../../server/contract/catalog.ts';
import { DEFAULT_FILTERS, type TimeChoice } from '../../../../web/filters/grammar.ts';
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
