import type { Request, Response } from 'express';
import type { Meta } from '../contract/query.ts';
import { readAsKnownAt } from '../ledger/known.ts';
import { canonicalMembers, type NamesMembers } from '../ledger/names/canonical-members.ts';
import { type Engine, engineOf } from '../metrics/language/engine.ts';
import { type Inputs, lineageOf } from '../metrics/query/lineage.ts';
import { duckdbDialect } from '../metrics/sql/duckdb.ts';
import { loadVocabulary } from '../vocabulary/vocabulary.ts';
import type { Asking, ReadSession } from '../warehouse/warehouse.ts';
import { askingOf } from './asking.ts';
import { type AskedContext, languageOf } from './context.ts';
import { maySeeSql } from './may-see-sql.ts';

export interface Question<A, Q extends NamesMembers> {
  readonly asked: Q;
  /** For its lineage. */
  readonly path?: string;
  readonly knownAt: string | undefined;
  readonly explain: boolean;
  /** Both get the question with merged members replaced. */
  readonly run: (engine: Engine, asked: Q) => Promise<A>;
  readonly inputs: (engine: Engine, asked: Q) => Inputs;
}

/** The answer, with its lineage if asked. */
export async function answerIn<A extends { meta: Meta }, Q extends NamesMembers>(
  session: ReadSession,
  req: Request,
  { run, inputs, asked, path, explain }: Question<A, Q>,
): Promise<A> {
  const language = languageOf(req);
  const canonical = await canonicalMembers(session, asked);
  if (!explain) return run(engineOf(session, duckdbDialect, language), canonical);
  const texts = new Set<string>();
  const traced: ReadSession = {
    state: session.state,
    all: (statement) => {
      texts.add(statement.text);
      return session.all(statement);
    },
  };
  const answer = await run(engineOf(traced, duckdbDialect, language), canonical);
  const engine = engineOf(session, duckdbDialect, language);
  const lineage = {
    query: { ...(path === undefined ? {} : { path }), ...asked },
    ...(await lineageOf(engine, answer.meta.source.table, inputs(engine, canonical))),
    ...(maySeeSql(req) ? { sql: [...texts] } : {}),
  };
  return { ...answer, meta: { ...answer.meta, lineage } };
}

/** Each answer is on the data of now, or as known at its moment. */
export function answersOf(context: AskedContext, vocabulary = loadVocabulary()) {
  const { warehouse } = context;
  return <A extends { meta: Meta }, Q extends NamesMembers>(
    req: Request,
    res: Response,
    question: Question<A, Q>,
    asking: Asking = askingOf(req, res, context),
  ): Promise<A> => {
    if (question.knownAt === undefined) {
      return warehouse.read((session) => answerIn(session, req, question), asking);
    }
    return readAsKnownAt(
      { warehouse, vocabulary },
      question.knownAt,
      async (session, notes) => {
        const answer = await answerIn(session, req, question);
        return { ...answer, meta: { ...answer.meta, notes: [...answer.meta.notes, ...notes] } };
      },
      asking,
    );
  };
}
