import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import type { Label } from '../contract/query.ts';
import { jsonNeed } from '../needs.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { inLanguage, type Language } from '../wording.ts';
import { languageOf } from './context.ts';
import { warehouseRefusal } from './warehouse-refusal.ts';

const title = (code: ProblemCode) => code.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

/** The problem+json of a refusal (RFC 9457) in one language. */
export function toProblem(error: ProblemError, language: Language): Problem {
  return {
    type: `/api/docs#${error.code}`,
    title: title(error.code),
    status: error.status,
    detail: error.detail[language],
    code: error.code,
    ...(error.errors
      ? { errors: error.errors.map(({ path, message }) => ({ path, message: inLanguage(message, language) })) }
      : {}),
  };
}

/** Translates whatever was thrown into a refusal; what is not foreseen becomes `internal`, without its message. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof Cancelled)
    return new ProblemError('cancelled', {
      en: 'The request was cancelled before it was done.',
      zh: '请求在完成前已取消。',
    });
  const refusal = warehouseRefusal(thrown);
  if (refusal) return refusal;
  if (isBodyError(thrown)) return new ProblemError('invalid_request', bodyFault(thrown));
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

/** Body-parser's errors: a client's fault, with a message fit to show. */
function isBodyError(thrown: unknown): thrown is Error & { status: number; body?: unknown } {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 400;
}

/** Body-parser hands over the text that is no JSON, if that is what it met. */
function bodyFault({ message, body }: Error & { body?: unknown }): Label {
  if (typeof body !== 'string')
    return {
      en: `The request body could not be read: ${message}.`,
      zh: '请求正文无法读取：不是合法的 JSON，或传输未完成。',
    };
  const { en, zh } = jsonNeed(undefined, body).text;
  return { en: `The request body could not be read; needed is ${en}.`, zh: `请求正文无法读取；需要 ${zh}。` };
}

function sendProblem(res: Response, error: ProblemError, language: Language): void {
  if (error.retryAfter !== undefined) res.set('Retry-After', String(error.retryAfter));
  // What was said of the answer that did not come: a refusal is no file, and the next asker must not have it as known.
  res.removeHeader('Content-Disposition');
  res.removeHeader('ETag');
  res
    .status(error.status)
    .type('application/problem+json')
    .vary('Accept-Language')
    .send(JSON.stringify(toProblem(error, language)));
}

/** The last handler of the app: the one place where errors become answers. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const problem = asProblem(thrown);
    if (problem.status === 500 || problem.cause !== undefined)
      logger.error({ err: thrown, url: req.url }, 'request failed');
    if (res.headersSent) {
      // Half an answer is out: cut the connection, so that the client cannot take it for whole.
      next(thrown);
      return;
    }
    sendProblem(res, problem, languageOf(req));
  };
}
