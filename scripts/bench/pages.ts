/** What pages ask on a visit: their figures' own questions, and those of tiles and tables beside them. */
import { z } from 'zod';
import type { Catalog } from '../../server/contract/catalog.ts';
import { ANALYSES, type AnalysisId, type AnalysisParams } from '../../server/contract/endpoints.ts';
import { type QueryInput, querySchema } from '../../server/contract/query.ts';
import { ANALYSIS } from '../../server/metrics/analyses/analyses.ts';
import type { Range } from '../../server/metrics/language/calendar.ts';
import type { Engine } from '../../server/metrics/language/engine.ts';
import { answerQuery } from '../../server/metrics/query/query.ts';
import { loadOutlookTables } from '../../server/vocabulary/holidays.ts';
import { FIGURES } from '../../web/figures/all.ts';
import { answersOf } from '../../web/figures/answers.ts';
import { addressed, type Call, query } from '../../web/figures/calls.ts';
import { kpiClub, kpiQueries } from '../../web/figures/overview/kpis.ts';
import { figureScope } from '../../web/figures/scope.ts';
import { listQueries } from '../../web/figures/series/list.ts';
import { DEFAULT_FILTERS } from '../../web/filters/grammar.ts';
import { resolveScope, type Scope } from '../../web/filters/scope.ts';

interface Page {
  /** What the ids of its figures begin with. */
  readonly figures?: string;
  /** Queries sent as one batch. */
  readonly batch?: (scope: Scope) => Readonly<Record<string, QueryInput>>;
  readonly calls?: (scope: Scope) => readonly Call<unknown>[];
}

export const PAGES: Readonly<Record<string, Page>> = {
  overview: {
    figures: 'overview.',
    batch: kpiQueries,
    // The findings are asked once all else has come: they are not waited for.
    calls: (scope) => [kpiClub(scope)],
  },
  club: { figures: 'club.' },
  series: { batch: listQueries },
  'one series': { figures: 'series.' },
  genres: { figures: 'genres.' },
  producers: { figures: 'producers.' },
  growth: { figures: 'growth.' },
};

/** A visit to a page: over a month, of one series where the page is of one. */
export interface Visit {
  readonly catalog: Catalog;
  readonly month: Range;
  readonly series: string;
}

/** Runs questions one after the other on one connection. */
export type Reading = (questions: readonly ((engine: Engine) => Promise<unknown>)[]) => Promise<unknown[]>;

/**
 * Asks all that a page asks, together as the page does, each question once.
 * @returns how many questions that were
 */
export async function visitPage(page: Page, { catalog, month, series }: Visit, read: Reading): Promise<number> {
  const address = { ...month, id: series };
  const scope = resolveScope({ ...DEFAULT_FILTERS, time: { kind: 'dates', ...month } }, catalog, 'zh');
  if (scope === null) throw new Error('There are no data to visit pages of.');
  const asked = new Map<string, Promise<unknown>>();
  const ask = async <A>(call: Call<A>): Promise<A> => {
    const key = JSON.stringify([call.name, call.given, call.body]);
    const answer = asked.get(key) ?? read([(engine) => answerTo(engine, call)]).then(([first]) => first);
    asked.set(key, answer);
    // The contract's schema was the engine's to keep: parsing would be measured, too.
    return z.custom<A>().parse(await answer);
  };
  const batch = Object.values(page.batch?.(scope) ?? {}).map((one) => query(scope, one));
  const figures = FIGURES.filter(({ id }) => page.figures !== undefined && id.startsWith(page.figures));
  await Promise.all([
    ...(batch.length === 0 ? [] : [read(batch.map((call) => (engine) => answerTo(engine, call)))]),
    ...(page.calls?.(scope) ?? []).map(ask),
    ...figures.map((one) =>
      one.take(async (figure) => {
        const own = figureScope(figure, address, catalog, 'zh');
        if (own !== null) await answersOf(figure, own, ask);
      }),
    ),
  ]);
  return asked.size + batch.length;
}

const tables = loadOutlookTables();
const ENDPOINT: { readonly [K in AnalysisId]: { readonly params: z.ZodType<AnalysisParams<K>> } } = ANALYSES;

/** Asks the engine what a call asks the server. */
async function answerTo(engine: Engine, { name, endpoint, given, body }: Call<unknown>): Promise<unknown> {
  if (name === 'query') return answerQuery(engine, querySchema.parse(body));
  const { id = '' } = z.object({ id: z.string().optional() }).parse(given);
  return answerAnalysis(engine, name, { ...addressed(endpoint.path, given).params }, id);
}

const answerAnalysis = <K extends AnalysisId>(engine: Engine, name: K, params: object, id: string): Promise<unknown> =>
  ANALYSIS[name].answer(engine, { ...ENDPOINT[name].params.parse(params), id }, tables);
