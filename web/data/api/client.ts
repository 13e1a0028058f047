import type { z } from 'zod';
import type { Endpoint } from '../../../server/contract/endpoint.ts';
import { type Answering, addressed, type Given } from '../../figures/calls.ts';
import { apiUrl, command, localUrl, request } from './request.ts';

interface Sending<E> {
  readonly body?: E extends { readonly body: infer B extends z.ZodType } ? z.input<B> : never;
  readonly signal?: AbortSignal | undefined;
}

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
  const { at, params } = behindApi(path, given);
  return request(answer, at, { method: METHODS[method], params, json: body, signal });
}

export async function tell<E extends Endpoint>(endpoint: E, given: Given<E>, { body }: Sending<E> = {}): Promise<void> {
  const { at, params } = behindApi(endpoint.path, given);
  await command(at, { method: METHODS[endpoint.method], params, json: body });
}

/** The address of an endpoint. @param local with the page's language, unless `lang` is given */
export function addressOf<E extends Endpoint>(endpoint: E, given: Given<E>, local = true): string {
  const { at, params } = behindApi(endpoint.path, given);
  return local ? localUrl(at, params) : apiUrl(at, params);
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

function behindApi(path: string, given: object): ReturnType<typeof addressed> {
  const { at, params } = addressed(path, given);
  return { at: at.replace(/^\/api\/v1\//u, ''), params };
}
