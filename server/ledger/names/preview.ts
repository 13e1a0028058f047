/** What counts for members before and after a merge, and the days on which they contradict each other. */

import type { AliasExtent, AliasPreview, AliasRequest } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { maybeNumber, maybeText, numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import { namesOf } from './alias-records.ts';
import { canonicalIds } from './canonical-members.ts';
import { conflictDays, conflictSamples, dropTold, extents, makeTold } from './preview-sql.ts';

export interface Extents {
  readonly label: (id: string) => Label;
  readonly of: (id: string) => AliasExtent;
}

const NOTHING: AliasExtent = { rows: 0, days: 0, series: 0, views: 0, from: null, to: null };

/**
 * The members that a merge affects: the merged ones, the series that they count for now, then the one that they will
 * count for. A part belongs to the given name, whatever that is a title of.
 */
export async function concernedBy(session: ReadSession, request: AliasRequest): Promise<readonly string[]> {
  const { dimension, from, into, platform, source } = request;
  const canonical = await canonicalIds(session, dimension, [...from, into]);
  const end = platform !== undefined || source !== undefined || from.includes(into) ? into : canonical(into);
  return [...new Set([...from, ...from.map(canonical)])].filter((id) => id !== end).concat(end);
}

/** Beyond 2^53 as text. */
const viewsOf = (row: ResultRow): number | string =>
  typeof row.views === 'bigint' ? String(row.views) : (maybeNumber(row, 'views') ?? 0);

/** Views are of all time, with those from before the log. */
export async function extentsOf(
  session: ReadSession,
  { dimension }: AliasRequest,
  ids: readonly string[],
): Promise<Extents> {
  const rows = await session.all(extents(dimension, ids));
  const known = new Map(
    rows.map((row) => [
      textOf(row, 'id'),
      {
        rows: numberOf(row, 'rows'),
        days: numberOf(row, 'days'),
        series: numberOf(row, 'series'),
        views: viewsOf(row),
        from: maybeText(row, 'first'),
        to: maybeText(row, 'last'),
      },
    ]),
  );
  return { label: await namesOf(session, dimension, ids), of: (id) => known.get(id) ?? NOTHING };
}

/** Days of a series on a platform that several members state. Producers and franchises have none: their series stay. */
export async function conflictsOf(
  session: WriteSession,
  request: AliasRequest,
  ids: readonly string[],
): Promise<AliasPreview['conflicts']> {
  const { dimension } = request;
  const parts = request.platform !== undefined || request.source !== undefined;
  if (parts || dimension === 'producer' || dimension === 'franchise')
    return { days: 0, same_source_days: 0, samples: [] };
  for (const make of makeTold(dimension, ids)) await session.run(make);
  const [counted] = await session.all(conflictDays);
  const samples = await session.all(conflictSamples(dimension));
  await session.run(dropTold);
  return {
    days: numberOf(counted, 'days'),
    same_source_days: numberOf(counted, 'same'),
    samples: gathered(samples, { dimension, into: ids.at(-1) ?? request.into }),
  };
}

function gathered(
  rows: readonly ResultRow[],
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
    cell.stated.push({ id: textOf(row, 'id'), source: textOf(row, 'source'), views: viewsOf(row) });
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
