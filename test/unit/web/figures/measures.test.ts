import { expect, it } from 'vitest';
import { headlines } from '../../../../web/figures/overview/kpis.ts';
import { listMeasures } from '../../../../web/figures/series/list.ts';
import { catalog } from './told.ts';

const [views, cumulative, share] = catalog.measures;

it('tiles are the headline measures that the data has, columns those with a place, from left to right', () => {
  if (views === undefined || cumulative === undefined || share === undefined) throw new Error('no measures');
  const measures = [
    { ...views, headline: true, column: { place: 3, hidden: false } },
    { ...cumulative, headline: false, column: { place: 1, hidden: true } },
    { ...share, headline: true, column: { place: 2, hidden: false }, available: false },
  ];
  expect(headlines({ ...catalog, measures }).map(({ id }) => id)).toEqual(['views']);
  expect(listMeasures({ ...catalog, measures }).map(({ id }) => id)).toEqual(['cumulative_views', 'views']);
});
