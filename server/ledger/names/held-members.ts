/** Members that a question names, by their canonical ids: one that was merged into another stands for that one. */

import type { AliasDimension } from '../../contract/aliases.ts';
import type { DimensionFilter, Filter, TotalsOver } from '../../contract/query.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { mergedNames } from '../aliases.ts';
import { mergedSeries } from './aliases-sql.ts';

/** Where a question names members, by the names that its parameters have. */
export interface NamesMembers {
  readonly filters?: Filter[];
  readonly series?: string | readonly string[] | undefined;
  /** Members of the dimension `by`. */
  readonly ids?: readonly string[] | undefined;
  readonly by?: string | undefined;
  /** Of the path, a series. */
  readonly id?: string | undefined;
}

/** Dimensions whose members may be merged, and whose aliases say so. */
const ALIASED = {
  series: 'series',
  producer: 'producer',
  credited_producer: 'producer',
  platform: 'platform',
  franchise: 'franchise',
} as const;
type Aliased = keyof typeof ALIASED;
const isAliased = (dimension: string): dimension is Aliased => Object.hasOwn(ALIASED, dimension);

/** The member that each of these stands for now: itself, if it is merged into none and no title. */
export async function holdersOf(
  session: ReadSession,
  dimension: AliasDimension,
  members: readonly string[],
): Promise<(member: string) => string> {
  const held = dimension === 'series' ? await heldSeries(session, members) : await mergedNames(session, dimension);
  return (member) => held.get(member) ?? member;
}

/**
 * The question with canonical members in the place of those that were merged into them, by an alias or by being a
 * title, each once. Everything else of it is left as it is.
 */
export async function heldMembers<Q extends NamesMembers>(session: ReadSession, asked: Q): Promise<Q> {
  const { filters, series, ids, by, id } = asked;
  const found: NamesMembers = {
    ...(filters ? { filters: await Promise.all(filters.map((filter) => heldFilter(session, filter))) } : {}),
    ...(series === undefined ? {} : { series: await heldOf(session, 'series', series) }),
    ...(ids && by !== undefined && isAliased(by) ? { ids: await heldOf(session, by, ids) } : {}),
    ...(id === undefined ? {} : { id: await heldOf(session, 'series', id) }),
  };
  return { ...asked, ...found };
}

async function heldFilter(session: ReadSession, filter: Filter): Promise<Filter> {
  if ('series_top' in filter) return { series_top: await heldTotal(session, filter.series_top) };
  if ('series_where' in filter) return { series_where: await heldTotal(session, filter.series_where) };
  return 'dimension' in filter ? heldDimension(session, filter) : filter;
}

async function heldDimension(session: ReadSession, filter: DimensionFilter): Promise<DimensionFilter> {
  if (!('values' in filter && isAliased(filter.dimension))) return filter;
  return { ...filter, values: await heldOf(session, filter.dimension, filter.values) };
}

async function heldTotal<T extends { readonly over?: TotalsOver | undefined }>(
  session: ReadSession,
  total: T,
): Promise<T> {
  const { over } = total;
  if (over === undefined) return total;
  const filters = await Promise.all(over.filters.map((filter) => heldDimension(session, filter)));
  return { ...total, over: { ...over, filters } };
}

async function heldOf<M extends string | readonly string[]>(
  session: ReadSession,
  dimension: Aliased,
  members: M,
): Promise<M extends string ? string : string[]>;
async function heldOf(
  session: ReadSession,
  dimension: Aliased,
  members: string | readonly string[],
): Promise<string | string[]> {
  const named = [members].flat();
  const holder = await holdersOf(session, ALIASED[dimension], named);
  const ends = [...new Set(named.map(holder))];
  return typeof members === 'string' ? (ends[0] ?? members) : ends;
}

async function heldSeries(session: ReadSession, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await session.all(mergedSeries(ids));
  return new Map(rows.map((row) => [textOf(row, 'id'), textOf(row, 'held')]));
}
