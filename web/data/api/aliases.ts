import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AliasDimension, AliasRequest, Dismissal, Suggestions } from '../../../server/contract/aliases.ts';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import { ask, tell } from './client.ts';

const SUGGESTED = 'aliases/suggestions';
const PREVIEW = 'aliases/preview';
/** More than anybody reads in one go; the likeliest come first. */
const SUGGESTIONS = 200;

export const useAliases = () =>
  useQuery({
    queryKey: ['aliases'],
    queryFn: ({ signal }) => ask(ENDPOINTS.aliases, { undone: 'true' }, { signal }),
  });

/** Pairs of a dimension that may be one, the likeliest first. Takes a second where there are thousands of names. */
export const useSuggestions = (dimension: AliasDimension) =>
  useQuery({
    queryKey: [SUGGESTED, dimension],
    queryFn: ({ signal }) => ask(ENDPOINTS.suggestions, { dimension, limit: SUGGESTIONS }, { signal }),
  });

/** What a merge would change; asked again each time, as the data may have changed. It waits for a running import. */
export const useAliasPreview = (asked: AliasRequest) =>
  useQuery({
    queryKey: [PREVIEW, asked],
    queryFn: ({ signal }) => ask(ENDPOINTS.previewAlias, {}, { body: asked, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const mergeAliases = (asked: AliasRequest) => ask(ENDPOINTS.merge, {}, { body: asked });

export const undoAlias = (id: string) => ask(ENDPOINTS.undoAlias, { alias_id: id });

/** Two names are not one: not suggested again. @throws {ApiError} */
export const dismissPair = (pair: Dismissal) => tell(ENDPOINTS.dismiss, {}, { body: pair });

/** What to do with answers that are kept, after names were merged, undone or dismissed. */
export function useAliasChanges() {
  const client = useQueryClient();
  return useMemo(
    () => ({
      /** Every number may be another. A preview on screen is not asked again: it is about to go. */
      everything: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== PREVIEW }),
      /** Takes suggestions away at once; the server's own list follows. */
      suggested: (dimension: AliasDimension, change: (kept: Suggestions) => Suggestions) =>
        changeSuggested(client, dimension, change),
    }),
    [client],
  );
}

function changeSuggested(client: QueryClient, dimension: AliasDimension, change: (kept: Suggestions) => Suggestions) {
  client.setQueryData<Suggestions>([SUGGESTED, dimension], (kept) => (kept === undefined ? kept : change(kept)));
}
