import { CATALOG_COLUMNS } from '../../ledger/catalogue-sql.ts';
import { STATED_ROWS } from '../../ledger/log-rows-sql.ts';
import { INVISIBLE } from '../../vocabulary/text.ts';
import { sql } from '../../warehouse/warehouse.ts';
import { summedSteps } from '../propose/probe/probe-sql.ts';

export const importsOfOtherRules = (rules: string) =>
  sql(`SELECT import_no FROM import WHERE status = 'committed' AND NOT synthetic AND rules IS DISTINCT FROM $1`, [
    rules,
  ]);

const DICTIONARIES = {
  region: { key: 'region_key', stated: 'CASE WHEN t.region_left_out THEN NULL ELSE t.region_key END' },
  platform: { key: 'platform_key', stated: 'coalesce(t.stated_platform_key, t.platform_key)' },
} as const;
export type Dictionary = keyof typeof DICTIONARIES;

export const namesIn = (dictionary: Dictionary) =>
  sql(`SELECT ${DICTIONARIES[dictionary].key} AS key, id FROM ${dictionary}`);

/** Rows by import and stated key, before aliases. */
export const countStated = (dictionary: Dictionary, keys: readonly number[]) => {
  const { stated } = DICTIONARIES[dictionary];
  return sql(
    `SELECT t.import_no, ${stated} AS key, count(*)::DOUBLE AS n FROM ${STATED_ROWS} t
      WHERE list_contains($1::INTEGER[], ${stated}) GROUP BY ALL`,
    [keys],
  );
};

/** Condition: a name with invisible characters, or a whole number that was stored as a float. */
const ODD = `(translate(k.series_id, '${INVISIBLE}', '') <> k.series_id OR regexp_matches(k.series_id, '^[0-9]+[.]0+$'))`;

export const anyOddName = sql(`SELECT 1 FROM series_key k WHERE ${ODD} LIMIT 1`);

/** Rows by import and odd name; `7001.0` only if the import has no fractions among its names. */
export const oddNames = sql(`WITH stated AS (
        SELECT import_no, coalesce(stated_key, series_key) AS series_key FROM ${STATED_ROWS}
        UNION ALL SELECT import_no, series_key FROM series_statement WHERE import_no IN (SELECT import_no FROM import WHERE kind = 'catalog')),
      named AS (SELECT import_no, k.series_id, ${ODD} AS odd, count(*)::DOUBLE AS n FROM stated JOIN series_key k USING (series_key) GROUP BY ALL)
      SELECT import_no, series_id, n FROM named
      QUALIFY odd AND NOT (regexp_matches(series_id, '^[0-9]+[.]0+$')
        AND bool_or(regexp_matches(series_id, '^[0-9]+[.][0-9]*[1-9][0-9]*$')) OVER (PARTITION BY import_no))`);

export const listsStated = (column: string) =>
  sql(
    `SELECT import_no, ${column} AS names, count(*)::DOUBLE AS n FROM series_statement WHERE len(${column}) > 0 GROUP BY ALL`,
  );

/** An import, and the span that each of its rows covers from its first day on. */
export interface Looked {
  readonly importNo: number;
  readonly span: 'week' | 'month' | 'none';
  readonly first: string;
}

/** Steps from date to date, by import or source (`stepsSchema`). @param oneIn looks at one series of so many */
export const stepsIn = (group: 'import_no' | 'source_key', looked: readonly Looked[], oneIn: number) =>
  sql(
    `WITH span AS (SELECT unnest($1::INTEGER[]) AS import_no, unnest($2::VARCHAR[]) AS span, unnest($3::VARCHAR[])::DATE AS first),
      stated AS (
        SELECT t.${group} AS home, t.import_no, hash(coalesce(t.stated_key, t.series_key), coalesce(t.stated_platform_key, t.platform_key), t.region_key, t.episode) AS key,
          CASE WHEN NOT t.estimated OR s.span = 'none' THEN coalesce(t.instant, t.day::TIMESTAMP)
            WHEN s.span = 'month' THEN date_trunc('month', t.day)
            ELSE s.first + 7 * ((t.day - s.first) // 7)::INTEGER END::TIMESTAMP AS moment,
          t.views
        FROM ${STATED_ROWS} t JOIN span s USING (import_no)
        WHERE t.views IS NOT NULL AND hash(coalesce(t.stated_key, t.series_key)) % ${oneIn} = 0),
      summed AS (SELECT home, import_no, key, moment, sum(views)::DOUBLE AS views FROM stated GROUP BY ALL),
      looked AS (SELECT home, key, moment, arg_max(views, import_no) AS value FROM summed GROUP BY ALL),
      ${summedSteps('home')}`,
    [looked.map(({ importNo }) => importNo), looked.map(({ span }) => span), looked.map(({ first }) => first)],
  );

