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
import {
  cohortsParams,
  concentrationParams,
  curvesParams,
  decayParams,
  genresCompareParams,
  producersCompareParams,
  qualityParams,
  retentionParams,
} from '../../contract/analyses-depth.ts';
import { anomaliesParams, briefParams, forecastParams } from '../../contract/analyses-outlook.ts';
import { coverageParams } from '../../contract/coverage.ts';
import type { Reproduce } from '../../contract/params.ts';
import type { Meta } from '../../contract/query.ts';
import { idOfSegment } from '../../contract/segments.ts';
import type { NamesMembers } from '../../entities/held-members.ts';
import { anomalies } from '../../metrics/analyses/anomalies.ts';
import { brief } from '../../metrics/analyses/brief.ts';
import { club } from '../../metrics/analyses/club.ts';
import { cohorts } from '../../metrics/analyses/cohorts.ts';
import { concentration } from '../../metrics/analyses/concentration.ts';
import { coverage } from '../../metrics/analyses/coverage.ts';
import { curves } from '../../metrics/analyses/curves.ts';
import { decay } from '../../metrics/analyses/decay.ts';
import { decomposition } from '../../metrics/analyses/decomposition.ts';
import { forecast } from '../../metrics/analyses/forecast.ts';
import { genres } from '../../metrics/analyses/genres.ts';
import { genresCompare } from '../../metrics/analyses/genres-compare.ts';
import { groundOfAnalysis } from '../../metrics/analyses/grounds.ts';
import { growth } from '../../metrics/analyses/growth.ts';
import { milestones } from '../../metrics/analyses/milestones.ts';
import { movers } from '../../metrics/analyses/movers.ts';
import { producers } from '../../metrics/analyses/producers.ts';
import { producersCompare } from '../../metrics/analyses/producers-compare.ts';
import { quality } from '../../metrics/analyses/quality.ts';
import { retention } from '../../metrics/analyses/retention.ts';
import { series } from '../../metrics/analyses/series.ts';
import { loadOutlookTables } from '../../metrics/holidays.ts';
import type { Engine } from '../../metrics/language/engine.ts';
import { readGiven } from '../../read-given.ts';
import { answersOf } from '../answers.ts';
import { notModified } from '../caching.ts';
import type { AskedContext } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { briefTable, seriesTable, type Table, tableOf } from '../formats/table.ts';

type Run<P, A> = (engine: Engine, params: P & { readonly id?: string }) => Promise<A>;

/**
 * `GET` of every analysis in API.md: parameters checked by the contract, one function each. JSON is the whole
 * answer; the other formats carry its `rows`. Of one series they carry its days.
 * @param tables what is known of the field beside the rows; read from `data/vocabulary` where it is left out
 */
export function analysisRoutes(context: AskedContext, tables = loadOutlookTables()): Router {
  const router = Router();
  const answerTo = answersOf(context);
  const answered = <P extends Reproduce & NamesMembers, A extends { meta: Meta }>(
    path: string,
    params: z.ZodType<P>,
    run: Run<P, A>,
    table: (answer: A) => Table,
  ) => {
    router.get(path, async (req: Request, res: Response) => {
      const format = formatFor(req);
      const asked = readGiven(params, req.query);
      if (notModified(req, res, context.warehouse.state().version)) return;
      const question = {
        asked: { ...asked, ...idOf(req) },
        path: req.path,
        knownAt: asked.known_at,
        explain: asked.explain === 'true',
        run,
        ground: (engine: Engine, held: P & { readonly id?: string }) => groundOfAnalysis(engine, path, held),
      };
      const answer = await answerTo(req, res, question);
      await sendAnswer(req, res, format, { answer, table: () => table(answer) });
    });
  };
  const analysis = <P extends Reproduce & NamesMembers>(
    path: string,
    params: z.ZodType<P>,
    run: Run<P, Parameters<typeof tableOf>[0] & { meta: Meta }>,
  ) => answered(path, params, run, tableOf);
  analysis('/club', clubParams, club);
  analysis('/milestones', milestonesParams, milestones);
  analysis('/growth', growthParams, growth);
  analysis('/growth/decomposition', decompositionParams, decomposition);
  analysis('/growth/movers', moversParams, movers);
  analysis('/genres', genresParams, genres);
  analysis('/producers', producersParams, producers);
  analysis('/genres/compare', genresCompareParams, genresCompare);
  analysis('/producers/compare', producersCompareParams, producersCompare);
  analysis('/concentration', concentrationParams, concentration);
  analysis('/cohorts', cohortsParams, cohorts);
  analysis('/retention', retentionParams, retention);
  analysis('/curves', curvesParams, curves);
  analysis('/decay', decayParams, decay);
  analysis('/coverage', coverageParams, coverage);
  analysis('/quality', qualityParams, quality);
  analysis('/forecast', forecastParams, (engine, params) => forecast(engine, params, tables.holidays));
  analysis('/anomalies', anomaliesParams, (engine, params) => anomalies(engine, params, tables.holidays));
  answered('/brief', briefParams, (engine, params) => brief(engine, params, tables), briefTable);
  answered('/series/:id', scopeSchema, (engine, params) => series(engine, params.id ?? '', params), seriesTable);
  return router;
}

/** Of a path that names one series. */
const idOf = ({ params: { id } }: Request) => (typeof id === 'string' ? { id: idOfSegment(id) } : {});
