import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../../web/filters/grammar.ts';
import {
  carried,
  comparedWith,
  filteredTo,
  leadOf,
  pageOf,
  seriesOf,
  without,
  withSubject,
} from '../../../../web/filters/leads.ts';
import { type Mark, markOf, markOfAll, periodSpan, within } from '../../../../web/filters/marks.ts';

const at = (address: string) => {
  const [path = '', search = ''] = address.split('?');
  return { path, params: parseSearch(search) };
};
const member = (
  dimension: 'series' | 'producer' | 'format' | 'primary_genre' | 'source' | 'episode',
  id: string,
): Mark => markOf(dimension, id, id) ?? { members: [] };
const comic = member('format', 'comic');
const [anyone] = member('producer', 'a').members;

describe('a click on a mark', () => {
  it.each([
    [
      'a series opens its page, with the filters that are set',
      member('series', 'MD1'),
      '/club?range=3m&format=comic&threshold=5',
      '/series/MD1?range=3m&format=comic',
    ],
    ['a part without a page filters the present one', comic, '/growth?by=format', '/growth?format=comic&by=format'],
    ['… and takes the place of another choice', comic, '/?format=ai,comic&producer=a', '/?format=comic&producer=a'],
    [
      'a cell opens the page of its first member, within the other',
      markOfAll(member('primary_genre', 'urban'), comic),
      '/genres',
      '/genres/urban?format=comic',
    ],
    [
      'a column filters by its time, too',
      within(comic, periodSpan('2025-09-01', 'month')),
      '/?range=6m',
      '/?from=2025-09-01&to=2025-09-30&format=comic',
    ],
    [
      'a series within a week opens its page in that week',
      within(member('series', 'MD1'), periodSpan('2025-09-01', 'week')),
      '/club',
      '/series/MD1?from=2025-09-01&to=2025-09-07',
    ],
    [
      'its own column narrows its own page',
      within(member('series', 'MD1'), periodSpan('2025-09-01', 'day')),
      '/series/MD1?lang=en',
      '/series/MD1?from=2025-09-01&to=2025-09-01&lang=en',
    ],
    [
      'a page without filters sends to the first',
      member('source', 'log'),
      '/data?from=2025-01-01&to=2025-02-01&lang=en',
      '/?source=log&lang=en',
    ],
    [
      'a name that an address must write otherwise stays itself',
      member('series', '100% ..\\/?#'),
      '/club',
      '/series/100%25%20..%5C%2F%3F%23',
    ],
    ['… and one that would be a step up', member('series', '..'), '/club', '/series/~..'],
    ['who is unknown has no page', member('series', '(unknown)'), '/club', '/club?series=(unknown)'],
    ['the language is kept', member('series', 'MD1'), '/club?lang=en', '/series/MD1?lang=en'],
  ])('%s', (_, mark, present, address) => {
    expect(mark === undefined ? undefined : leadOf(mark, at(present))).toBe(address);
  });

  it('leads nowhere on the page that it would open, and where nothing can be asked', () => {
    expect(leadOf(member('series', 'MD1'), at('/series/MD1?range=3m'))).toBeNull();
    expect(leadOf(member('series', '盛夏'), at('/series/%E7%9B%9B%E5%A4%8F'))).toBeNull();
    expect(leadOf(comic, at('/growth?format=comic&by=format'))).toBeNull();
    expect(leadOf(member('episode', '3'), at('/'))).toBeNull();
  });
});

describe('the menu of a mark', () => {
  it('filters the present page even if there is another to open', () => {
    expect(filteredTo(member('series', 'MD1'), at('/club?threshold=5'))).toBe('/club?series=MD1&threshold=5');
    expect(pageOf(comic, at('/'))).toBeNull();
  });

  it('opens a page without a filter that would leave it empty', () => {
    expect(pageOf(member('series', 'MD1'), at('/?series=MD2&format=ai'))).toBe('/series/MD1?format=ai');
  });

  it('excludes one more, or one less of those that are chosen', () => {
    if (anyone === undefined) throw new Error('no member');
    expect(without(anyone, at('/producers'))).toBe('/producers?producer=!a');
    expect(without(anyone, at('/producers?producer=!b'))).toBe('/producers?producer=!b,a');
    expect(without(anyone, at('/producers?producer=a,b'))).toBe('/producers?producer=b');
    expect(without(anyone, at('/producers?producer=a'))).toBe('/producers?producer=!a');
    expect(without(anyone, at('/producers?producer=!a'))).toBeNull();
  });

  it('compares with whom the page is about, or with those that are chosen', () => {
    if (anyone === undefined) throw new Error('no member');
    expect(comparedWith(anyone, at('/'))).toBe('/compare?producer=a');
    expect(comparedWith(anyone, at('/?producer=b,c&range=3m'))).toBe('/compare?range=3m&producer=b,c,a');
    const [series] = member('series', 'MD2').members;
    if (series === undefined) throw new Error('no member');
    expect(comparedWith(series, at('/series/MD1'))).toBe('/compare?series=MD1,MD2');
    expect(comparedWith({ ...anyone, dimension: 'format' }, at('/'))).toBeNull();
  });

  it('compares within the member whose page it is', () => {
    if (anyone === undefined) throw new Error('no member');
    expect(comparedWith(anyone, at('/genres/urban?producer=b'))).toBe(
      '/compare?primary_genre=urban&producer=b,a&by=producer',
    );
    expect(withSubject(at('/genres/urban?format=ai')).members).toEqual([
      { dimension: 'format', op: 'in', values: ['ai'] },
      { dimension: 'primary_genre', op: 'in', values: ['urban'] },
    ]);
  });

  it.each([
    ['/compare?producer=a,b&format=ai&lang=en&threshold=5', { format: 'ai', lang: 'en' }],
    ['/compare?producer=a,b&primary_genre=urban&range=3m', { primary_genre: 'urban', range: '3m' }],
    ['/compare?producer=a,b&primary_genre=urban,crime&by=primary_genre', { producer: 'a,b' }],
    ['/compare?producer=!a,b', { producer: '!a,b' }],
    ['/producers?producer=a,b', { producer: 'a,b' }],
  ])('whom %s compares is no filter of other pages', (address, along) => {
    expect(carried(at(address))).toEqual(along);
    const genre = pageOf(member('series', 'MD1'), at(address));
    expect(parseSearch(genre?.split('?')[1] ?? '').producer).toBe('producer' in along ? along.producer : undefined);
  });

  it('lists the series behind it', () => {
    expect(seriesOf(within(comic, periodSpan('2025-07-01', 'quarter')), at('/growth?by=format&producer=a'))).toBe(
      '/series?from=2025-07-01&to=2025-09-30&format=comic&producer=a',
    );
  });
});
