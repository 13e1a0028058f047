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
import type { KeptAnswers } from './kept-answers.ts';
import { maySeeSql } from './may-see-sql.ts';

export interface Question<A extends { meta: Meta }, Q extends NamesMembers> {
  readonly asked: Q;
  /** For its lineage. */
  readonly path?: string;
  readonly knownAt: string | undefined;
  readonly explain: boolean;
  /** Both get the question with merged members replaced. */
  readonly run: (engine: Engine, asked: Q) => Promise<A>;
  readonly inputs: (engine: Engine, asked: Q) => Inputs;
  readonly kept: KeptAnswers<A>;
  /** Whether an answer that was kept may be given here, too. */
  readonly fits?: (answer: A) => boolean;
}

/** The answer of before if the data are the same, else a new one. */
export async function answerIn<A extends { meta: Meta }, Q extends NamesMembers>(
  session: ReadSession,
  req: Request,
  question: Question<A, Q>,
): Promise<A> {
  const { version } = session.state;
  const found = keptAnswer(version, req, question);
  if (found !== undefined) return found;
  const answer = await computed(session, req, question);
  if (mayKeep(question) && !answer.meta.truncated) question.kept.keep(askingOfKept(version, req, question), answer);
  return answer;
}

/** Lineage is as large as it is rarely asked, and what was known at a moment is of another world than the version says. */
const mayKeep = <A extends { meta: Meta }, Q extends NamesMembers>({ explain, knownAt }: Question<A, Q>): boolean =>
  !explain && knownAt === undefined;

const askingOfKept = (version: string, req: Request, { asked }: { readonly asked: unknown }) => ({
  version,
  language: languageOf(req),
  asked,
});

function keptAnswer<A extends { meta: Meta }, Q extends NamesMembers>(
  version: string,
  req: Request,
  question: Question<A, Q>,
): A | undefined {
  if (!mayKeep(question)) return undefined;
  const found = question.kept.find(askingOfKept(version, req, question));
  return found !== undefined && (question.fits?.(found) ?? true) ? found : undefined;
}

/** The answer, with its lineage if asked. */
async function computed<A extends { meta: Meta }, Q extends NamesMembers>(
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
      const found = keptAnswer(warehouse.state().version, req, question);
      if (found !== undefined) return Promise.resolve(found);
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
