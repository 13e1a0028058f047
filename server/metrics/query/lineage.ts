import { fileKindSchema } from '../../contract/imports.ts';
import type { Lineage } from '../../contract/lineage.ts';
import type { ScopeFilter } from '../../contract/query.ts';
import type { Range } from '../language/calendar.ts';
import { isMonthly, TABLES } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { and, call, column, dateValue, EMPTY, identifier, join, or, type Sql, sql } from '../sql/sql.ts';
import { chosenSeries, splitFilters } from './filters.ts';
import { dictionaryJoins } from './log-rows.ts';

/** @param table that answered, as in `meta.source` */
export async function lineageOf(
  engine: Engine,
  table: string,
  inputs: Inputs,
): Promise<Omit<Lineage, 'query' | 'sql'>> {
  const tables = inputs.some(({ converts }) => converts) ? [table, 'currency_rate'] : [table];
  return { tables, rows_read: await rowsOf(engine, table, inputs), imports: await importsOf(engine, inputs) };
}

const within = (ranges: readonly Range[], day: Sql): Sql =>
  or(ranges.map(({ from, to }) => sql`${day} BETWEEN ${dateValue(from)} AND ${dateValue(to)}`));

async function rowsOf(engine: Engine, name: string, inputs: Inputs): Promise<number> {
  const table = TABLES.find((known) => known === name);
  const ranges = inputs.flatMap((part) => part.ranges);
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

/** Filters that choose days, not whole counters. */
const ofDays = (filter: ScopeFilter): boolean =>
  'dimension' in filter && (filter.dimension === 'weekday' || filter.dimension === 'day_since_release');

/** A counter's increment also rests on the snapshot before it, so a choice of days leaves its import in. */
function inPart({ ranges, filters, openings, series, firstDays }: Part): Sql {
  const days = splitFilters(filters.filter(ofDays), 'view_log').rows;
  const split = splitFilters(
    filters.filter((filter) => !ofDays(filter)),
    'view_log',
  );
  const chosen = chosenSeries({ ...split, series: [...split.series, ...(series ? [series] : [])] });
  const young =
    firstDays === undefined
      ? []
      : [sql`t.day >= s.release_day`, sql`t.day < ${call('addDays', sql`s.release_day`, sql`${firstDays}`)}`];
  const inTime = within(ranges, sql`t.day`);
  return and([
    openings ? sql`(${inTime}) OR t.kind = 'opening'` : inTime,
    ...split.rows,
    ...(chosen ? [sql`t.series_key IN (${chosen})`] : []),
    ...(days.length + young.length > 0 ? [sql`t.derived OR (${and([...days, ...young])})`] : []),
  ]);
}

/** With whatever the conditions read. */
function log(inputs: Inputs): Sql {
  const filters: ScopeFilter[] = inputs.flatMap((part) => part.filters);
  // Its dictionary is `series`, which an age needs too.
  if (inputs.some(({ firstDays }) => firstDays !== undefined))
    filters.push({ dimension: 'day_since_release', op: 'not_null' });
  return sql`FROM view_log t ${join(dictionaryJoins({ table: 'view_log', filters, logDimensions: [], sums: [] }), ' ')}`;
}

const COUNTER_KEY = ['source_key', 'series_key', 'platform_key', 'region_key', 'episode', 'currency'] as const;

/** Imports with the last counter values before a range. */
function before(inputs: Inputs): Sql[] {
  const keys = COUNTER_KEY.map((key) => column('c', key));
  const same = COUNTER_KEY.map((key) => sql`${column('t', key)} IS NOT DISTINCT FROM ${column('p', key)}`);
  return inputs.flatMap((part) =>
    part.ranges.map(
      (range) => sql`SELECT DISTINCT p.import_no, 0 AS n FROM (
        SELECT c.import_no, ${join(keys, ', ')}, row_number() OVER (
          PARTITION BY ${join(keys, ', ')} ORDER BY c.day DESC, c.instant DESC, c.import_no DESC) AS place
        FROM snapshot c WHERE c.day < ${dateValue(range.from)}) p
      WHERE p.place = 1 AND EXISTS (
        SELECT 1 ${log([part])} WHERE t.derived AND (${inPart({ ...part, ranges: [range] })}) AND ${and(same)})`,
    ),
  );
}

/** A later import's statement of a day replaces an earlier one's. */
function ratesOf(ranges: readonly Range[]): Sql {
  const last = ranges.map(({ to }) => to).sort();
  return sql`SELECT holding AS import_no, count(*) AS n FROM (
    SELECT max(import_no) AS holding FROM currency_rate t WHERE t.day <= ${dateValue(last.at(-1) ?? '')} GROUP BY t.day, t.currency) r
    GROUP BY holding`;
}

/** Imports with rows that count, and catalogues always: they decide which series a filter takes. */
async function importsOf(engine: Engine, inputs: Inputs): Promise<Lineage['imports']> {
  const rates = inputs.flatMap((part) => (part.converts ? part.ranges : []));
  const rows = await engine.all(sql`
    SELECT i.import_id, i.filename, o.id AS source, i.kind, CAST(i.from_day AS VARCHAR) AS first, CAST(i.to_day AS VARCHAR) AS last,
      ${call('integer', sql`u.n`)} AS n
    FROM (SELECT import_no, sum(n) AS n FROM (
        SELECT t.import_no, count(*) AS n ${log(inputs)} WHERE ${or(inputs.map(inPart))} GROUP BY t.import_no
        UNION ALL SELECT t.import_no, count(*) AS n FROM series_statement t JOIN import c ON c.import_no = t.import_no
        WHERE c.kind = 'catalog' GROUP BY t.import_no
        ${rates.length > 0 ? sql`UNION ALL ${ratesOf(rates)}` : EMPTY}
        UNION ALL ${join(before(inputs), ' UNION ALL ')}) x GROUP BY import_no) u
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

export interface Part {
  readonly ranges: readonly Range[];
  readonly filters: readonly ScopeFilter[];
  /** Openings too, whatever day they are dated. */
  readonly openings?: boolean;
  /** Over `series s`. */
  readonly series?: Sql;
  /** Of each series' life, the release day among them. */
  readonly firstDays?: number;
  /** Amounts may be converted by rates. */
  readonly converts?: boolean;
}

/** A row counts if it lies in any part. */
export type Inputs = readonly Part[];
