/** One import in one transaction: keys, rows, settling, then rollups. It is there whole or not at all. */

import { z } from 'zod';
import type { Warning } from '../../contract/imports.ts';
import { deriveAll } from '../../ledger/derive.ts';
import { type HistoryEntry, insertEntry, nextImportNo, setFindings } from '../../ledger/history.ts';
import { placeExtents, touchedBy } from '../../ledger/mended.ts';
import { overlapsEarlier } from '../../ledger/settle.ts';
import { touchCounters } from '../../ledger/snapshots.ts';
import { rulesOf } from '../../vocabulary/reading-rules.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { flagOf, maybeText } from '../../warehouse/row-values.ts';
import type { FreshRows, WriteSession } from '../../warehouse/warehouse.ts';
import type { Reject } from '../read/refused.ts';
import type { DataFile } from '../read/source.ts';
import { warnOfClockChanges } from '../stage/clock-changes.ts';
import { warnOfFractions, warnOfLostDigits, warnOfResults } from '../stage/lost-cells.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { countRejects, keepRejects, locateRejects, refuseTooMany } from '../stage/rejects.ts';
import { type Staged, stage } from '../stage/stage.ts';
import { type Comparison, compareRows, countOverlaps, nothingBefore, nothingBeforeRows, rowsOf } from './compare.ts';
import { compareCatalog, keepCatalog } from './compare-catalog.ts';
import { keyPlaces, keySeries, keySource, stagedCurrencies } from './keys.ts';
import { keepHeader, keepMending, mendedBy, noteRepeats, takeMenders } from './mending.ts';
import { writeRates } from './rates.ts';
import { anyParted, dropKeys, mixedGrainsStaged } from './run-sql.ts';
import { writeStatements } from './statements.ts';
import type { Target } from './target.ts';
import {
  appended,
  countHidden,
  warnOfChanges,
  warnOfExtraRows,
  warnOfFallen,
  warnOfIgnored,
  warnOfKept,
  warnOfLater,
  warnOfMixedGrains,
  warnOfNoValues,
  warnOfOverlaps,
  warnOfRanking,
  warnOfRepeats,
  warnOfReplaced,
  warnOfRounding,
  warnOfYears,
} from './warnings.ts';
import { freshRows, insertRows, mergeRepeats, rowsWithoutRepeats } from './write.ts';
import { daysOfRows, mergedRows } from './write-sql.ts';

export const phaseSchema = z.enum(['reading', 'keys', 'writing', 'settling', 'rollups', 'committing']);
export type Phase = z.infer<typeof phaseSchema>;

export interface RunInput {
  readonly file: DataFile;
  readonly plan: ImportPlan;
  readonly vocabulary: Vocabulary;
  /** What is known before the run. */
  readonly draft: Omit<HistoryEntry, 'importNo' | 'sourceKey'>;
  readonly report: (phase: Phase, counts?: { rows_read?: number; rows_rejected?: number }) => void;
  /** Warnings from before a row was read. */
  readonly noticed: readonly Warning[];
  /** The import that was undone for this one, and whose number and place it takes; null for none. */
  readonly replaces: Pick<HistoryEntry, 'importNo' | 'import_id'> | null;
  readonly keptRejects: number;
  readonly now: () => Date;
}

export interface RunResult {
  readonly entry: HistoryEntry;
  readonly comparison: Comparison;
  readonly rejects: readonly Reject[];
}

