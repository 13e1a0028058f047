import { z } from 'zod';
import { type FilterState, formatFilters, type Params } from '../../filters/grammar.ts';
import { membersIn, type Scope } from '../../filters/scope.ts';
import type { FigureScope } from '../figure.ts';
import { memberName } from '../members.ts';

/** What can be set side by side; the members are the filter of the dimension: `producer=a,b`. */
export const COMPARED = ['series', 'producer', 'primary_genre'] as const;
export type Compared = (typeof COMPARED)[number];
export const LEAST = 2;
export const MOST = 6;

/** `by` is only needed if several of the dimensions are filtered by several members. */
export const compareParams = z.object({ by: z.enum(COMPARED).optional().catch(undefined) });
export type CompareScope = FigureScope<z.output<typeof compareParams>>;

export interface Comparing {
  by: Compared;
  ids: readonly string[];
}

/** What an address sets side by side, however many those are; null if it names none. */
export function comparedIn(filters: Scope['filters'], asked: Compared | undefined): Comparing | null {
  const named = COMPARED.flatMap((by) => {
    const filter = membersIn(filters).find(({ dimension, op }) => dimension === by && op === 'in');
    return filter !== undefined && 'values' in filter ? [{ by, ids: filter.values }] : [];
  });
  return named.find(({ by }) => by === asked) ?? named.find(({ ids }) => ids.length >= LEAST) ?? named[0] ?? null;
}

export const comparing = ({ filters, params }: CompareScope): Comparing =>
  comparedIn(filters, params.by) ?? { by: 'producer', ids: [] };

/** The address that sets members side by side within the filters on everything else. */
export function compareAddress(state: FilterState, by: Compared, ids: readonly string[]): Params {
  const rest = state.members.filter(({ dimension }) => dimension !== by);
  const several = rest.some(
    ({ dimension, op, values }) => op === 'in' && values.length >= LEAST && COMPARED.some((one) => one === dimension),
  );
  const members = ids.length === 0 ? rest : [...rest, { dimension: by, op: 'in' as const, values: [...ids] }];
  return { ...formatFilters({ ...state, members }), ...(several ? { by } : {}) };
}

export const memberNamed = ({ names, language }: Scope, by: Compared, id: string, label?: string): string =>
  memberName(id, label || names[by]?.[id], language);
