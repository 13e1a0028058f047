import type { Warning } from '../../contract/imports.ts';
import type { HiddenReason } from '../../ledger/settle.ts';
import type { Derived } from '../../ledger/snapshots.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import type { ExtraRow } from '../cells/extra-rows.ts';
import type { ImportPlan } from '../stage/plan.ts';
import type { Comparison } from './compare.ts';
import { anyExtraName, anyValue, countExtraNames, hiddenRows, yearlessDays } from './run-sql.ts';
import type { IgnoredCells } from './statements.ts';
import type { Target } from './target.ts';
import {
  APPENDED_AGAIN,
  BLANK_ROWS,
  COUNTER_FELL,
  HEADER_ROWS,
  IDENTICAL_LINES,
  KEY_REPEATED,
  MIXED_GRAIN,
  NO_NUMBERS,
  NO_ROWS,
  NO_VIEWS,
  OVERLAPPING_SOURCES,
  RANKING_ROWS,
  ROWS_REPLACED,
  rejectsKept,
  roundedCounter,
  rowsChanged,
  STATED_LATER,
  TOTAL_ROWS,
  valueIgnored,
  yearAssumed,
} from './warning-messages.ts';
import type { Merged } from './write.ts';

const EXTRA_DETAILS: Readonly<Record<ExtraRow, Pick<Warning, 'code' | 'detail'>>> = {
  blank: { code: 'blank_rows', detail: BLANK_ROWS },
  total: {
    code: 'total_rows',
    detail: TOTAL_ROWS,
  },
  header: {
    code: 'header_rows',
    detail: HEADER_ROWS,
  },
};

export async function warnOfExtraRows(
  session: WriteSession,
  { plan, staged }: Target,
  warnings: Warning[],
): Promise<number> {
  const named = plan.kind === 'rates' ? [] : await extraNames(session);
  let all = 0;
  for (const row of ['total', 'header', 'blank'] as const) {
    const count = named
      .filter(({ extra }) => extra === row)
      .reduce((sum, found) => sum + numberOf(found, 'n'), staged.extra[row] ?? 0);
    if (count > 0) warnings.push({ ...EXTRA_DETAILS[row], count });
    all += count;
  }
  return all;
}

/** Rows that only their name shows to be no facts. */
async function extraNames(session: WriteSession): Promise<readonly ResultRow[]> {
  return (await session.all(anyExtraName)).length === 0 ? [] : session.all(countExtraNames);
}

/** Appended rows add up: all are new, even if an earlier import states the same. */
export function appended(found: Comparison, warnings: Warning[]): Comparison {
  const again = found.changed + found.identical;
  if (again > 0)
    warnings.push({
      code: 'appended_again',
      count: again,
      detail: APPENDED_AGAIN,
    });
  return { ...found, new: found.new + again, changed: 0, identical: 0, samples: [] };
}

/** Rows of another import that no longer count: a correction, or a file with the same source and keys. */
export function warnOfChanges(warnings: Warning[], found: Comparison): void {
  const [sample] = found.samples;
  const [first] = found.changedOf ?? [];
  if (found.changed === 0 || !sample || !first) return;
  const files = [...new Set(found.changedOf?.map(({ filename }) => `“${filename}”`))];
  warnings.push({
    code: 'rows_changed',
    count: found.changed,
    detail: rowsChanged(files, first.importId, sample.label),
  });
}

export function warnOfLater(warnings: Warning[], count = 0): void {
  if (count > 0)
    warnings.push({
      code: 'stated_later',
      count,
      detail: STATED_LATER,
    });
}

export async function warnOfYears(session: WriteSession, plan: ImportPlan, warnings: Warning[]): Promise<void> {
  const [row] = await session.all(yearlessDays);
  if (numberOf(row, 'n') > 0)
    warnings.push({
      code: 'year_assumed',
      count: numberOf(row, 'n'),
      detail: yearAssumed(plan.dates.upTo, textOf(row, 'first'), textOf(row, 'last')),
    });
}

export function warnOfOverlaps(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'overlapping_sources',
      count,
      detail: OVERLAPPING_SOURCES,
    });
}

export async function countHidden(session: WriteSession, reason: HiddenReason): Promise<number> {
  const [row] = await session.all(hiddenRows(reason));
  return numberOf(row, 'n');
}

export function warnOfRounding(warnings: Warning[], { steps, error, views }: Derived['rounded']): void {
  if (steps === 0) return;
  warnings.push({
    code: 'rounded_counter',
    count: steps,
    detail: roundedCounter(error, views),
  });
}

/** For a file without rows, or with no number at all, or none of views. @param rows that can be used */
export async function warnOfNoValues(
  session: WriteSession,
  { plan, staged }: Target,
  rows: number,
  warnings: Warning[],
): Promise<void> {
  const push = (detail: Warning['detail']) => warnings.push({ code: 'no_values', count: rows, detail });
  if (rows === 0) {
    push(NO_ROWS);
    return;
  }
  if (plan.kind !== 'log') return;
  const states = async (columns: readonly string[]) => (await session.all(anyValue(columns))).length > 0;
  if (!(await states(staged.measures))) push(NO_NUMBERS);
  else if (plan.uses.has('views') && !(await states(['views']))) push(NO_VIEWS);
}

export function warnOfRanking(warnings: Warning[], count: number): void {
  warnings.push({
    code: 'chart_source',
    count,
    detail: RANKING_ROWS,
  });
}

export function warnOfIgnored(warnings: Warning[], cells: readonly IgnoredCells[]): void {
  for (const ignored of cells)
    warnings.push({
      code: 'value_ignored',
      count: ignored.count,
      detail: valueIgnored(ignored),
    });
}

export function warnOfKept(warnings: Warning[], kept: number, total: number): void {
  if (total > kept)
    warnings.push({
      code: 'rejects_kept',
      count: kept,
      detail: rejectsKept(total),
    });
}

export function warnOfRepeats(warnings: Warning[], merged: Merged): void {
  if (merged.identical > 0)
    warnings.push({
      code: 'identical_lines',
      count: merged.identical,
      detail: IDENTICAL_LINES,
    });
  if (merged.repeated > 0)
    warnings.push({
      code: 'key_repeated',
      count: merged.repeated,
      detail: KEY_REPEATED,
    });
}

export function warnOfReplaced(warnings: Warning[], count = 0): void {
  if (count > 0)
    warnings.push({
      code: 'rows_replaced',
      count,
      detail: ROWS_REPLACED,
    });
}

export function warnOfMixedGrains(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'mixed_grain',
      count,
      detail: MIXED_GRAIN,
    });
}

export function warnOfFallen(warnings: Warning[], count: number): void {
  if (count > 0)
    warnings.push({
      code: 'counter_fell',
      count,
      detail: COUNTER_FELL,
    });
}
