/** Members in a question, by their canonical ids. */

import type { AliasDimension } from '../../contract/aliases.ts';
import type { Filter } from '../../contract/query.ts';
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
export async function holdersOf(
  session: ReadSession,
  dimension: AliasDimension,
  members: readonly string[],
): Promise<(member: string) => string> {
  const held = dimension === 'series' ? await heldSeries(session, members) : await mergedNames(session, dimension);
  return (member) => held.get(member) ?? member;
}

/** The question with canonical ids, each once; the rest of it is unchanged. */
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
  if (!('dimension' in filter && 'values' in filter && isAliased(filter.dimension))) return filter;
  return { ...filter, values: await heldOf(session, filter.dimension, filter.values) };
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
