import type { z } from 'zod';
import type { Catalog } from '../../server/contract/catalog.ts';
import type { FilterDimension, Params } from '../filters/grammar.ts';
import { parseFilters } from '../filters/grammar.ts';
import { type MemberNames, resolveScope } from '../filters/scope.ts';
import type { Language } from '../i18n/i18n.ts';
import type { Answers, Figure, FigureScope } from './figure.ts';
import { within } from './member/member.ts';

/** Pages of one member, by the first part of their figures' ids: what is asked there is within it. */
const MEMBER_OF: Readonly<Record<string, FilterDimension>> = { producer: 'producer', genre: 'primary_genre' };

export const pageOf = (id: string): string => id.split('.')[0] ?? id;

/** What an address is about, beside its filters. */
export interface About {
  readonly names: MemberNames;
  /** Of the one series that the page is about. */
  readonly release: string | null;
}

/** The members that an address names: those of its filters, and the one that its page is of. */
export function membersNamed(
  figure: string,
  address: Params,
): { dimension: FilterDimension; ids: readonly string[] }[] {
  const dimension = MEMBER_OF[pageOf(figure)];
  const filtered = parseFilters(address)
    .members.filter(({ op }) => op === 'in' || op === 'not_in')
    .map(({ dimension, values }) => ({ dimension, ids: values }));
  if (dimension === undefined || address.id === undefined) return filtered;
  return [...filtered.filter((one) => one.dimension !== dimension), { dimension, ids: [address.id] }];
}

/**
 * What an address resolves to for a figure away from its page, where an id that stands in the page's path is a parameter;
 * null while the dataset is empty.
 */
export function fixedScope<P extends z.ZodObject, A extends Answers, D>(
  { id, params }: Figure<P, A, D>,
  address: Params,
  catalog: Catalog,
  language: Language,
  { names, release }: About,
): FigureScope<z.output<P>> | null {
  const scope = resolveScope(parseFilters(address), catalog, language, names, release);
  if (scope === null) return null;
  const dimension = MEMBER_OF[pageOf(id)];
  const own = dimension === undefined || address.id === undefined ? scope : within(scope, dimension, [address.id]);
  return { ...own, params: params.parse(address) };
}
