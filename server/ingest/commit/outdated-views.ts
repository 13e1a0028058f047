/** Imports whose views were taken for increments and are a counter by their values, or the other way round. */

import type { ReadingChange } from '../../contract/outdated.ts';
import type { HistoryEntry } from '../../ledger/history.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { LOOKS, weigh } from '../propose/increment-or-counter.ts';
import { type Steps, stepsSchema } from '../propose/probe/view-steps.ts';
import { sayWeighed } from '../propose/views-messages.ts';
import { viewsWouldBe } from './messages.ts';
import { type Looked, stepsIn } from './outdated-sql.ts';

const LOOKED_AT = 500_000;

/** By the steps of each import, else by those of all imports of its source. @param among imports to judge */
export async function outdatedViews(
  session: ReadSession,
  entries: readonly HistoryEntry[],
  among: ReadonlySet<number>,
): Promise<ReadonlyMap<number, ReadingChange>> {
  const stated = entries.filter(
    (e) => e.status === 'committed' && e.kind === 'log' && e.viewsAre !== 'event' && e.mapping.views !== undefined,
  );
  const asked = stated.filter(({ importNo }) => among.has(importNo));
  const found = new Map<number, ReadingChange>();
  if (asked.length === 0) return found;
  const sources = new Set(asked.map(({ sourceKey }) => sourceKey));
  const looked = stated.filter(({ sourceKey }) => sources.has(sourceKey));
  const rows = looked.reduce((sum, e) => sum + e.rows_committed, 0);
  const oneIn = Math.max(1, Math.ceil(rows / LOOKED_AT));
  const own = await stepsBy(session, looked, 'import_no', oneIn);
  const ofSource = await stepsBy(session, looked, 'source_key', oneIn);
  for (const entry of asked) {
    const steps = [own.get(entry.importNo), ofSource.get(entry.sourceKey)].find((s) => s && weigh(s) !== 'nothing');
    const verdict = steps ? LOOKS[weigh(steps)] : null;
    if (!steps || verdict === null || verdict === entry.viewsAre) continue;
    const before = entry.viewsAre === 'cumulative' ? 'cumulative' : 'increment';
    found.set(entry.importNo, {
      part: 'views_are',
      unit: 'rows',
      before,
      after: verdict,
      count: entry.rows_committed,
      detail: viewsWouldBe(before, verdict, sayWeighed(steps, weigh(steps), oneIn > 1)),
    });
  }
  return found;
}

/** A week or a month is one value, though it is stored by the day. */
function lookedOf({ importNo, options: { covers }, from }: HistoryEntry): Looked {
  const span = covers === 'month' ? 'month' : covers === 'week_starting' || covers === 'week_ending' ? 'week' : 'none';
  return { importNo, span, first: from ?? '1970-01-01' };
}

async function stepsBy(
  session: ReadSession,
  looked: readonly HistoryEntry[],
  group: 'import_no' | 'source_key',
  oneIn: number,
): Promise<ReadonlyMap<number, Steps>> {
  const rows = await session.all(stepsIn(group, looked.map(lookedOf), oneIn));
  return new Map(rows.map((row) => [numberOf(row, 'home'), stepsSchema.parse(row)]));
}
