import type { Cell, Row } from '../../contract/query.ts';
import type { ResultRow, Value } from '../../warehouse/warehouse.ts';
import { growthOf, periodUnder, touchesLog, withOffset } from '../language/calendar.ts';
import { toCell, toNumber } from '../language/cells.ts';
import { pairHours } from '../language/hours.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { perDay } from './per-day.ts';
import { isDayGrain, type Plan } from './plan.ts';
import { SEEN, unknownWhereAbsent } from './query-sql.ts';
import { remembered } from './remembered.ts';

/** Exact integers, offsets on hours, growth with its reason. */
export function rowFinisher(plan: Plan, zone: string): (source: ResultRow) => Row {
  const knownOf = knowledge(plan, zone);
  const periodOf = remembered((period: string) =>
    plan.query.time.grain === 'hour' ? withOffset(period, zone) : period,
  );
  const daily = perDay(plan);
  const partial = new Set(plan.periods.filter((period) => period.partial).map((period) => period.id));
  return (source) => {
    const row = daily(source);
    const out: Record<string, Cell> = {};
    for (const id of plan.dimensions) out[id] = toCell(row[id]);
    const period = typeof row.period === 'string' ? periodOf(row.period) : toCell(row.period);
    if (plan.query.time.grain !== undefined) out.period = period;
    const known = knownOf(row.period);
    const cut = plan.comparison?.alignment !== 'elapsed' && typeof period === 'string' && partial.has(period);
    for (const id of plan.query.measures) Object.assign(out, measureCells(id, row, plan, known, cut));
    return out;
  };
}

function measureCells(
  id: keyof typeof MEASURE_CATALOG,
  row: ResultRow,
  plan: Plan,
  known: Known,
  partial: boolean,
): Record<string, Cell> {
  const { comparison } = plan;
  if (!comparison) return { [id]: toCell(row[id]) };
  const measure = MEASURE_CATALOG[id];
  const offChart =
    (unknownWhereAbsent(plan, measure, 'current') && row[SEEN] !== true) ||
    (unknownWhereAbsent(plan, measure, 'previous') && row[`${SEEN}__previous`] !== true);
  const { growth, reason } = growthOf(toNumber(row[id]), toNumber(row[`${id}__previous`]), {
    previousInLog: comparison.previousInLog && known.before,
    currentInLog: comparison.currentInLog && known.now,
    // Null views of a cell with rows are blank, not 0.
    additive: measure.absent === 0 && id !== 'views',
    partial,
    offChart,
  });
  return {
    [id]: known.now ? toCell(row[id]) : null,
    [`${id}__previous`]: known.before ? toCell(row[`${id}__previous`]) : null,
    [`${id}__delta`]: known.now && known.before && !offChart ? toCell(row[`${id}__delta`]) : null,
    [`${id}__growth`]: growth,
    [`${id}__growth_reason`]: reason,
  };
}

/** Sides that the data can speak of; else there is no 0 and no change. */
interface Known {
  readonly now: boolean;
  readonly before: boolean;
}

/** Nothing is known outside the log, nor of a period that one range lacks. */
function knowledge({ comparison, log, query }: Plan, zone: string): (period: Value | undefined) => Known {
  if (!comparison) return () => ({ now: true, before: true });
  const whole = { now: touchesLog(comparison.current, log), before: touchesLog(comparison.previous, log) };
  const grain = query.time.grain;
  if (grain === undefined) return () => whole;
  if (isDayGrain(grain)) {
    const paired = remembered((period: string) => periodUnder(period, comparison, grain) !== null);
    return (period) => ({ ...whole, before: whole.before && (typeof period !== 'string' || paired(period)) });
  }
  const hours = pairHours(comparison, zone);
  return remembered((period: Value | undefined) =>
    typeof period === 'string'
      ? { now: whole.now && hours.inCurrent(period), before: whole.before && hours.inPrevious(period) }
      : whole,
  );
}
