import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';

const title = (code: ProblemCode) => code.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

/** The problem+json of a refusal (RFC 9457). */
export function toProblem(error: ProblemError): Problem {
  return {
    type: `/api/docs#${error.code}`,
    title: title(error.code),
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors ? { errors: [...error.errors] } : {}),
  };
}

/** Translates whatever was thrown into a refusal; what is not foreseen becomes `internal`, without its message. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof Cancelled)
    return new ProblemError('cancelled', 'The request was cancelled before it was done.');
  if (thrown instanceof z.ZodError) {
    const errors = thrown.issues.map((issue) => ({ path: issue.path.join('.') || '(root)', message: issue.message }));
    return new ProblemError('invalid_request', errors.map((e) => `${e.path}: ${e.message}`).join('; '), errors);
  }
  if (isBodyError(thrown))
    return new ProblemError('invalid_request', `The request body could not be read: ${thrown.message}.`);
  return new ProblemError(
    'internal',
    'The server met an error that it did not foresee; its log has the details.',
    undefined,
    {
      cause: thrown,
    },
  );
}

/** Body-parser's errors: a client's fault, with a message fit to show. */
function isBodyError(thrown: unknown): thrown is Error & { status: number } {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 400;
}

export function sendProblem(res: Response, error: ProblemError): void {
  res
    .status(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(error)));
}

/** The last handler of the app: the one place where errors become answers. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const problem = asProblem(thrown);
    if (problem.status >= 500) logger.error({ err: thrown, url: req.url }, 'request failed');
    if (res.headersSent) {
      // Half an answer is out: cut the connection, so that the client cannot take it for whole.
      next(thrown);
      return;
    }
    sendProblem(res, problem);
  };
}
