/** Refuses query parameters that a call does not have: a misspelt filter must not pass for none. */
import type { RequestHandler } from 'express';
import type { Label } from '../contract/query.ts';
import { ProblemError } from '../problem.ts';
import { OPERATIONS } from './openapi/document.ts';
import { type Operation, queryParameters } from './openapi/operation.ts';

interface Call {
  readonly method: string;
  readonly path: RegExp;
  /** Parts of the path that name a thing. */
  readonly names: number;
  readonly known: ReadonlySet<string>;
}

/**
 * Holds each request against the calls as documented.
 * @throws ProblemError `invalid_request` naming each unknown parameter and those that the call knows
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

function unknownParameters(unknown: readonly string[], known: readonly string[]): ProblemError {
  const messageOf = (name: string): Label => ({
    en: `There is no parameter "${name}" here; known are ${known.join(', ')}.`,
    zh: `此接口没有参数“${name}”；可用的参数有：${known.join('、')}。`,
  });
  const detail = {
    en: `This call has no parameter ${unknown.map((name) => `"${name}"`).join(', ')}; it knows ${known.join(', ')}.`,
    zh: `此接口没有参数${unknown.map((name) => `“${name}”`).join('、')}；可用的参数有：${known.join('、')}。`,
  };
  return new ProblemError(
    'invalid_request',
    detail,
    unknown.map((name) => ({ path: name, message: messageOf(name) })),
  );
}
