import type { z } from 'zod';
import type { Found, foundParams } from '../../contract/catalog.ts';
import { DIMENSIONS, type DimensionId, type Filter, querySchema, type ScopeFilter } from '../../contract/query.ts';
import { resolveRange } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { type Engine, spanOf } from '../language/engine.ts';
import { Labels } from '../language/labels.ts';
import { metaOf } from '../query/meta.ts';
import { answerQuery } from '../query/query.ts';
import { withOwnTotals } from '../query/series-filters.ts';
import { countsOf, idsOf } from './catalog.ts';
import { idsByName } from './parts/spelled-members.ts';

type Asked = z.output<typeof foundParams>;
type Row = Found['rows'][number];

/** Their members are no part of the industry that one could choose. */
const UNCHOSEN: ReadonlySet<DimensionId> = new Set(['episode', 'weekday', 'day_since_release', 'currency']);

/** So many are counted; a letter alone may be in all names. */
const MOST_MATCHED = 2000;

/** Members found as they are typed, with what each has in the range within the filters. @throws as `answerQuery` */
export async function foundMembers(engine: Engine, asked: Asked): Promise<Found> {
  const startedAt = performance.now();
  const counts = await countsOf(engine);
  const wanted = asked.dimension ?? DIMENSIONS.filter((id) => !UNCHOSEN.has(id));
  const range = resolveRange({ from: asked.from, to: asked.to }, spanOf(engine));
  const given = asked.filters.filter((filter): filter is ScopeFilter => !('measure' in filter));
  // What the totals are taken over is what the page has, not the members that are typed.
  const filters = withOwnTotals(given, range, engine.state);
  const rows: Row[] = [];
  for (const dimension of new Set(wanted)) {
    if ((counts.get(dimension) ?? 0) === 0) continue;
    const ids = asked.search.trim() === '' ? null : await matching(engine, dimension, asked.search.trim());
    if (ids?.length === 0) continue;
    rows.push(...(await counted(engine, dimension, ids, { range, filters: [...filters], limit: asked.limit })));
  }
  const byViews = rows.toSorted((a, b) => (toNumber(b.views) ?? 0) - (toNumber(a.views) ?? 0));
  return { rows: byViews, meta: metaOf({ state: engine.state, startedAt }) };
}

async function matching(engine: Engine, dimension: DimensionId, search: string): Promise<readonly string[]> {
  return (await idsByName(engine, dimension, search, () => idsOf(engine, dimension))).slice(0, MOST_MATCHED);
}

interface Within {
  readonly range: { readonly from: string; readonly to: string };
  readonly filters: Filter[];
  readonly limit: number;
}

/** @param ids null: the most viewed */
async function counted(
  engine: Engine,
  dimension: DimensionId,
  ids: readonly string[] | null,
  { range, filters, limit }: Within,
): Promise<Row[]> {
  const own: Filter[] = ids === null ? [] : [{ dimension, op: 'in', values: [...ids] }];
  const answer = await answerQuery(
    engine,
    querySchema.parse({
      measures: ['views', 'active_series'],
      dimensions: [dimension],
      time: range,
      filters: [...filters, ...own],
      // A series of several genres brings those that were not asked for.
      ...(ids === null ? { limit } : {}),
    }),
  );
  const had = new Map(answer.rows.map((row) => [String(row[dimension]), row]));
  const shown = [...had.keys()].filter((id) => ids === null || ids.includes(id));
  const without = (ids ?? []).filter((id) => !had.has(id));
  const kept = [...shown, ...without].slice(0, limit);
  const labels = await Labels.of(engine, dimension, kept);
  return kept.map((id) => {
    const row = had.get(id);
    const views = row?.views ?? 0;
    return {
      dimension,
      id,
      label: labels.of(id),
      views: typeof views === 'string' ? views : (toNumber(views) ?? 0),
      series: toNumber(row?.active_series) ?? 0,
    };
  });
}
