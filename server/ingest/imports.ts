/** The imports of a dataset: uploads, a queue with one worker, the history, progress, cancel and undo. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { DryRun, ImportOptions, ImportRecord, ImportRequest, Mapping, Upload } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled, type Warehouse } from '../warehouse/warehouse.ts';
import { type FileFacts, readFacts } from './facts.ts';
import { findEntry, findSameBytes, type HistoryEntry, listEntries, recordOf } from './history.ts';
import { Job } from './job.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
import { type FileProposal, proposalFor, readsAlike, uploadOf } from './proposal.ts';
import { undoImports } from './undo.ts';
import { type StoredUpload, UploadStore } from './uploads.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface ImportsOptions {
  readonly warehouse: Warehouse;
  /** `uploads` is emptied at start: what a stopped server left there belongs to nobody. */
  readonly folders: { readonly uploads: string };
  readonly vocabulary: Vocabulary;
  readonly logger?: Logger;
  readonly clock?: () => Date;
  readonly limits?: ImportLimits;
}

export interface FileImport {
  readonly kind?: 'log' | 'catalog';
  readonly mapping?: Mapping;
  /** Single fields over the proposed mapping. */
  readonly map?: Mapping;
  readonly options?: ImportOptions;
  /** Import although the same bytes are committed already. */
  readonly force?: boolean;
  readonly synthetic?: boolean;
  readonly onProgress?: (record: ImportRecord) => void;
  readonly signal?: AbortSignal;
}

export interface Imports {
  /**
   * Streams a body to disk and says what it is.
   * @param declared bytes that the sender announces, where it does
   * @throws ProblemError
   */
  upload(body: Readable, filename: string, options?: ImportOptions, declared?: number): Promise<Upload>;
  /** Queues an import of an upload and gives its record at once. @throws ProblemError `duplicate_import` … */
  start(request: ImportRequest, options?: { force?: boolean }): Promise<ImportRecord>;
  /** What an import would do; nothing is written. */
  dryRun(request: ImportRequest): Promise<DryRun>;
  /** Imports a file of this machine and waits for its end. @throws ProblemError where it fails */
  importFile(path: string, options?: FileImport): Promise<ImportRecord>;
  dryRunFile(path: string, options?: FileImport): Promise<DryRun>;
  list(): Promise<readonly ImportRecord[]>;
  /** @throws ProblemError `not_found` */
  get(importId: string): Promise<ImportRecord>;
  /** Calls back with each change until the import's end; gives a way to stop listening. */
  watch(importId: string, listener: (record: ImportRecord) => void): () => void;
  rejects(
    importId: string,
  ): Promise<readonly { line: number; column: string; value: string; reason: string; raw: string }[]>;
  /** Cancels a queued or running import, undoes a committed one. */
  remove(importId: string): Promise<ImportRecord>;
  /** Undoes every synthetic import in one transaction. */
  removeDemo(): Promise<readonly ImportRecord[]>;
  /** Cancels what runs and waits for its end. */
  close(): Promise<void>;
}

export async function createImports(options: ImportsOptions): Promise<Imports> {
  const folder = options.folders.uploads;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return new ImportDesk(options, new UploadStore(folder, options.limits ?? DEFAULT_LIMITS));
}

/** Names how a file is read. */
const variantOf = (options: ImportOptions) => `${options.encoding ?? ''}${options.delimiter?.charCodeAt(0) ?? ''}`;

