/** What an import changes: its rows against those that counted before. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import { type Change, type DryRun, fieldSchema } from '../../contract/imports.ts';
import type { Extent } from '../../ledger/mended.ts';
import { regionLabel } from '../../vocabulary/regions.ts';
import { flagOf, numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import type { Language } from '../../wording.ts';
import * as compare from './compare-sql.ts';
import { UNKNOWN_PLACE } from './messages.ts';
import type { Target } from './target.ts';
import { spanRows } from './write-sql.ts';

export interface Comparison {
  readonly overlaps: boolean;
  readonly new: number;
  readonly changed: number;
  /** Rows that change nothing: the same values, or mended rows whose keys a later import states. */
  readonly identical: number;
  readonly later?: number;
  /** Keys that counted before and that the file, which replaces its range, does not state. */
  readonly replaced?: number;
  readonly samples: DryRun['changed_samples'];
  /** Logs: imports whose rows are changed, those with most rows first; at most three. */
  readonly changedOf?: readonly { readonly importId: string; readonly filename: string }[];
}

export const rowsOf = (c: Comparison): number => c.new + c.changed + c.identical;

export function nothingBefore(rows: number): Comparison {
  return { overlaps: false, new: rows, changed: 0, identical: 0, samples: [] };
}

export function outcomesOf(counted: readonly ResultRow[]): (outcome: string) => number {
  const counts = new Map(counted.map((row) => [textOf(row, 'outcome'), numberOf(row, 'n')]));
  return (outcome) => counts.get(outcome) ?? 0;
}

/** If nothing was before. @param rows that were written */
export async function nothingBeforeRows(session: WriteSession, target: Target, rows: number): Promise<Comparison> {
  const spans = spanRows(target);
  if (spans === null) return nothingBefore(rows);
  const [row] = await session.all(compare.countSpans(spans));
  return nothingBefore(numberOf(row, 'n'));
}

/**
 * Compares the written rows with the source's others of the same days, by key. A week's row counts once, and as changed
 * if only some of its days were there.
 */
export async function compareRows(
  session: WriteSession,
  table: string,
  target: Target,
  extent: Extent,
): Promise<Comparison> {
  const within = [extent.sourceKey, extent.from, extent.to, target.importNo] as const;
  await session.run(compare.makeCompared(table, target, within));
  const replaced = target.plan.mode === 'replace_range' ? await countReplaced(session, table, within) : 0;
  const changedOf = await session.all(compare.changedImports);
  const spans = spanRows(target);
  if (spans !== null) await session.run(compare.compareBySpan(target.staged, spans));
  const of = outcomesOf(await session.all(compare.countOutcomes('compared')));
  const samples = await session.all(compare.changedRows);
  await session.run(compare.dropCompared);
  return {
    overlaps: true,
    new: of('new'),
    changed: of('changed'),
    identical: of('identical') + of('later'),
    later: of('later'),
    replaced,
    samples: samples.map((row) => sampleOf(row, target.staged.measures)),
    changedOf: changedOf.map((row) => ({ importId: textOf(row, 'import_id'), filename: textOf(row, 'filename') })),
  };
}

async function countReplaced(session: WriteSession, table: string, within: compare.Within): Promise<number> {
  const [row] = await session.all(compare.countReplaced(table, within));
  return numberOf(row, 'n');
}

function sampleOf(row: ResultRow, measures: readonly string[]): DryRun['changed_samples'][number] {
  const changed = measures.filter((m) => row[m] !== row[`was_${m}`]);
  const text = (value: unknown) => (value === null || value === undefined ? '—' : String(value));
  const told = (key: readonly unknown[], name: (measure: string) => string, comma: string): Change => ({
    key: key.map(text).join(' · '),
    before: changed.map((m) => `${name(m)} ${text(row[`was_${m}`])}`).join(comma),
    after: changed.map((m) => `${name(m)} ${text(row[m])}`).join(comma),
  });
  const region = textOf(row, 'region');
  const inLanguage = (language: Language, comma: string) => {
    const platform = row.platform === UNKNOWN ? UNKNOWN_PLACE[language] : row[`platform_${language}`];
    const place = region === UNKNOWN ? UNKNOWN_PLACE[language] : (regionLabel(region)?.[language] ?? region);
    return told([row.series_id, platform, place, row.day], (m) => fieldLabel(m, language), comma);
  };
  return {
    ...told([row.series_id, row.platform, row.region, row.day], (m) => m, ', '),
    label: { en: inLanguage('en', ', '), zh: inLanguage('zh', '，') },
  };
}

const UNKNOWN = '(unknown)';

export function fieldLabel(column: string, language: Language): string {
  const field = fieldSchema.safeParse(column);
  return field.success ? FIELD_LABELS[field.data][language] : column;
}

/** Days of a series on a platform that other sources state, too: sources add up, so views may count twice. */
export async function countOverlaps(session: WriteSession, rows: string, extent: Extent): Promise<number> {
  const { sourceKey, from, to } = extent;
  const [others] = await session.all(compare.anyOtherSource(sourceKey, from, to));
  if (!flagOf(others, 'found')) return 0;
  const [shared] = await session.all(compare.countShared(rows, [sourceKey, from, to]));
  return numberOf(shared, 'n');
}
