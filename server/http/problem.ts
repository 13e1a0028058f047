import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import { ProblemError } from '../problem.ts';
import { Busy, Cancelled, DiskFull, OutOfMemory, TimedOut, Unavailable } from '../warehouse/warehouse.ts';
import { inLanguage, type Language } from '../wording.ts';
import { languageOf } from './context.ts';

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
  const refusal = refusalOf(thrown);
  if (refusal) return refusal;
  if (thrown instanceof z.ZodError) {
    const errors = thrown.issues.map((issue) => ({ path: issue.path.join('.') || '(root)', message: issue.message }));
    const detail = {
      en: errors.map((e) => `${e.path}: ${e.message}`).join('; '),
      zh: `请求的以下字段有误：${[...new Set(errors.map((e) => e.path))].join('、')}。`,
    };
    return new ProblemError('invalid_request', detail, errors);
  }
  if (isBodyError(thrown))
    return new ProblemError('invalid_request', {
      en: `The request body could not be read: ${thrown.message}.`,
      zh: '请求正文无法读取：不是合法的 JSON，或传输未完成。',
    });
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

/** What the warehouse could not do now, as a refusal; null for what it does not foresee. */
function refusalOf(thrown: unknown): ProblemError | null {
  if (thrown instanceof TimedOut)
    return new ProblemError('timeout', {
      en: `The answer was not ready after ${thrown.seconds} seconds. Ask for fewer dimensions, a coarser grain, a shorter range or a filter; DRAMASCOPE_QUERY_SECONDS sets the limit.`,
      zh: `${thrown.seconds} 秒内未能得出结果。请减少维度、改用更粗的粒度、缩短范围或增加筛选；时限由 DRAMASCOPE_QUERY_SECONDS 设定。`,
    });
  if (thrown instanceof Busy)
    return new ProblemError(
      'busy',
      {
        en: `The server has too much to do at once. Ask again in ${thrown.retryAfter} seconds.`,
        zh: `服务器正忙，请在 ${thrown.retryAfter} 秒后重试。`,
      },
      undefined,
      { retryAfter: thrown.retryAfter },
    );
  if (thrown instanceof DiskFull)
    return new ProblemError(
      'disk_full',
      {
        en: 'The disk of the data folder is full: nothing was changed. Free some space, then try again.',
        zh: '数据目录所在磁盘已满，未做任何更改。请释放空间后重试。',
      },
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof OutOfMemory)
    return new ProblemError(
      'out_of_memory',
      {
        en: 'The question needs more memory than the engine may take. Ask for fewer dimensions, a coarser grain or a shorter range, or raise DRAMASCOPE_MEMORY.',
        zh: '该查询所需内存超出引擎上限。请减少维度、改用更粗的粒度或缩短范围，或调高 DRAMASCOPE_MEMORY。',
      },
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof Unavailable)
    return new ProblemError(
      'unavailable',
      {
        en: 'The data cannot be opened at the moment, such as because the disk is full; the log of the server has the cause. It is tried again with each request.',
        zh: '数据暂时无法打开（例如磁盘已满），原因见服务器日志。每次请求都会重新尝试。',
      },
      undefined,
      { cause: thrown, retryAfter: 5 },
    );
  return null;
}

/** Body-parser's errors: a client's fault, with a message fit to show. */
function isBodyError(thrown: unknown): thrown is Error & { status: number } {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 400;
}

function sendProblem(res: Response, error: ProblemError, language: Language): void {
  if (error.retryAfter !== undefined) res.set('Retry-After', String(error.retryAfter));
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
