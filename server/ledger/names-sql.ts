import { UNKNOWN } from '../vocabulary/regions.ts';
import { type Bound, sql } from '../warehouse/warehouse.ts';
import { KEYED_TABLES } from './log-rows-sql.ts';

export const activeByAge = (dimension: string) =>
  sql(
    'SELECT from_id, into_id, platform, source FROM alias WHERE dimension = $1 AND undone_at IS NULL ORDER BY alias_no',
    [dimension],
  );

export const makePairs = (
  table: string,
  columns: readonly [string, string],
  pairs: Iterable<readonly [number, number]>,
) => {
  const all = [...pairs];
  return sql(
    `CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT unnest($1::INTEGER[]) AS ${columns[0]}, unnest($2::INTEGER[]) AS ${columns[1]}`,
    [all.map(([a]) => a), all.map(([, b]) => b)],
  );
};

export const makeMergedNames = (merged: ReadonlyMap<string, string>) =>
  sql('CREATE OR REPLACE TEMP TABLE merged_name AS SELECT unnest($1::VARCHAR[]) AS was, unnest($2::VARCHAR[]) AS now', [
    [...merged.keys()],
    [...merged.values()],
  ]);

/** A producer that comes twice by this is kept once, at its first place. */
export const replaceMergedNames = {
  producer: sql(`UPDATE series SET producers = m.names, producer = m.names[1] FROM (
      SELECT series_key, list(name ORDER BY place) AS names FROM (
        SELECT series_key, coalesce(n.now, s.name) AS name, min(place) AS place FROM (
          SELECT series_key, unnest(producers) AS name, generate_subscripts(producers, 1) AS place FROM series
          WHERE list_has_any(producers, (SELECT list(was) FROM merged_name))) s
        LEFT JOIN merged_name n ON n.was = s.name GROUP BY ALL)
      GROUP BY series_key) m
    WHERE m.series_key = series.series_key`),
  franchise: sql('UPDATE series SET franchise = n.now FROM merged_name n WHERE n.was = series.franchise'),
} as const;

export const dropMergedNames = sql('DROP TABLE merged_name');

export const regionsKnown = sql('SELECT region_key, id FROM region');
export const insertRegion = (key: number, id: string, market: string) =>
  sql('INSERT INTO region (region_key, id, market) VALUES ($1, $2, $3::market)', [key, id, market]);

export const platformsAsMerged =
  sql(`SELECT p.platform_key, p.id, p.home_region, coalesce(m.into_key, p.platform_key) AS was
      FROM platform p LEFT JOIN platform_merged m USING (platform_key)`);

/** Older rows do not say whether their region was left out: an unknown one was. */
const LEFT_OUT = `coalesce(region_left_out, region_key = (SELECT region_key FROM region WHERE id = '${UNKNOWN}'), false)`;
const STATED_PLATFORM = 'coalesce(stated_platform_key, platform_key)';

export const makePlatformMoved = sql(
  'CREATE OR REPLACE TEMP TABLE platform_moved (series_key INTEGER, platform_key SMALLINT)',
);

/** The series of moved rows, under the old and the new platform. */
export const notePlatformMoved = (key: number, was: number, now: number) => {
  const rows = KEYED_TABLES.map((table) => `SELECT series_key FROM ${table} WHERE ${STATED_PLATFORM} = ${key}`);
  return sql(
    `INSERT INTO platform_moved SELECT series_key, p FROM (${rows.join(' UNION ')}), unnest([${was}, ${now}]) t(p)`,
  );
};

export const partPlatform = (key: number) => sql('DELETE FROM platform_merged WHERE platform_key = $1', [key]);
export const mergePlatform = (key: number, into: number) =>
  sql('INSERT INTO platform_merged VALUES ($1, $2)', [key, into]);

export const anyLeftOut = (key: number) => {
  const some = KEYED_TABLES.map((table) => `EXISTS (FROM ${table} WHERE ${STATED_PLATFORM} = $1 AND ${LEFT_OUT})`);
  return sql(`SELECT ${some.join(' OR ')} AS found`, [key]);
};

