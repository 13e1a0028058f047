/** Asks the endpoints of the contract: address, parameters and answer follow from the endpoint. */
import type { z } from 'zod';
import type { Endpoint } from '../../server/contract/endpoint.ts';
import { segmentOf } from '../../server/contract/segments.ts';
import type { Answering, Given } from '../figures/calls.ts';
import { apiUrl, command, localUrl, type ParamValue, type RequestParams, request } from './request.ts';

interface Sending<E> {
  readonly body?: E extends { readonly body: infer B extends z.ZodType } ? z.input<B> : never;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {ApiError} */
export const ask = <E extends Endpoint & { readonly answer: z.ZodType }>(
  endpoint: E,
  given: Given<E>,
  sending: Sending<E> = {},
): Promise<z.output<E['answer']>> => answerTo<E['answer']>(endpoint, given, sending);

/** `ask`, for whoever knows of the endpoint no more than its answer. @throws {ApiError} */
export function answerTo<A extends z.ZodType>(
  { method, path, answer }: Answering<A>,
  given: object,
  { body, signal }: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {},
): Promise<z.output<A>> {
  const { at, params } = addressed(path, given);
  return request(answer, at, { method: METHODS[method], params, json: body, signal });
}

/** For calls whose answer does not matter. @throws {ApiError} */
export async function tell<E extends Endpoint>(endpoint: E, given: Given<E>, { body }: Sending<E> = {}): Promise<void> {
  const { at, params } = addressed(endpoint.path, given);
  await command(at, { method: METHODS[endpoint.method], params, json: body });
}

/** The address of an endpoint. @param local with the page's language, unless `lang` is given */
export function addressOf<E extends Endpoint>(endpoint: E, given: Given<E>, local = true): string {
  const { at, params } = addressed(endpoint.path, given);
  return local ? localUrl(at, params) : apiUrl(at, params);
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

/** The path behind `/api/v1/` with its names filled in, and what is left for the query string. */
function addressed(path: string, given: object): { readonly at: string; readonly params: RequestParams } {
  const rest = new Map<string, unknown>(Object.entries(given));
  const at = path.replace(/^\/api\/v1\//u, '').replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
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
