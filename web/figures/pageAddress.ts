import { segmentOf } from '../../server/contract/segments.ts';
import { formatSearch, type Params } from '../filters/grammar.ts';
import { MEMBER_PAGES } from '../filters/memberPages.ts';
import { pageOf } from './fixed.ts';

/** Pages whose path is not their name. */
const PATHS: Readonly<Record<string, string>> = { overview: '/', data: '/data/coverage' };
/** Pages of one member: its id stands in their path. */
const MEMBER: Readonly<Record<string, string | undefined>> = {
  series: MEMBER_PAGES.series,
  producer: MEMBER_PAGES.producer,
  genre: MEMBER_PAGES.primary_genre,
};

/** The path and parameters of the dashboard's page that shows a figure. Pure. */
export function pageAddress(figure: string, { id, ...params }: Params): string {
  const page = pageOf(figure);
  const before = MEMBER[page];
  if (before === undefined)
    return `${PATHS[page] ?? `/${page}`}${formatSearch(id === undefined ? params : { ...params, id })}`;
  const path = id === undefined ? before.slice(0, -1) : `${before}${encodeURIComponent(segmentOf(id))}`;
  return `${path}${formatSearch(params)}`;
}