/** @param homeKey the region of rows without one; null if there are none */
export const movePlatformRows = (table: string, key: number, now: number, homeKey: number | null) => {
  const filled = homeKey === null ? '' : `, region_key = CASE WHEN ${LEFT_OUT} THEN ${homeKey} ELSE region_key END`;
  return sql(
    `UPDATE ${table} SET platform_key = $2, stated_platform_key = nullif($1, $2)${filled} WHERE ${STATED_PLATFORM} = $1`,
    [key, now],
  );
};

/** Of titles of several series, only those whose series aliases made one: they lead to that one. */
const onlyTarget = (title: string) => `
    SELECT t.${title}, CASE WHEN count(*) = 1 THEN min(t.series_key) ELSE min(coalesce(r.root, t.series_key)) END AS target
    FROM titled t LEFT JOIN alias_root r USING (series_key)
    WHERE own GROUP BY t.${title} HAVING count(DISTINCT coalesce(r.root, t.series_key)) = 1`;

/**
 * Makes `title_edge`: names that are the title of exactly one other series, as written, else ignoring case; merged
 * series count as one. Titles without an id that differ only in case are one series, named as in the first import that
 * counts, unless an alias decides.
 */
export const makeTitleEdges = sql(`CREATE OR REPLACE TEMP TABLE title_edge AS
  WITH titled AS (
    SELECT t.*, k.series_id, lower(title) AS folded, title <> k.series_id AS own FROM (
      SELECT series_key, arg_max(title_key, import_no) AS title, min(import_no) AS since
      FROM series_statement WHERE title_key IS NOT NULL GROUP BY series_key) t JOIN series_key k USING (series_key)),
  exact AS (${onlyTarget('title')}),
  blind AS (${onlyTarget('folded')}),
  first AS (
    SELECT folded, arg_min(series_key, (since, series_id)) AS series_key FROM titled
    WHERE NOT own AND title NOT IN (SELECT title FROM exact) GROUP BY folded),
  led AS (
    SELECT f.folded, CASE WHEN lower(k.series_id) = f.folded THEN r.root ELSE f.series_key END AS target
    FROM first f LEFT JOIN alias_root r USING (series_key) LEFT JOIN series_key k ON k.series_key = r.root),
  edge AS (
    SELECT k.series_key, coalesce(e.target, b.target, l.target) AS target
    FROM series_key k LEFT JOIN exact e ON e.title = k.series_id LEFT JOIN blind b ON b.folded = lower(k.series_id)
      LEFT JOIN led l ON l.folded = lower(k.series_id)
    WHERE k.series_key NOT IN (SELECT series_key FROM titled WHERE own))
  FROM edge WHERE target <> series_key`);

export const titleEdgesOf = (keys: readonly number[]) =>
  sql('SELECT series_key, target FROM title_edge WHERE series_key IN (SELECT unnest($1::INTEGER[]))', [keys]);

export const makeRenamed = sql(`CREATE OR REPLACE TEMP TABLE renamed AS
  WITH wanted AS (
    SELECT k.series_key, k.resolved_key AS was, CASE
        WHEN f.final_key IS NOT NULL THEN f.final_key
        WHEN e.target IS NULL THEN k.series_key
        WHEN g.final_key IS NOT NULL THEN g.final_key
        ELSE e.target END AS now
    FROM series_key k LEFT JOIN alias_final f USING (series_key) LEFT JOIN title_edge e USING (series_key)
      LEFT JOIN alias_final g ON g.series_key = e.target)
  FROM wanted WHERE was <> now`);

export const keysOfNames = (names: readonly string[]) =>
  sql('SELECT series_key, series_id FROM series_key WHERE series_id IN (SELECT unnest($1::VARCHAR[]))', [names]);

export const makePartedNow = sql(
  'CREATE OR REPLACE TEMP TABLE parted_now (series_key INTEGER, source_key SMALLINT, platform_key SMALLINT, into_key INTEGER)',
);

const MEMBER = {
  source: 'source_key FROM source',
  platform:
    'coalesce(m.into_key, p.platform_key) AS platform_key FROM platform p LEFT JOIN platform_merged m USING (platform_key)',
} as const;

