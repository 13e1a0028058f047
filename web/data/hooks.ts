import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Catalog } from '../../server/contract/catalog.ts';
import type { Answer, DimensionId, QueryInput } from '../../server/contract/query.ts';
import { useScope } from '../filters/scope.tsx';
import * as api from './endpoints.ts';
import { fetchProfiles } from './imports.ts';
import { ApiError, problemError } from './request.ts';

/**
 * One hook per endpoint, named like it. The filter bar's range, filters and language come from `useScope()`; what a caller
 * passes wins over them (its `filters` are added to the bar's). Keyed by endpoint and parameters; the answer of the
 * parameters before stays while the next one is fetched.
 */

/** Measures, dimensions and the dataset: kept until an import changes the data. */
export const catalogQuery = {
  queryKey: ['catalog'],
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Catalog> => api.fetchCatalog(signal),
  staleTime: 60_000,
};
export const useCatalog = () => useQuery(catalogQuery);

/** Members of a dimension by a part of their name, most viewed first; for type-ahead. */
export function useMembers(dimension: DimensionId, search = '', limit = 50, enabled = true) {
  return useQuery({
    queryKey: ['members', dimension, search, limit],
    queryFn: ({ signal }) => api.fetchMembers(dimension, search, limit, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** What a query for these members' names is kept by, so that chips and charts' footers ask once. */
export const namedMembersQuery = (dimension: DimensionId, ids: readonly string[]) => ({
  queryKey: ['members', dimension, 'ids', ids],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.fetchNamedMembers(dimension, ids, signal),
  enabled: ids.length > 0,
});

/** These members by their ids, with their names. */
export const useNamedMembers = (dimension: DimensionId, ids: readonly string[]) =>
  useQuery({ ...namedMembersQuery(dimension, ids), placeholderData: keepPreviousData });

interface HookOptions {
  enabled?: boolean;
}

function useAnalysis<P extends api.ScopeParams, T>(
  endpoint: string,
  fetcher: (params: P & api.ScopeParams, signal: AbortSignal) => Promise<T>,
  params: P,
  { enabled = true }: HookOptions,
): UseQueryResult<T> {
  const { range, filters, language } = useScope();
  const full = { ...range, lang: language, ...params, filters: [...filters, ...(params.filters ?? [])] };
  return useQuery({
    queryKey: [endpoint, full],
    queryFn: ({ signal }) => fetcher(full, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** With the bar's comparison, unless the caller names one. */
function useCompared<P extends api.MoversParams | api.GenresParams | api.ProducersParams>(params: P): P {
  const { comparison } = useScope();
  return { ...params, compare: params.compare ?? (comparison === 'none' ? undefined : comparison) };
}

export const useClub = (params: api.ClubParams = {}, options: HookOptions = {}) =>
  useAnalysis('club', api.fetchClub, params, options);
export const useMilestones = (params: api.MilestonesParams = {}, options: HookOptions = {}) =>
  useAnalysis('milestones', api.fetchMilestones, params, options);
export const useGrowth = (params: api.GrowthParams = {}, options: HookOptions = {}) =>
  useAnalysis('growth', api.fetchGrowth, params, options);
export const useDecomposition = (params: api.DecompositionParams = {}, options: HookOptions = {}) =>
  useAnalysis('growth/decomposition', api.fetchDecomposition, params, options);
export const useMovers = (params: api.MoversParams = {}, options: HookOptions = {}) =>
  useAnalysis('growth/movers', api.fetchMovers, useCompared(params), options);
export const useGenres = (params: api.GenresParams = {}, options: HookOptions = {}) =>
  useAnalysis('genres', api.fetchGenres, useCompared(params), options);
export const useProducers = (params: api.ProducersParams = {}, options: HookOptions = {}) =>
  useAnalysis('producers', api.fetchProducers, useCompared(params), options);
export const useSeries = (id: string, params: api.ScopeParams = {}, options: HookOptions = {}) =>
  useAnalysis(`series/${id}`, (full, signal) => api.fetchSeries(id, full, signal), params, options);

/** The filter bar's range and filters put around a query; what the query says itself wins. */
export function useScopedQuery(): (query: QueryInput) => QueryInput {
  const { range, filters } = useScope();
  return (query) => ({
    ...query,
    time: { ...range, ...query.time },
    filters: [...filters, ...(query.filters ?? [])],
  });
}

/** `POST /query` within the filter bar's scope. */
export function useQueryAnswer(query: QueryInput, { enabled = true }: HookOptions = {}): UseQueryResult<Answer> {
  const { language } = useScope();
  const full = useScopedQuery()(query);
  return useQuery({
    queryKey: ['query', full, language],
    queryFn: ({ signal }) => api.fetchQuery(full, language, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export type BatchAnswers<K extends string> = Record<K, Answer | ApiError>;

/** `POST /query/batch` within the scope: all of a page's queries at once, each answered or failed for itself. */
export function useQueryBatch<K extends string>(
  queries: Record<K, QueryInput>,
  { enabled = true }: HookOptions = {},
): UseQueryResult<BatchAnswers<K>> {
  const { language } = useScope();
  const scoped = useScopedQuery();
  const names = Object.keys(queries).filter((name): name is K => name in queries);
  const full = Object.fromEntries(names.map((name) => [name, scoped(queries[name])]));
  return useQuery({
    queryKey: ['query/batch', full, language],
    queryFn: async ({ signal }) => {
      const results = await api.fetchQueryBatch(full, language, signal);
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

/** Which days each source states, over the whole log and all filters. */
export const useCoverage = () =>
  useQuery({ queryKey: ['coverage'], queryFn: ({ signal }) => api.fetchCoverage(signal), retry: false });

/** Rows and bytes that the data take. */
export const useStorage = () => useQuery({ queryKey: ['storage'], queryFn: ({ signal }) => api.fetchStorage(signal) });

/** History of imports, newest first; asked again while one is under way. */
export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => api.fetchImports(signal),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.status === 'queued' || row.status === 'running') ? 2000 : false,
  });

/** Imports that today's rules would read differently. */
export const useOutdatedImports = () =>
  useQuery({ queryKey: ['imports', 'outdated'], queryFn: ({ signal }) => api.fetchOutdatedImports(signal) });

/** The first rejected rows of an import. */
export const useFirstRejects = (id: string) =>
  useQuery({ queryKey: ['rejects', id], queryFn: ({ signal }) => api.fetchFirstRejects(id, signal) });

/** Saved mappings, latest changed first. */
export const useProfiles = () => useQuery({ queryKey: ['profiles'], queryFn: ({ signal }) => fetchProfiles(signal) });

/** The answer if there is one, else undefined: for parts of a batch that may have failed. */
export const answered = (result: Answer | ApiError | undefined): Answer | undefined =>
  result instanceof ApiError ? undefined : result;
