import type { DimensionId } from '../../server/contract/query.ts';

/** Dimensions whose members have a page of their own, and what stands before the id in its path. */
export const MEMBER_PAGES: Readonly<Partial<Record<DimensionId, string>>> = {
  series: '/series/',
  producer: '/producers/',
  primary_genre: '/genres/',
};

/** The page that lays members side by side. */
export const COMPARE_PAGE = '/compare';
/** What it takes: `?producer=a,b`. */
export const COMPARABLE: readonly DimensionId[] = ['series', 'producer', 'primary_genre'];
/** How many it takes. */
export const MOST_COMPARED = 6;
