/** The imports of a dataset: uploads, a queue with one worker, the history, progress, cancel and undo. */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import {
  type DryRun,
  type FileKind,
  type ImportRecord,
  type ImportRequest,
  type Upload,
  viewsAreSchema,
} from '../../contract/imports.ts';
import type { OutdatedImport, RereadTrial } from '../../contract/outdated.ts';
import type { Label } from '../../contract/query.ts';
import {
  findEntry,
  findSameBytes,
  type HistoryEntry,
  listEntries,
  listRejects,
  type RejectedRow,
  recordOf,
} from '../../ledger/history.ts';
import { undoImports } from '../../ledger/undo.ts';
import { ProblemError } from '../../problem.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { Cancelled, type Warehouse } from '../../warehouse/warehouse.ts';
import { type OutdatedEntry, outdatedEntries } from '../commit/outdated.ts';
import type { Choices, FileImport } from '../propose/choices.ts';
import { refuseUnconfirmed } from '../propose/confidence.ts';
import { statesAlike } from '../propose/folders.ts';
import type { ProfileStore } from '../propose/profiles.ts';
import type { KeptFiles } from '../read/kept-files.ts';
import { DEFAULT_LIMITS, type ImportLimits } from '../read/limits.ts';
import { type StoredUpload, UploadStore } from '../read/uploads.ts';
import type { Job } from './job.ts';
import { JobFactory } from './job-factory.ts';
import { type Accepted, type ImportJournal, type KeptUpload, recoverJournal } from './journal.ts';
import { type RejectedLines, rejectedLines } from './mended.ts';
import { alreadyImported, fileNotKept, importNotFound, notCommitted, nothingToUndo, otherFile } from './messages.ts';
import { glanceAtKind } from './order.ts';
import { ImportQueue } from './queue.ts';
import { UploadDesk } from './upload-desk.ts';
import { WaitingFiles } from './waiting-files.ts';

export interface ImportsOptions {
  readonly warehouse: Warehouse;
  /** In `uploads` only the files of waiting imports survive the process. */
  readonly folders: { readonly uploads: string };
  readonly vocabulary: Vocabulary;
  /** Where imported files may still be found. */
  readonly kept?: KeptFiles;
  readonly state: { readonly profiles: ProfileStore; readonly journal: ImportJournal };
  readonly logger?: Logger;
  readonly clock?: () => Date;
  readonly limits?: ImportLimits;
  /** Whether to continue imports that a process before accepted. */
  readonly resume?: boolean;
}

export interface Imports {
  readonly profiles: ProfileStore;
  /**
   * Streams a body to disk and says what it is.
   * @param said `declared`: the length in bytes, if announced @param signal ends the look, too; nothing is left then
   * @throws ProblemError, Cancelled
   */
  upload(
    body: Readable,
    filename: string,
    said?: Choices & { declared?: number },
    signal?: AbortSignal,
  ): Promise<Upload>;
  /** Reads an upload again with other options or profile, or judges it for another mapping. @throws ProblemError */
  readAgain(uploadId: string, said: Choices, signal?: AbortSignal): Promise<Upload>;
  /**
   * Queues an import of an upload and gives its record.
   * @param options `strict`: refused if there is a doubt that the request does not answer
   * @throws ProblemError `duplicate_import`, `mapping_incomplete` …
   */
  start(
    request: ImportRequest,
    options?: { force?: boolean; strict?: boolean; signal?: AbortSignal },
  ): Promise<ImportRecord>;
  dryRun(request: ImportRequest, signal?: AbortSignal): Promise<DryRun>;
  importFile(path: string, options?: FileImport): Promise<ImportRecord>;
  dryRunFile(path: string, options?: FileImport): Promise<DryRun>;
  /** Files that the watched folder lists beside the imports. */
  readonly waiting: WaitingFiles;
  /**
   * Lists a file of this machine as `needs_answer`. Its id is that of an upload, to be read again and imported as any
   * other; the file stays in its place. @throws ProblemError if it cannot be read
   */
  ask(path: string, name: string, asked: Label, dismiss: () => void): Promise<ImportRecord>;
  unask(uploadId: string): Promise<void>;
  /** Whether the file still waits, is being imported, or has ended. */
  stateOfQuestion(uploadId: string): 'asked' | 'answered' | 'ended';
  list(): Promise<readonly ImportRecord[]>;
  /** Committed imports that today's rules would read differently, as far as their rows show; newest first. */
  outdated(): Promise<readonly OutdatedImport[]>;
  /**
   * Imports the file of a committed import again, as confirmed and by today's rules, in its place. If this fails, the
   * old one stays.
   * @param from the same bytes; left out if they are in the watched folder
   * @throws ProblemError `not_found`, `import_not_committed`, `file_not_kept`, `other_file` …
   */
  reread(importId: string, from?: RereadFrom): Promise<ImportRecord>;
  tryReread(importId: string, from?: RereadFrom, signal?: AbortSignal): Promise<RereadTrial>;
  get(importId: string): Promise<ImportRecord>;
  /** A look at the beginning of a file, to sort several. */
  glanceAtKind(path: string): Promise<FileKind>;
  /** Calls back with each change until the import's end; gives a function that stops this. */
  watch(importId: string, listener: (record: ImportRecord) => void): () => void;
  /** Also of an import that failed for its rejects. @param most the first ones only */
  rejects(importId: string, most?: number): Promise<readonly RejectedRow[]>;
  /** In pages, as each may hold a long line. @throws ProblemError `not_found` */
  rejectPages(importId: string): Promise<AsyncIterable<readonly RejectedRow[]>>;
  rejectedLines(importId: string): Promise<RejectedLines>;
  remove(importId: string): Promise<ImportRecord>;
  removeDemo(): Promise<readonly ImportRecord[]>;
  /** Stops what runs and waits for its end; imports of uploads continue after a restart. */
  close(): Promise<void>;
}

