import type { AliasDimension } from '../../contract/aliases.ts';
import { sql } from '../../warehouse/warehouse.ts';

const VIEWS = '(SELECT series_key, sum(views)::BIGINT AS views FROM series_month GROUP BY series_key)';
const labelled = (id: string, dimension: string) =>
  `LEFT JOIN label l ON l.dimension = '${dimension}' AND l.id = ${id} WHERE ${id} IS NOT NULL AND ${id} <> '(unknown)'`;

/** Current members with names and views, and for series the catalogue's fields. */
export const members = {
  series: sql(`SELECT s.series_id AS id, s.title AS zh, s.title_en AS en, coalesce(v.views, 0) AS views,
      nullif(s.producer, '(unknown)') AS producer, s.franchise, s.format, s.release_day::VARCHAR AS release, s.episodes
    FROM series s LEFT JOIN ${VIEWS} v USING (series_key)`),
  producer: sql(`SELECT m.id, any_value(l.zh) AS zh, any_value(l.en) AS en, any_value(m.views) AS views FROM (
      SELECT p.member AS id, coalesce(sum(v.views), 0)::BIGINT AS views
      FROM series_producer p LEFT JOIN ${VIEWS} v USING (series_key) GROUP BY p.member) m ${labelled('m.id', 'producer')} GROUP BY m.id`),
  franchise: sql(`SELECT m.id, l.zh, l.en, m.views FROM (
      SELECT s.franchise AS id, coalesce(sum(v.views), 0)::BIGINT AS views FROM series s LEFT JOIN ${VIEWS} v USING (series_key)
      GROUP BY s.franchise) m ${labelled('m.id', 'franchise')}`),
  platform: sql(`SELECT p.id, p.zh, p.en, sum(t.views)::BIGINT AS views
    FROM platform_month t JOIN platform p USING (platform_key) WHERE p.id <> '(unknown)' GROUP BY ALL`),
} as const satisfies Record<AliasDimension, unknown>;

/** Two members in the same place are hardly one. Franchises have no place. */
const STANDS = {
  series: `SELECT k.series_id AS id, concat_ws(' ', t.source_key, t.platform_key, t.month) AS stand
    FROM platform_month t JOIN series_key k USING (series_key)`,
  producer: 'SELECT member AS id, series_key::VARCHAR AS stand FROM series_producer',
  platform: 'SELECT p.id, t.source_key::VARCHAR AS stand FROM platform_month t JOIN platform p USING (platform_key)',
} as const;

export const standsOf = (dimension: keyof typeof STANDS, ids: readonly string[]) =>
  sql(
    `SELECT id, list(DISTINCT stand) AS stands FROM (${STANDS[dimension]}) WHERE id IN (SELECT unnest($1::VARCHAR[])) GROUP BY id`,
    [ids],
  );
