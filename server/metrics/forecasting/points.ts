import type { Day } from '../../contract/query.ts';
import { addDays, daysBetween } from '../language/calendar.ts';

/** One day of a series for a model. Days without rows have no point: they are unknown, not zero. */
export interface Point {
  readonly day: Day;
  /** Days since the first point, 0 for it. */
  readonly at: number;
  /** Day since release, 1 for the release day. */
  readonly age: number;
  /** ISO weekday, 0 for Monday. */
  readonly weekday: number;
  /** Whether the day is one of the holidays that move viewing. */
  readonly holiday: boolean;
  readonly views: number;
  /** ln(1 + views): decay, weekday and holiday multiply, so on this scale they add. */
  readonly log: number;
}

/** A day to say something of: what a model may know of it beforehand. */
export type Moment = Omit<Point, 'views' | 'log'>;

/** Where the days of a series are counted from. */
export interface Origin {
  readonly first: Day;
  /** Day of age 1: the release, or the first day with rows where that is earlier or no release is stated. */
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

/** The days that have rows, in order, as points; null where there are none. */
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

/** The `count` days after a day. */
export const daysAfter = (last: Day, count: number, origin: Origin): Moment[] =>
  Array.from({ length: count }, (_, i) => momentOf(addDays(last, i + 1), origin));
