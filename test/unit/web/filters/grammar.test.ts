import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_FILTERS,
  FILTER_DIMENSIONS,
  type FilterState,
  formatFilters,
  formatSearch,
  parseFilters,
  parseSearch,
} from '../../../../web/filters/grammar.ts';
import { addDays, CHOSEN_GRAINS, COMPARISONS, HOLIDAYS, PRESETS } from '../../../../web/filters/ranges.ts';

const throughAddress = (state: FilterState) => parseFilters(parseSearch(formatSearch(formatFilters(state))));

const dates = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 900 })).map(([start, length]) => {
  const from = addDays('2015-01-01', start);
  return { kind: 'dates' as const, from, to: addDays(from, length) };
});
const presets = fc.constantFrom(...PRESETS).map((preset) => ({ kind: 'preset' as const, preset }));
const values = fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 6 });
const texts = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const compares = fc.oneof(
  fc.constantFrom(...COMPARISONS),
  dates.map(({ from, to }) => ({ from, to })),
  fc.record({ holiday: fc.constantFrom(...HOLIDAYS), year: fc.integer({ min: 1900, max: 2999 }) }),
);
const choices: fc.Arbitrary<FilterState> = fc.record({
  time: fc.oneof(fc.constant(null), presets, dates),
  compare: compares,
  members: fc.subarray([...FILTER_DIMENSIONS]).chain((dimensions) =>
    fc.tuple(
      ...dimensions.map((dimension) =>
        fc.oneof(
          fc.record({
            dimension: fc.constant(dimension),
            op: fc.constantFrom('in' as const, 'not_in' as const),
            values,
          }),
          fc.record({
            dimension: fc.constant(dimension),
            op: fc.constantFrom('contains' as const, 'not_contains' as const),
            values: texts.map((text) => [text]),
          }),
        ),
      ),
    ),
  ),
});

const states: fc.Arbitrary<FilterState> = fc
  .tuple(choices, fc.option(fc.constantFrom(...CHOSEN_GRAINS)), fc.boolean())
  .map(([state, grain, complete]) => ({
    ...state,
    ...(grain === null ? {} : { grain }),
    ...(complete ? { complete } : {}),
  }));

describe('conditions on measures', () => {
  const trip = (address: string) => formatSearch(formatFilters(parseFilters(parseSearch(address))));

  it('stand in the address as they are written in the documentation', () => {
    const address = '?where=views:gte:100000000,likes:between:1000:5000,completions:top:100';
    expect(parseFilters(parseSearch(address)).where).toEqual([
      { measure: 'views', op: 'gte', values: [1e8] },
      { measure: 'likes', op: 'between', values: [1000, 5000] },
      { measure: 'completions', op: 'top', values: [100] },
    ]);
    expect(trip(address)).toBe(address);
  });

  it.each([
    'views',
    'views:gte',
    'views:gte:many',
    'views:about:5',
    'views:top:0',
    'views:top:1.5',
    'views:between:5:1',
    'views:gte:1:2',
    'views:gte:1e999',
    'heat:gte:5',
    '__proto__:gte:5',
    // No series has a total of a rate.
    'completion_rate:gte:0.4',
  ])('%s is as if it were not there', (where) => {
    expect(parseFilters({ where })).toEqual(DEFAULT_FILTERS);
  });

  it('are one a measure: the last', () => {
    expect(parseFilters({ where: 'views:top:5,likes:top:3,views:gte:1' }).where).toEqual([
      { measure: 'views', op: 'gte', values: [1] },
      { measure: 'likes', op: 'top', values: [3] },
    ]);
  });
});

describe('the grammar of an address', () => {
  it('gives every state back after a trip through the address, whatever the members are called', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(throughAddress(state)).toEqual(state);
      }),
    );
  });

  it('gives a state back for any address, never an error, and writes it the same from then on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = formatSearch(formatFilters(parseFilters(parseSearch(text))));
        expect(formatSearch(formatFilters(parseFilters(parseSearch(once))))).toBe(once);
      }),
    );
  });

  it('reads the example of the documentation, and writes it back letter by letter', () => {
    const address = '?from=2025-07-01&to=2025-10-31&compare=previous_year&format=comic&genre=fantasy,xianxia';
    expect(parseFilters(parseSearch(address))).toEqual({
      time: { kind: 'dates', from: '2025-07-01', to: '2025-10-31' },
      compare: 'previous_year',
      members: [
        { dimension: 'format', op: 'in', values: ['comic'] },
        { dimension: 'genre', op: 'in', values: ['fantasy', 'xianxia'] },
      ],
    });
    expect(formatSearch(formatFilters(parseFilters(parseSearch(address))))).toBe(address);
  });

  it.each([
    '?range=90d&compare=spring_festival:2024&grain=week&complete=1',
    '?range=release&compare=2024-10-01..2024-10-08&series=*总裁',
    // As addresses were written before.
    '?range=30d&compare=none&format=!ai',
  ])('writes %s back letter by letter', (address) => {
    expect(decodeURIComponent(formatSearch(formatFilters(parseFilters(parseSearch(address)))))).toBe(address);
  });

  it('writes nothing for the default state', () => {
    expect(formatSearch(formatFilters(DEFAULT_FILTERS))).toBe('');
  });

  it.each([
    ['a day that is none', '?from=2025-02-30&to=2025-03-31'],
    ['an end before the start', '?from=2025-10-31&to=2025-10-01'],
    ['one end only', '?from=2025-10-01'],
    ['a preset nobody knows', '?range=fortnight'],
    ['a comparison nobody knows', '?compare=mars'],
    ['a compared range that ends before it starts', '?compare=2025-02-01..2025-01-01'],
    ['a compared range of no days', '?compare=2025-02-01..'],
    ['a holiday nobody moves for', '?compare=labour_day:2024'],
    ['a holiday of no year', '?compare=spring_festival:now'],
    ['a grain nobody can choose', '?grain=hour'],
    ['complete periods that are not asked for', '?complete=yes'],
    ['a filter without members', '?genre=,,&format=!'],
    ['broken escapes', '?%E0%A4%A=%'],
  ])('takes %s as if it were not there', (_, address) => {
    expect(parseFilters(parseSearch(address))).toEqual(DEFAULT_FILTERS);
  });

  it('reads "*" as a text that names have', () => {
    expect(parseFilters(parseSearch('?series=*总裁&genre=!*恋,爱&producer=~3星')).members).toEqual([
      { dimension: 'genre', op: 'not_contains', values: ['恋,爱'] },
      { dimension: 'producer', op: 'in', values: ['*星'] },
      { dimension: 'series', op: 'contains', values: ['总裁'] },
    ]);
    expect(parseFilters(parseSearch('?series=*&genre=!* ')).members).toEqual([]);
  });

  it('reads "!" as all but these, and lets dates win over a preset', () => {
    expect(parseFilters(parseSearch('?range=all&from=2025-10-01&to=2025-10-02&platform=!douyin,kuaishou'))).toEqual({
      time: { kind: 'dates', from: '2025-10-01', to: '2025-10-02' },
      compare: 'previous_period',
      members: [{ dimension: 'platform', op: 'not_in', values: ['douyin', 'kuaishou'] }],
    });
  });
});
