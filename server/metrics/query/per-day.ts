import type { ResultRow, Value } from '../../warehouse/warehouse.ts';
import { earlier, endOf, later, lengthOf, periodUnder, type Range, within } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { isDayGrain, type Plan } from './plan.ts';
import { remembered } from './remembered.ts';

/** For `per_day`: additive measures over the days with data. */
export function perDay(plan: Plan): (row: ResultRow) => ResultRow {
  if (!plan.query.per_day) return (row) => row;
  const daysOf = remembered((period: Value | undefined) => daysUnder(plan, period));
  return (row) => {
    const days = daysOf(row.period);
    const out: Record<string, Value> = { ...row };
    for (const measure of plan.measures) {
      if (!measure.additive) continue;
      const value = toNumber(row[measure.id]);
      out[measure.id] = value === null ? null : value / days.now;
      if (!plan.comparison) continue;
      const previous = toNumber(row[`${measure.id}__previous`]);
      out[`${measure.id}__previous`] = previous === null ? null : previous / days.before;
      out[`${measure.id}__delta`] = (value ?? 0) / days.now - (previous ?? 0) / days.before;
    }
    return out;
  };
}

/** Of the whole ranges, for a row without a period. */
function daysUnder(plan: Plan, period: Value | undefined): { readonly now: number; readonly before: number } {
  const { comparison } = plan;
  const grain = plan.query.time.grain;
  const under =
    comparison && isDayGrain(grain) && typeof period === 'string' ? periodUnder(period, comparison, grain) : undefined;
  return {
    now: daysOf(plan, comparison?.current ?? plan.range, period),
    before: comparison ? daysOf(plan, comparison.previous, under ?? undefined) : 0,
  };
}

function daysOf(plan: Plan, range: Range, period: Value | undefined): number {
  const grain = plan.query.time.grain;
  const inPeriod =
    isDayGrain(grain) && typeof period === 'string'
      ? { from: later(period, range.from), to: earlier(endOf(grain, period), range.to) }
      : range;
  return Math.max(1, lengthOf(within(inPeriod, plan.log)));
}
