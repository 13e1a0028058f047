import {
  type Answer,
  type Cell,
  type Column,
  type MeasureId,
  type Note,
  OTHERS_MEMBER,
  type Query,
  type Row,
} from '../../contract/query.ts';
import { mapInTurns } from '../../loop-turns.ts';
import type { ResultRow } from '../../warehouse/warehouse.ts';
import { lengthOf, type Period, type Range } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { countWords } from '../language/day-words.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import { type Engine, spanOf } from '../language/engine.ts';
import { MIXED_HEAT_NOTE, mixesPlatforms } from '../language/heat.ts';
import { Labels } from '../language/labels.ts';
import { MEASURE_CATALOG, type Measure } from '../language/measures.ts';
import { isMoney, labelIn } from '../language/money.ts';
import { sql } from '../sql/sql.ts';
import { labelOfChart } from './charts.ts';
import { comparisonNotes } from './comparison-notes.ts';
import { APART_NOTE, type Money, moneyOf } from './conversion.ts';
import { fillPeriods } from './fill.ts';
import { rowFinisher } from './finish-row.ts';
import { metaOf } from './meta.ts';
import { convertedPlan, currentRange, type Plan, planQuery } from './plan.ts';
import { querySql } from './query-sql.ts';

/** More rows are cut and the answer says so. */
export const ROW_LIMIT = 200_000;

/** See docs/api.md#answers. @param most rows of the answer @throws ProblemError as `planQuery` */
export async function answerQuery(engine: Engine, query: Query, most = ROW_LIMIT): Promise<Answer> {
  const startedAt = performance.now();
  const planned = planQuery(query, engine.state, spanOf(engine));
  const money = await moneyOf(engine, planned);
  const plan = money.factors ? convertedPlan(planned, money.factors) : planned;
  const shown = await mainRows(engine, plan, most);
  const others = query.others && shown.cut ? await othersRows(engine, plan, shown.members) : [];
  const incomparable = plan.measures.filter(
    (measure) => (money.apart && isMoney(measure)) || mixesPlatforms(plan.scopeFilters, measure),
  );
  const added = (row: Row) => withoutMeasures(row, incomparable);
  const finish = rowFinisher(plan, engine.state.timeZone);
  const rows = [...(await mapInTurns(shown.rows, finish)), ...others.map((row) => added(finish(row)))];
  const totals = query.totals ? added(await totalsRow(engine, plan)) : null;
  const filled = await fillPeriods(plan, withoutPartial(plan, rows), { zone: engine.state.timeZone, most });
  const kept = filled.slice(0, most);
  const truncated = shown.truncated || filled.length > most;
  await addLabels(engine, plan, kept);
  return {
    columns: columnsOfAnswer(plan, money.currency),
    rows: kept,
    ...(totals ? { totals } : {}),
    meta: metaOf({
      state: engine.state,
      startedAt,
      choice: plan.choice,
      truncated,
      partialPeriods: partialIds(plan),
      alignment: plan.comparison?.alignment ?? 'calendar',
      charts: plan.charts,
      filters: plan.scopeFilters,
      ...restingOn(plan),
      currency: money.currency,
      notes: [
        ...(await notesOf(engine, plan)),
        ...(totals || others.length > 0 ? addedNotes(plan, money) : []),
        ...money.notes,
      ],
    }),
  };
}

interface Shown {
  readonly rows: readonly ResultRow[];
  readonly members: readonly (readonly string[])[];
  /** A limit left members out. */
  readonly cut: boolean;
  /** The row limit left some out. */
  readonly truncated: boolean;
}

/** A limit counts combinations by their whole-range value, each with all its periods. */
async function mainRows(engine: Engine, plan: Plan, most: number): Promise<Shown> {
  const zone = engine.state.timeZone;
  const { limit } = plan.query;
  if (limit === undefined || plan.dimensions.length === 0) {
    const rows = await engine.all(querySql(plan, { zone, limit: most + 1 }));
    return { rows, members: [], cut: false, truncated: rows.length > most };
  }
  if (plan.query.time.grain === undefined) {
    const rows = await engine.all(querySql(plan, { zone, limit: Math.min(limit, most) + 1 }));
    const kept = rows.slice(0, Math.min(limit, most));
    const cut = rows.length > kept.length;
    return { rows: kept, members: kept.map((row) => membersOf(row, plan)), cut, truncated: cut && most < limit };
  }
  const ranked = await engine.all(querySql(withoutPeriods(plan), { zone, limit: limit + 1 }));
  const members = ranked.slice(0, limit).map((row) => membersOf(row, plan));
  const all = await rowsOfMembers(engine, plan, members, most);
  if (all.length <= most) return { rows: all, members, cut: ranked.length > limit, truncated: false };
  // Whole members are left out, the last first, never periods.
  const first = members.slice(0, Math.max(1, Math.floor(most / mostPeriods(plan))));
  const rows = await rowsOfMembers(engine, plan, first, most);
  return { rows: rows.slice(0, most), members: first, cut: true, truncated: true };
}

