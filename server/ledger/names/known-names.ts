/** Checks that names are ids of their dimension. */

import type { AliasDimension, AliasRequest } from '../../contract/aliases.ts';
import { ProblemError } from '../../problem.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { neverStated, seriesOfTitle } from './aliases-sql.ts';
import { titleNotId, unknownMember } from './messages.ts';

/** @throws ProblemError `unknown_member` naming the first id that no file ever stated */
export async function refuseUnknown(session: ReadSession, request: AliasRequest): Promise<void> {
  const { dimension, from, into, platform, source } = request;
  // A part of a series may become a new one.
  const parts = platform !== undefined || source !== undefined;
  await refuse(session, dimension, 'from', from);
  if (!parts) await refuse(session, dimension, 'into', [into]);
  if (platform !== undefined) await refuse(session, 'platform', 'platform', [platform]);
  if (source !== undefined) await refuse(session, 'source', 'source', [source]);
}

async function refuse(
  session: ReadSession,
  dimension: AliasDimension | 'source',
  path: string,
  ids: readonly string[],
): Promise<void> {
  const [unknown] = await session.all(neverStated(dimension, ids));
  if (!unknown) return;
  if (dimension === 'series') await refuseTitle(session, path, textOf(unknown, 'id'));
  throw new ProblemError('unknown_member', unknownMember(dimension, textOf(unknown, 'id')), [
    { path, message: textOf(unknown, 'id') },
  ]);
}

/** A title may be no id: its series have ids of their own. */
async function refuseTitle(session: ReadSession, path: string, title: string): Promise<void> {
  const rows = await session.all(seriesOfTitle(title));
  if (rows.length === 0) return;
  const ids = rows.map((row) => textOf(row, 'series_id'));
  throw new ProblemError('unknown_member', titleNotId(title, ids), [{ path, message: ids.join(', ') }]);
}