export interface RereadFrom {
  readonly uploadId?: string | undefined;
  readonly path?: string;
}

const PAGE = 1000;

export async function createImports(options: ImportsOptions): Promise<Imports> {
  const uploads = new UploadStore(options.folders.uploads, options.limits ?? DEFAULT_LIMITS);
  const now = options.clock?.() ?? new Date();
  const left = await recoverJournal(options.warehouse, options.state.journal, now, (upload) => uploads.isWhole(upload));
  await uploads.keepOnly(left.map(({ kept }) => kept.upload));
  const desk = new ImportDesk(options, uploads);
  if (options.resume) desk.resume(left);
  return desk;
}

class ImportDesk implements Imports {
  private readonly warehouse: Warehouse;
  private readonly desk: UploadDesk;
  private readonly jobFactory: JobFactory;
  private readonly now: () => Date;
  private readonly jobs = new Map<string, Job>();
  private readonly queue = new ImportQueue<Job>();
  private looked: { readonly version: string; readonly found: Promise<readonly OutdatedEntry[]> } | null = null;
  readonly profiles: ProfileStore;
  readonly waiting = new WaitingFiles();

  constructor(
    private readonly world: ImportsOptions,
    uploads: UploadStore,
  ) {
    this.warehouse = world.warehouse;
    this.now = world.clock ?? (() => new Date());
    const { warehouse, vocabulary, state, limits = DEFAULT_LIMITS, logger } = world;
    const { now } = this;
    const isOutdated = (id: string) => this.isOutdated(id);
    this.desk = new UploadDesk(uploads, { warehouse, vocabulary, profiles: state.profiles, limits, now, isOutdated });
    this.jobFactory = new JobFactory({
      ...{ warehouse, vocabulary, state, desk: this.desk, limits, now, logger },
      refuseDuplicate: (stored, sheet) => this.refuseDuplicate(stored, sheet, { atTurn: true }),
      outdated: (stored, sheet) => this.outdatedOf(stored, sheet),
      discard: (id) => this.discard(id),
    });
    this.profiles = world.state.profiles;
  }

  resume(left: readonly (Accepted & { readonly kept: KeptUpload })[]): void {
    for (const one of left) {
      const stored = this.desk.find(one.kept.upload.id);
      void this.enqueue(this.jobFactory.fromJournal(one, stored)).catch(() => undefined);
    }
  }

  upload(
    body: Readable,
    filename: string,
    said: Choices & { declared?: number } = {},
    signal?: AbortSignal,
  ): Promise<Upload> {
    return this.desk.receive(body, filename, said, signal);
  }

