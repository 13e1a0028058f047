/** A file read again by today's rules, in the place of its import, and what that would change. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import { fieldSchema, type Warning } from '../../contract/imports.ts';
import type { ReadingChange } from '../../contract/outdated.ts';
import type { Label } from '../../contract/query.ts';
import { type HistoryEntry, leaveNumber } from '../../ledger/history.ts';
import { undoImports } from '../../ledger/undo.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import { becomes, COUNTED_ROWS, REJECTED_ROWS, readAgainInPlaceOf, VIEWS_ARE_NAME } from './messages.ts';
import {
  changedInOne,
  changedInSeries,
  dropStated,
  LOG_PARTS,
  type LogPart,
  makeStatedAfter,
  makeStatedBefore,
  moreOrFewer,
  SAID_COLUMNS,
} from './outdated-sql.ts';

/** Undoes an import and frees its number, in the transaction of the new one: if that fails, all stays as it was. */
export async function makePlace(
  session: WriteSession,
  entry: HistoryEntry,
  vocabulary: Vocabulary,
  now: Date,
): Promise<void> {
  await undoImports(session, [entry], vocabulary, now);
  await leaveNumber(session, entry.importNo);
}

export const readAgain = ({ import_id, rows_committed }: HistoryEntry): Warning => ({
  code: 'read_again',
  count: rows_committed,
  detail: readAgainInPlaceOf(import_id),
});

export async function keepStated(session: WriteSession, { importNo }: HistoryEntry): Promise<void> {
  for (const make of makeStatedBefore(importNo)) await session.run(make);
}

export async function changesOf(
  session: WriteSession,
  before: HistoryEntry,
  after: HistoryEntry,
): Promise<readonly ReadingChange[]> {
  for (const make of makeStatedAfter(before.importNo)) await session.run(make);
  const changes: ReadingChange[] = [];
  for (const part of LOG_PARTS) changes.push(...(await changedRows(session, part)));
  changes.push(...(await changedSeries(session)));
  for (const [part, name, pair] of [
    ['rows', COUNTED_ROWS, [before.rows_committed, after.rows_committed]],
    ['rejects', REJECTED_ROWS, [before.rows_rejected, after.rows_rejected]],
  ] as const) {
    const [was, is] = pair;
    if (was !== is)
      changes.push(changeOf(part, name, [{ before: `${was}`, after: `${is}`, n: Math.abs(was - is) }], 'rows'));
  }
  for (const drop of dropStated) await session.run(drop);
  return changes;
}

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly n: number;
}
const pairOf = (row: ResultRow): Pair => ({ before: textOf(row, 'b'), after: textOf(row, 'a'), n: numberOf(row, 'n') });

function changeOf(part: string, name: Label, pairs: readonly Pair[], unit: ReadingChange['unit']): ReadingChange {
  const { before = '', after = '' } = pairs[0] ?? {};
  return {
    ...{ part, before, after, unit, count: pairs.reduce((sum, { n }) => sum + n, 0) },
    detail: becomes(name, before, after, pairs.length - 1),
  };
}

function nameOf(part: string): Label {
  const field = fieldSchema.safeParse(part === 'series' ? 'series_id' : part);
  if (field.success) return { en: part, zh: FIELD_LABELS[field.data].zh };
  return part === 'views_are' ? VIEWS_ARE_NAME : { en: part, zh: part };
}

/** Rows that differ in one column only; else the values that went and came. */
async function changedRows(session: ReadSession, part: LogPart): Promise<ReadingChange[]> {
  const pairs = await session.all(changedInOne(part));
  if (pairs.length > 0) return [changeOf(part, nameOf(part), pairs.map(pairOf), 'rows')];
  const moved = await session.all(moreOrFewer(part));
  const lost = moved.filter((row) => numberOf(row, 'more') < 0);
  const [first, last] = [lost[0], moved.at(-1)];
  if (!first || !last || numberOf(last, 'more') <= 0) return [];
  const n = -lost.reduce((sum, row) => sum + numberOf(row, 'more'), 0);
  return [
    changeOf(part, nameOf(part), [{ before: textOf(first, 'member'), after: textOf(last, 'member'), n }], 'rows'),
  ];
}

async function changedSeries(session: ReadSession): Promise<ReadingChange[]> {
  const changes: ReadingChange[] = [];
  for (const column of SAID_COLUMNS) {
    const pairs = await session.all(changedInSeries(column));
    const part = column === 'release_day' ? 'release_at' : column.replaceAll('"', '');
    if (pairs.length > 0) changes.push(changeOf(part, nameOf(part), pairs.map(pairOf), 'series'));
  }
  return changes;
}
