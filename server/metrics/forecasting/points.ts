import type { Day } from '../../contract/query.ts';
import { addDays, daysBetween } from '../language/calendar.ts';

/** A day without rows has no point: unknown, not zero. */
export interface Point {
  readonly day: Day;
  readonly at: number;
  /** 1 for the release day. */
  readonly age: number;
  /** 0 for Monday. */
  readonly weekday: number;
  readonly holiday: boolean;
  readonly views: number;
  /** ln(1 + views): on this scale decay, weekday and holiday add. */
  readonly log: number;
}

/** What a model may know of a day beforehand. */
export type Moment = Omit<Point, 'views' | 'log'>;

export interface Origin {
  readonly first: Day;
  /** Day of age 1: the release, or the first day with rows if that is earlier or no release is stated. */
  readonly release: Day;
  readonly isHoliday: (day: Day) => boolean;
}

const MONDAY = '2024-01-01';

export const momentOf = (day: Day, { first, release, isHoliday }: Origin): Moment => ({
  day,
  at: daysBetween(first, day),
  age: daysBetween(release, day) + 1,
  weekday: ((daysBetween(MONDAY, day) % 7) + 7) % 7,
  holiday: isHoliday(day),
});

/** Days with rows, in order; null if there are none. */
export function pointsOf(
  days: readonly { readonly day: Day; readonly views: number }[],
  releaseDay: Day | null,
  isHoliday: (day: Day) => boolean,
): { points: Point[]; origin: Origin } | null {
  const first = days[0]?.day;
  if (first === undefined) return null;
  const release = releaseDay !== null && releaseDay < first ? releaseDay : first;
  const origin = { first, release, isHoliday };
  const points = days.map(({ day, views }) => ({
    ...momentOf(day, origin),
    views,
    log: Math.log1p(Math.max(views, 0)),
  }));
  return { points, origin };
}

export const daysAfter = (last: Day, count: number, origin: Origin): Moment[] =>
  Array.from({ length: count }, (_, i) => momentOf(addDays(last, i + 1), origin));
