import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Answer, Query } from '../contract/query.ts';
import { inputsOfQuery } from '../metrics/analyses/parts/inputs.ts';
import { answerQuery, ROW_LIMIT } from '../metrics/query/query.ts';
import { ProblemError } from '../problem.ts';
import {
  type Asking,
  Busy,
  Cancelled,
  type ReadSession,
  TimedOut,
  Unavailable,
  type Warehouse,
} from '../warehouse/warehouse.ts';
import { answerIn, type Question } from './answers.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { asProblem } from './problem.ts';

export type Result = Answer | ProblemError;

export const questionOf = (query: Query, kept: KeptAnswers<Answer>, most = ROW_LIMIT): Question<Answer, Query> => ({
  asked: query,
  knownAt: query.known_at,
  explain: query.explain ?? false,
  run: (engine, asked) => answerQuery(engine, asked, most),
  inputs: inputsOfQuery,
  kept,
  fits: ({ rows }) => rows.length <= most,
});

/** All answers of a batch share one answer's time and rows. */
export class Allowance {
  private rows = ROW_LIMIT;
  private readonly started = performance.now();

  constructor(private readonly asking: Asking) {}

  get most(): number {
    return this.rows;
  }

  /** @throws TimedOut once the seconds have passed */
  now(): Asking {
    const { seconds } = this.asking;
    if (seconds === undefined) return this.asking;
    const left = seconds - (performance.now() - this.started) / 1000;
    if (left <= 0) throw new TimedOut(seconds);
    return { ...this.asking, seconds: left };
  }

  spend(answer: Answer): Answer {
    this.rows -= answer.rows.length;
    return answer;
  }
}

interface Together {
  readonly warehouse: Warehouse;
  readonly logger: Logger;
  readonly kept: KeptAnswers<Answer>;
}

/**
 * Answers on one connection, one data version; a failed query is a refusal in its place, and may leave the connection
 * unfit: the rest get another, and all are asked again if the data changed.
 * @throws Cancelled; Busy or Unavailable if none could be asked
 */
export async function answerTogether(
  { warehouse, logger, kept }: Together,
  req: Request,
  asked: ReadonlyMap<string, Query>,
  allowance: Allowance,
): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  let version: string | undefined;
  while (results.size < asked.size) {
    let current: string | undefined;
    try {
      await warehouse.read(async (session) => {
        if (version !== session.state.version) results.clear();
        version = session.state.version;
        for (const [name, query] of asked) {
          if (results.has(name)) continue;
          current = name;
          results.set(name, await answered(session, req, questionOf(query, kept, allowance.most), allowance));
        }
      }, allowance.now());
    } catch (thrown) {
      const problem = failureOf(thrown, logger);
      if (thrown instanceof TimedOut) for (const name of asked.keys()) results.set(name, results.get(name) ?? problem);
      else if (current === undefined || thrown instanceof Busy || thrown instanceof Unavailable) throw thrown;
      else results.set(current, problem);
    }
  }
  return results;
}

/** After a refusal the connection is fit; after an engine error it is not. */
async function answered(
  session: ReadSession,
  req: Request,
  question: Question<Answer, Query>,
  allowance: Allowance,
): Promise<Result> {
  try {
    return allowance.spend(await answerIn(session, req, question));
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown;
    throw thrown;
  }
}

/** @throws Cancelled, which ends the batch */
export function failureOf(thrown: unknown, logger: Logger): ProblemError {
  if (thrown instanceof Cancelled) throw thrown;
  const problem = asProblem(thrown);
  if (problem.code === 'internal') logger.error({ err: thrown }, 'a query of a batch failed');
  return problem;
}
