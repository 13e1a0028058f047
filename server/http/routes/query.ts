import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type Answer, batchSchema, type Query, querySchema } from '../../contract/query.ts';
import { groundOfQuery } from '../../metrics/grounds.ts';
import { answerQuery } from '../../metrics/query.ts';
import type { Language } from '../../wording.ts';
import { answerIn, answersOf, type Question } from '../answers.ts';
import { notModified } from '../caching.ts';
import { type AppContext, clientGone, languageOf } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { asProblem, toProblem } from '../problem.ts';

const linkedQuery = z.object({ q: z.string() });

/** `POST /query`, `GET /query?q=` (cacheable, linkable) and `POST /query/batch`. */
export function queryRoutes(context: AppContext): Router {
  const router = Router();
  const answerTo = answersOf(context.warehouse);
  const answer = (req: Request, res: Response, body: unknown): Promise<Answer> =>
    answerTo(req, questionOf(querySchema.parse(body)), clientGone(res));
  const send = (req: Request, res: Response, format: ReturnType<typeof formatFor>, answered: Answer) =>
    sendAnswer(req, res, format, { answer: answered, table: () => answered });
  router.post('/query', async (req, res) => {
    const format = formatFor(req);
    await send(req, res, format, await answer(req, res, req.body));
  });
  router.get('/query', async (req, res) => {
    const format = formatFor(req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    await send(req, res, format, await answer(req, res, parseLinked(linkedQuery.parse(req.query).q)));
  });
  router.post('/query/batch', async (req, res) => {
    const { queries } = batchSchema.parse(req.body);
    const signal = clientGone(res);
    const results: Record<string, unknown> = Object.fromEntries(Object.keys(queries).map((name) => [name, null]));
    const questions = Object.entries(queries).map(([name, query]) => ({ name, question: questionOf(query) }));
    await context.warehouse.read(async (session) => {
      // One after the other on one connection: all of a page see one version of the data.
      for (const { name, question } of questions.filter((asked) => asked.question.knownAt === undefined))
        results[name] = await orProblem(answerIn(session, req, question), languageOf(req));
    }, signal);
    for (const { name, question } of questions.filter((asked) => asked.question.knownAt !== undefined))
      results[name] = await orProblem(answerTo(req, question, signal), languageOf(req));
    res.json({ results });
  });
  return router;
}

const questionOf = (query: Query): Question<Answer, Query> => ({
  asked: query,
  knownAt: query.known_at,
  explain: query.explain ?? false,
  run: answerQuery,
  ground: groundOfQuery,
});

/** In a batch a refusal stands in its question's place; what is not foreseen ends the whole. */
const orProblem = (answer: Promise<Answer>, language: Language): Promise<unknown> =>
  answer.catch((thrown: unknown) => {
    const problem = asProblem(thrown);
    if (problem.code === 'internal' || problem.code === 'cancelled') throw thrown;
    return toProblem(problem, language);
  });

function parseLinked(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new z.ZodError([{ code: 'custom', path: ['q'], message: 'q is not valid JSON', input: text }]);
  }
}
