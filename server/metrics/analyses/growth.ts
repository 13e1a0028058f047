import { z } from 'zod';
import type { GrowthAnswer, growthParams } from '../../contract/analyses.ts';
import {
  type Cell,
  type Day,
  type Query,
  type QueryInput,
  querySchema,
  type Row,
  TOTAL_MEMBER,
} from '../../contract/query.ts';
import { mapInTurns } from '../../loop-turns.ts';
import {
  addDays,
  type DayGrain,
  daysBetween,
  endOf,
  growthOf,
  type LogSpan,
  type Period,
  periodsOf,
  startOf,
} from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { labelIn, mixedCurrency } from '../language/money.ts';
import { chartsAsked, restsOnRows } from '../query/charts.ts';
import { answerQuery } from '../query/query.ts';
import { trackingWidened } from '../query/tracking.ts';
import { columnsOf } from './parts/columns.ts';
import { namesOf } from './parts/members/members.ts';
import { ratioOf } from './parts/ratios.ts';
import { type AnalysisScope, scopeOf } from './parts/scope.ts';

type Params = z.infer<typeof growthParams>;

const IDS = [
  'member',
  'member_label',
  'period',
  'value',
  'index',
  'growth',
  'growth_reason',
  'partial',
  'pace',
] as const;

/**
 * Growth index (docs/analyses/growth.md): value / base value · 100, members by value over the range. Default base:
 * `fairBase`. Growth is null with `partial` for a cut period, with `no_data` against one outside the log.
 */
export async function growth(engine: Engine, params: Params): Promise<GrowthAnswer> {
  const scope = scopeOf(engine, params);
  const periods = periodsOf(scope.range, params.grain, scope.log);
  const answer = await answerQuery(
    engine,
    question(params, scope, {
      time: { ...scope.range, grain: params.grain },
      ...(params.by ? { limit: params.limit } : {}),
    }),
  );
  const byMember = await valuesByMember(answer.rows, params);
  const members = [...byMember.keys()];
  const fair =
    params.base === undefined
      ? await fairBase(byMember, periods, wholePeriod(scope.range.from, params.grain, scope.log))
      : null;
  const base = fair?.period ?? periodOf(params.base ?? scope.range.from, periods, params, scope);
  const first = periods[0];
  const before = first && !first.partial ? periodBefore(first.id, params.grain) : null;
  const shown = { members, currency: answer.meta.currency };
  const outside = {
    base: periods.some(({ id }) => id === base.id) ? null : await valuesOf(engine, params, scope, base, shown),
    before: before && before.from >= scope.log.from ? await valuesOf(engine, params, scope, before, shown) : null,
  };
  const compared = { from: before?.from ?? scope.range.from, to: scope.range.to };
  const charts = chartsAsked(engine.state, scope.filters, { current: compared });
  const widened = await trackingWidened(engine, [base, compared], scope.filters);
  const nameOf = await namesOf(engine, params.by, members);
  const { unit, integer, absent, aggregation } = MEASURE_CATALOG[params.measure];
  const label = labelIn(MEASURE_CATALOG[params.measure], answer.meta.currency);
  const baseOf = (member: string) =>
    toNumber(outside.base ? outside.base.get(member) : byMember.get(member)?.get(base.id));
  const rows = await mapInTurns(members, (member) => {
    const values = byMember.get(member) ?? new Map<string, ValueCell>();
    const steps = stepsOf(values, {
      periods,
      base: baseOf(member),
      before: before && {
        ...before,
        value: toNumber(outside.before?.get(member)),
        blank: outside.before?.get(member) === null,
      },
      log: scope.log,
      additive: absent === 0,
      grain: params.grain,
      sums: aggregation.kind === 'sum',
      blanks: params.measure === 'views',
      charts: charts !== null && restsOnRows(MEASURE_CATALOG[params.measure]),
    });
    return steps.map((step) => ({ member, member_label: nameOf(member), ...step }));
  });
  return {
    columns: columnsOf(IDS, {
      member_label: params.by ? { label: DIMENSION_CATALOG[params.by].label } : {},
      value: { type: integer ? 'integer' : 'number', unit, label },
      pace: { unit },
      index: {
        label: { en: `Index (${base.id} = 100)`, zh: `指数（${base.id} = 100）` },
      },
    }),
    rows: rows.flat(),
    base: base.id,
    missing_base: [...(fair?.missing ?? members.filter((member) => !baseOf(member)))],
    meta: { ...answer.meta, notes: [...answer.meta.notes, ...partialBase(base), ...widened] },
  };
}

