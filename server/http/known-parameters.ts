/** A misspelt filter must not pass for none. */
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { LANGUAGE, queryParameters } from '../contract/endpoint.ts';
import { noSuchName } from '../given.ts';
import type { ProblemError } from '../problem.ts';
import { invalidRequest, readGiven } from '../read-given.ts';
import { callsOf } from './calls.ts';
import { OPERATIONS } from './openapi/document.ts';

/** Parameters that no route reads itself. */
const everywhere = z.object({ lang: LANGUAGE, download: z.string().optional() });

/** @throws ProblemError `invalid_request` naming unknown or repeated parameters, or a wrong language */
export function knownParameters(operations = OPERATIONS): RequestHandler {
  const calls = callsOf(operations);
  const knownOf = new Map(operations.map((one) => [one, Object.keys(queryParameters(one))]));
  return (req, _res, next) => {
    const operation = calls.find(req);
    const known = operation && knownOf.get(operation);
    const unknown = known ? Object.keys(req.query).filter((name) => !known.includes(name)) : [];
    if (known && unknown.length > 0 && operation?.anyParams !== true) throw unknownParameters(unknown, known);
    // One that reads its language itself may take more.
    if (operation && operation.params?.shape.lang === undefined) readGiven(everywhere, req.query);
    next();
  };
}

const unknownParameters = (unknown: readonly string[], known: readonly string[]): ProblemError =>
  invalidRequest(unknown.map((name) => ({ path: [name], message: () => noSuchName(name, known) })));
