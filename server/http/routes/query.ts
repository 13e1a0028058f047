import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type Answer, batchSchema, querySchema } from '../../contract/query.ts';
import { engineOf } from '../../metrics/engine.ts';
import { answerQuery } from '../../metrics/query.ts';
import { duckdbDialect } from '../../metrics/sql/duckdb.ts';
import { notModified } from '../caching.ts';
import { type AppContext, clientGone, languageOf } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { asProblem, toProblem } from '../problem.ts';

const linkedQuery = z.object({ q: z.string() });

/** `POST /query`, `GET /query?q=` (cacheable, linkable) and `POST /query/batch`. */
export function queryRoutes(context: AppContext): Router {
  const router = Router();
  const answer = (req: Request, res: Response, body: unknown): Promise<Answer> => {
    const query = querySchema.parse(body);
    const language = languageOf(req);
    return context.warehouse.read(
      (session) => answerQuery(engineOf(session, duckdbDialect, language), query),
      clientGone(res),
    );
  };
  router.post('/query', async (req, res) => {
    const format = formatFor(req);
    sendAnswer(req, res, format, await answer(req, res, req.body));
  });
  router.get('/query', async (req, res) => {
    const format = formatFor(req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    sendAnswer(req, res, format, await answer(req, res, parseLinked(linkedQuery.parse(req.query).q)));
  });
  router.post('/query/batch', async (req, res) => {
    const { queries } = batchSchema.parse(req.body);
    const language = languageOf(req);
    const results = await context.warehouse.read(async (session) => {
      const engine = engineOf(session, duckdbDialect, language);
      const named: Record<string, unknown> = {};
      // One after the other on one connection: all of a page see one version of the data.
      for (const [name, query] of Object.entries(queries)) {
        named[name] = await answerQuery(engine, query).catch((thrown: unknown) => {
          const problem = asProblem(thrown);
          if (problem.code === 'internal' || problem.code === 'cancelled') throw thrown;
          return toProblem(problem);
        });
      }
      return named;
    }, clientGone(res));
    res.json({ results });
  });
  return router;
}

function parseLinked(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new z.ZodError([{ code: 'custom', path: ['q'], message: 'q is not valid JSON', input: text }]);
  }
}
