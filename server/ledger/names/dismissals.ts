/** Suggestions that the user rejected, and the way back. */
import { z } from 'zod';
import {
  type AliasDimension,
  aliasDimensionSchema,
  type Dismissal,
  type DismissedPair,
} from '../../contract/aliases.ts';
import { ProblemError } from '../../problem.ts';
import { flagOf } from '../../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../../warehouse/warehouse.ts';
import { namesOf } from './alias-records.ts';
import { type DismissedKey, deleteDismissal, dismiss, dismissalsLatestFirst, isDismissed } from './aliases-sql.ts';
import { notDismissed } from './messages.ts';

const rowSchema = z.object({
  dimension: aliasDimensionSchema,
  one: z.string(),
  other: z.string(),
  dismissed_at: z.string().nullable(),
});

const inOrder = ([one, other]: Dismissal['ids']): [string, string] => (one < other ? [one, other] : [other, one]);

export async function dismissedPairs(
  session: ReadSession,
  dimension?: AliasDimension | undefined,
): Promise<readonly DismissedPair[]> {
  const rows = rowSchema.array().parse(await session.all(dismissalsLatestFirst(dimension ?? null)));
  const pairs = new Map<(typeof rows)[number], DismissedPair>();
  for (const own of new Set(rows.map((row) => row.dimension))) {
    const ofIt = rows.filter((row) => row.dimension === own);
    const label = await namesOf(session, own, [...new Set(ofIt.flatMap((row) => [row.one, row.other]))]);
    const named = (id: string) => ({ id, label: label(id) });
    for (const row of ofIt)
      pairs.set(row, { dimension: own, pair: [named(row.one), named(row.other)], dismissed_at: row.dismissed_at });
  }
  return rows.flatMap((row) => pairs.get(row) ?? []);
}

export async function dismissPair(session: WriteSession, { dimension, ids }: Dismissal, now: Date): Promise<void> {
  await session.run(dismiss([dimension, ...inOrder(ids)], now.toISOString()));
}

/** They may be suggested again. @throws ProblemError `not_found` if they were not dismissed */
export async function takeBackPair(session: WriteSession, { dimension, ids }: Dismissal): Promise<void> {
  const pair: DismissedKey = [dimension, ...inOrder(ids)];
  const [row] = await session.all(isDismissed(pair));
  if (!flagOf(row, 'found')) throw new ProblemError('not_found', notDismissed(ids));
  await session.run(deleteDismissal(pair));
}
