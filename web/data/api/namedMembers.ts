import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import type { DimensionId } from '../../../server/contract/query.ts';
import { ask } from './client.ts';

/** What a query for these members' names is kept by, so that chips and charts' footers ask once. */
export const namedMembersQuery = (dimension: DimensionId, ids: readonly string[]) => ({
  queryKey: ['members', dimension, 'ids', ids],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(ENDPOINTS.members, { dimension, ids: [...ids] }, { signal }),
  enabled: ids.length > 0,
});

export const useNamedMembers = (dimension: DimensionId, ids: readonly string[]) =>
  useQuery({ ...namedMembersQuery(dimension, ids), placeholderData: keepPreviousData });
