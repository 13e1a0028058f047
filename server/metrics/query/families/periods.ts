import type { Grain } from '../../../contract/query.ts';
import { type DayGrain, daysBetween, earlier, later, type Range, startOf, within } from '../../language/calendar.ts';
import type { TableName } from '../../language/dimensions.ts';
import { pairHours, startOfHour } from '../../language/hours.ts';
import { call, column, type Sql, sql } from '../../sql/sql.ts';
import { dayOf } from '../log-rows.ts';
import type { Plan } from '../plan.ts';

export function periodOfDay(grain: DayGrain, day: Sql): Sql {
  const starts = {
    day: () => day,
    week: () => call('startOfWeek', day),
    month: () => call('startOfMonth', day),
    quarter: () => call('startOfQuarter', day),
    year: () => call('startOfYear', day),
  };
  return starts[grain]();
}

export function periodExpression(plan: Plan, timeZone: string, table: TableName): Sql | undefined {
  const grain: Grain | undefined = plan.query.time.grain;
  if (grain === undefined) return undefined;
  if (grain !== 'hour') return periodOfDay(grain, dayOf(table));
  return startOfHour(timeZone, hourSpan(plan), { instant: column('t', 'instant'), day: dayOf(table) });
}

/** Within the log. */
export function hourSpan({ comparison, range, log }: Pick<Plan, 'comparison' | 'range' | 'log'>): Range {
  if (comparison === null) return within(range, log);
  const { current, previous } = comparison;
  return within({ from: earlier(current.from, previous.from), to: later(current.to, previous.to) }, log);
}

/** The n-th earlier period lies on the n-th current one. */
export function periodShift(plan: Plan, timeZone: string): Sql | null {
  const { comparison } = plan;
  const grain = plan.query.time.grain;
  if (!comparison || !grain) return null;
  if (grain === 'hour') return call('addSecondsToInstant', sql`period`, sql`${pairHours(comparison, timeZone).shift}`);
  const before = startOf(grain, comparison.previous.from);
  const now = startOf(grain, comparison.current.from);
  if (grain === 'day' || grain === 'week') return call('addDays', sql`period`, sql`${daysBetween(before, now)}`);
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return call('addMonths', sql`period`, sql`${months(now) - months(before)}`);
}
