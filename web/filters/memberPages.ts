import type { DimensionId } from '../../server/contract/query.ts';
import { type Params, parseFilters } from './grammar.ts';

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
/**
 * What the page that lays members side by side is about, by its address: a dimension of several members, else of any; null on
 * other pages.
 */
export function comparedOn(path: string, params: Params): DimensionId | null {
  if (path !== COMPARE_PAGE) return null;
  const named = parseFilters(params).members.filter(
    ({ dimension, op }) => op === 'in' && COMPARABLE.includes(dimension),
  );
  const asked = named.find(({ dimension }) => dimension === params.by);
  return (asked ?? named.find(({ values }) => values.length > 1) ?? named[0])?.dimension ?? null;
}

/** How many it takes. */
export const MOST_COMPARED = 6;