interface Steps {
  readonly periods: readonly Period[];
  readonly base: number | null;
  /** The period before the first; null if the first is cut. */
  readonly before: (Period & { readonly value: number | null; readonly blank: boolean }) | null;
  readonly log: LogSpan;
  readonly additive: boolean;
  readonly grain: DayGrain;
  /** Adds up over days. */
  readonly sums: boolean;
  /** A null of a period with rows is unknown: blank views. */
  readonly blanks: boolean;
  /** A period without rows is unknown: charts do not list the member. */
  readonly charts: boolean;
}

/** Each period over the base and against the one before. */
function stepsOf(
  values: ReadonlyMap<string, ValueCell>,
  { periods, base, before, log, blanks, charts, grain, sums, ...steps }: Steps,
) {
  return periods.flatMap((period, i) => {
    const value = values.get(period.id);
    if (value === undefined) return [];
    const current = toNumber(value);
    const inRange = periods[i - 1];
    const earlier = inRange ?? before;
    const previous = inRange ? toNumber(values.get(inRange.id)) : (before?.value ?? null);
    const listed = inRange ? values.has(inRange.id) : before?.value !== null;
    const offChart = charts && !listed;
    const unknown = value === null || (inRange ? values.get(inRange.id) === null : before?.blank === true);
    const additive = steps.additive && !(blanks && unknown);
    const { growth: rate, reason } = growthStep({ current, previous, period, earlier, log, additive, offChart });
    const index = ratioOf(current, base);
    return {
      period: period.id,
      value,
      index: index === null ? null : index * 100,
      growth: rate,
      growth_reason: reason,
      partial: period.partial,
      pace: sums && period.partial && i === periods.length - 1 ? paceOf(current, period, grain, log) : null,
    };
  });
}

/** What a cut period would reach at its pace so far. */
function paceOf(value: number | null, { id, from, to }: Period, grain: DayGrain, log: LogSpan): number | null {
  const [first, last] = [from > log.from ? from : log.from, to < log.asOf ? to : log.asOf];
  const whole = daysBetween(id, endOf(grain, id)) + 1;
  return value === null ? null : (value / (daysBetween(first, last) + 1)) * whole;
}

const valueCell = z.union([z.number(), z.string()]).nullable();
type ValueCell = z.infer<typeof valueCell>;

function question(params: Params, { filters }: AnalysisScope, more: Partial<QueryInput>): Query {
  return querySchema.parse({
    measures: [params.measure],
    dimensions: params.by ? [params.by] : [],
    filters: [...filters],
    currency: params.currency,
    ...more,
  });
}

const memberOf = (row: Row, params: Params): string => (params.by ? String(row[params.by]) : TOTAL_MEMBER);

/** Member → period → value, in the order of the rows. */
async function valuesByMember(rows: readonly Row[], params: Params): Promise<Map<string, Map<string, ValueCell>>> {
  const members = new Map<string, Map<string, ValueCell>>();
  await mapInTurns(rows, (row) => {
    const member = memberOf(row, params);
    const values = members.get(member) ?? new Map<string, ValueCell>();
    values.set(String(row.period), valueCell.parse(row[params.measure] ?? null));
    members.set(member, values);
  });
  return members;
}

