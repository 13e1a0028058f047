/** Dictionaries: texts become small keys. They only grow, so a key never changes its meaning. */

import { regionKeys } from '../../ledger/regions.ts';
import { resolveNewNames } from '../../ledger/resolve-series.ts';
import { ProblemError } from '../../problem.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { namibiaOf, regionOf, UNKNOWN, writesCodes } from '../../vocabulary/regions.ts';
import { fold, isBlank, normalName, normalTitle } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { maybeText, numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../../warehouse/warehouse.ts';
import type { ImportPlan } from '../stage/plan.ts';
import type { Staged } from '../stage/stage.ts';
import { TITLE_MARK } from '../stage/stage-sql.ts';
import * as keys from './keys-sql.ts';
import { currenciesWritten } from './keys-sql.ts';
import { NO_CURRENCIES, tooManyCurrencies, tooManyPlaces } from './messages.ts';

/** With more distinct values than this a column is no platform or region. */
const MOST_PLACES = 5000;

export interface KeyedNames {
  readonly blank: boolean;
  readonly titles: boolean;
}

/** Makes `name_key` and gives new series their keys. A title of exactly one series gets its key, a blank name none. */
export async function keySeries(session: WriteSession, plan: ImportPlan): Promise<KeyedNames> {
  await session.run(keys.makeNameKey);
  await session.run(keys.makeFloatsWhole);
  // NFKC is at hand here; ids stay as the file has them.
  const titles = await session.all(keys.titlesNamed);
  const names = titles.map((row) => textOf(row, 'name'));
  for (let at = 0; at < names.length; at += 10_000) {
    const batch = names.slice(at, at + 10_000);
    const ids = batch.map((name) => normalTitle(name.slice(TITLE_MARK.length)));
    await session.run(keys.putIds(batch, ids));
  }
  const named = plan.uses.get('series_id') ?? plan.uses.get('title');
  await session.run(keys.forgetExtraNames(named?.column.name ?? ''));
  const blank = await forgetBlankNames(session);
  const [last] = await session.all(keys.lastSeriesKey);
  await session.run(keys.insertNewSeries);
  const led = await resolveNewNames(session, numberOf(last, 'top'));
  await session.run(keys.keyNames);
  return { blank, titles: led };
}

/** Names that mean "no value" get no id. @returns whether there are any */
async function forgetBlankNames(session: WriteSession): Promise<boolean> {
  const candidates = await session.all(keys.shortIds);
  const blank = candidates.filter((row) => isBlank(textOf(row, 'id'))).map((row) => textOf(row, 'name'));
  if (blank.length === 0) return false;
  await session.run(keys.forgetIds(blank));
  return true;
}

/**
 * Makes `place_key` for each pair of platform and region in the file: the canonical keys, the platform's own key if it
 * is merged into another, and whether the region was left out.
 */
export async function keyPlaces(
  session: WriteSession,
  plan: ImportPlan,
  staged: Staged,
  vocabulary: Vocabulary,
): Promise<void> {
  const pairs = await session.all(keys.placesWritten(staged, MOST_PLACES + 1));
  if (pairs.length > MOST_PLACES) throw new ProblemError('mapping_incomplete', tooManyPlaces(MOST_PLACES));
  const platforms = await platformKeys(session);
  const regions = await regionKeys(session);
  const merged = await mergedPlatforms(session);
  const codes = writesCodes(pairs.map((pair) => maybeText(pair, 'region')));
  const rows: keys.PlaceRow[] = [];
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
  await session.run(keys.makePlaceKey(rows));
}

async function mergedPlatforms(
  session: WriteSession,
): Promise<ReadonlyMap<number, { readonly key: number; readonly homeRegion: string | null }>> {
  const rows = await session.all(keys.platformsMerged);
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
  /** As stated; null if left out, which means the platform's home region. */
  readonly region: string | null;
}

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
  const rows = await session.all(keys.platformsKnown);
  const given = new Map(rows.map((row) => [textOf(row, 'id'), numberOf(row, 'platform_key')]));
  return async (place) => {
    const known = given.get(place.id);
    if (known !== undefined) return known;
    const key = given.size + 1;
    given.set(place.id, key);
    await session.run(keys.insertPlatform(key, place, place.homeRegion));
    return key;
  };
}

export async function keySource(session: WriteSession, id: string): Promise<number> {
  const [known] = await session.all(keys.keyOfSource(id));
  if (known) return numberOf(known, 'source_key');
  const [next] = await session.all(keys.nextSourceKey);
  const key = numberOf(next, 'next');
  await session.run(keys.insertSource(key, id));
  return key;
}

/** With more distinct values than this a column is no currency. */
const MOST_CURRENCIES = 1000;

/** Each text → its code, else the text in upper case. @throws ProblemError `mapping_incomplete` for too many */
export async function stagedCurrencies(session: ReadSession): Promise<ReadonlyMap<string, string>> {
  const rows = await session.all(currenciesWritten(MOST_CURRENCIES + 1));
  if (rows.length > MOST_CURRENCIES)
    throw new ProblemError('mapping_incomplete', tooManyCurrencies(MOST_CURRENCIES), [
      { path: 'mapping.currency', message: NO_CURRENCIES },
    ]);
  const texts = rows.map((row) => textOf(row, 'currency')).filter((text) => !isBlank(text));
  return new Map(texts.map((text) => [text, currencyOf(text) ?? text.trim().toUpperCase()]));
}
