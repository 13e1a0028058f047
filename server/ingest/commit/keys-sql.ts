import { INVISIBLE } from '../../vocabulary/text.ts';
import { sql } from '../../warehouse/warehouse.ts';
import { isAllSeriesSql } from '../cells/extra-rows.ts';
import type { Staged } from '../stage/stage.ts';
import { NAME_KEY, STAGED, TITLE_MARK } from '../stage/stage-sql.ts';

export const PLACE_KEY = 'place_key';

export const makeNameKey = sql(`CREATE OR REPLACE TEMP TABLE ${NAME_KEY} AS
    SELECT name, trim(translate(name, '${INVISIBLE}', ''), ' ' || chr(9) || chr(10) || chr(13)) AS id, NULL::INTEGER AS series_key, NULL::INTEGER AS stated_key,
      NULL::VARCHAR AS extra
    FROM (SELECT DISTINCT name FROM ${STAGED} WHERE bad = 0)`);

/** Makes ids that were stored as floats whole again, unless some are fractions. */
export const makeFloatsWhole =
  sql(`UPDATE ${NAME_KEY} SET id = regexp_replace(id, '[.]0+$', '') WHERE regexp_matches(id, '^[0-9]+[.]0+$')
    AND NOT EXISTS (FROM ${NAME_KEY} WHERE regexp_matches(id, '^[0-9]+[.][0-9]*[1-9][0-9]*$'))`);

export const titlesNamed = sql(`SELECT name FROM ${NAME_KEY} WHERE starts_with(name, '${TITLE_MARK}')`);

export const putIds = (names: readonly string[], ids: readonly string[]) =>
  sql(
    `UPDATE ${NAME_KEY} SET id = given.id FROM (SELECT unnest($1::VARCHAR[]) AS name, unnest($2::VARCHAR[]) AS id) given
       WHERE ${NAME_KEY}.name = given.name`,
    [names, ids],
  );

/** Totals and repeated headers (`extra-rows.ts`) have no id, and `extra` says why. */
export const forgetExtraNames = (header: string) =>
  sql(
    `UPDATE ${NAME_KEY} SET id = NULL, extra = CASE WHEN id = $1 THEN 'header' ELSE 'total' END
      WHERE id = $1 OR ${isAllSeriesSql('id')}`,
    [header],
  );

/** Only short ids may mean "no value". */
export const shortIds = sql(`SELECT name, id FROM ${NAME_KEY} WHERE length(id) <= 6`);
export const forgetIds = (names: readonly string[]) =>
  sql(`UPDATE ${NAME_KEY} SET id = NULL WHERE name IN (SELECT unnest($1::VARCHAR[]))`, [names]);

export const lastSeriesKey = sql('SELECT coalesce(max(series_key), 0) AS top FROM series_key');

export const insertNewSeries = sql(`INSERT INTO series_key (series_key, series_id, resolved_key)
    SELECT top + n, id, top + n FROM (
      SELECT id, row_number() OVER (ORDER BY id)::INTEGER AS n, (SELECT coalesce(max(series_key), 0) FROM series_key) AS top
      FROM (SELECT DISTINCT id FROM ${NAME_KEY} WHERE id IS NOT NULL) WHERE id NOT IN (SELECT series_id FROM series_key))`);

export const keyNames =
  sql(`UPDATE ${NAME_KEY} SET series_key = k.resolved_key, stated_key = nullif(k.series_key, k.resolved_key)
    FROM series_key k WHERE k.series_id = ${NAME_KEY}.id`);

export const placesWritten = (staged: Staged, most: number) => {
  const columns = [staged.platform ? 'platform' : 'NULL AS platform', staged.region ? 'region' : 'NULL AS region'];
  return sql(`SELECT DISTINCT ${columns.join(', ')} FROM ${STAGED} WHERE bad = 0 LIMIT ${most}`);
};

const PLACE_SHAPE = {
  platform: 'VARCHAR',
  region: 'VARCHAR',
  platform_key: 'SMALLINT',
  stated_platform_key: 'SMALLINT',
  region_key: 'SMALLINT',
  region_left_out: 'BOOLEAN',
} as const;

export interface PlaceRow {
  readonly platform: string | null;
  readonly region: string | null;
  readonly platform_key: number;
  readonly stated_platform_key: number | null;
  readonly region_key: number;
  readonly region_left_out: boolean;
}

export const makePlaceKey = (rows: readonly PlaceRow[]) =>
  sql(
    `CREATE OR REPLACE TEMP TABLE ${PLACE_KEY} AS SELECT r.* FROM (SELECT unnest(from_json($1, '[${JSON.stringify(PLACE_SHAPE)}]')) AS r)`,
    [JSON.stringify(rows)],
  );

export const platformsKnown = sql('SELECT platform_key, id FROM platform');
export const insertPlatform = (key: number, place: Readonly<Record<'id' | 'zh' | 'en', string>>, home: string | null) =>
  sql('INSERT INTO platform (platform_key, id, zh, en, home_region) VALUES ($1, $2, $3, $4, $5)', [
    key,
    place.id,
    place.zh,
    place.en,
    home,
  ]);

/** With the key and the home region of the platform that they are merged into. */
export const platformsMerged = sql(
  'SELECT m.platform_key, m.into_key, p.home_region FROM platform_merged m JOIN platform p ON p.platform_key = m.into_key',
);

export const keyOfSource = (id: string) => sql('SELECT source_key FROM source WHERE id = $1', [id]);
export const nextSourceKey = sql('SELECT coalesce(max(source_key), 0) + 1 AS next FROM source');
export const insertSource = (key: number, id: string) =>
  sql(`INSERT INTO source (source_key, id, coverage) VALUES ($1, $2, 'census')`, [key, id]);

export const currenciesWritten = (most: number) =>
  sql(`SELECT DISTINCT currency FROM ${STAGED} WHERE bad = 0 AND currency IS NOT NULL LIMIT ${most}`);
