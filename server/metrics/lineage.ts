/** What an answer rests on: its days, the files whose rows count in them, and how many rows were read. */
import type { Scope } from '../contract/analyses.ts';
import { fileKindSchema } from '../contract/imports.ts';
import type { Lineage } from '../contract/lineage.ts';
import type { Compare, DimensionFilter, Query } from '../contract/query.ts';
import { scopeOf } from './analyses/scope.ts';
import { comparisonOf, type Range } from './calendar.ts';
import { isMonthly, TABLES } from './dimensions.ts';
import { type Engine, spanOf } from './engine.ts';
import { MEASURE_CATALOG } from './measures.ts';
import { isMoney } from './money.ts';
import { planQuery } from './plan.ts';
import { among, and, call, column, dateValue, EMPTY, identifier, join, or, type Sql, sql } from './sql/sql.ts';

/** The part of the log that an answer is computed from. */
export interface Ground {
  readonly ranges: readonly Range[];
  readonly filters: readonly DimensionFilter[];
  /** Whether amounts may be converted by rates. */
  readonly converts?: boolean;
}

/** Days that a query reads: what it asks and compares with; cumulative measures reach back, ages also forward. */
export function groundOfQuery(engine: Engine, query: Query): Ground {
  const plan = planQuery(query, engine.state, spanOf(engine));
  const { range, comparison, log } = plan;
  const asked = comparison ? [comparison.current, comparison.previous] : [range];
  const kinds = new Set(plan.measures.map(({ aggregation }) => aggregation.kind));
  const ranges = [
    ...asked,
    ...(kinds.has('cumulative') ? asked.map(({ to }) => ({ from: log.from, to })) : []),
    ...(kinds.has('age') ? [{ from: log.from, to: log.asOf }] : []),
  ];
  return {
    ranges,
    filters: plan.dimensionFilters,
    converts: query.currency !== undefined && plan.measures.some(isMoney),
  };
}

/** Analyses whose numbers come from the days of the range, and of the one compared with, alone. */
const WITHIN_RANGE = new Set(['/growth/decomposition', '/growth/movers', '/concentration', '/retention', '/decay']);

interface Asked extends Partial<Scope> {
  readonly compare?: Compare;
  readonly base_from?: string | undefined;
  readonly base_to?: string | undefined;
  readonly measure?: string;
  readonly currency?: string | undefined;
}

/** Days that an analysis reads: the range, or where it looks at whole lives of series, the whole log. */
export function groundOfAnalysis(engine: Engine, path: string, params: Asked): Ground {
  const money = Object.values(MEASURE_CATALOG).some((measure) => measure.id === params.measure && isMoney(measure));
  return { ...daysOfAnalysis(engine, path, params), converts: params.currency !== undefined && money };
}

function daysOfAnalysis(engine: Engine, path: string, params: Asked): Ground {
  const { range, log, filters } = scopeOf(engine, { ...params, filters: params.filters ?? [] });
  const aged = /^(cumulative_views|views_)/u.test(params.measure ?? '');
  if (!WITHIN_RANGE.has(path) || aged) return { ranges: [{ from: log.from, to: log.asOf }], filters };
  const { base_from: from, base_to: to } = params;
  const base = from !== undefined && to !== undefined ? { from, to } : 'previous_period';
  const compare = params.compare ?? (path === '/growth/decomposition' ? base : undefined);
  if (compare === undefined) return { ranges: [range], filters };
  const { current, previous } = comparisonOf(range, compare, log);
  return { ranges: [current, previous], filters };
}

/** @param table that answered, as `meta.source` names it */
export async function lineageOf(
  engine: Engine,
  table: string,
  ground: Ground,
): Promise<Omit<Lineage, 'query' | 'sql'>> {
  const tables = ground.converts ? [table, 'currency_rate'] : [table];
  return { tables, rows_read: await rowsOf(engine, table, ground), imports: await importsOf(engine, ground) };
}

const within = (ranges: readonly Range[], day: Sql): Sql =>
  or(ranges.map(({ from, to }) => sql`${day} BETWEEN ${dateValue(from)} AND ${dateValue(to)}`));