  readAgain(uploadId: string, said: Choices, signal?: AbortSignal): Promise<Upload> {
    return this.desk.again(uploadId, said, signal);
  }

  async start(
    request: ImportRequest,
    { force = false, strict = false, signal }: { force?: boolean; strict?: boolean; signal?: AbortSignal } = {},
  ): Promise<ImportRecord> {
    const stored = this.desk.find(request.upload_id);
    const { save_profile: saveProfile, ...chosen } = request;
    if (!force && !saveProfile) await this.refuseDuplicate(stored, null);
    const said = { ...chosen, saveProfile, force, signal, ...(strict ? { accept: refuseUnconfirmed } : {}) };
    const job = await this.jobFactory.fromChoices(stored, said, { kept: true });
    if (!force) await this.refuseDuplicate(stored, sheetOf(job.record), { job, saveProfile });
    await job.writeDown();
    this.waiting.forget(stored.id);
    this.desk.keep(stored.id);
    void this.enqueue(job).catch(() => undefined);
    return job.record;
  }

  async dryRun(request: ImportRequest, signal?: AbortSignal): Promise<DryRun> {
    const stored = this.desk.find(request.upload_id);
    return this.tryOut(await this.jobFactory.fromChoices(stored, { ...request, signal }, { dry: true }), signal);
  }

  async importFile(path: string, options: FileImport = {}): Promise<ImportRecord> {
    const stored = await this.desk.local(path, options);
    try {
      const { force, saveProfile } = options;
      if (!force && !saveProfile) await this.refuseDuplicate(stored, null);
      const job = await this.jobFactory.fromChoices(stored, options, {});
      if (!force) await this.refuseDuplicate(stored, sheetOf(job.record), { job, saveProfile });
      await job.writeDown();
      if (options.onProgress) job.watch(options.onProgress);
      const cancel = () => this.queue.cancel(job);
      options.signal?.addEventListener('abort', cancel, { once: true });
      const ended = this.enqueue(job);
      if (options.signal?.aborted) cancel();
      return await ended;
    } finally {
      await this.discard(stored.id);
    }
  }

  async dryRunFile(path: string, options: FileImport = {}): Promise<DryRun> {
    const stored = await this.desk.local(path, options);
    try {
      return await this.tryOut(await this.jobFactory.fromChoices(stored, options, { dry: true }), options.signal);
    } finally {
      await this.discard(stored.id);
    }
  }

  private async tryOut(job: Job, signal?: AbortSignal): Promise<DryRun> {
    signal?.addEventListener('abort', () => job.cancel(), { once: true });
    const { changes: _changes, ...dry } = await job.dryRun();
    return dry;
  }

  /** What cannot be deleted now goes at the next start. */
  private async discard(id: string): Promise<void> {
    await this.desk.discard(id).catch((error: unknown) => {
      this.world.logger?.warn({ err: error, upload: id }, 'upload not deleted');
    });
  }

  /**
   * @param sheet null for no workbook, or while its sheet is unknown
   * @param asked the new import: a profile that it should save is saved even so
   */
  private async refuseDuplicate(
    { facts, filename }: StoredUpload,
    sheet: string | null,
    asked: { atTurn?: boolean; job?: Job; saveProfile?: string | undefined } = {},
  ): Promise<void> {
    const isSame = (record: ImportRecord) => statesAlike(record, filename, this.world.vocabulary);
    const same = await this.warehouse.read((session) => findSameBytes(session, facts.sha256, sheet, isSame));
    const open = [...this.jobs.values()].map((job) => job.record).filter(isOpen);
    // When its turn has come, only what is before it counts.
    const queued = asked.atTurn
      ? undefined
      : open.find((record) => record.sha256 === facts.sha256 && sheetOf(record) === sheet && isSame(record));
    // An outdated import may be given again: it is read in that import's place.
    const first = same && !(await this.isOutdated(same.import_id)) ? same : queued;
    if (!first) return;
    const { job, saveProfile } = asked;
    if (saveProfile) await job?.keepChoice();
    throw new ProblemError('duplicate_import', alreadyImported(first, saveProfile), [
      { path: 'upload_id', message: first.import_id },
      ...(saveProfile ? [{ path: 'save_profile', message: saveProfile }] : []),
    ]);
  }

