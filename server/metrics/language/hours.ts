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

/**
 * Hours are elapsed instants (docs/definitions.md#days-and-hours): a business day begins at its own midnight and has
 * 23, 24 or 25 of them.
 */

const HOUR = 3_600_000;

/**
 * First instant (UTC) of the hour that a row's instant lies in. Where the zone's clock moves by part of an hour within
 * the range (Lord Howe Island), each business day's hours are counted from its own midnight, and the day of the change
 * ends with half an hour.
 */
export function startOfHour(zone: string, range: Range, row: { readonly instant: Sql; readonly day: Sql }): Sql {
  if (hoursStayWhole(zone, range)) return call('startOfHour', row.instant, sql`${minuteOf(zone, range)}`);
  return call('startOfHourOfDay', row.instant, row.day, sql`${zone}`);
}

const minuteOf = (zone: string, range: Range): number =>
  hourOffsetMinutes(zone, new Date(startOfDay(range.from, zone)));

/** How hours of the earlier range lie on those of the current one: the n-th since the first midnight on the n-th. */
export interface HourPairs {
  /** Seconds by which the earlier range's hours are shifted. */
  readonly shift: number;
  /** Last instant, UTC and not in it any more, of the earlier hours that are laid on current ones. */
  readonly previousEnd: string;
  /** Whether the current range has the hour that starts at an instant; a day of clock change may have one hour fewer. */
  inCurrent(hour: string): boolean;
  /** Whether the earlier range has the hour that is laid on it. */
  inPrevious(hour: string): boolean;
}

/**
 * Days of the earlier range beyond the length of the current one have no partner and are left out, as for whole days;
 * an hour that a clock change gave to one of the two alone is kept.
 */
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

/** The first instants of all hours of a range, UTC. */
export function hoursOf(range: Range, zone: string): string[] {
  const hours: string[] = [];
  for (const day of eachDay(range)) {
    const end = Date.parse(startOfDay(addDays(day, 1), zone));
    for (let hour = Date.parse(startOfDay(day, zone)); hour < end; hour += HOUR)
      hours.push(new Date(hour).toISOString());
  }
  return hours;
}