/** If it throws, roll back. @throws ProblemError `too_many_rejects`, `unreadable_file`, `mapping_incomplete` */
export async function runImport(session: WriteSession, staged: Staged, input: RunInput): Promise<RunResult> {
  const { file, plan, vocabulary, report } = input;
  report('keys');
  const lost: Warning[] = [];
  warnOfResults(plan, lost);
  const names = plan.kind === 'rates' ? { blank: false, titles: false } : await keySeries(session, plan);
  await warnOfLostDigits(session, plan, staged, lost);
  if (plan.kind === 'log') await warnOfFractions(session, file, plan, lost);
  const counts = await countRejects(session, file, staged, names.blank);
  report('keys', { rows_read: counts.staged, rows_rejected: counts.unusable });
  const rejected = counts.unusable > 0 || counts.broken;
  const found = rejected
    ? await locateRejects(session, file, plan, { ...counts, mostKept: input.keptRejects })
    : { kept: [], total: 0 };
  const rowsRead = counts.staged - counts.unusable + found.total;
  refuseTooMany(file, rowsRead, found.total, found.kept);
  const importNo = input.replaces?.importNo ?? (await nextImportNo(session));
  const sourceKey = await keySource(session, plan.source);
  const parted = await hasParts(session);
  const mends = await mendedBy(session, plan);
  const currencies =
    plan.kind === 'log' && staged.currency ? await stagedCurrencies(session) : new Map<string, string>();
  const target: Target = { importNo, sourceKey, plan, staged, parted, currencies, titles: names.titles, mends };
  // From before the run, such as what nobody confirmed.
  const warnings: Warning[] = [...input.draft.warnings, ...input.noticed, ...lost];
  const extra = await warnOfExtraRows(session, target, warnings);
  await warnOfNoValues(session, target, counts.staged - counts.unusable - extra, warnings);
  const base = { ...input.draft, importNo, sourceKey, rows_read: rowsRead, rows_rejected: found.total };
  report('writing', { rows_read: rowsRead, rows_rejected: found.total });
  const written = await writeRows(session, input, target, counts.staged - counts.unusable - extra, warnings);
  if (plan.kind === 'log' && plan.options.coverage === 'chart') warnOfRanking(warnings, rowsOf(written.comparison));
  warnOfIgnored(warnings, await writeStatements(session, importNo, plan, staged, vocabulary));
  await keepRejects(session, importNo, found.kept);
  if (found.kept.length > 0) await keepHeader(session, importNo, file);
  warnOfKept(warnings, found.kept.length, found.total);
  const entry: HistoryEntry = {
    ...base,
    status: 'committed',
    phase: null,
    progress: 1,
    rows_committed: written.rows,
    rows_unchanged: written.comparison.identical,
    from: written.from,
    to: written.to,
    warnings: [],
    finished_at: input.now().toISOString(),
  };
  await insertEntry(session, entry);
  if (input.replaces) await takeMenders(session, input.replaces, entry.import_id);
  if (mends !== null) await keepMending(session, importNo, mends);
  const catalog = plan.kind === 'catalog';
  if (catalog) await keepCatalog(session);
  // Amounts are converted when they are asked for: rates change no stored value.
  if (plan.kind !== 'rates') await derive(session, input, target, entry, written, warnings);
  const comparison = catalog ? await compareCatalog(session, importNo) : written.comparison;
  await setFindings(session, importNo, { warnings, rows_unchanged: comparison.identical }, rulesOf(vocabulary));
  report('committing');
  for (const drop of dropKeys) await session.run(drop);
  return {
    entry: { ...entry, rows_unchanged: comparison.identical, warnings },
    comparison,
    rejects: found.kept,
  };
}

interface Written {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly comparison: Comparison;
  readonly fresh: FreshRows | null;
}

async function writeRows(
  session: WriteSession,
  input: RunInput,
  target: Target,
  usable: number,
  warnings: Warning[],
): Promise<Written> {
  if (input.plan.kind === 'log') return writeLog(session, input, target, warnings);
  if (input.plan.kind === 'rates') return writeRates(session, target.importNo);
  return { rows: usable, from: null, to: null, comparison: nothingBefore(usable), fresh: null };
}

