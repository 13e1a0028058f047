/** `series` and its lists of members, derived again from all statements in the same transaction. */

import { currencyLabel } from '../vocabulary/currencies.ts';
import { regionLabel } from '../vocabulary/regions.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../warehouse/row-values.ts';
import type { Statement, WriteSession } from '../warehouse/warehouse.ts';
import { mergeMembers } from './aliases.ts';
import * as catalog from './catalogue-sql.ts';

/** Call `resolveNames` first. @returns whether a release changed; the temporary table `released` has the series */
export async function deriveSeries(session: WriteSession): Promise<boolean> {
  for (const clear of catalog.clearCatalog) await session.run(clear);
  await session.run(catalog.insertSeries);
  await mergeMembers(session);
  for (const insert of catalog.insertMembers) await session.run(insert);
  await session.run(catalog.makeReleased);
  await session.run(catalog.dropSeriesBefore);
  const [changed] = await session.all(catalog.countReleased);
  return numberOf(changed, 'n') > 0;
}

/** Adds series that have rows but no statement, by their id. Rollups must be up to date. */
export async function addBareSeries(session: WriteSession): Promise<void> {
  await session.run(catalog.insertBareSeries);
}

/** Names in both languages, from the vocabulary; of producers, cast and franchises as the files write them. */
export async function deriveLabels(session: WriteSession, vocabulary: Vocabulary): Promise<void> {
  const genres = new Map([...vocabulary.genres.values()].map((g) => [g.id, g]));
  const ids = async (used: Statement) => (await session.all(used)).map((row) => textOf(row, 'id'));
  const rows: { dimension: string; id: string; zh: string; en: string }[] = [];
  for (const id of await ids(catalog.genresUsed)) {
    const genre = genres.get(id);
    if (genre) rows.push({ dimension: 'genre', id, zh: genre.zh, en: genre.en });
  }
  for (const id of await ids(catalog.regionsUsed)) {
    const label = regionLabel(id);
    if (label) rows.push({ dimension: 'region', id, ...label });
  }
  for (const id of await ids(catalog.currenciesUsed)) {
    const label = currencyLabel(id);
    if (label) rows.push({ dimension: 'currency', id, ...label });
  }
  for (const row of await session.all(catalog.platformNames))
    rows.push({ dimension: 'platform', id: textOf(row, 'id'), zh: textOf(row, 'zh'), en: textOf(row, 'en') });
  for (const step of [catalog.deleteLabels, catalog.insertStatedLabels, catalog.insertLabels(rows)])
    await session.run(step);
}
