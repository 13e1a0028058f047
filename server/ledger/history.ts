/** The `import` table: finished imports, as rows and as records of the API. */

import { z } from 'zod';
import {
  fileKindSchema,
  type ImportRecord,
  importOptionsSchema,
  importStatusSchema,
  type Mode,
  mappingSchema,
  modeSchema,
  type ViewsAre,
  viewsAreSchema,
  warningSchema,
} from '../contract/imports.ts';
import { type Label, labelSchema } from '../contract/query.ts';
import { numberOf } from '../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../warehouse/warehouse.ts';
import { bothOf } from '../wording.ts';
import * as statements from './history-sql.ts';

/** An import from its acceptance to its end, in any state (`status`). */
export interface Import extends ImportRecord {
  readonly mode: Mode;
  readonly viewsAre: ViewsAre;
}

/** A finished import, with its numbers in the ledger. */
export interface HistoryEntry extends Import {
  readonly importNo: number;
  readonly sourceKey: number;
}

const rowSchema = z.object({
  import_no: z.number(),
  import_id: z.string(),
  filename: z.string(),
  source: z.string(),
  source_key: z.number(),
  kind: fileKindSchema,
  status: importStatusSchema,
  mode: modeSchema,
  views_are: viewsAreSchema,
  sha256: z.string(),
  bytes: z.number(),
  synthetic: z.boolean(),
  rows_read: z.number(),
  rows_committed: z.number(),
  rows_rejected: z.number(),
  rows_unchanged: z.number(),
  from_day: z.string().nullable(),
  to_day: z.string().nullable(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  error_code: z.string().nullable(),
  error_detail: z.string().nullable(),
  mapping: z.string(),
  options: z.string(),
  warnings: z.string(),
});
/** Older texts are in English only. */
const storedText = z.union([labelSchema, z.string().transform(bothOf)]);
const warningsSchema = z.array(warningSchema.extend({ detail: storedText }));

/** From JSON, or plain text from before there were labels. */
function storedLabel(text: string): Label {
  if (!text.startsWith('{')) return bothOf(text);
  try {
    const parsed = labelSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : bothOf(text);
  } catch {
    return bothOf(text);
  }
}

function entryOf(row: ResultRow): HistoryEntry {
  const r = rowSchema.parse(row);
  return {
    import_id: r.import_id,
    filename: r.filename,
    source: r.source,
    kind: r.kind,
    status: r.status,
    phase: null,
    rows_read: r.rows_read,
    rows_committed: r.rows_committed,
    rows_rejected: r.rows_rejected,
    rows_unchanged: r.rows_unchanged,
    bytes: r.bytes,
    bytes_read: r.status === 'committed' || r.status === 'undone' ? r.bytes : 0,
    progress: r.status === 'committed' || r.status === 'undone' ? 1 : 0,
    seconds_left: null,
    queue_position: null,
    error: r.error_code === null ? null : { code: r.error_code, detail: storedLabel(r.error_detail ?? '') },
    warnings: warningsSchema.parse(JSON.parse(r.warnings)),
    from: r.from_day,
    to: r.to_day,
    started_at: r.started_at,
    finished_at: r.finished_at,
    sha256: r.sha256,
    mapping: mappingSchema.parse(JSON.parse(r.mapping)),
    synthetic: r.synthetic,
    importNo: r.import_no,
    sourceKey: r.source_key,
    mode: r.mode,
    viewsAre: r.views_are,
    // An earlier version may have written an option that no longer exists.
    options: importOptionsSchema.safeParse(JSON.parse(r.options)).data ?? {},
  };
}

/** Newest first. */
export async function listEntries(session: ReadSession): Promise<HistoryEntry[]> {
  return (await session.all(statements.newestFirst)).map(entryOf);
}

export async function findEntry(session: ReadSession, importId: string): Promise<HistoryEntry | null> {
  const [row] = await session.all(statements.importOfId(importId));
  return row ? entryOf(row) : null;
}

/**
 * The committed import of the same bytes and, in a workbook, of the same sheet.
 * @param isSame whether the folders state the same, too (`folders.ts`)
 * @param sheet null if there is none, or it is not known yet: then only imports of all bytes count
 */
export async function findSameBytes(
  session: ReadSession,
  sha256: string,
  sheet: string | null,
  isSame: (record: ImportRecord) => boolean = () => true,
): Promise<ImportRecord | null> {
  const all = (await committedOf(session, sha256)).filter(isSame);
  return all.find(({ options }) => options.sheet === undefined || options.sheet === sheet) ?? null;
}

export async function sheetsOfSameBytes(session: ReadSession, sha256: string): Promise<ReadonlySet<string>> {
  return new Set((await committedOf(session, sha256)).flatMap(({ options }) => options.sheet ?? []));
}

async function committedOf(session: ReadSession, sha256: string): Promise<ImportRecord[]> {
  return (await session.all(statements.committedOfBytes(sha256))).map((row) => recordOf(entryOf(row)));
}

/** Of its latest committed log; null for a new source. */
export async function viewsOfSource(session: ReadSession, source: string): Promise<ViewsAre | null> {
  const [row] = await session.all(statements.latestCommittedLog(source));
  const parsed = viewsAreSchema.safeParse(row?.views_are);
  return parsed.success ? parsed.data : null;
}

export async function latestLogOf(session: ReadSession, source: string): Promise<ImportRecord | null> {
  const [row] = await session.all(statements.latestCommittedLog(source));
  return row ? recordOf(entryOf(row)) : null;
}

export async function nextImportNo(session: WriteSession): Promise<number> {
  const [row] = await session.all(statements.nextNumber);
  return numberOf(row, 'n');
}

export async function insertEntry(session: WriteSession, e: HistoryEntry): Promise<void> {
  await session.run(
    statements.putImport({
      import_no: e.importNo,
      import_id: e.import_id,
      filename: e.filename,
      source_key: e.sourceKey,
      kind: e.kind,
      status: e.status,
      mode: e.mode,
      views_are: e.viewsAre,
      sha256: e.sha256,
      bytes: e.bytes,
      synthetic: e.synthetic,
      rows_read: e.rows_read,
      rows_committed: e.rows_committed,
      rows_rejected: e.rows_rejected,
      rows_unchanged: e.rows_unchanged,
      from_day: e.from,
      to_day: e.to,
      started_at: e.started_at,
      finished_at: e.finished_at,
      error_code: e.error?.code ?? null,
      error_detail: e.error ? JSON.stringify(e.error.detail) : null,
      mapping: JSON.stringify(e.mapping),
      options: JSON.stringify(e.options),
      warnings: JSON.stringify(e.warnings),
    }),
  );
}

/** What was found after the import's row was written. @param rules left out if they stay */
export async function setFindings(
  session: WriteSession,
  importNo: number,
  found: Pick<HistoryEntry, 'warnings' | 'rows_unchanged'>,
  rules: string | null = null,
): Promise<void> {
  const { warnings, rows_unchanged } = found;
  await session.run(statements.putFindings(importNo, JSON.stringify(warnings), rows_unchanged, rules));
}

/** Frees the number and the place of an undone import for its replacement: the undone one gets a new number. */
export async function leaveNumber(session: WriteSession, importNo: number): Promise<void> {
  await session.run(statements.copyUnderNumber(importNo, await nextImportNo(session)));
}

export function recordOf(entry: Import & Partial<HistoryEntry>): ImportRecord {
  const { importNo: _no, sourceKey: _key, mode: _mode, viewsAre: _are, ...record } = entry;
  return record;
}

/** @param most from place `from` on; left out: all */
export async function listRejects(
  session: ReadSession,
  importNo: number,
  most?: number,
  from = 0,
): Promise<RejectedRow[]> {
  const rows = await session.all(statements.rejectsOf(importNo, most ?? 1e9, from));
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return rows.map((r) => ({
    line: numberOf(r, 'line'),
    column: text(r.column),
    value: text(r.value),
    reason: storedLabel(text(r.reason)),
    raw: text(r.raw),
  }));
}

export interface RejectedRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: Label;
  readonly raw: string;
}