/** A share needs all members for its whole, so there they are not filtered. */
async function valuesOf(
  engine: Engine,
  params: Params,
  scope: AnalysisScope,
  period: Pick<Period, 'from' | 'to'>,
  { members, currency }: { readonly members: readonly string[]; readonly currency: string | null },
): Promise<ReadonlyMap<string, Cell>> {
  if (members.length === 0) return new Map();
  const onlyThese: Query['filters'] =
    params.by && MEASURE_CATALOG[params.measure].aggregation.kind !== 'share'
      ? [{ dimension: params.by, op: 'in', values: [...members] }]
      : [];
  const answer = await answerQuery(
    engine,
    question(params, scope, {
      time: { from: period.from, to: period.to },
      filters: [...scope.filters, ...onlyThese],
    }),
  );
  const other = answer.meta.currency;
  // Amounts in two currencies have no ratio.
  if (params.by !== 'currency' && currency !== null && other !== null && other !== currency)
    throw mixedCurrency([params.measure], [currency, other]);
  return new Map(answer.rows.map((row) => [memberOf(row, params), row[params.measure] ?? null]));
}

/** Below this part of a member's own largest whole period its index would be a tower. */
const FAIR = 0.05;
/** A base shows so many whole periods at least, itself the first: from the last one on every line would be its 100. */
const LEAST_SHOWN = 3;

const wholeOf = (periods: readonly Period[]): readonly Period[] => {
  const whole = periods.filter(({ partial }) => !partial);
  return whole.length > 0 ? whole : periods;
};

interface FairBase {
  readonly period: Period;
  /** Members with less than that part. */
  readonly missing: readonly string[];
}

/** The first whole period that is fair to every member, else to most; the last two are none. @param otherwise if no period is in the log */
async function fairBase(
  members: ReadonlyMap<string, ReadonlyMap<string, ValueCell>>,
  periods: readonly Period[],
  otherwise: Period,
): Promise<FairBase> {
  const all = wholeOf(periods);
  const whole = all.slice(0, Math.max(1, all.length + 1 - LEAST_SHOWN));
  const having = whole.map(() => new Set<string>());
  await mapInTurns([...members], ([member, values]) => {
    const own = all.map(({ id }) => toNumber(values.get(id)) ?? 0);
    const least = FAIR * own.reduce((most, value) => Math.max(most, value), 0);
    for (const [i, at] of having.entries()) if ((own[i] ?? 0) > 0 && (own[i] ?? 0) >= least) at.add(member);
  });
  const most = having.reduce((largest, { size }) => Math.max(largest, size), 0);
  const at = having.findIndex(({ size }) => size === most);
  return { period: whole[at] ?? otherwise, missing: [...members.keys()].filter((member) => !having[at]?.has(member)) };
}

/** Also of a day outside the range. */
function periodOf(day: Day, periods: readonly Period[], { grain }: Params, { log }: AnalysisScope): Period {
  const asked = wholePeriod(day, grain, log);
  return periods.find(({ id }) => id === asked.id) ?? asked;
}

function wholePeriod(day: Day, grain: DayGrain, log: LogSpan): Period {
  const [id, to] = [startOf(grain, day), endOf(grain, day)];
  return { id, from: id, to, partial: id < log.from || to > log.asOf };
}

function periodBefore(id: string, grain: DayGrain): Period {
  const to = addDays(id, -1);
  const from = startOf(grain, to);
  return { id: from, from, to, partial: false };
}

/** `earlier` is null if it lies outside the range and the log. */
export function growthStep(step: {
  readonly current: number | null;
  readonly previous: number | null;
  readonly period: Pick<Period, 'partial'>;
  readonly earlier: Pick<Period, 'from' | 'partial'> | null;
  readonly log: LogSpan;
  readonly additive: boolean;
  readonly offChart?: boolean;
}) {
  const { earlier, log } = step;
  const inLog = earlier !== null && earlier.from >= log.from;
  return growthOf(step.current, step.previous, {
    previousInLog: inLog,
    additive: step.additive,
    offChart: step.offChart ?? false,
    partial: step.period.partial || (inLog && earlier.partial),
  });
}

function partialBase(base: Period) {
  if (!base.partial) return [];
  return [
    {
      code: 'partial_base',
      text: {
        en: `The base period ${base.id} is not complete, so indexes on it are too high.`,
        zh: `基期 ${base.id} 不完整，以其为基的指数偏高。`,
      },
    },
  ];
}
