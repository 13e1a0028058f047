import type { ResultRow, Value } from '../warehouse/warehouse.ts';
import { earlier, endOf, later, lengthOf, pairPeriods, type Range } from './calendar.ts';
import { toNumber } from './cells.ts';
import { isDayGrain, type Plan } from './plan.ts';

/** Additive measures over the days of their range or period that the log has, where the query asks `per_day`. */
export function perDay(row: ResultRow, plan: Plan): ResultRow {
  if (!plan.query.per_day) return row;
  const now = daysOf(plan, plan.comparison?.current ?? plan.range, row.period);
  const before = plan.comparison ? daysOf(plan, plan.comparison.previous, earlierPeriod(plan, row.period)) : 0;
  const out: Record<string, Value> = { ...row };
  for (const measure of plan.measures) {
    if (!measure.additive) continue;
    const value = toNumber(row[measure.id]);
    out[measure.id] = value === null ? null : value / now;
    if (!plan.comparison) continue;
    const previous = toNumber(row[`${measure.id}__previous`]);
    out[`${measure.id}__previous`] = previous === null ? null : previous / before;
    out[`${measure.id}__delta`] = (value ?? 0) / now - (previous ?? 0) / before;
  }
  return out;
}

function daysOf(plan: Plan, range: Range, period: Value | undefined): number {
  const grain = plan.query.time.grain;
  const inPeriod =
    isDayGrain(grain) && typeof period === 'string'
      ? { from: later(period, range.from), to: earlier(endOf(grain, period), range.to) }
      : range;
  const withData = { from: later(inPeriod.from, plan.log.from), to: earlier(inPeriod.to, plan.log.asOf) };
  return Math.max(1, lengthOf(withData));
}

/** The earlier range's period that lies under this one: the n-th under the n-th. */
function earlierPeriod(plan: Plan, period: Value | undefined): Value | undefined {
  const grain = plan.query.time.grain;
  if (!plan.comparison || !isDayGrain(grain)) return undefined;
  for (const [previous, current] of pairPeriods(plan.comparison, grain)) if (current === period) return previous;
  return undefined;
}
