import { call, type Sql, sql } from '../sql/sql.ts';
import {
  addDays,
  type Comparison,
  eachDay,
  hourOffsetMinutes,
  hoursStayWhole,
  lengthOf,
  type Range,
  startOfDay,
} from './calendar.ts';

/** Hours are elapsed instants; a business day has 23, 24 or 25 (docs/definitions.md#days-and-hours). */

const HOUR = 3_600_000;

/** UTC. If the clock moves by part of an hour in the range (Lord Howe Island), hours count from each day's midnight. */
export function startOfHour(zone: string, range: Range, row: { readonly instant: Sql; readonly day: Sql }): Sql {
  if (hoursStayWhole(zone, range)) return call('startOfHour', row.instant, sql`${minuteOf(zone, range)}`);
  return call('startOfHourOfDay', row.instant, row.day, sql`${zone}`);
}

const minuteOf = (zone: string, range: Range): number =>
  hourOffsetMinutes(zone, new Date(startOfDay(range.from, zone)));

/** The n-th hour since the first midnight lies on the n-th. */
export interface HourPairs {
  /** Of the earlier range's hours. */
  readonly shift: number;
  /** UTC, exclusive. */
  readonly previousEnd: string;
  /** A day of clock change may have one hour fewer. */
  inCurrent(hour: string): boolean;
  inPrevious(hour: string): boolean;
}

/** Earlier days beyond the current length have no partner; an hour that only one range has is kept. */
export function pairHours({ current, previous }: Pick<Comparison, 'current' | 'previous'>, zone: string): HourPairs {
  const at = (day: string) => Date.parse(startOfDay(day, zone));
  const days = Math.min(lengthOf(current), lengthOf(previous));
  const shift = at(current.from) - at(previous.from);
  const currentEnd = at(addDays(current.to, 1));
  const previousEnd = at(addDays(previous.from, days));
  return {
    shift: shift / 1000,
    previousEnd: new Date(previousEnd).toISOString().slice(0, 19),
    inCurrent: (hour) => Date.parse(hour) < currentEnd,
    inPrevious: (hour) => Date.parse(hour) - shift < previousEnd,
  };
}

/** First instants, UTC. */
export function hoursOf(range: Range, zone: string): string[] {
  const hours: string[] = [];
  for (const day of eachDay(range)) {
    const end = Date.parse(startOfDay(addDays(day, 1), zone));
    for (let hour = Date.parse(startOfDay(day, zone)); hour < end; hour += HOUR)
      hours.push(new Date(hour).toISOString());
  }
  return hours;
}
