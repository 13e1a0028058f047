import type { Request, RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { readGiven } from '../read-given.ts';

/** @param router mounted at `/api/v1`, or at the root for other paths */
export function serve(router: Router, { method, path }: Endpoint, ...handlers: RequestHandler[]): void {
  router[method](path.replace(/^\/api\/v1/u, '').replaceAll(/\{(\w+)\}/gu, ':$1'), ...handlers);
}

/** @throws ProblemError `invalid_request` */
export const paramsOf = <T>({ params }: { readonly params: z.ZodType<T> }, req: Request): T =>
  readGiven(params, req.query);

/** @throws ProblemError `invalid_request` */
export const bodyOf = <T>({ body }: { readonly body: z.ZodType<T> }, req: Request): T => readGiven(body, req.body);