const BEFORE = 'stated_before';
const AFTER = 'stated_after';
/** Rows of one reading that the other does not have. */
const GONE = 'stated_gone';
const COME = 'stated_come';
const SAID_BEFORE = 'said_before';
const SAID_AFTER = 'said_after';

export const LOG_PARTS = [
  'series',
  'platform',
  'region',
  'episode',
  'time',
  'hour',
  'views_are',
  'currency',
  'views',
] as const;
export type LogPart = (typeof LOG_PARTS)[number];

const statedLog = (importNo: number) => `SELECT k.series_id AS series, p.id AS platform,
    CASE WHEN t.region_left_out THEN NULL ELSE r.id END AS region, t.episode::VARCHAR AS episode, t.day::VARCHAR AS time, t.instant::VARCHAR AS hour,
    CASE t.kind WHEN 'snapshot' THEN 'cumulative' ELSE 'increment' END AS views_are, t.currency, t.views::VARCHAR AS views
  FROM ${STATED_ROWS} t JOIN series_key k ON k.series_key = coalesce(t.stated_key, t.series_key)
    JOIN platform p ON p.platform_key = coalesce(t.stated_platform_key, t.platform_key) JOIN region r ON r.region_key = t.region_key
  WHERE t.import_no = ${importNo}`;
const statedSeries = (importNo: number) =>
  `SELECT k.series_id AS series, s.* EXCLUDE (import_no, series_key) FROM series_statement s JOIN series_key k USING (series_key) WHERE import_no = ${importNo}`;

const make = (table: string, select: string) => sql(`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`);

export const makeStatedBefore = (importNo: number) => [
  make(BEFORE, statedLog(importNo)),
  make(SAID_BEFORE, statedSeries(importNo)),
];

export const makeStatedAfter = (importNo: number) => [
  make(AFTER, statedLog(importNo)),
  make(GONE, `FROM ${BEFORE} EXCEPT ALL FROM ${AFTER}`),
  make(COME, `FROM ${AFTER} EXCEPT ALL FROM ${BEFORE}`),
  make(SAID_AFTER, statedSeries(importNo)),
];

export const dropStated = [BEFORE, AFTER, GONE, COME, SAID_BEFORE, SAID_AFTER].map((table) =>
  sql(`DROP TABLE ${table}`),
);

const text = (column: string) => `coalesce(${column}, '–')`;

/** Values before (b) and after (a) in rows that differ in one column only. */
export const changedInOne = (part: LogPart) => {
  const others = LOG_PARTS.filter((other) => other !== part);
  const alike = others.map((other) => `${text(`b.${other}`)} = ${text(`a.${other}`)}`).join(' AND ');
  return sql(`SELECT ${text(`b.${part}`)} AS b, ${text(`a.${part}`)} AS a, count(*)::DOUBLE AS n
      FROM ${GONE} b JOIN ${COME} a ON ${alike} GROUP BY ALL ORDER BY n DESC, b, a`);
};

/** How many more rows than before have a value; those that lost most first. */
export const moreOrFewer = (part: LogPart) =>
  sql(`SELECT member, sum(n)::DOUBLE AS more FROM (
        SELECT ${text(part)} AS member, -1 AS n FROM ${GONE} UNION ALL SELECT ${text(part)}, 1 FROM ${COME})
      GROUP BY member HAVING sum(n) <> 0 ORDER BY more, member`);

export const SAID_COLUMNS = [...CATALOG_COLUMNS, 'release_day'] as const;

const LISTS: ReadonlySet<string> = new Set(['producers', 'genres', '"cast"']);
const written = (side: string, column: string) =>
  text(LISTS.has(column) ? `array_to_string(${side}.${column}, ' / ')` : `${side}.${column}::VARCHAR`);

/** Values before (b) and after (a) in the statements of series. */
export const changedInSeries = (column: (typeof SAID_COLUMNS)[number]) =>
  sql(`SELECT ${written('b', column)} AS b, ${written('a', column)} AS a, count(*)::DOUBLE AS n
        FROM ${SAID_BEFORE} b JOIN ${SAID_AFTER} a USING (series) WHERE b.${column} IS DISTINCT FROM a.${column}
        GROUP BY ALL ORDER BY n DESC, b, a`);
