/**
 * Mended rejects as part of the file they come from. An import that mends another has its *place*: its rows are as
 * early or late as that one's, and add up with them like rows of one file. What a mended row repeats counts once.
 */

import Papa from 'papaparse';
import type { Label } from '../../contract/query.ts';
import { findEntry } from '../../ledger/history.ts';
import { placeImports } from '../../ledger/mended.ts';
import { ProblemError } from '../../problem.ts';
import { maybeNumber } from '../../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../../warehouse/warehouse.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from '../stage/plan.ts';
import {
  dropRepeats,
  insertHeader,
  insertRepeats,
  leaveWholeSpans,
  makeRepeats,
  placeOf,
  putMended,
  renameMended,
} from './mending-sql.ts';
import { CANNOT_MEND, mendsOtherReading, noLogToMend } from './messages.ts';
import type { Mending, Target } from './target.ts';
import { spanRows } from './write-sql.ts';

/** Null if the file mends none. @throws ProblemError `invalid_request` if it cannot be part of that import */
export async function mendedBy(session: ReadSession, plan: ImportPlan): Promise<Mending | null> {
  const id = plan.kind === 'log' ? plan.options.mends : undefined;
  if (!id) return null;
  const entry = await findEntry(session, id);
  if (entry?.status !== 'committed' || entry.kind !== 'log') throw refusal(noLogToMend(id));
  if (entry.source !== plan.source || entry.viewsAre !== plan.viewsAre) throw refusal(mendsOtherReading(entry, plan));
  const [row] = await session.all(placeOf(entry.importNo));
  return { importNo: entry.importNo, placeNo: maybeNumber(row, 'place_no') ?? entry.importNo };
}

const refusal = (text: Label) =>
  new ProblemError('invalid_request', text, [{ path: 'options.mends', message: CANNOT_MEND }]);

export async function keepMending(
  session: WriteSession,
  importNo: number,
  { importNo: mends }: Mending,
): Promise<void> {
  await session.run(putMended(importNo, mends));
  await placeImports(session);
}

/** Imports that mended `before` now mend the import that takes its number. */
export async function takeMenders(
  session: WriteSession,
  before: { readonly importNo: number; readonly import_id: string },
  importId: string,
): Promise<void> {
  await session.run(renameMended(before.importNo, before.import_id, importId));
  await placeImports(session);
}

/**
 * Finds written rows that say the same as a row of another import of its place: one key, the same numbers, and for a
 * row spread over days the same on each day. Not for events: these may look alike.
 */
export async function noteRepeats(session: WriteSession, target: Target, { placeNo }: Mending): Promise<void> {
  if (target.plan.viewsAre !== 'increment') return;
  await session.run(makeRepeats(target, placeNo));
  const spans = spanRows(target);
  if (spans !== null) await session.run(leaveWholeSpans(target.staged, spans));
  await session.run(insertRepeats);
  await session.run(dropRepeats);
}

/** Keeps the header and the delimiter, by which rejected lines are read later. */
export async function keepHeader(session: WriteSession, importNo: number, file: DataFile): Promise<void> {
  const delimiter = file.text?.delimiter ?? ',';
  const header = Papa.unparse([file.columns.map((c) => c.name)], { delimiter });
  await session.run(insertHeader(importNo, delimiter, header));
}