  /** Changes only with the data, so it is asked once for each version of them. */
  private outdatedEntries(): Promise<readonly OutdatedEntry[]> {
    const { version } = this.warehouse.state();
    if (this.looked?.version !== version) {
      const found = this.warehouse.read((session) => outdatedEntries(session, this.world.vocabulary));
      this.looked = { version, found };
      found.catch(() => {
        this.looked = null;
      });
    }
    return this.looked.found;
  }

  private async isOutdated(importId: string): Promise<boolean> {
    return (await this.outdatedEntries()).some(({ entry }) => entry.import_id === importId);
  }

  private async outdatedOf({ facts, filename }: StoredUpload, sheet: string | null): Promise<string | null> {
    const isSame = (record: ImportRecord) => statesAlike(record, filename, this.world.vocabulary);
    const same = await this.warehouse.read((session) => findSameBytes(session, facts.sha256, sheet, isSame));
    return same && (await this.isOutdated(same.import_id)) ? same.import_id : null;
  }

  async outdated(): Promise<readonly OutdatedImport[]> {
    const found = await this.outdatedEntries();
    return Promise.all(
      found.map(async ({ entry, changes }) => ({
        ...recordOf(entry),
        outdated: [...changes],
        file_kept: (await this.world.kept?.(entry)) != null,
      })),
    );
  }

  async reread(importId: string, from: RereadFrom = {}): Promise<ImportRecord> {
    const { job, stored } = await this.rereading(importId, from);
    await job.writeDown();
    if (from.uploadId !== undefined) this.desk.keep(stored.id);
    void this.enqueue(job).catch(() => undefined);
    return job.record;
  }

  async tryReread(importId: string, from: RereadFrom = {}, signal?: AbortSignal): Promise<RereadTrial> {
    const { job, stored } = await this.rereading(importId, from, signal);
    signal?.addEventListener('abort', () => job.cancel(), { once: true });
    try {
      const { rows_read, rejected, changes } = await job.dryRun();
      return { rows_read, rejected, changes: [...changes] };
    } finally {
      if (from.uploadId === undefined) await this.discard(stored.id);
    }
  }

  private async rereading(
    importId: string,
    from: RereadFrom,
    signal?: AbortSignal,
  ): Promise<{ job: Job; stored: StoredUpload }> {
    const entry = await this.entry(importId);
    if (entry.status !== 'committed') throw new ProblemError('import_not_committed', notCommitted(entry));
    const stored = await this.bytesOf(entry, from, signal);
    const found = (await this.outdatedEntries()).find((one) => one.entry.import_id === importId);
    const judged = found?.changes.find(({ part }) => part === 'views_are')?.after;
    const job = this.jobFactory.toReread(
      stored,
      entry,
      judged === undefined ? entry.viewsAre : viewsAreSchema.parse(judged),
    );
    return { job, stored };
  }

  /** The bytes of an import, under its name. @throws ProblemError if they cannot be found */
  private async bytesOf(
    entry: HistoryEntry,
    { uploadId, path }: RereadFrom,
    signal?: AbortSignal,
  ): Promise<StoredUpload> {
    const lies = uploadId === undefined ? (path ?? (await this.world.kept?.(entry, { sure: true })) ?? null) : null;
    if (uploadId === undefined && lies === null) throw new ProblemError('file_not_kept', fileNotKept(entry));
    const name = entry.filename;
    const stored =
      uploadId !== undefined
        ? { ...this.desk.find(uploadId), filename: name }
        : await this.desk.local(lies ?? '', { name, ...(signal ? { signal } : {}) });
    if (stored.facts.sha256 !== entry.sha256) throw new ProblemError('other_file', otherFile(entry));
    return stored;
  }

  private async enqueue(job: Job): Promise<ImportRecord> {
    const id = job.record.import_id;
    this.jobs.set(id, job);
    try {
      return await this.queue.add(job);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.world.logger?.warn({ err: error, import: id }, 'import failed');
      throw error;
    } finally {
      this.jobs.delete(id);
    }
  }

  async list(): Promise<readonly ImportRecord[]> {
    const entries = await this.warehouse.read((session) => listEntries(session));
    // The demo is nobody's import: once it is undone it is not listed.
    const demo = entries.some((entry) => entry.synthetic && entry.status === 'committed');
    const done = entries.filter((entry) => demo || !(entry.synthetic && entry.status === 'undone'));
    const known = new Set(done.map((entry) => entry.import_id));
    const open = [...this.jobs.values()].map((job) => job.record).filter((r) => !known.has(r.import_id));
    return [...this.waiting.list(), ...open.reverse(), ...done.map(recordOf)];
  }

