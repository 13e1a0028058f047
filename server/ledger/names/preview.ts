/** What counts of members before and after a merge, and where they say different things. */

import type { AliasDimension, AliasExtent, AliasPreview, AliasRequest } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { maybeNumber, numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, Value, WriteSession } from '../../warehouse/warehouse.ts';
import { namesOf } from './alias-records.ts';
import { holdersOf } from './held-members.ts';

export interface Extents {
  readonly label: (id: string) => Label;
  readonly of: (id: string) => AliasExtent;
}

const SAMPLES = 10;
const NOTHING: AliasExtent = { rows: 0, days: 0, series: 0, views: 0, from: null, to: null };

/** Rows of members in `view_log` (v), each with the member's id. */
const ROWS: Record<AliasDimension, string> = {
  series: 'SELECT k.series_id AS id, v.* FROM view_log v JOIN series_key k USING (series_key)',
  platform: 'SELECT p.id, v.* FROM view_log v JOIN platform p USING (platform_key)',
  producer: 'SELECT m.member AS id, v.* FROM view_log v JOIN series_producer m USING (series_key)',
  franchise: 'SELECT s.franchise AS id, v.* FROM view_log v JOIN series s USING (series_key)',
};
const among = 'WHERE id IN (SELECT unnest($1::VARCHAR[]))';

/**
 * The members that a merge is about: those merged, the ones that they count for now (a series whose title a name is),
 * then the one that they will count for. What is parted is of the name given for it, whatever that is a title of.
 */
export async function concernedBy(session: ReadSession, request: AliasRequest): Promise<readonly string[]> {
  const { dimension, from, into, platform, source } = request;
  const holder = await holdersOf(session, dimension, [...from, into]);
  const end = platform !== undefined || source !== undefined || from.includes(into) ? into : holder(into);
  return [...new Set([...from, ...from.map(holder)])].filter((id) => id !== end).concat(end);
}

const count = (value: Value | undefined) => (typeof value === 'bigint' ? String(value) : Number(value ?? 0));
const text = (value: Value | undefined) => (typeof value === 'string' ? value : null);

/** What counts of each member now: views are of all time, with those from before the log. */
export async function extentsOf(
  session: ReadSession,
  { dimension }: AliasRequest,
  ids: readonly string[],
): Promise<Extents> {
  const rows = await session.all({
    text: `SELECT id, count(*) AS rows, count(DISTINCT day) AS days, count(DISTINCT series_key) AS series,
        coalesce(sum(views), 0)::BIGINT AS views, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
      FROM (${ROWS[dimension]}) ${among} GROUP BY id`,
    values: [ids],
  });
  const known = new Map(
    rows.map((row) => [
      textOf(row, 'id'),
      {
        rows: numberOf(row, 'rows'),
        days: numberOf(row, 'days'),
        series: numberOf(row, 'series'),
        views: count(row.views),
        from: text(row.first),
        to: text(row.last),
      },
    ]),
  );
  return { label: await namesOf(session, dimension, ids), of: (id) => known.get(id) ?? NOTHING };
}

/**
 * Days of a series on a platform that several of the members state. Producers and franchises have none: their series
 * stay what they are.
 */
export async function conflictsOf(
  session: WriteSession,
  request: AliasRequest,
  ids: readonly string[],
): Promise<AliasPreview['conflicts']> {
  const { dimension } = request;
  const parts = request.platform !== undefined || request.source !== undefined;
  if (parts || dimension === 'producer' || dimension === 'franchise')
    return { days: 0, same_source_days: 0, samples: [] };
  const beside = dimension === 'series' ? 'platform_key' : 'series_key';
  await tell(session, dimension, ids, beside);
  const cells = `WITH cells AS (
      SELECT beside, day, count(id) > count(DISTINCT source_key) AS same_source, sum(views) AS views
      FROM told GROUP BY beside, day HAVING count(DISTINCT id) > 1)`;
  const [counted] = await session.all({
    text: `${cells} SELECT count(*) AS days, count(*) FILTER (same_source) AS same FROM cells`,
    values: [],
  });
  const other =
    dimension === 'series'
      ? 'JOIN platform o ON o.platform_key = c.beside'
      : 'JOIN series_key k ON k.series_key = c.beside';
  const samples = await session.all({
    text: `${cells}, sampled AS (FROM cells ORDER BY views DESC, day, beside LIMIT ${SAMPLES})
      SELECT c.beside, c.day::VARCHAR AS day, ${dimension === 'series' ? 'o.id' : 'k.series_id'} AS other, t.id, s.id AS source, t.views
      FROM sampled c ${other} JOIN told t ON t.beside = c.beside AND t.day = c.day JOIN source s ON s.source_key = t.source_key
      ORDER BY c.views DESC, day, other, t.id, source`,
    values: [],
  });
  await session.run({ text: 'DROP TABLE told', values: [] });
  return {
    days: maybeNumber(counted, 'days') ?? 0,
    same_source_days: maybeNumber(counted, 'same') ?? 0,
    samples: gathered(samples, { dimension, into: ids.at(-1) ?? request.into }),
  };
}

/**
 * Makes the temporary table `told`: what each source states of each member, by day. Of the last member, which most rows
 * may be of, only days that another one has, too.
 */
async function tell(
  session: WriteSession,
  dimension: AliasDimension,
  ids: readonly string[],
  beside: string,
): Promise<void> {
  const told = (where: string) => `
    SELECT id, ${beside} AS beside, day, source_key, sum(views)::BIGINT AS views FROM (${ROWS[dimension]}) WHERE ${where} GROUP BY ALL`;
  const last = ids.at(-1) ?? '';
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE told AS ${told('id IN (SELECT unnest($1::VARCHAR[]))')}`,
    values: [ids.slice(0, -1)],
  });
  await session.run({
    text: `INSERT INTO told ${told(`id = $1 AND (${beside}, day) IN (SELECT (beside, day) FROM told)`)}`,
    values: [last],
  });
}

function gathered(
  rows: readonly Readonly<Record<string, Value>>[],
  { dimension, into }: Pick<AliasRequest, 'dimension' | 'into'>,
): AliasPreview['conflicts']['samples'] {
  const cells = new Map<string, AliasPreview['conflicts']['samples'][number]>();
  for (const row of rows) {
    const day = textOf(row, 'day');
    const other = textOf(row, 'other');
    const cell = cells.get(`${day} ${other}`) ?? {
      day,
      series: dimension === 'series' ? into : other,
      platform: dimension === 'series' ? other : into,
      stated: [],
    };
    cell.stated.push({ id: textOf(row, 'id'), source: textOf(row, 'source'), views: count(row.views) });
    cells.set(`${day} ${other}`, cell);
  }
  return [...cells.values()];
}

export function previewOf(
  request: AliasRequest,
  ids: readonly string[],
  before: Extents,
  after: Extents,
  conflicts: AliasPreview['conflicts'],
): AliasPreview {
  const total = (extents: Extents) => {
    const sum = ids.reduce((views, id) => views + BigInt(extents.of(id).views), 0n);
    return sum > BigInt(Number.MAX_SAFE_INTEGER) ? String(sum) : Number(sum);
  };
  return {
    dimension: request.dimension,
    members: ids.map((id) => ({ id, label: before.label(id), before: before.of(id), after: after.of(id) })),
    conflicts,
    views_before: total(before),
    views_after: total(after),
  };
}
