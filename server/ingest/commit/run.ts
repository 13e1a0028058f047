/** One import inside one transaction: staged, keyed, written, settled, derived. It is there whole or not at all. */

import { z } from 'zod';
import { FIELD_LABELS } from '../../contract/fields.ts';
import type { Warning } from '../../contract/imports.ts';
import { deriveAll } from '../../ledger/derive.ts';
import { type HistoryEntry, insertEntry, nextImportNo, setFindings } from '../../ledger/history.ts';
import { placeExtents, touchedBy } from '../../ledger/mended.ts';
import { overlapsEarlier } from '../../ledger/settle.ts';
import { touchCounters } from '../../ledger/snapshots.ts';
import { rulesOf } from '../../vocabulary/reading-rules.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { flagOf } from '../../warehouse/row-values.ts';
import { FRESH_MONTH, type FreshRows, type WriteSession } from '../../warehouse/warehouse.ts';
import type { Reject } from '../read/refused.ts';
import type { DataFile } from '../read/source.ts';
import { warnOfClockChanges } from '../stage/clock-changes.ts';
import { warnOfFractions } from '../stage/fractions.ts';
import { warnOfLostDigits, warnOfResults } from '../stage/lost-cells.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { countRejects, keepRejects, locateRejects, refuseTooMany } from '../stage/rejects.ts';
import { NAME_KEY, STAGED, type Staged, stage } from '../stage/stage.ts';
import { type Comparison, compareRows, countOverlaps, nothingBefore, nothingBeforeRows, rowsOf } from './compare.ts';
import { compareCatalog, keepCatalog } from './compare-catalog.ts';
import { keyPlaces, keySeries, keySource, PLACE_KEY } from './keys.ts';
import { stagedCurrencies } from './log-currencies.ts';
import { keepHeader, keepMending, mendedBy, noteRepeats, takeMenders } from './mending.ts';
import { writeRates } from './rates.ts';
import { writeStatements } from './statements.ts';
import {
  appended,
  countHidden,
  warnOfChanges,
  warnOfExtraRows,
  warnOfLater,
  warnOfNoValues,
  warnOfOverlaps,
  warnOfRounding,
  warnOfYears,
} from './warnings.ts';
import { dayRows, freshRows, insertRows, MERGED, mergeRepeats, rowsWithoutRepeats, type Target } from './write.ts';

export const phaseSchema = z.enum(['reading', 'keys', 'writing', 'settling', 'rollups', 'committing']);
export type Phase = z.infer<typeof phaseSchema>;

export interface RunInput {
  readonly file: DataFile;
  readonly plan: ImportPlan;
  readonly vocabulary: Vocabulary;
  /** The record as far as it is known before the run. */
  readonly draft: Omit<HistoryEntry, 'importNo' | 'sourceKey'>;
  /** Called at each phase, and with the counts as they become known. */
  readonly report: (phase: Phase, counts?: { rows_read?: number; rows_rejected?: number }) => void;
  /** What was to be warned of before a row was looked at. */
  readonly noticed: readonly Warning[];
  /** The import that was undone for it, whose number and place it takes; null for none. */
  readonly replaces: Pick<HistoryEntry, 'importNo' | 'import_id'> | null;
  /** Rejects beyond these are counted but not kept. */
  readonly keptRejects: number;
  readonly now: () => Date;
}

export interface RunResult {
  readonly entry: HistoryEntry;
  readonly comparison: Comparison;
  readonly rejects: readonly Reject[];
}

/**
 * Imports a staged file. Throws before anything is committed; the caller's transaction then rolls all of it back.
 * @throws ProblemError `too_many_rejects`, `unreadable_file`, `mapping_incomplete`
 */
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
  // What is known before the run, such as what nobody confirmed.
  const warnings: Warning[] = [...input.draft.warnings, ...input.noticed, ...lost];
  const extra = await warnOfExtraRows(session, target, warnings);
  await warnOfNoValues(session, target, counts.staged - counts.unusable - extra, warnings);
  const base = { ...input.draft, importNo, sourceKey, rows_read: rowsRead, rows_rejected: found.total };
  report('writing', { rows_read: rowsRead, rows_rejected: found.total });
  const written = await writeRows(session, input, target, counts.staged - counts.unusable - extra, warnings);
  if (plan.kind === 'log' && plan.options.coverage === 'chart')
    warnings.push({
      code: 'chart_source',
      count: rowsOf(written.comparison),
      detail: {
        en: 'rows of a chart: series that are not on it are unknown, not 0, and shares over it are of the chart. If the file states every series, import it with coverage census.',
        zh: '来自榜单：未上榜的剧集为未知，而非 0，占比均为榜内占比。若文件列出全部剧集，请将来源范围改为“全量”。',
      },
    });
  for (const ignored of await writeStatements(session, importNo, plan, staged, vocabulary))
    warnings.push({
      code: 'value_ignored',
      count: ignored.count,
      detail: {
        en: `${ignored.field}: such as “${ignored.sample}”, left unknown`,
        zh: `“${FIELD_LABELS[ignored.field].zh}”中无法识别的值，如“${ignored.sample}”，按未知处理`,
      },
    });
  await keepRejects(session, importNo, found.kept);
  if (found.kept.length > 0) await keepHeader(session, importNo, file);
  if (found.total > found.kept.length)
    warnings.push({
      code: 'rejects_kept',
      count: found.kept.length,
      detail: {
        en: `rejects that are kept for download, the first of ${found.total.toLocaleString('en')}`,
        zh: `被拒绝的行共 ${found.total.toLocaleString('en')} 行，仅保留靠前的供下载`,
      },
    });
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
  // Amounts are converted when they are asked for: rates change nothing that is kept.
  if (plan.kind !== 'rates') await derive(session, input, target, entry, written, warnings);
  const comparison = catalog ? await compareCatalog(session, importNo) : written.comparison;
  await setFindings(session, importNo, { warnings, rows_unchanged: comparison.identical }, rulesOf(vocabulary));
  report('committing');
  await dropKeys(session);
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
  /** The rows that were appended; null where the file is no log. */
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
  const { from, to } = await daysOf(session, dayRows(target));
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