/** Fills `parted_now`: names that are another series for a source or platform. @param elsewhere renamed ones */
export const insertParted = (
  by: keyof typeof MEMBER,
  { names, elsewhere, into, id }: Readonly<Record<'names' | 'elsewhere', number[]>> & { into: number; id: Bound },
) =>
  sql(
    `INSERT INTO parted_now (series_key, ${by}_key, into_key)
          SELECT n.series_key, d.${by}_key, $3 FROM (
            SELECT unnest($1::INTEGER[]) AS series_key UNION
            SELECT series_key FROM title_edge WHERE target IN (SELECT unnest($1::INTEGER[])) AND series_key NOT IN (SELECT unnest($2::INTEGER[]))) n,
            (SELECT ${MEMBER[by]} WHERE id = $4) d
          WHERE NOT EXISTS (FROM parted_now o WHERE o.series_key = n.series_key AND o.${by}_key = d.${by}_key)`,
    [names, elsewhere, into, id],
  );

const ANY_PARTED = '(FROM series_parted UNION ALL FROM parted_now)';

export const makeAffected = sql(`CREATE OR REPLACE TEMP TABLE affected AS
  SELECT series_key FROM renamed UNION SELECT series_key FROM (
    (FROM series_parted EXCEPT FROM parted_now) UNION ALL (FROM parted_now EXCEPT FROM series_parted))`);
export const affectAllParted = sql(`INSERT INTO affected SELECT DISTINCT series_key FROM ${ANY_PARTED}`);
export const countAffected = sql('SELECT count(*) AS n FROM affected');

export const makeMoved = sql(`CREATE OR REPLACE TEMP TABLE moved AS
    SELECT was AS series_key FROM renamed UNION SELECT now FROM renamed
    UNION SELECT k.resolved_key FROM series_key k JOIN affected USING (series_key)
    UNION SELECT into_key FROM ${ANY_PARTED} WHERE series_key IN (FROM affected)`);

/** Resolves names by `renamed` and `parted_now`; in this order. */
export const resolve = [
  sql('UPDATE series_key SET resolved_key = r.now FROM renamed r WHERE r.series_key = series_key.series_key'),
  sql('DELETE FROM series_parted'),
  sql('INSERT INTO series_parted FROM parted_now'),
] as const;

const moveRows = (table: string, now: string, from: string, where: string) =>
  sql(`UPDATE ${table} SET series_key = ${now}, stated_key = nullif(k.series_key, ${now})
   FROM ${from} WHERE k.series_key = coalesce(${table}.stated_key, ${table}.series_key) AND ${where}`);

export const moveSeriesRows = (table: string) =>
  moveRows(table, 'k.resolved_key', 'series_key k', 'k.series_key IN (FROM affected)');
export const movePartedRows = (table: string, by: 'source_key' | 'platform_key') =>
  moveRows(table, 'k.into_key', 'series_parted k', `k.${by} = ${table}.${by}`);

export const anyNewTitle = (after: number) =>
  sql(
    `SELECT EXISTS (FROM series_key k JOIN series_statement s ON lower(s.title_key) = lower(k.series_id)
      WHERE k.series_key > $1) AS titled`,
    [after],
  );
export const resolveNew = (after: number) =>
  sql(
    `UPDATE series_key SET resolved_key = r.now FROM renamed r
      WHERE r.series_key = series_key.series_key AND series_key.series_key > $1`,
    [after],
  );

/** Condition: a moved row, or one beside it. */
export const MOVED =
  '(series_key IN (SELECT series_key FROM moved) OR (series_key, platform_key) IN (SELECT (series_key, platform_key) FROM platform_moved))';

/** Condition: a series whose rows or increments may have changed. */
export const MOVED_SERIES =
  'series_key IN (SELECT series_key FROM moved UNION ALL SELECT series_key FROM platform_moved UNION ALL SELECT series_key FROM rederived)';

export const daysOfMoved = sql(`SELECT source_key, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
      FROM (${KEYED_TABLES.map((table) => `SELECT source_key, day FROM ${table} WHERE ${MOVED}`).join(' UNION ALL ')}) GROUP BY source_key`);
