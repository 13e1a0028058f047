import { startOf } from '../language/calendar.ts';
import { pairHours } from '../language/hours.ts';
import type { Measure } from '../language/measures.ts';
import { amongCombos, and, as, call, column, dateValue, EMPTY, identifier, join, type Sql, sql } from '../sql/sql.ts';
import { restsOnRows } from './charts.ts';
import { familiesOf } from './families/families.ts';
import { BLANK, type Family } from './families/family.ts';
import { periodShift } from './families/periods.ts';
import { comparedWith } from './filters.ts';
import { isDayGrain, type Plan } from './plan.ts';

export interface QuerySqlOptions {
  /** Business zone, for hours. */
  readonly zone: string;
  /** Only these combinations. */
  readonly members?: readonly (readonly string[])[];
  readonly limit?: number;
}

/** Families folded to a row per cell. One statement for both ranges keeps members present in only one. */
export function querySql(plan: Plan, options: QuerySqlOptions): Sql {
  const families = familiesOf(plan, options.zone);
  const hasPeriod = plan.query.time.grain !== undefined;
  const stacked = join(
    families.map((family) => stack(family, plan, hasPeriod)),
    ' UNION ALL ',
  );
  const folded = fold(plan, shifted(plan, stacked, options.zone), hasPeriod);
  const conditions = [
    ...plan.measureFilters.map((filter) => comparedWith(column('f', filter.measure), filter)),
    ...(options.members ? [memberCondition(plan, options.members)] : []),
  ];
  const told = plan.comparison ? sql`SELECT ${join([sql`f.*`, ...deltas(plan)], ', ')} FROM (${folded}) f` : folded;
  return sql`SELECT f.* FROM (${told}) f
    WHERE ${and(conditions)} ${orderBy(plan, hasPeriod)}${options.limit === undefined ? sql`` : sql` LIMIT ${options.limit}`}`;
}

type Side = 'current' | 'previous';

/** On charts: the cell has rows of its own. */
export const SEEN = 'seen_on_chart';

/** Without rows on a side: unknown rather than 0. */
export const unknownWhereAbsent = ({ charts }: Plan, measure: Measure, side: Side): boolean =>
  charts !== null && (side === 'current' ? charts.absentNow : charts.absentBefore) && restsOnRows(measure);

const asksViews = (plan: Plan) => plan.measures.some(({ id }) => id === 'views');

/** With every measure's column, so that families can be stacked. */
function stack(family: Family, plan: Plan, hasPeriod: boolean): Sql {
  const own = new Set(family.measures.map((measure) => measure.id));
  const columns = [
    sql`branch`,
    ...plan.dimensions.map((id) => identifier(id)),
    ...(hasPeriod ? [sql`period`] : []),
    ...plan.measures.map((measure) => (own.has(measure.id) ? identifier(measure.id) : as(sql`NULL`, measure.id))),
    ...(plan.charts ? [as(family.measures.some(restsOnRows) ? sql`TRUE` : sql`FALSE`, SEEN)] : []),
    ...(asksViews(plan) ? [own.has('views') ? identifier(BLANK) : as(sql`FALSE`, BLANK)] : []),
  ];
  return sql`SELECT ${join(columns, ', ')} FROM (${family.select}) family`;
}

/** Earlier periods past the current end have no partner. */
function shifted(plan: Plan, stacked: Sql, zone: string): Sql {
  const shift = periodShift(plan, zone);
  const grain = plan.query.time.grain;
  if (shift === null || !plan.comparison || grain === undefined) return stacked;
  const others = [
    ...plan.dimensions.map((id) => identifier(id)),
    ...plan.measures.map((measure) => identifier(measure.id)),
    ...(plan.charts ? [identifier(SEEN)] : []),
    ...(asksViews(plan) ? [identifier(BLANK)] : []),
  ];
  const paired = isDayGrain(grain)
    ? EMPTY
    : sql` WHERE branch = 'current' OR period < ${call('instant', sql`${pairHours(plan.comparison, zone).previousEnd}`)}`;
  const within = isDayGrain(grain)
    ? sql` WHERE period IS NULL OR period <= ${dateValue(startOf(grain, plan.comparison.current.to))}`
    : EMPTY;
  return sql`SELECT * FROM (SELECT ${join([sql`branch`, sql`CASE WHEN branch = 'current' THEN period ELSE ${shift} END AS period`, ...others], ', ')}
    FROM (${stacked}) stacked${paired}) shifted${within}`;
}

