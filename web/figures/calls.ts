import { z } from 'zod';
import type { Endpoint } from '../../server/contract/endpoint.ts';
import { ANALYSES, type AnalysisAnswer, type AnalysisId, ENDPOINTS } from '../../server/contract/endpoints.ts';
import type { Answer, Compare, Filter, QueryInput } from '../../server/contract/query.ts';
import { segmentOf } from '../../server/contract/segments.ts';
import type { DateRange } from '../filters/ranges.ts';
import type { Scope } from '../filters/scope.ts';
import type { Language } from '../i18n/i18n.ts';

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type ParamsOf<E> = E extends { readonly params: infer P extends z.ZodObject } ? z.output<P> : unknown;

/** What may be given to an endpoint: names in its path, and parameters as values (a filter is no text). */
export type Given<E extends Pick<Endpoint, 'path'>> = { [N in NamesIn<E['path']>]: string } & {
  [P in keyof ParamsOf<E>]?: ParamsOf<E>[P] | undefined;
} & { lang?: Language | undefined };

export type Answering<A extends z.ZodType> = Pick<Endpoint, 'method' | 'path'> & { readonly answer: A };

export interface Call<A> {
  readonly name: AnalysisId | 'query' | 'coverage';
  readonly endpoint: Answering<z.ZodType<A>>;
  readonly given: object;
  readonly body?: QueryInput;
}

export type AnalysisGiven<K extends AnalysisId> = Given<(typeof ANALYSES)[K]>;

const ENDPOINT: {
  readonly [K in AnalysisId]: Answering<z.ZodType<AnalysisAnswer<K>>> & { readonly params: z.ZodObject };
} = ANALYSES;

/** What analyses are asked alike. */
interface Asked {
  readonly filters?: readonly Filter[] | undefined;
  readonly compare?: Compare | 'none' | undefined;
}

/** An analysis over the scope's range, comparison, filters and language. What is given wins; its filters are added. */
export function analysis<K extends AnalysisId>(
  { range, filters, comparison, language }: Scope,
  id: K,
  given: AnalysisGiven<K>,
): Call<AnalysisAnswer<K>> {
  const { filters: own = [], compare = comparison === 'none' ? undefined : comparison, ...rest }: Asked = given;
  const endpoint = ENDPOINT[id];
  const compared = 'compare' in endpoint.params.shape ? { compare } : {};
  return {
    name: id,
    endpoint,
    given: { ...range, lang: language, ...rest, ...compared, filters: [...filters, ...own] },
  };
}

/** A query with the scope's range and filters put around it; what it says itself wins. */
export const scopedQuery = ({ range, filters }: Scope, query: QueryInput): QueryInput => ({
  ...query,
  time: { ...range, ...query.time },
  filters: [...filters, ...(query.filters ?? [])],
});

export const query = (scope: Scope, asked: QueryInput): Call<Answer> => ({
  name: 'query',
  endpoint: ENDPOINTS.query,
  given: { lang: scope.language },
  body: scopedQuery(scope, asked),
});

const spanned = z.object({ from: z.string(), to: z.string() });

/** The days that calls ask for, from the first of any to the last; null if none says. Pure. */
export function daysAsked(calls: readonly Call<unknown>[]): DateRange | null {
  const spans = calls.flatMap(({ body, given }) => spanned.safeParse(body?.time ?? given).data ?? []);
  const from = spans.map((span) => span.from).sort()[0];
  const to = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}

export type ParamValue = string | number | boolean | undefined | null | readonly (string | number)[];
export type RequestParams = Record<string, ParamValue>;

/**
 * What is given as an address has it.
 * @returns the path from the root with its names filled in, and what is left for the query string
 */
export function addressed(path: string, given: object): { readonly at: string; readonly params: RequestParams } {
  const rest = new Map<string, unknown>(Object.entries(given));
  const at = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = String(rest.get(name) ?? '');
    rest.delete(name);
    return encodeURIComponent(segmentOf(value));
  });
  return { at, params: Object.fromEntries([...rest].map(([name, value]) => [name, written(value)])) };
}

/** A parameter as the query string wants it: numbers of a list by commas, its texts one by one, all else as JSON. */
function written(value: unknown): ParamValue {
  if (value === undefined || value === null || isPlain(value)) return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return undefined;
  if (value.every((one) => typeof one === 'string')) return value;
  return value.every((one) => typeof one === 'number') ? value.join(',') : JSON.stringify(value);
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
