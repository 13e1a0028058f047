import { type Request, Router } from 'express';
import type { z } from 'zod';
import { ANALYSES, type AnalysisAnswer, type AnalysisId, type AnalysisParams } from '../../contract/endpoints.ts';
import { idOfSegment } from '../../contract/segments.ts';
import { ANALYSIS, type Asked } from '../../metrics/analyses/analyses.ts';
import { inputsOfAnalysis } from '../../metrics/analyses/parts/inputs.ts';
import type { Engine } from '../../metrics/language/engine.ts';
import { readGiven } from '../../read-given.ts';
import { loadOutlookTables } from '../../vocabulary/holidays.ts';
import { answersOf } from '../answers.ts';
import { notModified } from '../caching.ts';
import type { AskedContext } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { tableOfAnalysis } from '../formats/table.ts';
import { KeptAnswers } from '../kept-answers.ts';
import { serve } from '../serve.ts';

/** Bytes an analysis, for answers that are given again while the data stay the same. */
const ROOM = 6 * 1024 ** 2;

const ENDPOINT: { readonly [K in AnalysisId]: { readonly params: z.ZodType<AnalysisParams<K>> } } = ANALYSES;

/** Formats other than JSON carry `rows`, or a series' days. @param tables default: from `data/vocabulary` */
export function analysisRoutes(context: AskedContext, tables = loadOutlookTables()): Router {
  const router = Router();
  const answerTo = answersOf(context);
  const route = <K extends AnalysisId>(id: K) => {
    const { params } = ENDPOINT[id];
    const { answer: run, inputs, range } = ANALYSIS[id];
    const kept = new KeptAnswers<AnalysisAnswer<K>>(ROOM);
    serve(router, ANALYSES[id], async (req, res) => {
      const format = formatFor(req);
      const given = readGiven(params, req.query);
      if (notModified(req, res, context.warehouse.state().version)) return;
      const asked: Asked<K> = { ...given, ...idOf(req) };
      const answer: AnalysisAnswer<K> = await answerTo(req, res, {
        asked,
        path: req.path,
        knownAt: given.known_at,
        explain: given.explain === 'true',
        run: (engine: Engine, held: Asked<K>) => run(engine, held, tables),
        inputs: (engine: Engine, held: Asked<K>) =>
          inputsOfAnalysis(engine, inputs, { ...held, ...range?.(engine, held) }),
        kept,
      });
      await sendAnswer(req, res, format, { answer, table: () => tableOfAnalysis(id, answer) });
    });
  };
  for (const id of Object.keys(ANALYSES)) if (isAnalysis(id)) route(id);
  return router;
}

const isAnalysis = (id: string): id is AnalysisId => Object.hasOwn(ANALYSES, id);

const idOf = ({ params: { id } }: Request) => (typeof id === 'string' ? { id: idOfSegment(id) } : {});