/** The rows to append: as they are staged, or where keys repeat, merged into one row each. */
async function freshLog(
  session: WriteSession,
  input: RunInput,
  target: Target,
  warnings: Warning[],
): Promise<FreshRows> {
  const rows = await rowsWithoutRepeats(session, target);
  if (rows !== null) return rows;
  await stage(session, input.file, target.plan, { lineHash: true, totals: input.vocabulary.totals });
  const merged = await mergeRepeats(session, target);
  if (merged.identical > 0)
    warnings.push({
      code: 'identical_lines',
      count: merged.identical,
      detail: { en: 'lines that stand in the file again, counted once', zh: '与文件中其他行完全相同，只计一次' },
    });
  if (merged.repeated > 0)
    warnings.push({
      code: 'key_repeated',
      count: merged.repeated,
      detail: {
        en: 'keys that several different lines state: their numbers were added; of heat, viewers and counters the largest was taken',
        zh: '同一记录有多行且内容不同：数值已相加；热度、观看人数与累计值取最大',
      },
    });
  return freshRows(target, `FROM ${MERGED}`);
}

async function daysOf(session: WriteSession, source: string): Promise<{ from: string | null; to: string | null }> {
  const [row] = await session.all({
    text: `SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM (${source})`,
    values: [],
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { from: text(row?.from), to: text(row?.to) };
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
  // A range that is replaced loses counters, too, and a counter's file the increments in it.
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
  const gone = comparison.replaced ?? 0;
  if (gone > 0)
    warnings.push({
      code: 'rows_replaced',
      count: gone,
      detail: {
        en: 'rows of the source within the days of this file that it does not state: they no longer count',
        zh: '该来源在本文件日期范围内、本文件未列出的行，不再计入',
      },
    });
  const hidden = (await countHidden(session, 'mixed_grain')) - coarseBefore;
  if (hidden > 0)
    warnings.push({
      code: 'mixed_grain',
      count: hidden,
      detail: {
        en: 'rows of a day or a whole series that do not count, because the source states hours or episodes of it',
        zh: '该来源已有分小时或分集的数据，按日或整剧的行不再计入',
      },
    });
  if (counters) warnOfRounding(warnings, rounded);
  if (counters && fallen > 0)
    warnings.push({
      code: 'counter_fell',
      count: fallen,
      detail: {
        en: 'counters that fell: no views there, the lower value is the new base',
        zh: '累计值回落：该处不计播放，以较低值为新的起点',
      },
    });
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

/** Whether the file itself states both hours and days, or episodes and wholes. */
async function mixesGrains(session: WriteSession, staged: Staged): Promise<boolean> {
  const columns = [staged.instant ? 'instant' : null, staged.episode ? 'episode' : null].filter((c) => c !== null);
  if (columns.length === 0) return false;
  const mixed = columns.map((c) => `(count(${c}) NOT IN (0, count(*)))`).join(' OR ');
  const [row] = await session.all({ text: `SELECT ${mixed} AS mixed FROM ${STAGED} WHERE bad = 0`, values: [] });
  return flagOf(row, 'mixed');
}

async function hasParts(session: WriteSession): Promise<boolean> {
  const [row] = await session.all({ text: 'SELECT count(*) > 0 AS found FROM series_parted', values: [] });
  return flagOf(row, 'found');
}

async function dropKeys(session: WriteSession): Promise<void> {
  for (const table of [NAME_KEY, PLACE_KEY, MERGED, FRESH_MONTH])
    await session.run({ text: `DROP TABLE IF EXISTS ${table}`, values: [] });
}
