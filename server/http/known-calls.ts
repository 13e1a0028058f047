import type { RequestHandler, Response } from 'express';
import { ProblemError } from '../problem.ts';
import { callsOf } from './calls.ts';

/** Answers OPTIONS. @throws ProblemError `method_not_allowed` */
export function knownMethods(calls = callsOf()): RequestHandler {
  return (req, res, next) => {
    const methods = calls.find(req) ? [] : calls.methods(req);
    if (methods.length === 0) next();
    else onlyAllow(methods, req.method, res);
  };
}

/** @throws ProblemError `unsupported_media_type`, or `invalid_request` without a body, if the call needs JSON */
export function jsonBodies(calls = callsOf()): RequestHandler {
  return (req, _res, next) => {
    if (calls.find(req)?.body) {
      const is = req.get('content-length') === '0' ? null : req.is('application/json');
      refuseOtherThanJson(is, req.get('content-type'));
    }
    next();
  };
}

/** Answers OPTIONS. @throws ProblemError `method_not_allowed` */
export function onlyAllow(methods: readonly string[], method: string, res: Response): void {
  res.set('Allow', methods.join(', '));
  if (method === 'OPTIONS') {
    res.status(204).end();
    return;
  }
  throw new ProblemError('method_not_allowed', {
    en: `${method} is not possible here; possible: ${methods.join(', ')}.`,
    zh: `此地址不支持 ${method}；可用的方法：${methods.join('、')}。`,
  });
}

/** @param is `req.is(…)`: null without a body */
function refuseOtherThanJson(is: string | false | null, type: string | undefined): void {
  if (is === null)
    throw new ProblemError('invalid_request', {
      en: 'This call needs a request body of JSON, and there is none.',
      zh: '此接口需要 JSON 格式的请求正文，但请求没有正文。',
    });
  if (is === false)
    throw new ProblemError('unsupported_media_type', {
      en: `This call takes JSON, and the request body is ${type ?? 'of no type'}. Send JSON, with the header Content-Type: application/json.`,
      zh: `此接口只接受 JSON，而请求正文的类型是 ${type ?? '未注明'}。请发送 JSON，并注明 Content-Type: application/json。`,
    });
}
