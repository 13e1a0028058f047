import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Found } from '../../server/contract/catalog.ts';
import { ENDPOINTS } from '../../server/contract/endpoints.ts';
import type { DimensionId } from '../../server/contract/query.ts';
import { ask } from './api/client.ts';
import { useScope } from './scope.tsx';

export type FoundMember = Found['rows'][number];

/**
 * Members by a part of their name, with what they have in the page's range within its other filters.
 * @param dimension null: of all dimensions, once something is typed
 */
export function useFoundMembers(dimension: DimensionId | null, search: string, limit: number) {
  const { range, filters } = useScope();
  const given = {
    ...range,
    ...(search === '' ? {} : { search }),
    ...(dimension === null ? {} : { dimension: [dimension] }),
    filters: filters.filter((filter) => !('dimension' in filter && filter.dimension === dimension)),
    limit,
  };
  return useQuery({
    queryKey: ['members', 'found', given],
    queryFn: ({ signal }) => ask(ENDPOINTS.foundMembers, given, { signal }),
    placeholderData: keepPreviousData,
    enabled: dimension !== null || search !== '',
  });
}

/** Letters that no name has: the server spells all names at the first search of new data, and does so while one types. */
const UNHEARD = 'zzzzzz';

export const useSpelledNames = (): void => {
  const { version } = useScope().catalog.dataset;
  useQuery({
    queryKey: ['members', 'spelled', version],
    queryFn: ({ signal }) => ask(ENDPOINTS.foundMembers, { search: UNHEARD, limit: 1 }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
};
