import type { DimensionId } from '../../server/contract/query.ts';
import { OTHERS_MEMBER, TOTAL_MEMBER } from '../../server/contract/query.ts';
import { addDays, addMonths, type DateRange } from './ranges.ts';

export interface MarkedMember {
  readonly dimension: DimensionId;
  readonly id: string;
  readonly label: string;
}

/** What a bar, a line, a cell or a row stands for: members (a cell has two), a span of time, or both. */
export interface Mark {
  readonly members: readonly MarkedMember[];
  readonly span?: DateRange | undefined;
}

/** A mark of one member; undefined for what is no member: all, or the rest. */
export const markOf = (dimension: DimensionId, id: string, label: string): Mark | undefined =>
  id === OTHERS_MEMBER || id === TOTAL_MEMBER || id === '' ? undefined : { members: [{ dimension, id, label }] };

/** A mark of several: undefined if one of them stands for nothing. */
export const markOfAll = (...marks: readonly (Mark | undefined)[]): Mark | undefined =>
  marks.includes(undefined) ? undefined : { members: marks.flatMap((mark) => mark?.members ?? []) };

/** The same mark within a span; what stands for no member stands for the span. */
export const within = (mark: Mark | undefined, span: DateRange): Mark => ({ members: mark?.members ?? [], span });

/** A member's key, the same in every chart of a page. */
export const memberKey = ({ dimension, id }: MarkedMember): string => `${dimension}:${id}`;

/** The keys of a mark: its members, then its span. */
export const keysOf = ({ members, span }: Mark): string[] => [
  ...members.map(memberKey),
  ...(span === undefined ? [] : [`time:${span.from}..${span.to}`]),
];

export type MarkGrain = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The days of a period, by its start; an hour stands for its day. */
export function periodSpan(start: string, grain: MarkGrain): DateRange {
  const from = start.slice(0, 10);
  if (grain === 'hour' || grain === 'day') return { from, to: from };
  if (grain === 'week') return { from, to: addDays(from, 6) };
  return { from, to: addDays(addMonths(from, MONTHS[grain]), -1) };
}