function fold(plan: Plan, cells: Sql, hasPeriod: boolean): Sql {
  const keys = [...plan.dimensions.map((id) => identifier(id)), ...(hasPeriod ? [sql`period`] : [])];
  const nameOf = { current: sql`'current'`, previous: sql`'previous'` };
  const seen = (branch: Side) =>
    sql`coalesce(bool_or(${identifier(SEEN)}) FILTER (WHERE branch = ${nameOf[branch]}), FALSE)`;
  const side = (measure: Measure, branch: Side) => {
    const value = sql`max(${identifier(measure.id)}) FILTER (WHERE branch = ${nameOf[branch]})`;
    const counted = measure.id === 'views' || (measure.absent === 0 && measure.aggregation.kind !== 'sum');
    const zeroed = counted ? sql`coalesce(${value}, 0)` : value;
    const blank = sql`coalesce(bool_or(${identifier(BLANK)}) FILTER (WHERE branch = ${nameOf[branch]}), FALSE)`;
    const known = measure.id === 'views' ? sql`CASE WHEN NOT ${blank} THEN ${zeroed} END` : zeroed;
    return unknownWhereAbsent(plan, measure, branch) ? sql`CASE WHEN ${seen(branch)} THEN ${known} END` : known;
  };
  const columns = plan.measures.flatMap((measure) => [
    as(side(measure, 'current'), measure.id),
    ...(plan.comparison ? [as(side(measure, 'previous'), `${measure.id}__previous`)] : []),
  ]);
  if (plan.charts) {
    columns.push(as(seen('current'), SEEN));
    if (plan.comparison) columns.push(as(seen('previous'), `${SEEN}__previous`));
  }
  // A grouped answer without rows is empty; a total is one row.
  const grouping = keys.length > 0 ? sql` GROUP BY ${join(keys, ', ')}` : sql``;
  return sql`SELECT ${join([...keys, ...columns], ', ')} FROM (${cells}) cells${grouping}`;
}

function deltas(plan: Plan): Sql[] {
  if (!plan.comparison) return [];
  return plan.measures.flatMap((measure) => {
    const now = column('f', measure.id);
    const before = column('f', `${measure.id}__previous`);
    // The unknown is no 0, and sorts behind every known change.
    const sides = { current: now, previous: before };
    const unseen = (['current', 'previous'] as const).filter((branch) => unknownWhereAbsent(plan, measure, branch));
    const open = measure.id === 'views' ? (['current', 'previous'] as const) : unseen;
    const known = and(open.map((branch) => sql`${sides[branch]} IS NOT NULL`));
    const zero = (value: Sql) => (measure.absent === 0 ? sql`coalesce(${value}, 0)` : value);
    const delta =
      measure.absent === 0
        ? sql`CASE WHEN ${now} IS NOT NULL OR ${before} IS NOT NULL THEN ${zero(now)} - ${zero(before)} END`
        : sql`${now} - ${before}`;
    const growth = sql`CASE WHEN ${before} <> 0 THEN ${call('double', zero(now))} / ${call('double', before)} - 1 END`;
    const told = (value: Sql) => (open.length > 0 ? sql`CASE WHEN ${known} THEN ${value} END` : value);
    return [as(told(delta), `${measure.id}__delta`), as(told(growth), `${measure.id}__growth`)];
  });
}

const memberCondition = (plan: Plan, members: readonly (readonly string[])[]): Sql =>
  amongCombos(
    plan.dimensions.map((id) => column('f', id)),
    members,
  );

/** The asked order, else first measure from large to small (by period first), then names: never left to chance. */
function orderBy(plan: Plan, hasPeriod: boolean): Sql {
  const [first] = plan.query.measures;
  const asked = plan.query.sort ?? (hasPeriod || first === undefined ? [] : [{ by: first, dir: 'desc' as const }]);
  const keys = [
    ...asked.map(({ by, dir }) => sql`${column('f', by)} ${dir === 'asc' ? sql`ASC` : sql`DESC`} NULLS LAST`),
    ...(hasPeriod && !asked.some(({ by }) => by === 'period') ? [sql`f.period ASC NULLS FIRST`] : []),
    ...(hasPeriod && asked.length === 0 && first !== undefined ? [sql`${column('f', first)} DESC NULLS LAST`] : []),
    ...plan.dimensions.map((id) => sql`${column('f', id)} ASC`),
  ];
  return keys.length > 0 ? sql`ORDER BY ${join(keys, ', ')}` : sql``;
}
