import { CATALOG_COLUMNS } from '../../ledger/catalogue-sql.ts';
import { isRepeated, REPLACED_RANGES } from '../../ledger/log-rows-sql.ts';
import { type Bound, sql } from '../../warehouse/warehouse.ts';
import type { Staged } from '../stage/stage.ts';
import { STAGED } from '../stage/stage-sql.ts';
import type { Mending, Target } from './target.ts';
import { folded, isHighest, spanKeys } from './write-sql.ts';

const KEY = ['series_key', 'platform_key', 'region_key', 'episode', 'day', 'instant', 'currency'] as const;

/** Distinct spans of days that a file's rows cover. @param spans select (`spanRows`) */
export const countSpans = (spans: string) => sql(`SELECT count(*) AS n FROM (${spans}) WHERE day = first`);

/** Rows are compared within their source and days. */
export type Within = readonly [sourceKey: number, from: string, to: string, importNo: number];

/** The values before the import; of the snapshot table, which keeps all, those of the latest place. */
function before(measures: readonly string[], counters: boolean): string {
  const holding = counters
    ? `AND NOT EXISTS (FROM replaced_range r WHERE r.source_key = t.source_key AND r.place_no > i.place_no AND t.day BETWEEN r.from_day AND r.to_day)
      QUALIFY rank() OVER (PARTITION BY ${KEY.join(', ')} ORDER BY place_no DESC) = 1`
    : '';
  return `before AS (
    SELECT ${[...KEY, 'max(place_no) AS place_no', ...measures.map((m) => folded(m, counters))].join(', ')} FROM (
      SELECT t.*, place_no FROM ${counters ? 'snapshot' : 'view_log'} t JOIN (SELECT import_no, place_no FROM import) i USING (import_no)
      WHERE t.source_key = $1 AND t.day BETWEEN $2::DATE AND $3::DATE AND import_no <> $4 AND NOT derived ${holding})
    GROUP BY ${KEY.join(', ')})`;
}

/** A mended row together with what its place says of the key already. `later`: a later place states the key. */
function mendedRow(measures: readonly string[], { placeNo }: Mending, counters: boolean): string {
  const beside = `b.place_no = ${placeNo}`;
  const joined = measures.map((m) => {
    const both = isHighest(m, counters)
      ? `greatest(a.${m}, b.${m})`
      : `CASE WHEN ${isRepeated('a')} THEN b.${m} WHEN a.${m} IS NULL THEN b.${m} ELSE a.${m} + coalesce(b.${m}, 0) END`;
    return `CASE WHEN ${beside} THEN ${both} ELSE a.${m} END AS ${m}`;
  });
  const columns = measures.length > 0 ? `a.* REPLACE (${joined.join(', ')})` : 'a.*';
  return `${columns}, coalesce(b.place_no > ${placeNo}, false) AS later`;
}

/** Makes `compared`: the import's rows, what counted before (`was_`…), and the outcome of each. */
export function makeCompared(table: string, { mends, staged: { measures } }: Target, within: Within) {
  const counters = table === 'snapshot';
  const same = measures.map((m) => `${m} IS NOT DISTINCT FROM was_${m}`).join(' AND ') || 'true';
  return sql(
    `CREATE OR REPLACE TEMP TABLE compared AS
      WITH ${REPLACED_RANGES}, ${before(measures, counters)}, joined AS (
        SELECT ${mends ? mendedRow(measures, mends, counters) : 'a.*, coalesce(b.place_no > $4, false) AS later'}, b.day IS NULL AS fresh, b.place_no AS was_place,
          ${measures.map((m) => `b.${m} AS was_${m}`).join(', ')}
        FROM ${table} a LEFT JOIN before b ON ${KEY.map((k) => `a.${k} IS NOT DISTINCT FROM b.${k}`).join(' AND ')}
        WHERE a.import_no = $4 AND NOT a.derived)
      SELECT *, CASE WHEN fresh THEN 'new' WHEN later THEN 'later' WHEN ${same} THEN 'identical' ELSE 'changed' END AS outcome
      FROM joined`,
    within,
  );
}

export const countReplaced = (table: string, within: Within) =>
  sql(
    `WITH ${REPLACED_RANGES}, ${before([], table === 'snapshot')}
      SELECT (SELECT count(*) FROM before) - (SELECT count(*) FROM compared WHERE NOT fresh) AS n`,
    within,
  );

export const changedImports =
  sql(`SELECT i.import_id, i.filename FROM compared c JOIN import i ON i.import_no = c.was_place
      WHERE outcome = 'changed' GROUP BY ALL ORDER BY count(*) DESC, max(i.import_no) LIMIT 3`);

export function compareBySpan(staged: Staged, spans: string) {
  const keys = spanKeys(staged);
  const whole = (m: string) => `${isHighest(m.replace('was_', ''), false) ? 'max' : 'sum'}(c.${m}) AS ${m}`;
  return sql(`CREATE OR REPLACE TEMP TABLE compared AS
    SELECT ${keys.map((k) => `c.${k}`).join(', ')}, s.first || ' – ' || max(c.day) AS day,
      CASE WHEN min(outcome) = max(outcome) THEN min(outcome) ELSE 'changed' END AS outcome,
      ${staged.measures.flatMap((m) => [whole(m), whole(`was_${m}`)]).join(', ')}
    FROM compared c JOIN (${spans}) s ON c.day = s.day AND ${keys.map((k) => `c.${k} IS NOT DISTINCT FROM s.${k}`).join(' AND ')}
    GROUP BY ${keys.map((k) => `c.${k}`).join(', ')}, s.first`);
}

