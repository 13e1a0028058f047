/** Refuses query parameters that a call does not have: a misspelt filter must not pass for none. */
import type { RequestHandler } from 'express';
import type { Label } from '../contract/query.ts';
import { ProblemError } from '../problem.ts';
import { callsOf } from './calls.ts';
import { OPERATIONS } from './openapi/document.ts';
import { queryParameters } from './openapi/operation.ts';

/**
 * Holds each request against the calls as documented.
 * @throws ProblemError `invalid_request` naming each unknown parameter and those that the call knows
 */
export function knownParameters(operations = OPERATIONS): RequestHandler {
  const calls = callsOf(operations);
  const knownOf = new Map(operations.map((one) => [one, Object.keys(queryParameters(one))]));
  return (req, _res, next) => {
    const operation = calls.find(req);
    const known = operation && knownOf.get(operation);
    const unknown = known ? Object.keys(req.query).filter((name) => !known.includes(name)) : [];
    if (known && unknown.length > 0) throw unknownParameters(unknown, known);
    next();
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
