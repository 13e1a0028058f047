import type { AliasDimension } from '../../contract/aliases.ts';
import { sql } from '../../warehouse/warehouse.ts';

const UTC = (placeholder: string) => `${placeholder}::TIMESTAMPTZ AT TIME ZONE 'UTC'`;

export const aliasesNewestFirst = (dimension: AliasDimension | null, undone: boolean) =>
  sql('FROM alias WHERE ($1::VARCHAR IS NULL OR dimension = $1) AND ($2 OR undone_at IS NULL) ORDER BY alias_no DESC', [
    dimension,
    undone,
  ]);

export const aliasOfId = (aliasId: string) => sql('FROM alias WHERE alias_id = $1', [aliasId]);

export const insertAlias = (
  aliasId: string,
  {
    dimension,
    from,
    into,
    platform,
    source,
  }: Readonly<Record<'dimension' | 'from' | 'into', string>> & Readonly<Record<'platform' | 'source', string | null>>,
  madeAt: string,
) =>
  sql(
    `INSERT INTO alias (alias_no, alias_id, dimension, from_id, into_id, platform, source, made_at)
        SELECT coalesce(max(alias_no), 0) + 1, $1, $2, $3, $4, $5, $6, ${UTC('$7')} FROM alias`,
    [aliasId, dimension, from, into, platform, source, madeAt],
  );

export const undoAlias = (aliasId: string, at: string) =>
  sql(`UPDATE alias SET undone_at = ${UTC('$2')} WHERE alias_id = $1`, [aliasId, at]);

const written = (dimension: string) =>
  `SELECT id, arg_max(zh, import_no) AS zh, arg_max(en, import_no) AS en FROM label_statement
   WHERE dimension = '${dimension}' AND id IN (SELECT unnest($1::VARCHAR[])) GROUP BY id`;
const WRITTEN: Record<AliasDimension, string> = {
  series: `SELECT k.series_id AS id, arg_max(s.title, s.import_no) AS zh, arg_max(s.title_en, s.import_no) AS en
    FROM series_key k LEFT JOIN series_statement s USING (series_key)
    WHERE k.series_id IN (SELECT unnest($1::VARCHAR[])) GROUP BY k.series_id`,
  producer: written('producer'),
  franchise: written('franchise'),
  platform: 'SELECT id, zh, en FROM platform WHERE id IN (SELECT unnest($1::VARCHAR[]))',
};

/** In both languages, also for members that are merged into others. */
export const writtenNames = (dimension: AliasDimension, ids: readonly string[]) => sql(WRITTEN[dimension], [ids]);

export const dismissalsLatestFirst = (dimension: AliasDimension | null) =>
  sql(
    'FROM alias_dismissed WHERE $1::VARCHAR IS NULL OR dimension = $1 ORDER BY dismissed_at DESC NULLS LAST, one, other',
    [dimension],
  );

export const dismissalsOf = (dimension: AliasDimension) =>
  sql('SELECT one, other FROM alias_dismissed WHERE dimension = $1', [dimension]);

/** The two names are in order. */
export type DismissedKey = readonly [dimension: string, one: string, other: string];

const DISMISSED = 'alias_dismissed WHERE dimension = $1 AND one = $2 AND other = $3';

/** Once for a pair. @param at ISO */
export const dismiss = (pair: DismissedKey, at: string) =>
  sql(
    `INSERT INTO alias_dismissed (dimension, one, other, dismissed_at)
      SELECT $1, $2, $3, ${UTC('$4')}
      WHERE NOT EXISTS (FROM ${DISMISSED})`,
    [...pair, at],
  );
export const isDismissed = (pair: DismissedKey) => sql(`SELECT count(*) > 0 AS found FROM ${DISMISSED}`, pair);
export const deleteDismissal = (pair: DismissedKey) => sql(`DELETE FROM ${DISMISSED}`, pair);

/** Those that are merged into others. */
export const mergedSeries = (ids: readonly string[]) =>
  sql(
    `SELECT k.series_id AS id, h.series_id AS canonical
      FROM series_key k JOIN series_key h ON h.series_key = k.resolved_key
      WHERE k.series_key <> k.resolved_key AND k.series_id IN (SELECT unnest($1::VARCHAR[]))`,
    [ids],
  );

const STATED: Record<AliasDimension | 'source', string> = {
  series: 'SELECT series_id FROM series_key',
  producer: 'SELECT unnest(producers) FROM series_statement',
  platform: 'SELECT id FROM platform',
  franchise: 'SELECT franchise FROM series_statement',
  source: 'SELECT id FROM source',
};

/** Ids that no file ever stated. */
export const neverStated = (dimension: AliasDimension | 'source', ids: readonly string[]) =>
  sql(
    `SELECT id FROM (SELECT unnest($1::VARCHAR[]) AS id) WHERE id NOT IN (SELECT s.id FROM (${STATED[dimension]}) s(id) WHERE s.id IS NOT NULL)`,
    [ids],
  );

export const seriesOfTitle = (title: string) =>
  sql('SELECT series_id FROM series WHERE title = $1 OR title_en = $1 ORDER BY series_id LIMIT 5', [title]);

export const insertSeriesKey = (id: string) =>
  sql(
    `INSERT INTO series_key (series_key, series_id, resolved_key)
      SELECT top + 1, $1, top + 1 FROM (SELECT coalesce(max(series_key), 0) AS top FROM series_key)
      WHERE $1 NOT IN (SELECT series_id FROM series_key)`,
    [id],
  );

export const seriesOfNames = (one: string, other: string) =>
  sql('SELECT DISTINCT resolved_key FROM series_key WHERE series_id IN ($1, $2)', [one, other]);
