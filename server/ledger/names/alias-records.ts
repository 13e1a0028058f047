/** The `alias` table as records of the API. */

import { z } from 'zod';
import { type Alias, type AliasDimension, aliasDimensionSchema } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { maybeText, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, ResultRow } from '../../warehouse/warehouse.ts';
import { aliasesNewestFirst, aliasOfId, writtenNames } from './aliases-sql.ts';
import { aliasNotFound } from './messages.ts';

const rowSchema = z.object({
  alias_id: z.string(),
  dimension: aliasDimensionSchema,
  from_id: z.string(),
  into_id: z.string(),
  platform: z.string().nullable(),
  source: z.string().nullable(),
  made_at: z.string(),
  undone_at: z.string().nullable(),
});

/** Also for members that are merged into others. */
export async function namesOf(
  session: ReadSession,
  dimension: AliasDimension,
  ids: readonly string[],
): Promise<(id: string) => Label> {
  const rows = ids.length === 0 ? [] : await session.all(writtenNames(dimension, ids));
  const labels = new Map(
    rows.map((row) => {
      const id = textOf(row, 'id');
      const zh = maybeText(row, 'zh') ?? id;
      return [id, { zh, en: maybeText(row, 'en') ?? zh }];
    }),
  );
  return (id) => labels.get(id) ?? { zh: id, en: id };
}

export async function aliasRecords(
  session: ReadSession,
  { dimension, undone }: { dimension?: AliasDimension | undefined; undone: boolean },
): Promise<readonly Alias[]> {
  const rows = await session.all(aliasesNewestFirst(dimension ?? null, undone));
  return named(session, rows);
}

/** @throws ProblemError `not_found` */
export async function findAlias(session: ReadSession, aliasId: string): Promise<Alias> {
  const [alias] = await named(session, await session.all(aliasOfId(aliasId)));
  if (alias) return alias;
  throw new ProblemError('not_found', aliasNotFound(aliasId));
}

async function named(session: ReadSession, rows: readonly ResultRow[]): Promise<readonly Alias[]> {
  const aliases = rowSchema.array().parse(rows);
  const named = new Map<string, Alias>();
  for (const dimension of new Set(aliases.map((a) => a.dimension))) {
    const own = aliases.filter((a) => a.dimension === dimension);
    const label = await namesOf(session, dimension, [...new Set(own.flatMap((a) => [a.from_id, a.into_id]))]);
    for (const { from_id, into_id, ...rest } of own)
      named.set(rest.alias_id, {
        ...rest,
        from: { id: from_id, label: label(from_id) },
        into: { id: into_id, label: label(into_id) },
      });
  }
  return aliases.flatMap(({ alias_id }) => named.get(alias_id) ?? []);
}
