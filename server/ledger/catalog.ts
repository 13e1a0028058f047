/** `series` and its lists of members, derived anew from all statements in the transaction that changes them. */

import { currencyLabel } from '../vocabulary/currencies.ts';
import { regionLabel } from '../vocabulary/regions.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { mergeMembers } from './aliases.ts';

/** Fields of which the latest statement holds; a release is one of day and time together. */
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

/**
 * Which statement of a series holds: what is said under its own name or title before what is said under a name that an
 * alias merged into it, then the latest import's, then by the name, so that nothing hangs on the order of rows.
 */
const PRECEDENCE = `((k.series_key = home OR coalesce(e.target = home, false))::BIGINT << 60) | (s.import_no::BIGINT << 30) | coalesce(o.place, 0)`;
const HOME = 'coalesce(x.into_key, k.resolved_key)';

/**
 * Derives `series`, `series_genre`, `series_producer` and `series_cast` from the statements; `resolveNames` goes first.
 * @returns whether a release changed; the temporary table `released` then names the series
 */
export async function deriveSeries(session: WriteSession): Promise<boolean> {
  const run = (text: string) => session.run({ text, values: [] });
  await run('CREATE OR REPLACE TEMP TABLE series_before AS SELECT series_key, release_day, release_at FROM series');
  for (const table of ['series', 'series_genre', 'series_producer', 'series_cast']) await run(`DELETE FROM ${table}`);
  const latest = CATALOG_COLUMNS.map((f) => `arg_max(${f}, precedence) AS ${f}`);
  // Day and time of a release are one statement: never the day of one file with the time of another.
  const release = `arg_max({on_day: release_day, moment: release_at}, CASE WHEN release_day IS NOT NULL THEN precedence END) AS release`;
  await run(`INSERT INTO series BY NAME
    WITH led AS (
      SELECT series_key, row_number() OVER (ORDER BY series_id) AS place FROM series_key WHERE series_key <> resolved_key),
    placed AS (
      SELECT s.*, ${HOME} AS home, ${PRECEDENCE.replaceAll('home', HOME)} AS precedence
      FROM series_statement s JOIN series_key k ON k.series_key = s.series_key JOIN import i ON i.import_no = s.import_no
        LEFT JOIN series_parted x ON x.series_key = s.series_key AND x.source_key = i.source_key
        LEFT JOIN title_edge e ON e.series_key = s.series_key LEFT JOIN led o ON o.series_key = s.series_key),
    stated AS (SELECT home AS series_key, ${latest.join(', ')}, ${release} FROM placed GROUP BY home)
    SELECT s.series_key, k.series_id, coalesce(title, k.series_id) AS title, ${CATALOG_COLUMNS.slice(1).join(', ')},
      release.on_day AS release_day, release.moment AS release_at,
      coalesce(producers[1], '(unknown)') AS producer, coalesce(genres[1], '(unknown)') AS primary_genre,
      date_trunc('month', release.on_day)::DATE AS release_month
    FROM stated s JOIN series_key k ON k.series_key = s.series_key ORDER BY s.series_key`);
  await mergeMembers(session);
  for (const [table, list] of [
    ['series_genre', 'genres'],
    ['series_producer', 'producers'],
    ['series_cast', '"cast"'],
  ] as const)
    await run(`INSERT INTO ${table} SELECT series_key, unnest(${list}) FROM series WHERE len(${list}) > 0`);
  await run(`CREATE OR REPLACE TEMP TABLE released AS
    SELECT series_key FROM series_before b FULL JOIN series s USING (series_key)
    WHERE b.release_day IS DISTINCT FROM s.release_day OR b.release_at IS DISTINCT FROM s.release_at`);
  await run('DROP TABLE series_before');
  const [changed] = await session.all({ text: 'SELECT count(*) AS n FROM released', values: [] });
  return numberOf(changed, 'n') > 0;
}

/** Series that have rows but no statement are in `series`, too, by their id alone. Rollups must be up to date. */
export async function addBareSeries(session: WriteSession): Promise<void> {
  await session.run({
    text: `INSERT INTO series BY NAME
      SELECT k.series_key, k.series_id, k.series_id AS title, '(unknown)' AS producer, '(unknown)' AS primary_genre
      FROM series_key k WHERE k.series_key IN (SELECT series_key FROM series_month)
        AND k.series_key NOT IN (SELECT series_key FROM series)`,
    values: [],
  });
}

/**
 * Names in both languages: of genres, platforms and regions from the vocabulary, of producers, cast and franchises as
 * the files write them.
 */
export async function deriveLabels(session: WriteSession, vocabulary: Vocabulary): Promise<void> {
  const genres = new Map([...vocabulary.genres.values()].map((g) => [g.id, g]));
  const ids = async (text: string) => (await session.all({ text, values: [] })).map((row) => textOf(row, 'id'));
  const rows: { dimension: string; id: string; zh: string; en: string }[] = [];
  for (const id of await ids('SELECT DISTINCT member AS id FROM series_genre')) {
    const genre = genres.get(id);
    if (genre) rows.push({ dimension: 'genre', id, zh: genre.zh, en: genre.en });
  }
  for (const id of await ids('SELECT id FROM region')) {
    const label = regionLabel(id);
    if (label) rows.push({ dimension: 'region', id, ...label });
  }
  for (const id of await ids(`SELECT unnest(string_split(value, ',')) AS id FROM dataset WHERE name = 'currencies'`)) {
    const label = currencyLabel(id);
    if (label) rows.push({ dimension: 'currency', id, ...label });
  }
  for (const row of await session.all({ text: 'SELECT id, zh, en FROM platform', values: [] }))
    rows.push({ dimension: 'platform', id: textOf(row, 'id'), zh: textOf(row, 'zh'), en: textOf(row, 'en') });
  await session.run({ text: 'DELETE FROM label', values: [] });
  await session.run({
    text: `INSERT INTO label (dimension, id, zh, en)
      SELECT dimension, id, arg_max(zh, import_no), coalesce(arg_max(en, import_no), arg_max(zh, import_no))
      FROM label_statement GROUP BY dimension, id`,
    values: [],
  });
  await session.run({
    text: `INSERT INTO label (dimension, id, zh, en) SELECT r.dimension, r.id, r.zh, r.en FROM (
      SELECT unnest(from_json($1, '[{"dimension":"VARCHAR","id":"VARCHAR","zh":"VARCHAR","en":"VARCHAR"}]')) AS r)`,
    values: [JSON.stringify(rows)],
  });
}