async function rowsOf(engine: Engine, name: string, { ranges }: Ground): Promise<number> {
  const table = TABLES.find((known) => known === name);
  const months = ranges.map(({ from, to }) => ({ from: `${from.slice(0, 7)}-01`, to }));
  const condition =
    table === undefined
      ? sql`TRUE`
      : isMonthly(table)
        ? within(months, column('t', 'month'))
        : within(ranges, column('t', 'day'));
  const [row] = await engine.all(sql`SELECT count(*) AS n FROM ${identifier(table ?? 'series')} t WHERE ${condition}`);
  return Number(row?.n ?? 0);
}

/** Rows of the sources that the filters leave. */
function ofSources(filters: readonly DimensionFilter[]): Sql {
  const chosen = filters.flatMap((filter) => {
    if (filter.dimension !== 'source' || (filter.op !== 'in' && filter.op !== 'not_in')) return [];
    const named = among(column('o', 'id'), filter.values);
    return [filter.op === 'in' ? named : sql`NOT (${named})`];
  });
  return and(chosen);
}

/** The rates that hold on or before the last of the days; a later import's statement of a day replaces an earlier one's. */
function ratesOf(ranges: readonly Range[]): Sql {
  const last = ranges.map(({ to }) => to).sort();
  return sql`SELECT holding AS import_no, count(*) AS n FROM (
    SELECT max(import_no) AS holding FROM currency_rate t WHERE t.day <= ${dateValue(last.at(-1) ?? '')} GROUP BY t.day, t.currency) r
    GROUP BY holding`;
}

const COUNTER_KEY = ['source_key', 'series_key', 'platform_key', 'region_key', 'episode', 'currency'] as const;

/**
 * The imports whose rows count in these days. An increment of a counter rests on two snapshots: besides the imports of
 * the days themselves, those are named that state the counters' last values before them.
 */
async function importsOf(engine: Engine, { ranges, filters, converts }: Ground): Promise<Lineage['imports']> {
  const sources = ofSources(filters);
  const keys = COUNTER_KEY.map((key) => column('t', key));
  const same = COUNTER_KEY.map((key) => sql`${column('d', key)} IS NOT DISTINCT FROM ${column('p', key)}`);
  const before = ranges.map(
    (range) => sql`SELECT DISTINCT p.import_no, 0 AS n FROM (
      SELECT t.import_no, ${join(keys, ', ')}, row_number() OVER (
        PARTITION BY ${join(keys, ', ')} ORDER BY t.day DESC, t.instant DESC, t.import_no DESC) AS place
      FROM snapshot t JOIN source o ON o.source_key = t.source_key
      WHERE t.day < ${dateValue(range.from)} AND (${sources})) p
    WHERE p.place = 1 AND EXISTS (
      SELECT 1 FROM view_log d WHERE d.derived AND (${within([range], column('d', 'day'))}) AND ${and(same)})`,
  );
  const rows = await engine.all(sql`
    SELECT i.import_id, i.filename, o.id AS source, i.kind, CAST(i.from_day AS VARCHAR) AS first, CAST(i.to_day AS VARCHAR) AS last,
      ${call('integer', sql`u.n`)} AS n
    FROM (SELECT import_no, sum(n) AS n FROM (
        SELECT t.import_no, count(*) AS n FROM view_log t JOIN source o ON o.source_key = t.source_key
        WHERE (${within(ranges, column('t', 'day'))}) AND (${sources}) GROUP BY t.import_no
        UNION ALL SELECT t.import_no, count(*) AS n FROM series_statement t JOIN import c ON c.import_no = t.import_no
        WHERE c.kind = 'catalog' GROUP BY t.import_no
        ${converts ? sql`UNION ALL ${ratesOf(ranges)}` : EMPTY}
        UNION ALL ${join(before, ' UNION ALL ')}) x GROUP BY import_no) u
    JOIN import i ON i.import_no = u.import_no JOIN source o ON o.source_key = i.source_key
    WHERE i.status = 'committed' ORDER BY i.import_no`);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return rows.map((row) => ({
    import_id: String(row.import_id),
    filename: String(row.filename),
    source: String(row.source),
    kind: fileKindSchema.parse(row.kind),
    from: text(row.first),
    to: text(row.last),
    rows: Number(row.n),
  }));
}
