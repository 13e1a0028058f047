/** Members in a question, by their canonical ids. */
import type { AliasDimension } from '../../contract/aliases.ts';
import type { DimensionFilter, Filter, TotalsOver } from '../../contract/query.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { mergedNames } from '../aliases.ts';
import { mergedSeries } from './aliases-sql.ts';

/** The parameters of a question that name members. */
export interface NamesMembers {
  readonly filters?: Filter[];
  readonly series?: string | readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly by?: string | undefined;
  /** Of the path, a series. */
  readonly id?: string | undefined;
}

const ALIASED = {
  series: 'series',
  producer: 'producer',
  credited_producer: 'producer',
  platform: 'platform',
  franchise: 'franchise',
} as const;
type Aliased = keyof typeof ALIASED;
const isAliased = (dimension: string): dimension is Aliased => Object.hasOwn(ALIASED, dimension);

/** The canonical id of each: its own, if it is neither merged nor a title. */
export async function canonicalIds(
  session: ReadSession,
  dimension: AliasDimension,
  members: readonly string[],
): Promise<(member: string) => string> {
  const canonical =
    dimension === 'series' ? await canonicalSeries(session, members) : await mergedNames(session, dimension);
  return (member) => canonical.get(member) ?? member;
}

/** The question with canonical ids, each once; the rest of it is unchanged. */
export async function canonicalMembers<Q extends NamesMembers>(session: ReadSession, asked: Q): Promise<Q> {
  const { filters, series, ids, by, id } = asked;
  const found: NamesMembers = {
    ...(filters ? { filters: await Promise.all(filters.map((filter) => canonicalFilter(session, filter))) } : {}),
    ...(series === undefined ? {} : { series: await canonicalOf(session, 'series', series) }),
    ...(ids && by !== undefined && isAliased(by) ? { ids: await canonicalOf(session, by, ids) } : {}),
    ...(id === undefined ? {} : { id: await canonicalOf(session, 'series', id) }),
  };
  return { ...asked, ...found };
}

async function canonicalFilter(session: ReadSession, filter: Filter): Promise<Filter> {
  if ('series_top' in filter) return { series_top: await canonicalTotal(session, filter.series_top) };
  if ('series_where' in filter) return { series_where: await canonicalTotal(session, filter.series_where) };
  return 'dimension' in filter ? canonicalDimension(session, filter) : filter;
}

async function canonicalDimension(session: ReadSession, filter: DimensionFilter): Promise<DimensionFilter> {
  if (!('values' in filter && isAliased(filter.dimension))) return filter;
  return { ...filter, values: await canonicalOf(session, filter.dimension, filter.values) };
}

async function canonicalTotal<T extends { readonly over?: TotalsOver | undefined }>(
  session: ReadSession,
  total: T,
): Promise<T> {
  const { over } = total;
  if (over === undefined) return total;
  const filters = await Promise.all(over.filters.map((filter) => canonicalDimension(session, filter)));
  return { ...total, over: { ...over, filters } };
}

async function canonicalOf<M extends string | readonly string[]>(
  session: ReadSession,
  dimension: Aliased,
  members: M,
): Promise<M extends string ? string : string[]>;
async function canonicalOf(
  session: ReadSession,
  dimension: Aliased,
  members: string | readonly string[],
): Promise<string | string[]> {
  const named = [members].flat();
  const canonical = await canonicalIds(session, ALIASED[dimension], named);
  const ends = [...new Set(named.map(canonical))];
  return typeof members === 'string' ? (ends[0] ?? members) : ends;
}

async function canonicalSeries(session: ReadSession, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await session.all(mergedSeries(ids));
  return new Map(rows.map((row) => [textOf(row, 'id'), textOf(row, 'canonical')]));
}