async function rowsOfMembers(
  engine: Engine,
  plan: Plan,
  members: readonly (readonly string[])[],
  most: number,
): Promise<readonly ResultRow[]> {
  if (members.length === 0) return [];
  const rows = await engine.all(querySql(plan, { zone: engine.state.timeZone, members, limit: most + 1 }));
  return rows.length > most || plan.query.sort ? rows : byRank(rows, members, plan);
}

/** Of hours, those of the longest days. */
const mostPeriods = (plan: Plan): number =>
  plan.query.time.grain === 'hour' ? 25 * lengthOf(currentRange(plan)) : Math.max(1, plan.periods.length);

const membersOf = (row: ResultRow, plan: Plan): string[] => plan.dimensions.map((id) => String(row[id]));

/** Over the whole range; a sort by period means nothing there. */
function withoutPeriods(plan: Plan): Plan {
  const { grain: _, ...time } = plan.query.time;
  const sort = plan.query.sort?.filter(({ by }) => by !== 'period');
  const { sort: __, ...query } = plan.query;
  return {
    ...plan,
    query: { ...query, time, ...(sort && sort.length > 0 ? { sort } : {}) },
    periods: [],
  };
}

/** By rank, each with its periods in the order they came. */
async function byRank(
  rows: readonly ResultRow[],
  members: readonly (readonly string[])[],
  plan: Plan,
): Promise<readonly ResultRow[]> {
  const own = new Map(members.map((combo) => [JSON.stringify(combo), [] as ResultRow[]]));
  await mapInTurns(rows, (row) => own.get(JSON.stringify(membersOf(row, plan)))?.push(row));
  return [...own.values()].flat();
}

/** Recomputed over the rest: right for medians and distinct counts too. */
async function othersRows(engine: Engine, plan: Plan, members: readonly (readonly string[])[]): Promise<ResultRow[]> {
  const [only] = plan.dimensions;
  const single = only !== undefined && plan.dimensions.length === 1;
  const asksShare = plan.measures.some(({ id }) => id === 'share_of_views');
  const rest: Plan = {
    ...plan,
    // A share is of the views, asked for or not.
    measures: asksShare ? [...new Set([...plan.measures, MEASURE_CATALOG.views])] : plan.measures,
    dimensions: [],
    measureFilters: [],
    query: withoutSort(plan.query),
    scopeFilters: single
      ? [...plan.scopeFilters, { dimension: only, op: 'not_in', values: members.map(([id]) => id ?? '') }]
      : plan.scopeFilters,
    excluded: single ? plan.excluded : { dimensions: plan.dimensions, combos: members },
  };
  const rows = await engine.all(querySql(rest, { zone: engine.state.timeZone }));
  const shares = asksShare ? await sharesOfRest(engine, plan, rows) : [];
  return rows.map((row, i) => ({
    ...row,
    ...Object.fromEntries(plan.dimensions.map((id) => [id, OTHERS_MEMBER])),
    ...shares[i],
  }));
}

function withoutSort(query: Query): Query {
  const { sort: _, ...rest } = query;
  return rest;
}

/** A share's whole is what the filters leave. */
async function sharesOfRest(engine: Engine, plan: Plan, rows: readonly ResultRow[]): Promise<ResultRow[]> {
  const views = [MEASURE_CATALOG.views];
  const query: Query = { ...withoutSort(plan.query), measures: ['views'] };
  const whole: Plan = { ...plan, dimensions: [], measureFilters: [], query, measures: views };
  const wholes = new Map(
    (await engine.all(querySql(whole, { zone: engine.state.timeZone }))).map((row) => [String(row.period), row]),
  );
  return rows.map((row) => {
    const all = wholes.get(String(row.period));
    const share = (suffix: '' | '__previous') => {
      const part = toNumber(row[`views${suffix}`]);
      const total = toNumber(all?.[`views${suffix}`]);
      return part === null || !total ? null : part / total;
    };
    const now = share('');
    if (!plan.comparison) return { share_of_views: now };
    const before = share('__previous');
    return {
      share_of_views: now,
      share_of_views__previous: before,
      share_of_views__delta: now === null || before === null ? null : now - before,
    };
  });
}

/** Before measure filters and limit. */
async function totalsRow(engine: Engine, plan: Plan): Promise<Row> {
  const whole: Plan = { ...withoutPeriods(plan), dimensions: [], measureFilters: [] };
  const [row] = await engine.all(
    querySql({ ...whole, query: withoutSort(whole.query) }, { zone: engine.state.timeZone }),
  );
  return rowFinisher({ ...whole, periods: [] }, engine.state.timeZone)(row ?? {});
}

function withoutMeasures(row: Row, measures: readonly Measure[]): Row {
  const names = measures.flatMap(({ id }) => COMPARED.map((suffix) => `${id}${suffix}`));
  const emptied = names
    .filter((name) => name in row)
    .map((name) => [name, name.endsWith('_reason') ? 'no_data' : null]);
  return { ...row, ...Object.fromEntries(emptied) };
}

