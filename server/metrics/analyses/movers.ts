import { z } from 'zod';
import { growthReasonSchema, type MoversAnswer, type moversParams } from '../../contract/analyses.ts';
import { type Cell, querySchema, type Row } from '../../contract/query.ts';
import { mapInTurns } from '../../loop-turns.ts';
import { comparisonOf } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { labelIn } from '../language/money.ts';
import { answerQuery } from '../query/query.ts';
import { columnsOf } from './parts/columns.ts';
import { rankChanges } from './parts/ranks.ts';
import { scopeOf } from './parts/scope.ts';

const IDS = [
  'member',
  'member_label',
  'value',
  'previous',
  'delta',
  'growth',
  'growth_reason',
  'contribution_pp',
  'rank',
  'rank_previous',
  'rank_change',
  'rank_change_reason',
] as const;

const valueCell = z.union([z.number(), z.string()]).nullable();
type ValueCell = z.infer<typeof valueCell>;

interface Mover {
  readonly member: string;
  readonly label: string;
  readonly value: ValueCell;
  readonly previous: ValueCell;
  readonly delta: ValueCell;
  readonly growth: number | null;
  readonly reason: z.infer<typeof growthReasonSchema>;
}

/**
 * Who moved (docs/analyses/movers.md): value, change, growth, contribution (additive measures) and ranks, from the
 * largest rise. Against a range outside the log there is no earlier value, and a note says so.
 */
export async function movers(engine: Engine, params: z.infer<typeof moversParams>): Promise<MoversAnswer> {
  const { by, measure, compare, limit } = params;
  const scope = scopeOf(engine, params);
  const answer = await answerQuery(
    engine,
    querySchema.parse({
      measures: [measure],
      dimensions: [by],
      time: { ...scope.range },
      filters: scope.filters,
      compare,
      currency: params.currency,
      totals: true,
    }),
  );
  const comparison = comparisonOf(scope.range, compare, scope.log);
  const previousInLog = comparison.previousInLog && comparison.currentInLog;
  const members = await mapInTurns(answer.rows, (row) => {
    const mover = moverOf(row, by, measure);
    // The log's part of a range that it cuts is no earlier value.
    return previousInLog ? mover : { ...mover, previous: null, delta: null };
  });
  const ranks = rankChanges(
    members.map(({ value }) => toNumber(value)),
    members.map(({ previous }) => toNumber(previous)),
    previousInLog,
  );
  const { additive, unit, integer } = MEASURE_CATALOG[measure];
  const label = labelIn(MEASURE_CATALOG[measure], answer.meta.currency);
  const before = additive && previousInLog ? toNumber(answer.totals?.[`${measure}__previous`]) : null;
  const rows = await mapInTurns(members, ({ label: member_label, reason, ...mover }, i) => ({
    ...mover,
    member_label,
    growth_reason: reason,
    contribution_pp: contribution(toNumber(mover.delta), before),
    rank: ranks[i]?.rank ?? null,
    rank_previous: ranks[i]?.rank_previous ?? null,
    rank_change: ranks[i]?.rank_change ?? null,
    rank_change_reason: reason === 'not_on_chart' ? offChart(ranks[i]) : (ranks[i]?.rank_change_reason ?? null),
  }));
  const type = integer ? ('integer' as const) : ('number' as const);
  return {
    columns: columnsOf(IDS, {
      member_label: { label: DIMENSION_CATALOG[by].label },
      value: { type, unit, label },
      previous: { type, unit },
      delta: { type, unit },
    }),
    rows: byChange(rows, limit),
    meta: answer.meta,
  };
}

/** Who was not on the chart has no earlier rank, and is not new. */
const offChart = (rank: { readonly rank_previous: number | null } | undefined) =>
  rank?.rank_previous == null ? ('not_on_chart' as const) : null;

function moverOf(row: Row, by: string, measure: string): Mover {
  const value = (id: string): ValueCell => valueCell.parse(row[id] ?? null);
  return {
    member: String(row[by]),
    label: String(row[`${by}_label`]),
    value: value(measure),
    previous: value(`${measure}__previous`),
    delta: value(`${measure}__delta`),
    growth: toNumber(row[`${measure}__growth`]),
    reason: growthReasonSchema.parse(row[`${measure}__growth_reason`] ?? null),
  };
}

/** Percentage points; null if the earlier total was none. */
export function contribution(delta: number | null, earlierTotal: number | null): number | null {
  return delta === null || earlierTotal === null || earlierTotal === 0 ? null : (delta / earlierTotal) * 100;
}

/** From the largest rise to the largest fall; unknown changes last, by value. */
export function byChange<T extends { readonly member: string; readonly value?: Cell; readonly delta: Cell }>(
  rows: readonly T[],
  limit: number | undefined,
): T[] {
  const sized = rows.map((row) => ({ row, delta: toNumber(row.delta) }));
  const valued = (row: T) => toNumber(row.value ?? null) ?? Number.NEGATIVE_INFINITY;
  const byValue = (a: T, b: T) => (a.delta === null && b.delta === null ? compareChange(valued(a), valued(b)) : 0);
  const byId = (a: T, b: T) => byValue(a, b) || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);
  const size = (delta: number | null) => (delta === null ? -1 : Math.abs(delta));
  return sized
    .toSorted((a, b) => size(b.delta) - size(a.delta) || byId(a.row, b.row))
    .slice(0, limit)
    .toSorted((a, b) => compareChange(a.delta, b.delta) || byId(a.row, b.row))
    .map(({ row }) => row);
}

function compareChange(a: number | null, b: number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return b - a;
}
