import type { Cell, Row } from '../../contract/query.ts';
import { loopTurns, mapInTurns } from '../../loop-turns.ts';
import { within, withOffset } from '../language/calendar.ts';
import { hoursOf } from '../language/hours.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { currentRange, isDayGrain, type Plan } from './plan.ts';
import { unknownWhereAbsent } from './query-sql.ts';

/**
 * For `fill`: 0 for sums and counts, null for the unknown and on charts; cumulative_views carries forward. Ends
 * with the member that passes `most` rows.
 */
export async function fillPeriods(
  plan: Plan,
  rows: readonly Row[],
  { zone, most }: { readonly zone: string; readonly most: number },
): Promise<readonly Row[]> {
  const grain = plan.query.time.grain;
  if (!plan.query.fill || grain === undefined) return rows;
  const byMember = new Map<string, Row[]>();
  await mapInTurns(rows, (row) => {
    const key = JSON.stringify(plan.dimensions.map((id) => row[id]));
    const own = byMember.get(key);
    if (own) own.push(row);
    else byMember.set(key, [row]);
  });
  const ids = new Set(isDayGrain(grain) ? periodsWithData(plan) : hoursWithData(plan, zone));
  const filled: Row[] = [];
  const turn = loopTurns();
  for (const own of byMember.values()) {
    for (const row of fillMember(plan, own, ids)) filled.push(row);
    if (filled.length > most) break;
    await turn();
  }
  return filled;
}

const periodsWithData = ({ periods, log, query }: Plan): string[] =>
  periods.filter((period) => period.from <= log.asOf && (query.include_partial || !period.partial)).map(({ id }) => id);

function hoursWithData(plan: Plan, zone: string): string[] {
  const { from, to } = currentRange(plan);
  return hoursOf(within({ from, to }, plan.log), zone).map((hour) => withOffset(hour, zone));
}

function fillMember(plan: Plan, rows: readonly Row[], ids: ReadonlySet<string>): Row[] {
  const present = new Map(rows.map((row) => [row.period, row]));
  const [sample] = rows;
  let carried: Cell = present.get(null)?.cumulative_views ?? null;
  // A comparison may show a period the range lacks: an hour that only the earlier day had.
  const extra = rows.filter(({ period }) => typeof period === 'string' && !ids.has(period));
  const filled = Array.from(ids, (period) => {
    const row = present.get(period) ?? emptyRow(plan, sample, period);
    if ('cumulative_views' in row) {
      carried = row.cumulative_views ?? carried;
      row.cumulative_views = carried;
    }
    return row;
  });
  return [...filled, ...extra];
}

function emptyRow(plan: Plan, sample: Row | undefined, period: string): Row {
  const row: Record<string, Cell> = {};
  for (const id of plan.dimensions) row[id] = sample?.[id] ?? null;
  row.period = period;
  for (const id of plan.query.measures) {
    const measure = MEASURE_CATALOG[id];
    const { absent } = measure;
    const [now, before] = [unknownWhereAbsent(plan, measure, 'current'), unknownWhereAbsent(plan, measure, 'previous')];
    row[id] = now ? null : absent;
    if (!plan.comparison) continue;
    row[`${id}__previous`] = before ? null : absent;
    row[`${id}__delta`] = now || before ? null : absent;
    row[`${id}__growth`] = null;
    row[`${id}__growth_reason`] = now || before ? 'not_on_chart' : absent === 0 ? 'both_zero' : 'no_data';
  }
  return row;
}
