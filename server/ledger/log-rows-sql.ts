import { LOG_COLUMNS } from '../contract/columns.ts';

export const ROW = [
  'import_no',
  'stated_key',
  'stated_platform_key',
  'region_left_out',
  'source_key',
  'series_key',
  'platform_key',
  'region_key',
  'episode',
  'day',
  'instant',
  'kind',
  'currency',
  'derived',
  'estimated',
  ...LOG_COLUMNS,
].join(', ');

/** Tables whose keys names may resolve to others. */
export const KEYED_TABLES = ['view_log', 'view_log_hidden', 'snapshot'] as const;

/** All rows from imports, whether they count or not, without those derived from counters. */
export const STATED_ROWS = `(SELECT * EXCLUDE (reason) FROM view_log_hidden WHERE NOT derived
  UNION ALL BY NAME SELECT * FROM view_log WHERE NOT derived UNION ALL BY NAME SELECT * EXCLUDE (rounding) FROM snapshot)`;

/** Columns that make a row `t` the same statement, before aliases. */
export const STATED: Readonly<Record<string, string>> = {
  series_key: 'coalesce(t.stated_key, t.series_key)',
  platform_key: 'coalesce(t.stated_platform_key, t.platform_key)',
  region_key: 'CASE WHEN t.region_left_out THEN NULL ELSE t.region_key END',
  episode: 't.episode',
  day: 't.day',
  instant: 't.instant',
  currency: 't.currency',
};

export const sameRow = (a: string, b: string) =>
  Object.keys(STATED)
    .map((c) => `${a}.${c} IS NOT DISTINCT FROM ${b}.${c}`)
    .join(' AND ');

/** Condition: a committed import of the same place states the row already. */
export const isRepeated = (row: string): string =>
  `EXISTS (FROM mended_repeat m JOIN import o ON o.import_no = m.of_import_no AND o.status = 'committed'
    WHERE m.import_no = ${row}.import_no AND ${Object.entries(STATED)
      .map(([column, stated]) => `m.${column} IS NOT DISTINCT FROM ${stated.replaceAll('t.', `${row}.`)}`)
      .join(' AND ')})`;

/** The days that imports replace, by place: a file and its mended rejects count as one file. */
export const REPLACED_RANGES = `replaced_range AS (
    SELECT source_key, place_no, min(from_day) AS from_day, max(to_day) AS to_day
    FROM import WHERE status = 'committed' AND kind = 'log' GROUP BY ALL HAVING bool_or(mode = 'replace_range'))`;
