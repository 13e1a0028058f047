/**
 * Which platform a name in a file stands for, once aliases merged some. Rows keep the platform they state
 * (`stated_platform_key`) and whether they left the region out: it then is the home region of the platform that holds.
 */

import { UNKNOWN } from '../vocabulary/regions.ts';
import { flagOf, numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { mergedNames } from './aliases.ts';
import { regionKeys } from './regions.ts';
import { KEYED_TABLES } from './resolve-series.ts';

/**
 * Resolves every platform anew, keeps it in `platform_merged`, and moves the rows of those that changed. Makes the
 * temporary table `platform_moved` of the series concerned, with the platforms that their rows left and came to.
 * @returns whether any row's platform may have changed
 */
export async function resolvePlatforms(session: WriteSession): Promise<boolean> {
  const merged = await mergedNames(session, 'platform');
  const rows = await session.all({
    text: `SELECT p.platform_key, p.id, p.home_region, coalesce(m.into_key, p.platform_key) AS was
      FROM platform p LEFT JOIN platform_merged m USING (platform_key)`,
    values: [],
  });
  const keys = new Map(rows.map((row) => [textOf(row, 'id'), numberOf(row, 'platform_key')]));
  const changed = rows.flatMap((row) => {
    const key = numberOf(row, 'platform_key');
    const now = keys.get(merged.get(textOf(row, 'id')) ?? '') ?? key;
    return now === numberOf(row, 'was') ? [] : [{ key, was: numberOf(row, 'was'), now }];
  });
  await findMoved(session, changed);
  if (changed.length === 0) return false;
  const homes = new Map(rows.map((row) => [numberOf(row, 'platform_key'), row.home_region]));
  for (const { key, now } of changed) {
    const home = homes.get(now);
    await session.run({ text: 'DELETE FROM platform_merged WHERE platform_key = $1', values: [key] });
    if (now !== key) await session.run({ text: 'INSERT INTO platform_merged VALUES ($1, $2)', values: [key, now] });
    await moveRows(session, key, now, typeof home === 'string' ? home : UNKNOWN);
  }
  return true;
}

/** Rows from before it was kept whether the region was left out: an unknown one was. */
const LEFT_OUT = `coalesce(region_left_out, region_key = (SELECT region_key FROM region WHERE id = '${UNKNOWN}'), false)`;
const STATED = 'coalesce(stated_platform_key, platform_key)';

interface Moved {
  readonly key: number;
  readonly was: number;
  readonly now: number;
}

async function findMoved(session: WriteSession, changed: readonly Moved[]): Promise<void> {
  const run = (text: string) => session.run({ text, values: [] });
  await run('CREATE OR REPLACE TEMP TABLE platform_moved (series_key INTEGER, platform_key SMALLINT)');
  for (const { key, was, now } of changed) {
    const rows = KEYED_TABLES.map((table) => `SELECT series_key FROM ${table} WHERE ${STATED} = ${key}`);
    await run(
      `INSERT INTO platform_moved SELECT series_key, p FROM (${rows.join(' UNION ')}), unnest([${was}, ${now}]) t(p)`,
    );
  }
}

async function moveRows(session: WriteSession, key: number, now: number, home: string): Promise<void> {
  const filling = KEYED_TABLES.map((table) => `EXISTS (FROM ${table} WHERE ${STATED} = $1 AND ${LEFT_OUT})`).join(
    ' OR ',
  );
  const [row] = await session.all({ text: `SELECT ${filling} AS found`, values: [key] });
  // A region that no row needs gets no key: copies of the dataset share the dictionary with it.
  const homeKey = flagOf(row, 'found') ? await (await regionKeys(session))(home) : null;
  for (const table of KEYED_TABLES)
    await session.run({
      text: `UPDATE ${table} SET platform_key = $2, stated_platform_key = nullif($1, $2)${
        homeKey === null
          ? ''
          : `,
          region_key = CASE WHEN ${LEFT_OUT} THEN ${homeKey} ELSE region_key END`
      } WHERE ${STATED} = $1`,
      values: [key, now],
    });
}
