/** Refuses query parameters that a call does not have, or has once: a misspelt filter must not pass for none. */
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { noSuchName } from '../given.ts';
import type { ProblemError } from '../problem.ts';
import { invalidRequest, readGiven } from '../read-given.ts';
import { OPERATIONS } from './openapi/document.ts';
import { LANGUAGE, type Operation, queryParameters } from './openapi/operation.ts';

/** Parameters that no route reads by itself. */
const everywhere = z.object({ lang: LANGUAGE, download: z.string().optional() });

interface Call {
  readonly method: string;
  readonly path: RegExp;
  /** Parts of the path that name a thing. */
  readonly names: number;
  readonly known: ReadonlySet<string>;
}

/**
 * Holds each request against the calls as documented.
 * @throws ProblemError `invalid_request` naming each unknown parameter and those that the call knows, or a language
 * that is none
 */
export function knownParameters(operations: readonly Operation[] = OPERATIONS): RequestHandler {
  // `/aliases/{id}` fits `/aliases/preview`, too: fixed paths are tried first.
  const calls = operations.map(callOf).toSorted((a, b) => a.names - b.names);
  return (req, _res, next) => {
    const method = req.method === 'HEAD' ? 'get' : req.method.toLowerCase();
    const path = req.originalUrl.split('?')[0] ?? '';
    const call = calls.find((one) => one.method === method && one.path.test(path));
    const unknown = call ? Object.keys(req.query).filter((name) => !call.known.has(name)) : [];
    if (call && unknown.length > 0) throw unknownParameters(unknown, [...call.known]);
    if (call) readGiven(everywhere, req.query);
    next();
  };
}

function callOf(operation: Operation): Call {
  const parts = operation.path.split(/\{\w+\}/);
  return {
    method: operation.method,
    path: new RegExp(`^${parts.join('[^/]+')}/?$`, 'iu'),
    names: parts.length - 1,
    known: new Set(Object.keys(queryParameters(operation))),
  };
}

const unknownParameters = (unknown: readonly string[], known: readonly string[]): ProblemError =>
  invalidRequest(unknown.map((name) => ({ path: [name], message: () => noSuchName(name, known) })));