export const countOutcomes = (table: string) => sql(`SELECT outcome, count(*) AS n FROM ${table} GROUP BY outcome`);

export const changedRows =
  sql(`SELECT k.series_id, c.day::VARCHAR AS day, p.id AS platform, p.zh AS platform_zh, p.en AS platform_en, r.id AS region, c.* EXCLUDE (day)
      FROM compared c JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key)
      WHERE outcome = 'changed' ORDER BY c.day, k.series_id LIMIT 10`);

export const dropCompared = sql('DROP TABLE compared');

export const anyOtherSource = (sourceKey: number, from: string, to: string) =>
  sql(
    `SELECT count(*) > 0 AS found FROM import WHERE status = 'committed' AND kind = 'log' AND source_key <> $1
      AND from_day <= $3::DATE AND to_day >= $2::DATE`,
    [sourceKey, from, to],
  );

const CELL = 'series_key, platform_key, day';

export const countShared = (rows: string, values: readonly Bound[]) =>
  sql(
    `SELECT count(*) AS n FROM (SELECT DISTINCT ${CELL} FROM (${rows})) SEMI JOIN (
        SELECT ${CELL} FROM view_log WHERE source_key <> $1 AND day BETWEEN $2::DATE AND $3::DATE) USING (${CELL})`,
    values,
  );

const CATALOG_BEFORE = 'catalog_before';
const CATALOG_COMPARED = [...CATALOG_COLUMNS, 'release_day', 'release_at'];
const plain = (column: string) => column.replaceAll('"', '');
/** The column of `changedSeries` with the value before. */
export const was = (column: string) => `was_${plain(column)}`;
export const CATALOG_FIELDS = CATALOG_COMPARED.map(plain);

export const keepCatalogBefore = sql(`CREATE OR REPLACE TEMP TABLE ${CATALOG_BEFORE} AS FROM series`);

/** The series that a statement is about, after aliases and titles. */
const STATED_SERIES = `SELECT DISTINCT s.import_no, coalesce(x.into_key, k.resolved_key) AS series_key
  FROM series_statement s JOIN series_key k ON k.series_key = s.series_key JOIN import i ON i.import_no = s.import_no
    LEFT JOIN series_parted x ON x.series_key = s.series_key AND x.source_key = i.source_key`;

export const makeComparedSeries = (importNo: number) => {
  const same = CATALOG_COMPARED.map((c) => `a.${c} IS NOT DISTINCT FROM b.${c}`).join(' AND ');
  return sql(
    `CREATE OR REPLACE TEMP TABLE compared_series AS
      WITH stated AS (${STATED_SERIES})
      SELECT m.series_key, CASE WHEN o.series_key IS NULL OR b.series_key IS NULL THEN 'new'
        WHEN ${same} THEN 'identical' ELSE 'changed' END AS outcome
      FROM (SELECT series_key FROM stated WHERE import_no = $1) m
        LEFT JOIN (SELECT DISTINCT series_key FROM stated WHERE import_no <> $1) o USING (series_key)
        LEFT JOIN series a USING (series_key) LEFT JOIN ${CATALOG_BEFORE} b USING (series_key)`,
    [importNo],
  );
};

export const changedSeries = sql(`SELECT a.*, ${CATALOG_COMPARED.map((c) => `b.${c} AS ${was(c)}`).join(', ')}
    FROM compared_series c JOIN series a USING (series_key) JOIN ${CATALOG_BEFORE} b USING (series_key)
    WHERE outcome = 'changed' ORDER BY a.series_id LIMIT 10`);

export const dropComparedSeries = ['compared_series', CATALOG_BEFORE].map((table) => sql(`DROP TABLE ${table}`));

export const insertRates = (importNo: number) =>
  sql(
    `INSERT INTO currency_rate (import_no, day, currency, base, rate)
      SELECT DISTINCT $1::INTEGER, day, currency, base, rate FROM ${STAGED} WHERE bad = 0`,
    [importNo],
  );

/** Makes `compared_rates`: the import's rates, those before, and the outcome of each. */
export const makeComparedRates = (importNo: number) =>
  sql(
    `CREATE OR REPLACE TEMP TABLE compared_rates AS
      WITH before AS (
        SELECT day, currency, arg_max(base, import_no) AS base, arg_max(rate, import_no) AS rate
        FROM currency_rate WHERE import_no <> $1 GROUP BY day, currency)
      SELECT r.*, b.base AS was_base, b.rate AS was_rate, CASE WHEN b.day IS NULL THEN 'new'
        WHEN b.base = r.base AND b.rate = r.rate THEN 'identical' ELSE 'changed' END AS outcome
      FROM currency_rate r LEFT JOIN before b ON b.day = r.day AND b.currency = r.currency WHERE r.import_no = $1`,
    [importNo],
  );

export const changedRates =
  sql(`SELECT currency, day::VARCHAR AS day, base, rate, was_base, was_rate FROM compared_rates
      WHERE outcome = 'changed' ORDER BY day, currency LIMIT 10`);
export const daysOfRates = sql('SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM compared_rates');
export const dropComparedRates = sql('DROP TABLE compared_rates');
