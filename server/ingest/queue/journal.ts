/**
 * Accepted imports are written down first. After a stop or a crash they continue at the next start, if the server has
 * the file; else the history shows them as failed.
 */
import { z } from 'zod';
import { importSchema, modeSchema, viewsAreSchema } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { findEntry, type Import, insertEntry, nextImportNo, recordOf } from '../../ledger/history.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { keySource } from '../commit/keys.ts';
import { keepHeader } from '../commit/mending.ts';
import { readingOptionsSchema } from '../read/reading-options.ts';
import { keepRejects, type TooManyRejects } from '../stage/rejects.ts';
import { SERVER_STOPPED, serverFell } from './messages.ts';

export interface ImportJournal {
  put(importId: string, entry: string): Promise<void>;
  remove(importId: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

/** An upload that the server keeps, and what its request said beyond the record. */
const keptUploadSchema = z.object({
  upload: z.object({
    id: z.string(),
    filename: z.string(),
    facts: z.object({
      bytes: z.number(),
      sha256: z.string(),
      notUtf8At: z.number().nullable(),
      mixedLineEnds: z.boolean(),
      // Older entries have none.
      invisible: z.boolean().default(false),
    }),
  }),
  reading: readingOptionsSchema,
  saveProfile: z.string().optional(),
  force: z.boolean(),
  /** How often it began without an end, except when the server was asked to stop. */
  begun: z.number().int(),
});
export type KeptUpload = z.infer<typeof keptUploadSchema>;

/** An import that was accepted, as the journal has it. */
export interface Accepted {
  readonly import: Import;
  /** Null if the file is no upload: its owner gives it again. */
  readonly kept: KeptUpload | null;
}

const storedSchema = z.object({
  record: importSchema,
  mode: modeSchema,
  viewsAre: viewsAreSchema,
  /** `Accepted.kept`, under the name that journals have had from the start. */
  held: keptUploadSchema.optional(),
});

export function parseAccepted(text: string): Accepted {
  const { record, mode, viewsAre, held: kept = null } = storedSchema.parse(JSON.parse(text));
  return { import: { ...record, mode, viewsAre }, kept };
}

export function storedText({ import: one, kept }: Accepted): string {
  const { mode, viewsAre } = one;
  return JSON.stringify({ record: recordOf(one), mode, viewsAre, ...(kept ? { held: kept } : {}) });
}

/** Adds an import that ended without a commit to the history. @param refused its rejects, if it failed for them */
export function recordEnd(warehouse: Warehouse, ended: Import, refused: TooManyRejects | null = null): Promise<void> {
  return warehouse.write(
    async (session) => {
      const importNo = await nextImportNo(session);
      const sourceKey = await keySource(session, ended.source);
      await insertEntry(session, { ...ended, importNo, sourceKey });
      if (refused === null || refused.found.rejects.length === 0) return;
      await keepRejects(session, importNo, refused.found.rejects);
      await keepHeader(session, importNo, refused.found.file);
    },
    { quiet: true },
  );
}

export async function waitingImports(journal: ImportJournal): Promise<ReadonlySet<string>> {
  return new Set((await journal.list()).map((text) => parseAccepted(text).import.import_id));
}

export const INTERRUPTED = { code: 'interrupted', detail: SERVER_STOPPED } as const;

/** A file that brings the server down must not do so at every start. */
const MOST_BEGUN = 2;

/**
 * Moves to the history, as failed, what a process before left and what cannot continue.
 * @param isKept whether the upload is there, whole
 * @returns what can continue, in the order of acceptance; it stays in the journal
 */
export async function recoverJournal(
  warehouse: Warehouse,
  journal: ImportJournal,
  now: Date,
  isKept: (upload: KeptUpload['upload']) => Promise<boolean>,
): Promise<readonly (Accepted & { readonly kept: KeptUpload })[]> {
  const resumable: (Accepted & { readonly kept: KeptUpload })[] = [];
  for (const text of await journal.list()) {
    const { import: left, kept } = parseAccepted(text);
    const id = left.import_id;
    // It may have been committed just before the end.
    const known = await warehouse.read((session) => findEntry(session, id));
    if (!known && kept && kept.begun < MOST_BEGUN && (await isKept(kept.upload))) {
      resumable.push({ import: left, kept });
      continue;
    }
    const detail = kept && kept.begun >= MOST_BEGUN ? serverFell(MOST_BEGUN) : INTERRUPTED.detail;
    if (!known) await recordEnd(warehouse, failedAs(left, detail, now));
    await journal.remove(id);
  }
  return resumable;
}

const failedAs = (left: Import, detail: Label, now: Date): Import => ({
  ...left,
  status: 'failed',
  phase: null,
  queue_position: null,
  error: { code: INTERRUPTED.code, detail },
  finished_at: now.toISOString(),
});
