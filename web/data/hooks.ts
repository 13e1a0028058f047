import {
  keepPreviousData,
  type QueryFunction,
  type QueryKey,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';
import type { Catalog } from '../../server/contract/catalog.ts';
import { type AnalysisAnswer, type AnalysisId, ENDPOINTS } from '../../server/contract/endpoints.ts';
import type { Answer, DimensionId, QueryInput } from '../../server/contract/query.ts';
import { type AnalysisGiven, analysis, type Call, scopedQuery } from '../figures/calls.ts';
import { answerTo, ask } from './api/client.ts';
import { fetchFirstRejects, fetchImports, fetchOutdatedImports } from './api/imports.ts';
import { ApiError, problemError } from './api/request.ts';
import { useScope } from './scope.tsx';

/** A hook per endpoint, asked within `useScope()`; the answer of the parameters before stays while the next one is fetched. */

export const catalogQuery = {
  queryKey: ['catalog'],
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Catalog> => ask(ENDPOINTS.catalog, {}, { signal }),
  staleTime: 60_000,
};
export const useCatalog = () => useQuery(catalogQuery);

/** Members of a dimension by a part of their name, most viewed first; for type-ahead. */
export function useMembers(dimension: DimensionId, search = '', limit = 50, enabled = true) {
  return useQuery({
    queryKey: ['members', dimension, search, limit],
    queryFn: ({ signal }) =>
      ask(ENDPOINTS.members, { dimension, search: search === '' ? undefined : search, limit }, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

interface HookOptions {
  enabled?: boolean;
}

export type AnalysisQuery<K extends AnalysisId> = UseQueryResult<AnalysisAnswer<K>>;

/** What a call's answer is kept by. */
export const callQuery = <A>(call: Call<A>): { queryKey: QueryKey; queryFn: QueryFunction<A> } => ({
  queryKey: [call.name, call.given, call.body],
  queryFn: ({ signal }) => answerTo(call.endpoint, call.given, { body: call.body, signal }),
});

export function useCall<A>(call: Call<A>, { enabled = true }: HookOptions = {}): UseQueryResult<A> {
  return useQuery({ ...callQuery(call), placeholderData: keepPreviousData, enabled });
}

export const useAnalysis = <K extends AnalysisId>(
  id: K,
  given: AnalysisGiven<K>,
  options: HookOptions = {},
): AnalysisQuery<K> => useCall(analysis(useScope(), id, given), options);

export type BatchAnswers<K extends string> = Record<K, Answer | ApiError>;

/** `POST /query/batch` within the scope: all of a page's queries at once, each answered or failed for itself. */
export function useQueryBatch<K extends string>(
  queries: Record<K, QueryInput>,
  { enabled = true }: HookOptions = {},
): UseQueryResult<BatchAnswers<K>> {
  const scope = useScope();
  const { language } = scope;
  const names = Object.keys(queries).filter((name): name is K => name in queries);
  const full = Object.fromEntries(names.map((name) => [name, scopedQuery(scope, queries[name])]));
  return useQuery({
    queryKey: ['query/batch', full, language],
    queryFn: async ({ signal }) => {
      const body = { queries: full };
      const { results } = await ask(ENDPOINTS.queryBatch, { lang: language }, { body, signal });
      const answerTo = (name: K): Answer | ApiError => {
        const result = results[name];
        if (result === undefined) return new ApiError('unexpected_answer', name);
        return 'rows' in result ? result : problemError(result);
      };
      return Object.assign({}, ...names.map((name) => ({ [name]: answerTo(name) }))) as BatchAnswers<K>;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

export const useStorage = () =>
  useQuery({ queryKey: ['storage'], queryFn: ({ signal }) => ask(ENDPOINTS.storage, {}, { signal }) });

export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => fetchImports(signal),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.status === 'queued' || row.status === 'running') ? 2000 : false,
  });

export const useOutdatedImports = () =>
  useQuery({ queryKey: ['imports', 'outdated'], queryFn: ({ signal }) => fetchOutdatedImports(signal) });

export const useFirstRejects = (id: string) =>
  useQuery({ queryKey: ['rejects', id], queryFn: ({ signal }) => fetchFirstRejects(id, signal) });

export const useProfiles = () =>
  useQuery({ queryKey: ['profiles'], queryFn: ({ signal }) => ask(ENDPOINTS.profiles, {}, { signal }) });

/** The answer if there is one, else undefined: for parts of a batch that may have failed. */
export const answered = (result: Answer | ApiError | undefined): Answer | undefined =>
  result instanceof ApiError ? undefined : result;
