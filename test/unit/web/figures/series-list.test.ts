import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../../server/contract/catalog.ts';
import { seriesCumulative } from '../../../../web/figures/series/cumulative.ts';
import { exportQuery, firstGrowth, firstQuery, listQueries } from '../../../../web/figures/series/list.ts';
import { readConditions } from '../../../../web/filters/conditions.ts';
import { catalog, scopeOf } from './told.ts';

/** Views and shares are columns; cumulative views one on choice. */
const withColumns: Catalog = {
  ...catalog,
  measures: catalog.measures.map((one, at) => ({
    ...one,
    column: { place: at, hidden: one.id === 'cumulative_views' },
  })),
};
const scope = (address = {}) => scopeOf(seriesCumulative, address, 'en', withColumns);
const ACTIVE = { measure: 'views', op: 'gt', value: 0 };

describe('the list of series', () => {
  it('asks first for the first rows in its order, for the columns that are shown, and how many there are', () => {
    expect(firstQuery(scope(), [], { by: 'views', dir: 'desc' })).toMatchObject({
      measures: ['views', 'share_of_views', 'active_series'],
      sort: [{ by: 'views', dir: 'desc' }],
      limit: 100,
      totals: true,
      filters: [ACTIVE],
    });
    expect(firstQuery(scope(), [], { by: 'cumulative_views', dir: 'asc' })?.measures).toContain('cumulative_views');
    expect(firstGrowth(scope(), ['a']).filters).toEqual([ACTIVE, { dimension: 'series', op: 'in', values: ['a'] }]);
  });

  it('needs all rows for an order that is no measure’s', () => {
    expect(firstQuery(scope(), [], { by: 'title', dir: 'asc' })).toBeNull();
    expect(listQueries(scope()).list).toMatchObject({
      measures: ['views', 'cumulative_views', 'share_of_views'],
      filters: [ACTIVE],
    });
  });

  it('leaves out rows by conditions on columns that have no total', () => {
    const having = readConditions('share_of_views:gte:0.1', () => 'share_of_views');
    const condition = { measure: 'share_of_views', op: 'gte', value: 0.1 };
    expect(listQueries(scope(), having).list.filters).toEqual([ACTIVE, condition]);
    expect(firstQuery(scope(), having, { by: 'views', dir: 'desc' })?.filters).toEqual([ACTIVE, condition]);
  });

  it('is written to a file as it is shown', () => {
    const shown = ['title', 'views', 'growth'];
    const order = { by: 'title', dir: 'asc' as const };
    expect(exportQuery(scope(), { having: [], shown, order, series: ['a'] })).toMatchObject({
      measures: ['views'],
      compare: 'previous_period',
      filters: [ACTIVE, { dimension: 'series', op: 'in', values: ['a'] }],
      sort: [{ by: 'views', dir: 'asc' }],
    });
    const without = exportQuery(scope(), { having: [], shown: ['views'], order, series: null });
    expect(without).not.toHaveProperty('compare');
  });
});
