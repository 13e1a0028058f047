import type { Request } from 'express';
import type { Meta } from '../contract/query.ts';
import { readAsKnownAt } from '../ingest/known.ts';
import { loadVocabulary } from '../ingest/vocabulary.ts';
import { type Engine, engineOf } from '../metrics/engine.ts';
import type { Ground } from '../metrics/grounds.ts';
import { lineageOf } from '../metrics/lineage.ts';
import { duckdbDialect } from '../metrics/sql/duckdb.ts';
import type { ReadSession, Warehouse } from '../warehouse/warehouse.ts';
import { languageOf } from './context.ts';
import { maySeeSql } from './may-see-sql.ts';

/** A question and what must be known of it to answer it as it was known once, and to explain the answer. */
export interface Question<A> {
  readonly asked: object;
  readonly knownAt: string | undefined;
  readonly explain: boolean;
  readonly run: (engine: Engine) => Promise<A>;
  readonly ground: (engine: Engine) => Ground;
}

/** Answers one question in a session: the answer, with its lineage where it is wanted. */
export async function answerIn<A extends { meta: Meta }>(
  session: ReadSession,
  req: Request,
  { run, ground, asked, explain }: Question<A>,
): Promise<A> {
  const language = languageOf(req);
  if (!explain) return run(engineOf(session, duckdbDialect, language));
  const texts = new Set<string>();
  const traced: ReadSession = {
    state: session.state,
    all: (statement) => {
      texts.add(statement.text);
      return session.all(statement);
    },
  };
  const answer = await run(engineOf(traced, duckdbDialect, language));
  const engine = engineOf(session, duckdbDialect, language);
  const lineage = {
    query: { ...asked },
    ...(await lineageOf(engine, answer.meta.source.table, ground(engine))),
    ...(maySeeSql(req) ? { sql: [...texts] } : {}),
  };
  return { ...answer, meta: { ...answer.meta, lineage } };
}

/** Answers questions over a warehouse, each on the data of now or as known at its moment. */
export function answersOf(warehouse: Warehouse, vocabulary = loadVocabulary()) {
  return <A extends { meta: Meta }>(req: Request, question: Question<A>, signal: AbortSignal): Promise<A> => {
    if (question.knownAt === undefined) {
      return warehouse.read((session) => answerIn(session, req, question), signal);
    }
    return readAsKnownAt(
      { warehouse, vocabulary },
      question.knownAt,
      async (session, notes) => {
        const answer = await answerIn(session, req, question);
        return { ...answer, meta: { ...answer.meta, notes: [...answer.meta.notes, ...notes] } };
      },
      signal,
    );
  };
}
