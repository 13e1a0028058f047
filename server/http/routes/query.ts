import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { type Answer, batchSchema, type Query } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { readGiven } from '../../read-given.ts';
import { answersOf } from '../answers.ts';
import { askingOf } from '../asking.ts';
import { Allowance, answerTogether, failureOf, questionOf, type Result } from '../batch.ts';
import { notModified } from '../caching.ts';
import { type AppContext, languageOf } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { writeJson } from '../formats/send.ts';
import { KeptAnswers } from '../kept-answers.ts';
import { toProblem } from '../problem.ts';
import { bodyOf, paramsOf, serve } from '../serve.ts';

/** Bytes for answers that are given again while the data stay the same. */
const ROOM = 32 * 1024 ** 2;

export function queryRoutes(context: AppContext): Router {
  const router = Router();
  const kept = new KeptAnswers<Answer>(ROOM);
  const answerTo = answersOf(context);
  const answer = (req: Request, res: Response, query: Query): Promise<Answer> =>
    answerTo(req, res, questionOf(query, kept));
  const send = (req: Request, res: Response, format: ReturnType<typeof formatFor>, answered: Answer) =>
    sendAnswer(req, res, format, { answer: answered, table: () => answered });
  serve(router, ENDPOINTS.query, async (req, res) => {
    const format = formatFor(req);
    await send(req, res, format, await answer(req, res, bodyOf(ENDPOINTS.query, req)));
  });
  serve(router, ENDPOINTS.linkedQuery, async (req, res) => {
    const format = formatFor(req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    await send(req, res, format, await answer(req, res, paramsOf(ENDPOINTS.linkedQuery, req).q));
  });
  serve(router, ENDPOINTS.queryBatch, async (req, res) => {
    const queries = Object.entries(batchOf(req.body).queries);
    const allowance = new Allowance(askingOf(req, res, context));
    const present = new Map(queries.filter(([, query]) => query.known_at === undefined));
    const found = await answerTogether({ ...context, kept }, req, present, allowance);
    for (const [name, query] of queries) {
      if (found.has(name)) continue;
      const asked = () => answerTo(req, res, questionOf(query, kept, allowance.most), allowance.now());
      found.set(name, await orFailure(asked, allowance));
    }
    const language = languageOf(req);
    const told = (result: Result | undefined) =>
      result instanceof ProblemError ? toProblem(result, language) : result;
    await writeJson(res, { results: Object.fromEntries(queries.map(([name]) => [name, told(found.get(name))])) });
  });
  return router;

  async function orFailure(ask: () => Promise<Answer>, allowance: Allowance): Promise<Result> {
    try {
      return allowance.spend(await ask());
    } catch (thrown) {
      return failureOf(thrown, context.logger);
    }
  }
}

/** @throws ProblemError `invalid_request`, also for a name no object can have as its own key */
function batchOf(body: unknown) {
  const named = z.object({ queries: z.looseObject({}) }).safeParse(body);
  if (named.success && Object.hasOwn(Object(Reflect.get(Object(body), 'queries')), '__proto__')) {
    const message = {
      en: 'A query cannot be named "__proto__"; choose another name.',
      zh: '查询不能命名为“__proto__”，请换一个名称。',
    };
    throw new ProblemError('invalid_request', message, [{ path: 'queries.__proto__', message }]);
  }
  return readGiven(batchSchema, body);
}