class ImportDesk implements Imports {
  private readonly warehouse: Warehouse;
  private readonly now: () => Date;
  /** Imports of this process that have not reached the history, by id. */
  private readonly jobs = new Map<string, Job>();
  /** What was proposed for each upload, as long as it waits. */
  private readonly proposals = new Map<string, FileProposal>();
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: ImportsOptions,
    private readonly uploads: UploadStore,
  ) {
    this.warehouse = world.warehouse;
    this.now = world.clock ?? (() => new Date());
  }

  async upload(body: Readable, filename: string, options: ImportOptions = {}, declared = 0): Promise<Upload> {
    const stored = await this.uploads.receive(body, filename, declared);
    try {
      const proposal = await this.propose(stored, options);
      this.proposals.set(stored.id, proposal);
      const same = await this.warehouse.read((session) => findSameBytes(session, stored.facts.sha256));
      return uploadOf(stored, proposal, same?.import_id ?? null);
    } catch (error) {
      await this.discard(stored.id);
      throw error;
    }
  }

  async start(request: ImportRequest, { force = false }: { force?: boolean } = {}): Promise<ImportRecord> {
    const stored = this.uploads.find(request.upload_id);
    if (!force) await this.refuseDuplicate(stored.facts);
    const job = await this.jobOf(stored, request, false);
    void this.enqueue(job).catch(() => undefined);
    return job.record;
  }

  async dryRun(request: ImportRequest): Promise<DryRun> {
    const stored = this.uploads.find(request.upload_id);
    return (await this.jobOf(stored, request, false)).dryRun();
  }

  async importFile(path: string, options: FileImport = {}): Promise<ImportRecord> {
    const stored = await this.local(path, options.signal);
    if (!options.force) await this.refuseDuplicate(stored.facts);
    const job = await this.jobOf(stored, options, options.synthetic ?? false).catch((error: unknown) =>
      this.giveUp(stored.id, error),
    );
    if (options.onProgress) job.watch(options.onProgress);
    options.signal?.addEventListener('abort', () => job.cancel(), { once: true });
    return this.enqueue(job);
  }

  async dryRunFile(path: string, options: FileImport = {}): Promise<DryRun> {
    const stored = await this.local(path, options.signal);
    try {
      return await (await this.jobOf(stored, options, false)).dryRun();
    } finally {
      await this.discard(stored.id);
    }
  }

  private async giveUp(id: string, error: unknown): Promise<never> {
    await this.discard(id);
    throw error;
  }

  private discard(id: string): Promise<void> {
    this.proposals.delete(id);
    return this.uploads.discard(id);
  }

  private propose(stored: StoredUpload, options: ImportOptions): Promise<FileProposal> {
    const scratch = this.uploads.scratch(stored.id, variantOf(options));
    const desk = { warehouse: this.warehouse, limits: this.world.limits ?? DEFAULT_LIMITS, scratch };
    return proposalFor(desk, stored, this.world.vocabulary, options);
  }

  private async local(path: string, signal?: AbortSignal): Promise<StoredUpload> {
    let facts: FileFacts;
    try {
      facts = await readFacts(path, signal);
    } catch (cause) {
      if (signal?.aborted) throw new Cancelled({ cause });
      throw new ProblemError(
        'unreadable_file',
        `“${basename(path)}” cannot be opened: it is not there, is no file, or may not be read.`,
        undefined,
        { cause },
      );
    }
    return { id: randomUUID(), path, filename: basename(path), facts };
  }

  private async refuseDuplicate(facts: FileFacts): Promise<void> {
    const same = await this.warehouse.read((session) => findSameBytes(session, facts.sha256));
    const queued = [...this.jobs.values()].find((job) => job.record.sha256 === facts.sha256);
    const first = same ? recordOf(same) : queued?.record;
    if (!first) return;
    throw new ProblemError(
      'duplicate_import',
      `The same bytes are imported already: “${first.filename}”, import ${first.import_id}, of ${first.started_at}. Nothing was changed; force the import to have it once more.`,
      [{ path: 'upload_id', message: first.import_id }],
    );
  }

  private async jobOf(
    stored: StoredUpload,
    chosen: {
      kind?: 'log' | 'catalog' | undefined;
      mapping?: Mapping | undefined;
      map?: Mapping | undefined;
      options?: ImportOptions | undefined;
    },
    synthetic: boolean,
  ): Promise<Job> {
    const options = chosen.options ?? {};
    // Said again or left out, how the file is read is what it was at the upload.
    const known = this.proposals.get(stored.id);
    const proposal = known && readsAlike(known, options) ? known : await this.propose(stored, options);
    const mapping = chosen.mapping ?? (chosen.map ? { ...proposal.proposed.mapping, ...chosen.map } : undefined);
    return new Job({
      warehouse: this.warehouse,
      vocabulary: this.world.vocabulary,
      stored,
      file: proposal.file,
      proposed: proposal.proposed,
      chosen: { ...chosen, mapping },
      synthetic,
      discard: () => this.discard(stored.id),
      now: this.now,
    });
  }

  /** Each job waits for the one before: there is one writer. */
  private enqueue(job: Job): Promise<ImportRecord> {
    this.jobs.set(job.record.import_id, job);
    const turn = this.tail.then(async () => {
      try {
        return await job.run();
      } catch (error) {
        this.world.logger?.warn({ err: error, import: job.record.import_id }, 'import failed');
        throw error;
      } finally {
        this.jobs.delete(job.record.import_id);
      }
    });
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  async list(): Promise<readonly ImportRecord[]> {
    const done = await this.warehouse.read((session) => listEntries(session));
    const known = new Set(done.map((entry) => entry.import_id));
    const open = [...this.jobs.values()].map((job) => job.record).filter((r) => !known.has(r.import_id));
    return [...open.reverse(), ...done.map(recordOf)];
  }

  async get(importId: string): Promise<ImportRecord> {
    return this.jobs.get(importId)?.record ?? recordOf(await this.entry(importId));
  }

  private async entry(importId: string): Promise<HistoryEntry> {
    const entry = await this.warehouse.read((session) => findEntry(session, importId));
    if (!entry) throw new ProblemError('not_found', `There is no import ${importId}; GET /api/v1/imports lists them.`);
    return entry;
  }

  watch(importId: string, listener: (record: ImportRecord) => void): () => void {
    return this.jobs.get(importId)?.watch(listener) ?? (() => {});
  }

  async rejects(
    importId: string,
  ): Promise<readonly { line: number; column: string; value: string; reason: string; raw: string }[]> {
    const { importNo } = await this.entry(importId);
    const rows = await this.warehouse.read((session) =>
      session.all({
        text: 'SELECT line, "column", value, reason, raw FROM reject WHERE import_no = $1 ORDER BY line',
        values: [importNo],
      }),
    );
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    return rows.map((r) => ({
      line: Number(r.line),
      column: text(r.column),
      value: text(r.value),
      reason: text(r.reason),
      raw: text(r.raw),
    }));
  }

  async remove(importId: string): Promise<ImportRecord> {
    const job = this.jobs.get(importId);
    if (job) {
      job.cancel();
      await job.ended;
      return this.get(importId);
    }
    const entry = await this.entry(importId);
    if (entry.status !== 'committed')
      throw new ProblemError(
        'import_not_undoable',
        `Import ${importId} is ${entry.status}: there is nothing of it to undo.`,
      );
    await this.warehouse.write((session) => undoImports(session, [entry], this.world.vocabulary, this.now()));
    return this.get(importId);
  }

  async removeDemo(): Promise<readonly ImportRecord[]> {
    const entries = (await this.warehouse.read((session) => listEntries(session))).filter(
      (e) => e.synthetic && e.status === 'committed',
    );
    if (entries.length > 0)
      await this.warehouse.write((session) => undoImports(session, entries, this.world.vocabulary, this.now()));
    return Promise.all(entries.map((entry) => this.get(entry.import_id)));
  }

  async close(): Promise<void> {
    for (const job of this.jobs.values()) job.cancel();
    await this.tail;
  }
}
