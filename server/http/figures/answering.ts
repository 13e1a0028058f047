import { z } from 'zod';
import { addressed, type ParamValue } from '../../../web/figures/calls.ts';
import { ANALYSES, type AnalysisId, type AnalysisParams } from '../../contract/endpoints.ts';
import { querySchema } from '../../contract/query.ts';
import { canonicalMembers } from '../../ledger/names/canonical-members.ts';
import { ANALYSIS, type Asked } from '../../metrics/analyses/analyses.ts';
import { catalog, members } from '../../metrics/analyses/catalog.ts';
import { engineOf } from '../../metrics/language/engine.ts';
import { answerQuery } from '../../metrics/query/query.ts';
import { duckdbDialect } from '../../metrics/sql/duckdb.ts';
import { readGiven } from '../../read-given.ts';
import type { Answering } from '../../render/answering.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import type { Language } from '../../wording.ts';

const PARAMS: { readonly [K in AnalysisId]: { readonly path: string; readonly params: z.ZodType<AnalysisParams<K>> } } =
  ANALYSES;
const inPath = z.object({ id: z.string().optional() });

/** As a page would be answered over HTTP, on the version of the session. */
export function answeringIn(session: ReadSession, language: Language, tables: OutlookTables): Answering {
  const engine = engineOf(session, duckdbDialect, language);
  const analysed = async <K extends AnalysisId>(id: K, given: object): Promise<object> => {
    const { path, params } = PARAMS[id];
    const { id: own } = inPath.parse(given);
    const asked: Asked<K> = {
      ...readGiven(params, parametersOf(path, given)),
      ...(own === undefined ? {} : { id: own }),
    };
    return ANALYSIS[id].answer(engine, await canonicalMembers(session, asked), tables);
  };
  const queried = async (body: object): Promise<object> =>
    answerQuery(engine, await canonicalMembers(session, readGiven(querySchema, body)));
  return {
    version: session.state.version,
    ask: async ({ name, endpoint, given, body }) => {
      const answer = name === 'query' ? await queried(body ?? {}) : await analysed(name, given);
      // As it is sent.
      return endpoint.answer.parse(JSON.parse(JSON.stringify(answer)));
    },
    catalog: () => catalog(engine, tables.holidays),
    members: (dimension, ids) => members(engine, dimension, { limit: ids.length, ids }),
  };
}

/** What is given, as a query string holds it; the language is the engine's. */
function parametersOf(path: string, { lang: _, ...given }: { lang?: unknown }): Record<string, string | string[]> {
  const { params } = addressed(path, given);
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => textOf(name, value)));
}

function textOf(name: string, value: ParamValue): [string, string | string[]][] {
  if (value === undefined || value === null) return [];
  return [[name, typeof value === 'object' ? value.map(String) : String(value)]];
}
