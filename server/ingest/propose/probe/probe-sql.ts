import type { LogColumn } from '../../../contract/columns.ts';
import { type Statement, sql } from '../../../warehouse/warehouse.ts';
import { signsSql } from '../../cells/money-signs.ts';
import type { DataFile } from '../../read/source.ts';
import type { StagedColumns } from '../../stage/staged-columns.ts';

export const LOOKED_AT = 1_000_000;
const FIRST_ROWS = 20_000;
const DAYS_BEFORE = 31;
const MOST_TIMES = 20_000;
const MOST_RATES = 100_000;
/** Each text around a number is looked at once. */
const MOST_SPELLINGS = 1000;

/** `periods`, their `usual` rows, the share with so many (`alike`), the `last` place, and whether all are `ranked`. */
export const placesInPeriods = (file: DataFile, period: string, rank: string): Statement =>
  sql(`WITH looked AS (SELECT ${period}::VARCHAR AS period, try_cast(${rank}::VARCHAR AS INTEGER) AS place
        FROM ${file.numbered} WHERE ${period} IS NOT NULL LIMIT ${LOOKED_AT}),
      periods AS (SELECT period, count(*) AS n, min(place) AS first, max(place) AS last, count(place) AS placed FROM looked GROUP BY period),
      usual AS (SELECT mode(n) AS n FROM periods)
      SELECT count(*) AS periods, any_value(usual.n) AS usual, max(last) AS last,
        avg(CASE WHEN periods.n = usual.n THEN 1 ELSE 0 END) AS alike,
        coalesce(bool_and(first = 1 AND last <= periods.n AND placed = periods.n), false) AS ranked
      FROM periods, usual`);

/** The signs beside numbers, with an example of each; `''` for none. */
export const signsOfCells = (file: DataFile, column: string): Statement =>
  sql(`SELECT array_to_string(signs, ' ') AS signs, min(cell) AS example
        FROM (SELECT cell, ${signsSql('cell')} AS signs FROM (
          SELECT coalesce(min(cell) FILTER (regexp_matches(cell, '[1-9１-９]')), min(cell)) AS cell FROM (
            SELECT ${column} AS cell FROM ${file.numbered} LIMIT ${LOOKED_AT})
          GROUP BY regexp_replace(cell, '[0-9０-９.,]+', '0', 'g') LIMIT ${MOST_SPELLINGS}))
        WHERE signs IS NOT NULL AND (len(signs) > 0 OR regexp_matches(cell, '[1-9１-９]')) GROUP BY ALL ORDER BY ALL`);

export function otherThanMidnight(file: DataFile, column: string, isText: boolean): Statement {
  const other = isText
    ? `NOT regexp_matches(${column}, '[T ]0?0:00(:00([.]0+)?)?\\s*$')`
    : `${column}::TIMESTAMP <> date_trunc('day', ${column}::TIMESTAMP)`;
  return sql(`SELECT 1 FROM ${file.numbered} WHERE ${other} LIMIT 1`);
}

export const differentCells = (file: DataFile, column: string): Statement =>
  sql(`SELECT DISTINCT ${column} AS cell FROM ${file.numbered} WHERE ${column} IS NOT NULL LIMIT ${MOST_TIMES}`);

export const firstCells = (file: DataFile, columns: readonly string[]): Statement =>
  sql(
    `SELECT ${columns.map((column, i) => `${column}::VARCHAR AS c${i}`).join(', ')} FROM ${file.numbered} LIMIT ${MOST_RATES}`,
  );

type Placed = Pick<StagedColumns, 'platform' | 'region' | 'episode' | 'instant'>;

/** @param rows SQL of the staged rows @param oneIn looks at one series of so many */
export function stepsOfFields(rows: string, staged: Placed, fields: readonly LogColumn[], oneIn: number): Statement {
  const key = [
    'name',
    ...(staged.platform ? ['platform'] : []),
    ...(staged.region ? ['region'] : []),
    ...(staged.episode ? ['episode'] : []),
  ].join(', ');
  const moment = staged.instant ? 'coalesce(instant, day::TIMESTAMP)' : 'day';
  const sums = fields.map((field) => `sum(${field})::DOUBLE AS ${field}`).join(', ');
  return sql(`WITH rows AS (SELECT key, moment, ${sums}
        FROM (SELECT hash(${key}) AS key, ${moment} AS moment, ${fields.join(', ')}, bad FROM (${rows}) LIMIT ${LOOKED_AT})
        WHERE bad = 0 AND key % ${oneIn} = 0 GROUP BY ALL),
      looked AS (UNPIVOT rows ON ${fields.join(', ')} INTO NAME field VALUE value),
      ${summedSteps('field')}`);
}

export const summedSteps = (group: string): string =>
  `stepped AS (SELECT ${group}, key, moment, value, lag(value) OVER (PARTITION BY ${group}, key ORDER BY moment) AS before FROM looked),
      keys AS (SELECT ${group}, count(before) AS steps, count(*) FILTER (value >= before) AS held, count(*) FILTER (value > before) AS rose,
          arg_max(value, moment) > arg_min(value, moment) AS grew
        FROM stepped GROUP BY ${group}, key HAVING count(*) >= 2),
      typical AS (SELECT ${group}, median(abs(value - before) / before) AS change FROM stepped WHERE before > 0 GROUP BY ${group})
      SELECT ${group}, count(*)::DOUBLE AS keys, (count(*) FILTER (steps >= 2))::DOUBLE AS long, sum(steps)::DOUBLE AS steps,
        (sum(held) / sum(steps))::DOUBLE AS held, (sum(rose) / sum(steps))::DOUBLE AS rose,
        avg(CASE WHEN grew THEN 1 ELSE 0 END)::DOUBLE AS grew, any_value(change)::DOUBLE AS change
      FROM keys LEFT JOIN typical USING (${group}) GROUP BY ${group}`;

/** By name, platform and day. @param rows SQL of the staged rows */
export const viewsOfFirstDays = (rows: string, staged: Pick<Placed, 'platform'>): Statement =>
  sql(`SELECT name, ${staged.platform ? 'platform' : 'NULL AS platform'}, day::VARCHAR AS day, sum(views)::DOUBLE AS views FROM (${rows})
      WHERE bad = 0 AND views IS NOT NULL GROUP BY ALL ORDER BY day LIMIT ${FIRST_ROWS}`);

/** As the files stated it, before any alias. */
export function statedBefore(source: string, day: string, views: 'increment' | 'cumulative'): Statement {
  const [table, rows, folded] =
    views === 'cumulative'
      ? ['snapshot', 'true', 'max(v.views)']
      : ['view_log', "NOT derived AND kind = 'increment'", 'sum(v.views)'];
  return sql(
    `SELECT id, platform, day, sum(views)::DOUBLE AS views FROM (
        SELECT k.series_id AS id, p.id AS platform, v.day::VARCHAR AS day, v.region_key, v.episode, ${folded} AS views
        FROM ${table} v JOIN source s USING (source_key) JOIN series_key k ON k.series_key = coalesce(v.stated_key, v.series_key)
          JOIN platform p ON p.platform_key = coalesce(v.stated_platform_key, v.platform_key)
        WHERE s.id = $1 AND v.day >= $2::DATE - ${DAYS_BEFORE} AND v.day < $2::DATE AND v.views IS NOT NULL AND ${rows} GROUP BY ALL)
      GROUP BY ALL`,
    [source, day],
  );
}
