import type { z } from 'zod';
import { type Problem, problemSchema } from '../../../server/contract/problem.ts';
import type { RequestParams } from '../../figures/calls.ts';
import { type ServerText, serverText } from '../../i18n/serverText.ts';
import { currentLanguage } from '../language.ts';
import { untilReached } from './reach.ts';
import { goToSignIn } from './session.ts';

export type ApiErrorCode = string;

/** A request that failed: the server's problem+json, or the network's. `message` is its English, for logs: show `said`. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly errors: NonNullable<Problem['errors']>;
  readonly said: ServerText;

  constructor(
    code: ApiErrorCode,
    detail: ServerText,
    status = 0,
    errors: NonNullable<Problem['errors']> = [],
    cause?: unknown,
  ) {
    super(serverText(detail, 'en'), { cause });
    this.said = detail;
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.errors = errors;
  }
}

export const problemError = (problem: Problem): ApiError =>
  new ApiError(problem.code, problem.detail_label ?? problem.detail, problem.status, problem.errors ?? []);

/** The error that an unsuccessful response's text stands for; where it asks to sign in, the page leaves to do so. */
export function refusalOf(status: number, text: string): ApiError {
  const error = errorOf(status, text);
  if (error.code === 'unauthorized') goToSignIn();
  if (error.code === 'unreachable') void untilReached();
  return error;
}

function errorOf(status: number, text: string): ApiError {
  try {
    const problem = problemSchema.safeParse(JSON.parse(text));
    if (problem.success) return problemError(problem.data);
  } catch {
    // Not JSON: a proxy's page, or nothing.
  }
  return status === 502 || status === 503 || status === 504
    ? new ApiError('unreachable', '', status)
    : new ApiError('unexpected_answer', `HTTP ${status}`, status);
}

/** `apiUrl` with the page's language, which the server's texts come back in. */
export const localUrl = (path: string, params: RequestParams = {}): string =>
  apiUrl(path, { ...params, lang: params.lang ?? currentLanguage() });

export function apiUrl(path: string, params: RequestParams = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') for (const one of value) query.append(name, String(one));
    else query.append(name, String(value));
  }
  const text = query.toString();
  return `/api/v1/${path}${text === '' ? '' : `?${text}`}`;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  params?: RequestParams;
  json?: unknown;
  signal?: AbortSignal | undefined;
}

async function send(path: string, { method = 'GET', params, json, signal }: RequestOptions): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (signal !== undefined) init.signal = signal;
  if (json !== undefined) {
    init.body = JSON.stringify(json);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  try {
    return await fetch(localUrl(path, params), init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    void untilReached();
    throw new ApiError('unreachable', '', 0, [], cause);
  }
}

/** Asks the API and parses the answer with the contract's schema. @throws {ApiError} */
export async function request<A extends z.ZodType>(
  schema: A,
  path: string,
  options: RequestOptions = {},
): Promise<z.output<A>> {
  const response = await send(path, options);
  if (!response.ok) throw refusalOf(response.status, await response.text());
  const parsed = schema.safeParse(response.status === 204 ? undefined : await response.json());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  throw new ApiError('unexpected_answer', `${path}${where}`, response.status, [], parsed.error);
}

export async function command(path: string, options: RequestOptions = {}): Promise<void> {
  const response = await send(path, options);
  if (!response.ok) throw refusalOf(response.status, await response.text());
}
