import type { AliasDimension } from '../../contract/aliases.ts';
import { sql } from '../../warehouse/warehouse.ts';

const SAMPLES = 10;

/** Rows of `view_log` (v) with the member's id. */
const ROWS: Record<AliasDimension, string> = {
  series: 'SELECT k.series_id AS id, v.* FROM view_log v JOIN series_key k USING (series_key)',
  platform: 'SELECT p.id, v.* FROM view_log v JOIN platform p USING (platform_key)',
  producer: 'SELECT m.member AS id, v.* FROM view_log v JOIN series_producer m USING (series_key)',
  franchise: 'SELECT s.franchise AS id, v.* FROM view_log v JOIN series s USING (series_key)',
};
const AMONG = 'id IN (SELECT unnest($1::VARCHAR[]))';

export const extents = (dimension: AliasDimension, ids: readonly string[]) =>
  sql(
    `SELECT id, count(*) AS rows, count(DISTINCT day) AS days, count(DISTINCT series_key) AS series,
        coalesce(sum(views), 0)::BIGINT AS views, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
      FROM (${ROWS[dimension]}) WHERE ${AMONG} GROUP BY id`,
    [ids],
  );

/** For a series by platform, for a platform by series. */
const BESIDE = { series: 'platform_key', platform: 'series_key' } as const;

const told = (dimension: keyof typeof BESIDE, where: string) => `
    SELECT id, ${BESIDE[dimension]} AS beside, day, source_key, sum(views)::BIGINT AS views FROM (${ROWS[dimension]}) WHERE ${where} GROUP BY ALL`;

/** Makes `told`: each source's statements by day; of the last member, which has most rows, only days others have. */
export const makeTold = (dimension: keyof typeof BESIDE, ids: readonly string[]) => [
  sql(`CREATE OR REPLACE TEMP TABLE told AS ${told(dimension, AMONG)}`, [ids.slice(0, -1)]),
  sql(
    `INSERT INTO told ${told(dimension, `id = $1 AND (${BESIDE[dimension]}, day) IN (SELECT (beside, day) FROM told)`)}`,
    [ids.at(-1) ?? ''],
  ),
];

const CELLS = `WITH cells AS (
      SELECT beside, day, count(id) > count(DISTINCT source_key) AS same_source, sum(views) AS views
      FROM told GROUP BY beside, day HAVING count(DISTINCT id) > 1)`;

/** Days with several members, and those on which one source states several. */
export const conflictDays = sql(`${CELLS} SELECT count(*) AS days, count(*) FILTER (same_source) AS same FROM cells`);

const OTHER = {
  series: { id: 'o.id', join: 'JOIN platform o ON o.platform_key = c.beside' },
  platform: { id: 'k.series_id', join: 'JOIN series_key k ON k.series_key = c.beside' },
} as const;

/** Values on such days, most views first. */
export const conflictSamples = (dimension: keyof typeof OTHER) => {
  const { id, join } = OTHER[dimension];
  return sql(`${CELLS}, sampled AS (FROM cells ORDER BY views DESC, day, beside LIMIT ${SAMPLES})
      SELECT c.beside, c.day::VARCHAR AS day, ${id} AS other, t.id, s.id AS source, t.views
      FROM sampled c ${join} JOIN told t ON t.beside = c.beside AND t.day = c.day JOIN source s ON s.source_key = t.source_key
      ORDER BY c.views DESC, day, other, t.id, source`);
};

export const dropTold = sql('DROP TABLE told');
