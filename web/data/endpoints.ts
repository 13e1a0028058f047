import { z } from 'zod';
import {
  clubAnswer,
  decompositionAnswer,
  genresAnswer,
  growthAnswer,
  milestonesAnswer,
  moversAnswer,
  producersAnswer,
  seriesAnswer,
} from '../../server/contract/analyses.ts';
import { catalogSchema, membersSchema } from '../../server/contract/catalog.ts';
import { coverageAnswer, storageSchema } from '../../server/contract/coverage.ts';
import { importSchema, importsSchema, rejectedRowsSchema } from '../../server/contract/imports.ts';
import { outdatedImportsSchema } from '../../server/contract/outdated.ts';
import { type Problem, problemSchema } from '../../server/contract/problem.ts';
import {
  type Answer,
  answerSchema,
  type Compare,
  type DimensionFilter,
  type DimensionId,
  type Grain,
  type MeasureId,
  type QueryInput,
} from '../../server/contract/query.ts';
import { segmentOf } from '../../server/contract/segments.ts';
import type { Language } from '../i18n/i18n.ts';
import { type ParamValue, type RequestParams, request } from './request.ts';

/** One function per endpoint, named like it; the hooks of hooks.ts have the same names. */

/** What every analysis takes. */
export interface ScopeParams {
  from?: string | undefined;
  to?: string | undefined;
  filters?: DimensionFilter[] | undefined;
  lang?: Language | undefined;
}
export interface ClubParams extends ScopeParams {
  threshold?: number | undefined;
  measure?: 'views' | 'valid_views' | undefined;
}
export interface MilestonesParams extends ScopeParams {
  series?: string[] | undefined;
  top?: number | undefined;
  thresholds?: number[] | undefined;
  measure?: 'views' | 'valid_views' | 'heat' | undefined;
}
export interface GrowthParams extends ScopeParams {
  by?: DimensionId | undefined;
  measure?: MeasureId | undefined;
  currency?: string | undefined;
  grain?: Exclude<Grain, 'hour'> | undefined;
  base?: string | undefined;
  limit?: number | undefined;
}
export interface DecompositionParams extends ScopeParams {
  base_from?: string | undefined;
  base_to?: string | undefined;
  by?: DimensionId | undefined;
  limit?: number | undefined;
}
export interface MoversParams extends ScopeParams {
  by?: DimensionId | undefined;
  measure?: MeasureId | undefined;
  currency?: string | undefined;
  compare?: Compare | undefined;
  limit?: number | undefined;
}
export interface GenresParams extends ScopeParams {
  by?: 'primary_genre' | 'format' | undefined;
  compare?: Compare | undefined;
}
export interface ProducersParams extends ScopeParams {
  threshold?: number | undefined;
  hit_threshold?: number | undefined;
  days?: number | undefined;
  compare?: Compare | undefined;
  limit?: number | undefined;
}

/** Parameters as the query string wants them: filters and a compared range as JSON, thresholds by commas. */
function written(params: object): RequestParams {
  const given: [string, unknown][] = Object.entries(params);
  const out: RequestParams = {};
  for (const [name, value] of given) {
    if (name === 'filters') out[name] = Array.isArray(value) && value.length > 0 ? JSON.stringify(value) : undefined;
    else if (name === 'thresholds' && Array.isArray(value)) out[name] = value.join(',');
    else if (isParam(value)) out[name] = value;
    else out[name] = JSON.stringify(value);
  }
  return out;
}

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function isParam(value: unknown): value is ParamValue {
  if (value === undefined || value === null || typeof value === 'boolean' || isPlain(value)) return true;
  return Array.isArray(value) && value.every(isPlain);
}

const get = <T>(schema: z.ZodType<T>, path: string, params: object, signal?: AbortSignal) =>
  request(schema, path, { params: written(params), signal });

export const fetchCatalog = (signal?: AbortSignal) => request(catalogSchema, 'catalog', { signal });

export const fetchMembers = (dimension: DimensionId, search: string, limit: number, signal?: AbortSignal) =>
  request(membersSchema, `members/${dimension}`, {
    params: { search: search === '' ? undefined : search, limit },
    signal,
  });

export const fetchNamedMembers = (dimension: DimensionId, ids: readonly string[], signal?: AbortSignal) =>
  request(membersSchema, `members/${dimension}`, { params: { ids }, signal });

export const fetchClub = (params: ClubParams, signal?: AbortSignal) => get(clubAnswer, 'club', params, signal);
export const fetchMilestones = (params: MilestonesParams, signal?: AbortSignal) =>
  get(milestonesAnswer, 'milestones', params, signal);
export const fetchGrowth = (params: GrowthParams, signal?: AbortSignal) => get(growthAnswer, 'growth', params, signal);
export const fetchDecomposition = (params: DecompositionParams, signal?: AbortSignal) =>
  get(decompositionAnswer, 'growth/decomposition', params, signal);
export const fetchMovers = (params: MoversParams, signal?: AbortSignal) =>
  get(moversAnswer, 'growth/movers', params, signal);
export const fetchGenres = (params: GenresParams, signal?: AbortSignal) => get(genresAnswer, 'genres', params, signal);
export const fetchProducers = (params: ProducersParams, signal?: AbortSignal) =>
  get(producersAnswer, 'producers', params, signal);
export const fetchSeries = (id: string, params: ScopeParams, signal?: AbortSignal) =>
  get(seriesAnswer, `series/${encodeURIComponent(segmentOf(id))}`, params, signal);

export const fetchQuery = (query: QueryInput, lang: Language, signal?: AbortSignal) =>
  request(answerSchema, 'query', { method: 'POST', params: { lang }, json: query, signal });

const batchAnswer = z.object({ results: z.record(z.string(), z.union([answerSchema, problemSchema])) });
export type BatchResult = Answer | Problem;

export const fetchQueryBatch = async (queries: Record<string, QueryInput>, lang: Language, signal?: AbortSignal) =>
  (await request(batchAnswer, 'query/batch', { method: 'POST', params: { lang }, json: { queries }, signal })).results;

export const fetchCoverage = (signal?: AbortSignal) => get(coverageAnswer, 'coverage', {}, signal);
export const fetchStorage = (signal?: AbortSignal) => request(storageSchema, 'storage', { signal });
export const fetchFirstRejects = (id: string, signal?: AbortSignal) =>
  request(rejectedRowsSchema, `imports/${encodeURIComponent(id)}/rejects`, { params: { format: 'first' }, signal });
export const fetchImports = (signal?: AbortSignal) => request(importsSchema, 'imports', { signal });
/** Those that today's rules would read differently. */
export const fetchOutdatedImports = (signal?: AbortSignal) =>
  request(outdatedImportsSchema, 'imports', { params: { outdated: true }, signal });
export const fetchImport = (id: string, signal?: AbortSignal) =>
  request(importSchema, `imports/${encodeURIComponent(id)}`, { signal });
