import { z } from 'zod';
import type { Answer, DimensionFilter } from '../../../server/contract/query.ts';
import type { MemberNames, Scope } from '../../filters/scope.ts';
import { type TrendWindow, trendWindow } from '../../filters/trend.ts';
import type { FigureScope } from '../figure.ts';
import { memberName, textCell } from '../members.ts';
import { memberWords } from './words.ts';

/** What has a page of its own beside series. */
export type MemberDimension = 'producer' | 'primary_genre';

/** On the page the id stands in the path. */
export const memberParams = z.object({ id: z.string().catch('') });
export type MemberScope = FigureScope<z.output<typeof memberParams>>;

/** The scope without what it says of a dimension: the page's own member is a fixed part of it. */
export const around = <S extends Scope>(scope: S, dimension: DimensionFilter['dimension']): S => ({
  ...scope,
  filters: scope.filters.filter((filter) => !('dimension' in filter && filter.dimension === dimension)),
});

/** The scope, and in it members alone. */
export function within<S extends Scope>(scope: S, dimension: DimensionFilter['dimension'], ids: readonly string[]): S {
  const rest = around(scope, dimension);
  return { ...rest, filters: [...rest.filters, { dimension, op: 'in', values: [...ids] }] };
}

/** A name that the scope has; an id such as `constructor` is none by itself. */
export function knownName(names: MemberNames, dimension: string, id: string): string | undefined {
  const known = names[dimension];
  return known !== undefined && Object.hasOwn(known, id) ? known[id] : undefined;
}

/** The page's member by name: as an answer about it says, else as the page knows it. */
export function nameOf({ params, names, language }: MemberScope, dimension: MemberDimension, answer?: Answer): string {
  const label = answer?.rows[0]?.[`${dimension}_label`];
  return memberName(params.id, textCell(label) || knownName(names, dimension, params.id), language);
}

/** The time that a member's course is drawn over. */
export const courseWindow = (scope: Scope): TrendWindow => trendWindow(scope);

/** What a member is a part of: the industry, or what the filters on everything else leave of it. */
export const wholeOf = (scope: Scope, dimension: MemberDimension): string =>
  memberWords.say(scope.language)(wholeWord(scope, dimension));

/** Which of the two words it is. */
export const wholeWord = (scope: Scope, dimension: MemberDimension): 'all' | 'all_filtered' =>
  around(scope, dimension).filters.length === 0 ? 'all' : 'all_filtered';
