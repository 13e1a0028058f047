import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import {
  clubParams,
  decompositionParams,
  genresParams,
  growthParams,
  milestonesParams,
  moversParams,
  producersParams,
  scopeSchema,
} from '../../contract/analyses.ts';
import { club } from '../../metrics/analyses/club.ts';
import { decomposition } from '../../metrics/analyses/decomposition.ts';
import { genres } from '../../metrics/analyses/genres.ts';
import { growth } from '../../metrics/analyses/growth.ts';
import { milestones } from '../../metrics/analyses/milestones.ts';
import { movers } from '../../metrics/analyses/movers.ts';
import { producers } from '../../metrics/analyses/producers.ts';
import { series } from '../../metrics/analyses/series.ts';
import { type Engine, engineOf } from '../../metrics/engine.ts';
import { duckdbDialect } from '../../metrics/sql/duckdb.ts';
import { notModified } from '../caching.ts';
import { type AppContext, clientGone, languageOf } from '../context.ts';

/** `GET` of every analysis in API.md: parameters checked by the contract, one function each, its answer as JSON. */
export function analysisRoutes(context: Pick<AppContext, 'warehouse'>): Router {
  const router = Router();
  const analysis = <P>(
    path: string,
    params: z.ZodType<P>,
    run: (engine: Engine, params: P, req: Request) => Promise<object>,
  ) => {
    router.get(path, async (req: Request, res: Response) => {
      const asked = params.parse(req.query);
      if (notModified(req, res, context.warehouse.state().version)) return;
      const answer = await context.warehouse.read(
        (session) => run(engineOf(session, duckdbDialect, languageOf(req)), asked, req),
        clientGone(res),
      );
      res.json(answer);
    });
  };
  analysis('/club', clubParams, club);
  analysis('/milestones', milestonesParams, milestones);
  analysis('/growth', growthParams, growth);
  analysis('/growth/decomposition', decompositionParams, decomposition);
  analysis('/growth/movers', moversParams, movers);
  analysis('/genres', genresParams, genres);
  analysis('/producers', producersParams, producers);
  analysis('/series/:id', scopeSchema, (engine, params, req) => series(engine, String(req.params.id), params));
  return router;
}
