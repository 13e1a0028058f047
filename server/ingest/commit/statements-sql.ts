import type { Field } from '../../contract/imports.ts';
import { sql } from '../../warehouse/warehouse.ts';
import { NAME_KEY, STAGED } from '../stage/stage-sql.ts';

const COLUMNS = {
  series_key: 'INTEGER',
  title_key: 'VARCHAR',
  title: 'VARCHAR',
  title_en: 'VARCHAR',
  producers: '["VARCHAR"]',
  rights_holder: 'VARCHAR',
  producer_region: 'VARCHAR',
  genres: '["VARCHAR"]',
  channel: 'VARCHAR',
  format: 'VARCHAR',
  production: 'VARCHAR',
  franchise: 'VARCHAR',
  cast: '["VARCHAR"]',
  language: 'VARCHAR',
  origin: 'VARCHAR',
  release_day: 'DATE',
  release_at: 'TIMESTAMP',
  episodes: 'INTEGER',
  paywall_episode: 'INTEGER',
} as const;

export type SeriesStatement = Partial<Record<keyof typeof COLUMNS, string | number | readonly string[] | null>>;

export interface NameLabel {
  readonly dimension: string;
  readonly id: string;
  readonly zh: string;
  readonly en: string | null;
}

/** Makes `stated`: the texts of each series. If they differ, the latest day's counts, or without days the greatest. */
export const makeStated = (fields: readonly Field[], byDay: boolean) => {
  const order = byDay ? (f: string) => `arg_max(${f}, (day, ${f}))` : (f: string) => `max(${f})`;
  return sql(`CREATE OR REPLACE TEMP TABLE stated AS
      SELECT row_number() OVER (ORDER BY key) AS n, * FROM (
        SELECT coalesce(n.stated_key, n.series_key) AS key,
          ${fields.map((f) => `${order(`f_${f}`)} AS f_${f}`).join(', ')}
        FROM ${STAGED} s JOIN ${NAME_KEY} n ON n.name = s.name
        WHERE s.bad = 0 AND n.series_key IS NOT NULL GROUP BY key)`);
};

export const statedBetween = (first: number, last: number) =>
  sql('SELECT * FROM stated WHERE n BETWEEN $1 AND $2', [first, last]);
export const dropStated = sql('DROP TABLE stated');

const SHAPE = JSON.stringify([
  Object.fromEntries(Object.entries(COLUMNS).map(([k, t]) => [k, t.startsWith('[') ? ['VARCHAR'] : t])),
]);
const NAMES = Object.keys(COLUMNS)
  .map((c) => `"${c}"`)
  .join(', ');

export const insertStatements = (importNo: number, statements: readonly SeriesStatement[]) =>
  sql(
    `INSERT INTO series_statement (import_no, ${NAMES})
        SELECT $1, ${NAMES} FROM (SELECT unnest(from_json($2, '${SHAPE}'), recursive := true))`,
    [importNo, JSON.stringify(statements)],
  );

export const insertStatedLabels = (importNo: number, labels: readonly NameLabel[]) =>
  sql(
    `INSERT INTO label_statement (import_no, dimension, id, zh, en) SELECT $1, r.dimension, r.id, r.zh, r.en FROM (
        SELECT unnest(from_json($2, '[{"dimension":"VARCHAR","id":"VARCHAR","zh":"VARCHAR","en":"VARCHAR"}]')) AS r)`,
    [importNo, JSON.stringify(labels)],
  );