async function writeLog(session: WriteSession, input: RunInput, target: Target, warnings: Warning[]): Promise<Written> {
  const { plan, staged } = target;
  const table = plan.viewsAre === 'cumulative' ? 'snapshot' : 'view_log';
  await keyPlaces(session, plan, staged, input.vocabulary);
  const fresh = await freshLog(session, input, target, warnings);
  const rows = await insertRows(session, table, target, fresh.select);
  if (staged.yearless) await warnOfYears(session, plan, warnings);
  if (target.mends !== null) await noteRepeats(session, target, target.mends);
  const [days] = await session.all(daysOfRows(target));
  const [from, to] = [maybeText(days, 'from'), maybeText(days, 'to')];
  await warnOfClockChanges(session, input.file, plan, staged, { from, to }, warnings);
  const extent = from && to ? { sourceKey: target.sourceKey, from, to } : null;
  const overlap = extent !== null && (await overlapsEarlier(session, target.importNo, extent));
  const found =
    overlap && extent
      ? await compareRows(session, table, target, extent)
      : await nothingBeforeRows(session, target, rows);
  const comparison = plan.mode === 'append' ? appended(found, warnings) : found;
  if (plan.mode === 'upsert' && target.mends === null) warnOfChanges(warnings, comparison);
  warnOfLater(warnings, found.later);
  if (extent) warnOfOverlaps(warnings, await countOverlaps(session, fresh.select, extent));
  return { rows, from, to, comparison, fresh };
}

/** As staged, or, if keys repeat, merged into one row each. */
async function freshLog(
  session: WriteSession,
  input: RunInput,
  target: Target,
  warnings: Warning[],
): Promise<FreshRows> {
  const rows = await rowsWithoutRepeats(session, target);
  if (rows !== null) return rows;
  await stage(session, input.file, target.plan, { lineHash: true, totals: input.vocabulary.totals });
  warnOfRepeats(warnings, await mergeRepeats(session, target));
  return freshRows(target, mergedRows);
}

async function derive(
  session: WriteSession,
  input: RunInput,
  target: Target,
  entry: HistoryEntry,
  { comparison, fresh }: Written,
  warnings: Warning[],
): Promise<void> {
  const { plan, staged } = target;
  input.report('settling');
  const log = plan.kind === 'log';
  const counters = log && plan.viewsAre === 'cumulative';
  // A replaced range loses counters, too, and a file of counters replaces increments.
  const replaces = comparison.overlaps && (plan.mode === 'replace_range' || target.mends !== null);
  const touched = counters || replaces;
  if (touched) await touchCounters(session, await touchedBy(session, [target.importNo]));
  const coarseBefore = await countHidden(session, 'mixed_grain');
  const { fallen, rounded } = await deriveAll(session, {
    extents: await extentsOf(session, target, entry, input.replaces !== null),
    settle:
      log &&
      (!counters || replaces) &&
      (comparison.overlaps || target.mends !== null || input.replaces !== null || (await mixesGrains(session, staged))),
    statements: staged.catalog.length > 0 || target.titles,
    counters: touched,
    fresh,
    currencies: log && (plan.currency !== null || staged.currency),
    vocabulary: input.vocabulary,
    onRollups: () => input.report('rollups'),
  });
  warnOfReplaced(warnings, comparison.replaced);
  const hidden = (await countHidden(session, 'mixed_grain')) - coarseBefore;
  warnOfMixedGrains(warnings, hidden);
  if (counters) warnOfRounding(warnings, rounded);
  if (counters) warnOfFallen(warnings, fallen);
}

function extentsOf(
  session: WriteSession,
  { mends, sourceKey, importNo }: Target,
  { from, to }: HistoryEntry,
  inPlace: boolean,
) {
  if (mends !== null || inPlace) return placeExtents(session, [importNo]);
  return from && to ? [{ sourceKey, from, to }] : [];
}

async function mixesGrains(session: WriteSession, staged: Staged): Promise<boolean> {
  const asked = mixedGrainsStaged(staged);
  if (asked === null) return false;
  const [row] = await session.all(asked);
  return flagOf(row, 'mixed');
}

async function hasParts(session: WriteSession): Promise<boolean> {
  const [row] = await session.all(anyParted);
  return flagOf(row, 'found');
}
