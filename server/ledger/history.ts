/** The `import` table: each import that reached its end, as rows and as the records that the API answers with. */

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

/** An import from the moment when it is accepted to its end, in whichever state (`status`). */
export interface Import extends ImportRecord {
  readonly mode: Mode;
  readonly viewsAre: ViewsAre;
}

/** An import that reached its end, with its numbers in the ledger. */
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
/** Before texts were kept in both languages they were plain English. */
const storedText = z.union([labelSchema, z.string().transform(bothOf)]);
const warningsSchema = z.array(warningSchema.extend({ detail: storedText }));

/** A label out of a column of text: JSON, or what was written before there were labels. */
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
    // What an earlier version wrote may hold an option that is no more.
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
 * The committed import of the same bytes, if there is one; of a workbook, of the same sheet.
 * @param isSame whether what is stated beside the bytes is the same, too (`folders.ts`)
 * @param sheet null if the file is no workbook, or its sheet is not known yet: only imports of all its bytes are looked for then
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

/** The sheets of a workbook that committed imports have taken. */
export async function sheetsOfSameBytes(session: ReadSession, sha256: string): Promise<ReadonlySet<string>> {
  return new Set((await committedOf(session, sha256)).flatMap(({ options }) => options.sheet ?? []));
}

async function committedOf(session: ReadSession, sha256: string): Promise<ImportRecord[]> {
  return (await session.all(statements.committedOfBytes(sha256))).map((row) => recordOf(entryOf(row)));
}

/** What the views of a source's latest committed log were; null for a new source. */
export async function viewsOfSource(session: ReadSession, source: string): Promise<ViewsAre | null> {
  const [row] = await session.all(statements.latestCommittedLog(source));
  const parsed = viewsAreSchema.safeParse(row?.views_are);
  return parsed.success ? parsed.data : null;
}

/** A source's latest committed log; null for a new source. */
export async function latestLogOf(session: ReadSession, source: string): Promise<ImportRecord | null> {
  const [row] = await session.all(statements.latestCommittedLog(source));
  return row ? recordOf(entryOf(row)) : null;
}

export async function nextImportNo(session: WriteSession): Promise<number> {
  const [row] = await session.all(statements.nextNumber);
  return numberOf(row, 'n');
}

/** Writes an import as it ended. */
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

/**
 * What was found out about an import after its row was written.
 * @param rules by which its file was read; left out if they stay
 */
export async function setFindings(
  session: WriteSession,
  importNo: number,
  found: Pick<HistoryEntry, 'warnings' | 'rows_unchanged'>,
  rules: string | null = null,
): Promise<void> {
  const { warnings, rows_unchanged } = found;
  await session.run(statements.putFindings(importNo, JSON.stringify(warnings), rows_unchanged, rules));
}

/**
 * Leaves the number of an undone import, and with it its place among the others, to the one that takes its place: the
 * undone one is listed under a new number.
 */
export async function leaveNumber(session: WriteSession, importNo: number): Promise<void> {
  await session.run(statements.copyUnderNumber(importNo, await nextImportNo(session)));
}

/** The record without what only ingest and ledger need. */
export function recordOf(entry: Import & Partial<HistoryEntry>): ImportRecord {
  const { importNo: _no, sourceKey: _key, mode: _mode, viewsAre: _are, ...record } = entry;
  return record;
}

/** @param most at the most so many, from place `from` on; all if it is left out */
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
