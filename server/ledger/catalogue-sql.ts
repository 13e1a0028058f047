import { sql } from '../warehouse/warehouse.ts';

/** The latest statement of each counts; day and time of a release are one statement. */
export const CATALOG_COLUMNS = [
  'title',
  'title_en',
  'producers',
  'rights_holder',
  'producer_region',
  'genres',
  'channel',
  'format',
  'production',
  'franchise',
  '"cast"',
  'language',
  'origin',
  'episodes',
  'paywall_episode',
] as const;

/** Copies releases to `series_before`, and empties the catalogue; in this order. */
export const clearCatalog = [
  sql('CREATE OR REPLACE TEMP TABLE series_before AS SELECT series_key, release_day, release_at FROM series'),
  ...['series', 'series_genre', 'series_producer', 'series_cast'].map((table) => sql(`DELETE FROM ${table}`)),
] as const;

const HOME = 'coalesce(x.into_key, k.resolved_key)';
/**
 * Which statement of a series counts: under its own name or title before merged names, then by the latest import, then
 * by the name, so that the order of rows changes nothing.
 */
const PRECEDENCE = `((k.series_key = ${HOME} OR coalesce(e.target = ${HOME}, false))::BIGINT << 60) | (s.import_no::BIGINT << 30) | coalesce(o.place, 0)`;
const LATEST = CATALOG_COLUMNS.map((f) => `arg_max(${f}, precedence) AS ${f}`);
/** Never the day of one file with the time of another. */
const RELEASE =
  'arg_max({on_day: release_day, moment: release_at}, CASE WHEN release_day IS NOT NULL THEN precedence END) AS release';

export const insertSeries = sql(`INSERT INTO series BY NAME
    WITH led AS (
      SELECT series_key, row_number() OVER (ORDER BY series_id) AS place FROM series_key WHERE series_key <> resolved_key),
    placed AS (
      SELECT s.*, ${HOME} AS home, ${PRECEDENCE} AS precedence
      FROM series_statement s JOIN series_key k ON k.series_key = s.series_key JOIN import i ON i.import_no = s.import_no
        LEFT JOIN series_parted x ON x.series_key = s.series_key AND x.source_key = i.source_key
        LEFT JOIN title_edge e ON e.series_key = s.series_key LEFT JOIN led o ON o.series_key = s.series_key),
    stated AS (SELECT home AS series_key, ${LATEST.join(', ')}, ${RELEASE} FROM placed GROUP BY home)
    SELECT s.series_key, k.series_id, coalesce(title, k.series_id) AS title, ${CATALOG_COLUMNS.slice(1).join(', ')},
      release.on_day AS release_day, release.moment AS release_at,
      coalesce(producers[1], '(unknown)') AS producer, coalesce(genres[1], '(unknown)') AS primary_genre,
      date_trunc('month', release.on_day)::DATE AS release_month
    FROM stated s JOIN series_key k ON k.series_key = s.series_key ORDER BY s.series_key`);

const MEMBERS = [
  ['series_genre', 'genres'],
  ['series_producer', 'producers'],
  ['series_cast', '"cast"'],
] as const;

export const insertMembers = MEMBERS.map(([table, list]) =>
  sql(`INSERT INTO ${table} SELECT series_key, unnest(${list}) FROM series WHERE len(${list}) > 0`),
);

export const makeReleased = sql(`CREATE OR REPLACE TEMP TABLE released AS
    SELECT series_key FROM series_before b FULL JOIN series s USING (series_key)
    WHERE b.release_day IS DISTINCT FROM s.release_day OR b.release_at IS DISTINCT FROM s.release_at`);
export const dropSeriesBefore = sql('DROP TABLE series_before');
export const countReleased = sql('SELECT count(*) AS n FROM released');
export const RELEASED = 'series_key IN (SELECT series_key FROM released)';

export const anySnapshot = sql('SELECT count(*) > 0 AS found FROM snapshot');

export const insertBareSeries = sql(`INSERT INTO series BY NAME
      SELECT k.series_key, k.series_id, k.series_id AS title, '(unknown)' AS producer, '(unknown)' AS primary_genre
      FROM series_key k WHERE k.series_key IN (SELECT series_key FROM series_month)
        AND k.series_key NOT IN (SELECT series_key FROM series)`);

export const genresUsed = sql('SELECT DISTINCT member AS id FROM series_genre');
export const regionsUsed = sql('SELECT id FROM region');
export const currenciesUsed = sql(
  `SELECT unnest(string_split(value, ',')) AS id FROM dataset WHERE name = 'currencies'`,
);
export const platformNames = sql('SELECT id, zh, en FROM platform');

export const deleteLabels = sql('DELETE FROM label');
export const insertStatedLabels = sql(`INSERT INTO label (dimension, id, zh, en)
      SELECT dimension, id, arg_max(zh, import_no), coalesce(arg_max(en, import_no), arg_max(zh, import_no))
      FROM label_statement GROUP BY dimension, id`);
export const insertLabels = (
  labels: readonly { readonly dimension: string; readonly id: string; readonly zh: string; readonly en: string }[],
) =>
  sql(
    `INSERT INTO label (dimension, id, zh, en) SELECT r.dimension, r.id, r.zh, r.en FROM (
      SELECT unnest(from_json($1, '[{"dimension":"VARCHAR","id":"VARCHAR","zh":"VARCHAR","en":"VARCHAR"}]')) AS r)`,
    [JSON.stringify(labels)],
  );

/** As the latest committed log states; `census` if none does. */
export const putCoverage = sql(`UPDATE source SET coverage = coalesce((
        SELECT arg_max(i.options ->> '$.coverage', i.import_no) FROM import i
        WHERE i.source_key = source.source_key AND i.status = 'committed' AND i.kind = 'log'
          AND (i.options ->> '$.coverage') IS NOT NULL), 'census')`);

export const putCurrencies = sql(`INSERT INTO dataset (name, value)
      SELECT 'currencies', coalesce(string_agg(currency, ',' ORDER BY currency), '') FROM (
        SELECT DISTINCT currency FROM view_log WHERE currency IS NOT NULL AND (revenue IS NOT NULL OR spend IS NOT NULL))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
