import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundParams } from '../../../../server/contract/catalog.ts';
import { type Filter, querySchema } from '../../../../server/contract/query.ts';
import { foundMembers } from '../../../../server/metrics/analyses/found-members.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../fixture.ts';

describe('members of all dimensions, found as they are typed', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: [
        { id: 'one', title: '玄幻之家', producers: ['星河'], genres: ['fantasy', 'urban'], format: 'comic' },
        { id: 'two', title: '都市', producers: ['星河'], genres: ['fantasy'], format: 'live_action' },
        { id: 'old', title: '旧剧', producers: ['玄火'], genres: ['urban'], format: 'comic' },
      ],
      rows: [
        { series: 'one', day: '2025-10-01', views: 10 },
        { series: 'two', day: '2025-10-01', views: 30 },
        { series: 'old', day: '2025-09-01', views: 500 },
      ],
      labels: [
        { dimension: 'genre', id: 'fantasy', zh: '玄幻', en: 'Fantasy' },
        { dimension: 'genre', id: 'urban', zh: '都市', en: 'Urban' },
      ],
    });
  });
  afterAll(() => warehouse.close());

  const OCTOBER = { from: '2025-10-01', to: '2025-10-31' };
  const find = async (
    search: string,
    more: { filters?: Filter[]; dimension?: string | string[]; limit?: number } = {},
  ) => {
    const { filters = [], ...rest } = more;
    const asked = foundParams.parse({ search, ...OCTOBER, ...rest, filters: JSON.stringify(filters) });
    const { rows } = await withEngine(warehouse, (engine) => foundMembers(engine, asked));
    return rows.map(({ dimension, id, views, series }) => [dimension, id, views, series]);
  };

  test.each(['玄幻', 'Fantasy', 'xuanhuan', 'xh'])(
    '%s finds the genre and the series, with what they have there',
    async (typed) => {
      const found = await find(typed);
      expect(found).toContainEqual(['genre', 'fantasy', 40, 2]);
      expect(found).toContainEqual(['primary_genre', 'fantasy', 40, 2]);
      if (typed !== 'Fantasy') expect(found).toContainEqual(['series', 'one', 10, 1]);
    },
  );

  test('a series of several genres brings none that was not asked for', async () => {
    expect((await find('玄幻', { dimension: 'genre' })).map(([, id]) => id)).toEqual(['fantasy']);
  });

  test('what has no views in the range is found, after what has', async () => {
    expect(await find('xing', { dimension: 'producer' })).toEqual([['producer', '星河', 40, 2]]);
    expect(await find('玄火', { dimension: 'producer' })).toEqual([['producer', '玄火', 0, 0]]);
  });

  test('counts are within the filters, and nothing typed lists the most viewed', async () => {
    const filters: Filter[] = [{ dimension: 'format', op: 'in', values: ['comic'] }];
    expect(await find('', { dimension: 'genre', filters })).toEqual([
      ['genre', 'fantasy', 10, 1],
      ['genre', 'urban', 10, 1],
    ]);
    expect(await find('', { dimension: ['genre'], limit: 1 })).toEqual([['genre', 'fantasy', 40, 2]]);
  });

  test('the series that a page chose by their total stay those, whichever member is typed', async () => {
    const filters: Filter[] = [{ series_top: { measure: 'views', n: 1 } }];
    expect(await find('', { dimension: 'series', filters })).toEqual([['series', 'two', 30, 1]]);
    expect(await find('都市', { dimension: 'genre', filters })).toEqual([['genre', 'urban', 0, 0]]);
  });

  test('a name of this product’s own is contained in either language', async () => {
    const counted = (value: string) =>
      withEngine(warehouse, (engine) =>
        answerQuery(
          engine,
          querySchema.parse({ measures: ['views'], filters: [{ dimension: 'format', op: 'contains', value }] }),
        ),
      );
    for (const typed of ['漫', 'Comi']) expect((await counted(typed)).rows).toEqual([{ views: 510 }]);
  });
});