  async ask(path: string, name: string, asked: Label, dismiss: () => void): Promise<ImportRecord> {
    const upload = await this.desk.offer(path, name);
    const record = recordOfQuestion(upload, asked, this.now());
    this.waiting.tell(record, dismiss);
    return record;
  }

  async unask(uploadId: string): Promise<void> {
    this.waiting.forget(uploadId);
    await this.discard(uploadId);
  }

  stateOfQuestion(uploadId: string): 'asked' | 'answered' | 'ended' {
    if (!this.desk.has(uploadId)) return 'ended';
    return this.waiting.has(uploadId) ? 'asked' : 'answered';
  }

  async get(importId: string): Promise<ImportRecord> {
    return this.jobs.get(importId)?.record ?? this.waiting.find(importId) ?? recordOf(await this.entry(importId));
  }

  private async entry(importId: string): Promise<HistoryEntry> {
    const entry = await this.warehouse.read((session) => findEntry(session, importId));
    if (!entry) throw new ProblemError('not_found', importNotFound(importId));
    return entry;
  }

  glanceAtKind(path: string): Promise<FileKind> {
    return glanceAtKind(path, this.world.vocabulary, this.warehouse);
  }

  watch(importId: string, listener: (record: ImportRecord) => void): () => void {
    return this.jobs.get(importId)?.watch(listener) ?? (() => {});
  }

  async rejects(importId: string, most?: number): Promise<readonly RejectedRow[]> {
    const { importNo } = await this.entry(importId);
    return this.warehouse.read((session) => listRejects(session, importNo, most));
  }

  async rejectPages(importId: string): Promise<AsyncIterable<readonly RejectedRow[]>> {
    return this.pagesOf((await this.entry(importId)).importNo);
  }

  private async *pagesOf(importNo: number): AsyncGenerator<readonly RejectedRow[]> {
    for (let from = 0; ; from += PAGE) {
      const page = await this.warehouse.read((session) => listRejects(session, importNo, PAGE, from));
      yield page;
      if (page.length < PAGE) return;
    }
  }

  async rejectedLines(importId: string): Promise<RejectedLines> {
    const entry = await this.entry(importId);
    return this.warehouse.read((session) => rejectedLines(session, entry, this.pagesOf(entry.importNo)));
  }

  async remove(importId: string): Promise<ImportRecord> {
    const dismissed = this.waiting.dismiss(importId, this.now());
    if (dismissed) {
      await this.discard(importId);
      return dismissed;
    }
    const job = this.jobs.get(importId);
    if (job && job.record.status !== 'committed') {
      this.queue.cancel(job);
      await job.ended;
      return this.get(importId);
    }
    // A committed import that only cleans up is undone like any other.
    await job?.ended;
    const entry = await this.entry(importId);
    if (entry.status !== 'committed')
      throw new ProblemError('import_not_undoable', nothingToUndo(importId, entry.status));
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
    for (const job of this.jobs.values()) {
      job.stop();
      this.queue.cancel(job);
    }
    await this.queue.drained();
  }
}

function recordOfQuestion(upload: Upload, asked: Label, now: Date): ImportRecord {
  return {
    ...{ import_id: upload.upload_id, filename: upload.filename, kind: upload.kind, status: 'needs_answer' },
    ...{ source: upload.options.source ?? '', mapping: upload.mapping, options: upload.options },
    ...{ bytes: upload.bytes, sha256: upload.sha256, synthetic: false, phase: null, warnings: [] },
    ...{ rows_read: 0, rows_committed: 0, rows_rejected: 0, rows_unchanged: 0, bytes_read: 0, progress: 0 },
    ...{ seconds_left: null, queue_position: null, from: null, to: null, finished_at: null },
    error: { code: 'unconfirmed', detail: asked },
    started_at: now.toISOString(),
  };
}

const sheetOf = ({ options }: ImportRecord) => options.sheet ?? null;
const isOpen = (record: ImportRecord) => record.status === 'queued' || record.status === 'running';
