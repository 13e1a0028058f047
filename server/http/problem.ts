import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { bothOf, inLanguage, type Language } from '../wording.ts';
import { languageOf } from './context.ts';
import { ofHttpError } from './http-errors.ts';
import { warehouseRefusal } from './warehouse-refusal.ts';

export const title = (code: ProblemCode) => code.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

export function toProblem(error: ProblemError, language: Language): Problem {
  return {
    type: `/api/docs#${error.code}`,
    title: title(error.code),
    status: error.status,
    detail: error.detail[language],
    detail_label: error.detail,
    code: error.code,
    ...(error.errors
      ? {
          errors: error.errors.map(({ path, message }) => ({
            path,
            message: inLanguage(message, language),
            message_label: bothOf(message),
          })),
        }
      : {}),
  };
}

/** Unexpected errors become `internal`, without their message. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof Cancelled)
    return new ProblemError('cancelled', {
      en: 'The request was cancelled before it was done.',
      zh: '请求在完成前已取消。',
    });
  const refused = warehouseRefusal(thrown) ?? ofHttpError(thrown);
  if (refused) return refused;
  return new ProblemError(
    'internal',
    {
      en: 'The server met an error that it did not foresee; its log has the details.',
      zh: '服务器遇到未预料的错误，详情见服务器日志。',
    },
    undefined,
    { cause: thrown },
  );
}

export function sendProblem(req: Request, res: Response, error: ProblemError): void {
  if (error.retryAfter !== undefined) res.set('Retry-After', String(error.retryAfter));
  // Headers of the answer that failed: a refusal is no file and is not cached.
  res.removeHeader('Content-Disposition');
  res.removeHeader('ETag');
  res
    .status(error.status)
    .type('application/problem+json')
    .vary('Accept-Language')
    .send(JSON.stringify(toProblem(error, languageOf(req))));
}

/** The one place where errors become answers. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const problem = asProblem(thrown);
    // A refusal without a cause, such as a timeout, is no fault to look for.
    if (problem.status >= 500 && problem.cause !== undefined)
      logger.error({ err: thrown, url: req.url }, 'request failed');
    if (!res.headersSent) sendProblem(req, res, problem);
    // Half an answer is out: cut the connection, so that it cannot pass for whole.
    else if (!res.writableEnded) req.socket.destroy();
  };
}
