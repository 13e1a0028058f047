/** The dictionaries: texts of a file become small keys. Dictionaries only grow, so a key never changes its meaning. */

import { regionKeys } from '../../ledger/regions.ts';
import { resolveNewNames } from '../../ledger/resolve-series.ts';
import { ProblemError } from '../../problem.ts';
import { namibiaOf, regionOf, UNKNOWN, writesCodes } from '../../vocabulary/regions.ts';
import { fold, INVISIBLE, isBlank, normalName, normalTitle } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { maybeText, numberOf, textOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { isAllSeriesSql } from '../cells/extra-rows.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { NAME_KEY, STAGED, type Staged, TITLE_MARK } from '../stage/stage.ts';

export const PLACE_KEY = 'place_key';

/** More distinct platforms or regions than this, and the column is no such thing. */
const MOST_PLACES = 5000;

export interface KeyedNames {
  /** Some names are blank: their rows cannot be used. */
  readonly blank: boolean;
  /** Some new names may be titles of series. */
  readonly titles: boolean;
}

/**
 * Makes `name_key` (name, series_key, stated_key), giving new series their keys. A name that is a title of exactly one
 * other series (`resolved_key`) gets that series' key. Blank names get none.
 */
export async function keySeries(session: WriteSession, plan: ImportPlan): Promise<KeyedNames> {
  const run = (sql: string, ...bound: readonly (string | readonly string[])[]) =>
    session.run({ text: sql, values: bound });
  await run(`CREATE OR REPLACE TEMP TABLE ${NAME_KEY} AS
    SELECT name, trim(translate(name, '${INVISIBLE}', ''), ' ' || chr(9) || chr(10) || chr(13)) AS id, NULL::INTEGER AS series_key, NULL::INTEGER AS stated_key,
      NULL::VARCHAR AS extra
    FROM (SELECT DISTINCT name FROM ${STAGED} WHERE bad = 0)`);
  // Ids that were kept as floating numbers are the whole numbers they were, unless some of them are none.
  await run(`UPDATE ${NAME_KEY} SET id = regexp_replace(id, '[.]0+$', '') WHERE regexp_matches(id, '^[0-9]+[.]0+$')
    AND NOT EXISTS (FROM ${NAME_KEY} WHERE regexp_matches(id, '^[0-9]+[.][0-9]*[1-9][0-9]*$'))`);
  // Titles are normalised here, where NFKC is at hand; ids stay as the file has them.
  const titles = await session.all({
    text: `SELECT name FROM ${NAME_KEY} WHERE starts_with(name, '${TITLE_MARK}')`,
    values: [],
  });
  const names = titles.map((row) => textOf(row, 'name'));
  for (let at = 0; at < names.length; at += 10_000) {
    const batch = names.slice(at, at + 10_000);
    const ids = batch.map((name) => normalTitle(name.slice(TITLE_MARK.length)));
    await run(
      `UPDATE ${NAME_KEY} SET id = given.id FROM (SELECT unnest($1::VARCHAR[]) AS name, unnest($2::VARCHAR[]) AS id) given
       WHERE ${NAME_KEY}.name = given.name`,
      batch,
      ids,
    );
  }
  await forgetExtraNames(session, plan);
  const blank = await forgetBlankNames(session);
  const [top] = await session.all({ text: 'SELECT coalesce(max(series_key), 0) AS top FROM series_key', values: [] });
  await run(`INSERT INTO series_key (series_key, series_id, resolved_key)
    SELECT top + n, id, top + n FROM (
      SELECT id, row_number() OVER (ORDER BY id)::INTEGER AS n, (SELECT coalesce(max(series_key), 0) FROM series_key) AS top
      FROM (SELECT DISTINCT id FROM ${NAME_KEY} WHERE id IS NOT NULL) WHERE id NOT IN (SELECT series_id FROM series_key))`);
  const led = await resolveNewNames(session, numberOf(top, 'top'));
  await run(`UPDATE ${NAME_KEY} SET series_key = k.resolved_key, stated_key = nullif(k.series_key, k.resolved_key)
    FROM series_key k WHERE k.series_id = ${NAME_KEY}.id`);
  return { blank, titles: led };
}

/** Names that are totals, or the header's own (`extra-rows.ts`), have no id either, and `extra` says why. */
async function forgetExtraNames(session: WriteSession, plan: ImportPlan): Promise<void> {
  const named = plan.uses.get('series_id') ?? plan.uses.get('title');
  await session.run({
    text: `UPDATE ${NAME_KEY} SET id = NULL, extra = CASE WHEN id = $1 THEN 'header' ELSE 'total' END
      WHERE id = $1 OR ${isAllSeriesSql('id')}`,
    values: [named?.column.name ?? ''],
  });
}

/** Names that mean "no value" have no id. @returns whether there are any */
async function forgetBlankNames(session: WriteSession): Promise<boolean> {
  const candidates = await session.all({ text: `SELECT name, id FROM ${NAME_KEY} WHERE length(id) <= 6`, values: [] });
  const blank = candidates.filter((row) => isBlank(textOf(row, 'id'))).map((row) => textOf(row, 'name'));
  if (blank.length === 0) return false;
  await session.run({
    text: `UPDATE ${NAME_KEY} SET id = NULL WHERE name IN (SELECT unnest($1::VARCHAR[]))`,
    values: [blank],
  });
  return true;
}

/**
 * Makes `place_key` for each pair of platform and region that the file writes: the keys that hold, the platform's own
 * key where an alias merged it into another, and whether the region was left out.
 */
export async function keyPlaces(
  session: WriteSession,
  plan: ImportPlan,
  staged: Staged,
  vocabulary: Vocabulary,
): Promise<void> {
  const columns = [staged.platform ? 'platform' : 'NULL AS platform', staged.region ? 'region' : 'NULL AS region'];
  const pairs = await session.all({
    text: `SELECT DISTINCT ${columns.join(', ')} FROM ${STAGED} WHERE bad = 0 LIMIT ${MOST_PLACES + 1}`,
    values: [],
  });
  if (pairs.length > MOST_PLACES)
    throw new ProblemError('mapping_incomplete', {
      en: `The columns mapped to platform and region have more than ${MOST_PLACES} different values together; map other columns to them, or none.`,
      zh: `映射为平台与地区的列合计超过 ${MOST_PLACES} 个不同的值。请改选其他列，或不映射。`,
    });
  const platforms = await platformKeys(session);
  const regions = await regionKeys(session);
  const merged = await mergedPlatforms(session);
  const codes = writesCodes(pairs.map((pair) => maybeText(pair, 'region')));
  const rows: PlaceRow[] = [];
  for (const pair of pairs) {
    const platform = maybeText(pair, 'platform');
    const region = maybeText(pair, 'region');
    const place = placeOf(plan.platform ?? platform, codes ? namibiaOf(region) : region, vocabulary);
    const stated = await platforms(place);
    const into = merged.get(stated);
    const home = (into ? into.homeRegion : place.homeRegion) ?? UNKNOWN;
    rows.push({
      platform,
      region,
      platform_key: into?.key ?? stated,
      stated_platform_key: into ? stated : null,
      region_key: await regions(place.region ?? home),
      region_left_out: place.region === null,
    });
  }
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE ${PLACE_KEY} AS SELECT r.* FROM (SELECT unnest(from_json($1, '[${PLACE_SHAPE}]')) AS r)`,
    values: [JSON.stringify(rows)],
  });
}

interface PlaceRow {
  readonly platform: string | null;
  readonly region: string | null;
  readonly platform_key: number;
  readonly stated_platform_key: number | null;
  readonly region_key: number;
  readonly region_left_out: boolean;
}
const PLACE_SHAPE = JSON.stringify({
  platform: 'VARCHAR',
  region: 'VARCHAR',
  platform_key: 'SMALLINT',
  stated_platform_key: 'SMALLINT',
  region_key: 'SMALLINT',
  region_left_out: 'BOOLEAN',
});

/** Platforms that an alias merged into another: its key and home region, by their own key. */
async function mergedPlatforms(
  session: WriteSession,
): Promise<ReadonlyMap<number, { readonly key: number; readonly homeRegion: string | null }>> {
  const rows = await session.all({
    text: `SELECT m.platform_key, m.into_key, p.home_region FROM platform_merged m JOIN platform p ON p.platform_key = m.into_key`,
    values: [],
  });
  return new Map(
    rows.map((row) => [
      numberOf(row, 'platform_key'),
      { key: numberOf(row, 'into_key'), homeRegion: maybeText(row, 'home_region') },
    ]),
  );
}

interface Place {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly homeRegion: string | null;
  /** As stated; null where it is left out: it then is the home region of the platform. */
  readonly region: string | null;
}

/** Spellings to ids. */
function placeOf(platform: string | null, region: string | null, vocabulary: Vocabulary): Place {
  const known = platform === null ? undefined : vocabulary.platforms.get(fold(platform));
  const name = platform === null || isBlank(platform) ? UNKNOWN : normalName(platform);
  const { id, zh, en, homeRegion } = known ?? { id: name, zh: name, en: name, homeRegion: null };
  return {
    id,
    zh,
    en,
    homeRegion,
    region:
      region === null || isBlank(region)
        ? null
        : vocabulary.totals.region.has(fold(region))
          ? UNKNOWN
          : regionOf(region),
  };
}

async function platformKeys(session: WriteSession): Promise<(place: Place) => Promise<number>> {
  const rows = await session.all({ text: 'SELECT platform_key, id FROM platform', values: [] });
  const keys = new Map(rows.map((row) => [textOf(row, 'id'), numberOf(row, 'platform_key')]));
  return async (place) => {
    const known = keys.get(place.id);
    if (known !== undefined) return known;
    const key = keys.size + 1;
    keys.set(place.id, key);
    await session.run({
      text: 'INSERT INTO platform (platform_key, id, zh, en, home_region) VALUES ($1, $2, $3, $4, $5)',
      values: [key, place.id, place.zh, place.en, place.homeRegion],
    });
    return key;
  };
}

/** The key of a source, given anew where it is the first time. */
export async function keySource(session: WriteSession, id: string): Promise<number> {
  const [known] = await session.all({ text: 'SELECT source_key FROM source WHERE id = $1', values: [id] });
  if (known) return numberOf(known, 'source_key');
  const [top] = await session.all({ text: 'SELECT coalesce(max(source_key), 0) + 1 AS next FROM source', values: [] });
  const key = numberOf(top, 'next');
  await session.run({
    text: `INSERT INTO source (source_key, id, coverage) VALUES ($1, $2, 'census')`,
    values: [key, id],
  });
  return key;
}
