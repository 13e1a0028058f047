import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Catalog } from '../../server/contract/catalog.ts';
import type { Endpoint } from '../../server/contract/endpoint.ts';
import { ANALYSES, type AnalysisAnswer, type AnalysisId, ENDPOINTS } from '../../server/contract/endpoints.ts';
import type { Answer, Compare, DimensionId, Filter, QueryInput } from '../../server/contract/query.ts';
import { useScope } from '../filters/scope.tsx';
import { answerTo, ask, type Given } from './client.ts';
import { fetchFirstRejects, fetchImports, fetchOutdatedImports } from './imports.ts';
import { ApiError, problemError } from './request.ts';

/**
 * A hook per endpoint, and one for all analyses. The filter bar's range, filters and language come from `useScope()`; what a caller
 * passes wins over them (its `filters` are added to the bar's). Keyed by endpoint and parameters; the answer of the
 * parameters before stays while the next one is fetched.
 */

/** Measures, dimensions and the dataset: kept until an import changes the data. */
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

/** What a query for these members' names is kept by, so that chips and charts' footers ask once. */
export const namedMembersQuery = (dimension: DimensionId, ids: readonly string[]) => ({
  queryKey: ['members', dimension, 'ids', ids],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(ENDPOINTS.members, { dimension, ids: [...ids] }, { signal }),
  enabled: ids.length > 0,
});

/** These members by their ids, with their names. */
export const useNamedMembers = (dimension: DimensionId, ids: readonly string[]) =>
  useQuery({ ...namedMembersQuery(dimension, ids), placeholderData: keepPreviousData });

interface HookOptions {
  enabled?: boolean;
}

/** What an analysis may be asked. */
export type AnalysisGiven<K extends AnalysisId> = Given<(typeof ANALYSES)[K]>;
export type AnalysisQuery<K extends AnalysisId> = UseQueryResult<AnalysisAnswer<K>>;

const ENDPOINT: {
  readonly [K in AnalysisId]: Pick<Endpoint, 'method' | 'path'> & {
    readonly params: z.ZodObject;
    readonly answer: z.ZodType<AnalysisAnswer<K>>;
  };
} = ANALYSES;

/** An analysis; one that compares takes the bar's comparison, unless the caller names one. */
export function useAnalysis<K extends AnalysisId>(
  id: K,
  given: AnalysisGiven<K>,
  { enabled = true }: HookOptions = {},
): AnalysisQuery<K> {
  const { range, filters, comparison, language } = useScope();
  const { filters: own = [], compare = comparison === 'none' ? undefined : comparison, ...rest }: Asked = given;
  const endpoint = ENDPOINT[id];
  const compared = 'compare' in endpoint.params.shape ? { compare } : {};
  const full = { ...range, lang: language, ...rest, ...compared, filters: [...filters, ...own] };
  return useQuery({
    queryKey: [id, full],
    queryFn: ({ signal }) => answerTo(endpoint, full, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** What analyses are asked alike. */
interface Asked {
  readonly filters?: readonly Filter[] | undefined;
  readonly compare?: Compare | 'none' | undefined;
}

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
    queryFn: ({ signal }) => ask(ENDPOINTS.query, { lang: language }, { body: full, signal }),
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

/** Which days each source states, over the whole log and all filters. */
export const useCoverage = () =>
  useQuery({ queryKey: ['coverage'], queryFn: ({ signal }) => ask(ENDPOINTS.coverage, {}, { signal }), retry: false });

/** Rows and bytes that the data take. */
export const useStorage = () =>
  useQuery({ queryKey: ['storage'], queryFn: ({ signal }) => ask(ENDPOINTS.storage, {}, { signal }) });

/** History of imports, newest first; asked again while one is under way. */
export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => fetchImports(signal),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.status === 'queued' || row.status === 'running') ? 2000 : false,
  });

/** Imports that today's rules would read differently. */
export const useOutdatedImports = () =>
  useQuery({ queryKey: ['imports', 'outdated'], queryFn: ({ signal }) => fetchOutdatedImports(signal) });

/** The first rejected rows of an import. */
export const useFirstRejects = (id: string) =>
  useQuery({ queryKey: ['rejects', id], queryFn: ({ signal }) => fetchFirstRejects(id, signal) });

/** Saved mappings, latest changed first. */
export const useProfiles = () =>
  useQuery({ queryKey: ['profiles'], queryFn: ({ signal }) => ask(ENDPOINTS.profiles, {}, { signal }) });

/** The answer if there is one, else undefined: for parts of a batch that may have failed. */
export const answered = (result: Answer | ApiError | undefined): Answer | undefined =>
  result instanceof ApiError ? undefined : result;