const COMPARED = ['', '__previous', '__delta', '__growth', '__growth_reason'] as const;

/** Why totals and others leave measures out. */
const addedNotes = (plan: Plan, money: Money): Note[] => [
  ...(money.apart ? [APART_NOTE] : []),
  ...(plan.measures.some((measure) => mixesPlatforms(plan.scopeFilters, measure)) ? [MIXED_HEAT_NOTE] : []),
];

const partialIds = (plan: Plan): string[] =>
  plan.periods.filter((period: Period) => period.partial).map((period) => period.id);

function withoutPartial(plan: Plan, rows: readonly Row[]): Row[] {
  if (plan.query.include_partial) return [...rows];
  const partial = new Set<Cell>(partialIds(plan));
  return rows.filter((row) => !partial.has(row.period ?? null));
}

async function addLabels(engine: Engine, plan: Plan, rows: readonly Row[]): Promise<void> {
  for (const id of plan.dimensions) {
    const members = new Set<string>();
    await mapInTurns(rows, (row) => members.add(String(row[id])));
    const labels = await Labels.of(engine, id, [...members]);
    await mapInTurns(rows, (row) => {
      row[`${id}_label`] = labels.of(String(row[id]))[engine.language];
    });
  }
}

function columnsOfAnswer(plan: Plan, currency: string | null): Column[] {
  const text = (id: string, label: Column['label']): Column => ({ id, type: 'text', unit: 'text', label });
  const dimensions = plan.dimensions.flatMap((id) => {
    const { label } = DIMENSION_CATALOG[id];
    return [text(id, label), text(`${id}_label`, { en: `${label.en} (name)`, zh: `${label.zh}（名称）` })];
  });
  const hours = plan.query.time.grain === 'hour';
  const period: Column[] =
    plan.query.time.grain === undefined
      ? []
      : [
          {
            id: 'period',
            type: hours ? 'timestamp' : 'date',
            unit: hours ? 'timestamp' : 'date',
            label: { en: 'Period', zh: '期间' },
          },
        ];
  return [...dimensions, ...period, ...plan.query.measures.flatMap((id) => measureColumns(id, plan, currency))];
}

/** Parts of a whole, which a chart cuts to what it lists. */
const SHARES: ReadonlySet<MeasureId> = new Set(['share_of_views', 'overseas_share', 'ai_share', 'ai_series_share']);

function measureColumns(id: MeasureId, plan: Plan, currency: string | null): Column[] {
  const { unit, integer } = MEASURE_CATALOG[id];
  const whole = labelIn(MEASURE_CATALOG[id], currency);
  const label = SHARES.has(id) ? labelOfChart(whole, plan.charts) : whole;
  const type = integer && !plan.query.per_day ? 'integer' : 'number';
  const column: Column = { id, type, unit, label };
  if (!plan.comparison) return [column];
  const named = (suffix: string, en: string, zh: string): Column => ({
    ...column,
    id: `${id}__${suffix}`,
    label: { en: `${label.en}, ${en}`, zh: `${label.zh}（${zh}）` },
  });
  return [
    column,
    named('previous', 'earlier', '上期'),
    named('delta', 'change', '增减'),
    { ...named('growth', 'growth', '增幅'), type: 'number', unit: 'fraction' },
    { ...named('growth_reason', 'why no growth', '无增幅原因'), type: 'text', unit: 'text' },
  ];
}

/** Cumulative sums and first days of a life reach beyond the asked days. */
function restingOn({ measures, comparison, range }: Plan): { ranges?: Range[] } {
  const asked = measures.every(({ aggregation }) => aggregation.kind !== 'cumulative' && aggregation.kind !== 'age');
  return asked ? { ranges: comparison ? [comparison.current, comparison.previous] : [range] } : {};
}

async function notesOf(engine: Engine, plan: Plan): Promise<Note[]> {
  const notes = plan.comparison
    ? await comparisonNotes(engine, plan.comparison, { log: plan.log, filters: plan.scopeFilters })
    : [];
  const needsRelease = plan.measures.some(
    ({ aggregation }) => aggregation.kind === 'age' || aggregation.kind === 'new_series',
  );
  if (needsRelease) notes.push(...(await missingReleases(engine)));
  return notes;
}

/** They are out of new_series, hit rate, cohorts and ages. */
export async function missingReleases(engine: Engine): Promise<Note[]> {
  const [row] = await engine.all(sql`SELECT count(*) AS n FROM series s WHERE s.release_day IS NULL`);
  const n = toNumber(row?.n) ?? 0;
  if (n === 0) return [];
  return [
    {
      code: 'no_release_date',
      text: {
        en: `${countWords(n)} series ${n === 1 ? 'states' : 'state'} no release date and ${n === 1 ? 'is' : 'are'} left out of new series, hit rates, cohorts and ages.`,
        zh: `${countWords(n)} 部剧集没有上线日期，不计入新上线、命中率、同期群与按上线天数的指标。`,
      },
    },
  ];
}
