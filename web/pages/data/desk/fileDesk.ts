import type { ImportRecord, ImportRequest, Upload } from '../../../../server/contract/imports.ts';
import { ApiError } from '../../../data/api/request.ts';
import { isLitter, refusalOf } from './formats.ts';
import { type Draft, judgedAnew, requestOf, sameColumns } from './mapping.ts';
import { answeredBy, confirmed, openQuestions, type Question, questionsAnew } from './questions.ts';
import {
  described,
  followed,
  hasEnded,
  importable,
  isOpen,
  type QueuedFile,
  queuedFile,
  type Reading,
  sentAgain,
  standing,
  withoutUndone,
} from './queuedFile.ts';
import { paceAfter } from './speed.ts';

export interface DeskEffects {
  upload(file: File, onSent: (fraction: number) => void, signal: AbortSignal): Promise<Upload>;
  /** @param reading with kind and mapping: judged for them */
  readAgain(uploadId: string, reading: Reading & { kind?: Draft['kind']; mapping?: string }): Promise<Upload>;
  start(request: ImportRequest, force: boolean): Promise<string>;
  watch(importId: string, onChange: (record: ImportRecord) => void, onError: (error: unknown) => void): () => void;
  removeImport(importId: string): Promise<void>;
  now(): number;
}

type Change = Partial<QueuedFile> | ((file: QueuedFile) => QueuedFile);

/** The files that the reader brought: sent, described and imported one at a time. It outlives the page, so that leaving it cuts nothing off. */
export class FileDesk {
  private list: readonly QueuedFile[] = [];
  private readonly bodies = new Map<string, File>();
  private readonly aborts = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private count = 0;
  private sending = false;
  onStarted: () => void = () => undefined;
  onEnded: () => void = () => undefined;

  constructor(private readonly effects: DeskEffects) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly files = (): readonly QueuedFile[] => this.list;
  readonly body = (id: string): File | undefined => this.bodies.get(id);

  private find(id: string): QueuedFile | undefined {
    return this.list.find((file) => file.id === id);
  }

  private set(list: readonly QueuedFile[]): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }

  private change(id: string, change: Change): void {
    const next = (file: QueuedFile) => (typeof change === 'function' ? change(file) : { ...file, ...change });
    this.set(this.list.map((file) => (file.id === id ? next(file) : file)));
  }

  /** Lines files up; those that are surely no data say so at once. @returns the first one's id, if any was added */
  add(files: readonly File[]): string | null {
    const added = files
      .filter((file) => !isLitter(file.name) && !this.isHere(file))
      .map((file) => {
        this.count += 1;
        const queued = queuedFile(`file-${this.count}`, file.name, file.size, refusalOf(file.name, file.size));
        this.bodies.set(queued.id, file);
        return queued;
      });
    this.set([...this.list, ...added]);
    return (added.find(({ state }) => state === 'waiting') ?? added[0])?.id ?? null;
  }

  /** Takes up a file that the server holds and asks about, once it is described. @returns its id here */
  async answer({ import_id, filename, bytes }: ImportRecord): Promise<string> {
    const before = this.list.find(({ upload }) => upload?.upload_id === import_id);
    if (before) return before.id;
    const upload = await this.effects.readAgain(import_id, {});
    this.count += 1;
    const file = described(queuedFile(`file-${this.count}`, filename, bytes, null), upload);
    this.set([...this.list, file]);
    return file.id;
  }

  /** The same file dropped twice is one file, until it has ended. */
  private isHere(file: File): boolean {
    return this.list.some((one) => {
      const body = this.bodies.get(one.id);
      return (
        !hasEnded(one) &&
        body?.name === file.name &&
        body.size === file.size &&
        body.lastModified === file.lastModified &&
        body.webkitRelativePath === file.webkitRelativePath
      );
    });
  }

  async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let next = this.nextWaiting(); next !== undefined; next = this.nextWaiting()) await this.sendOne(next);
    this.sending = false;
  }

  private nextWaiting(): QueuedFile | undefined {
    return this.list.find(({ state }) => state === 'waiting');
  }

  private async sendOne({ id, bytes }: QueuedFile): Promise<void> {
    const body = this.bodies.get(id);
    if (body === undefined) return;
    const abort = new AbortController();
    this.aborts.set(id, abort);
    this.change(id, { state: 'uploading', pace: { sent: 0, at: this.effects.now(), speed: null }, error: null });
    const onSent = (fraction: number) =>
      this.change(id, (file) => ({
        ...file,
        state: fraction < 1 ? 'uploading' : 'reading',
        pace: { ...paceAfter(file.pace, fraction * bytes, this.effects.now()), sent: fraction * bytes },
      }));
    try {
      const sent = await this.effects.upload(body, onSent, abort.signal);
      const reading = this.find(id)?.reading ?? {};
      const as = Object.values(reading).some((said) => said !== undefined);
      const upload = as ? await this.effects.readAgain(sent.upload_id, reading) : sent;
      this.change(id, (file) => described(file, upload));
    } catch (error) {
      this.change(id, abort.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error });
    } finally {
      this.aborts.delete(id);
    }
  }

  /** Has a waiting upload read in another way; what cannot be read so stays as it was, with the reason. */
  async reread(id: string, reading: Reading): Promise<void> {
    const file = this.find(id);
    if (file?.upload == null || !isOpen(file)) return;
    const wanted = { ...file.reading, ...reading };
    this.change(id, { rereading: true, rereadError: null });
    try {
      const upload = await this.effects.readAgain(file.upload.upload_id, wanted);
      this.change(id, (now) => ({ ...described(now, upload), reading: wanted }));
    } catch (error) {
      this.change(id, { rereading: false, rereadError: error });
    }
  }

  edit(id: string, draft: Draft): void {
    const before = this.find(id);
    this.change(id, (file) =>
      file.upload === null || file.draft === null
        ? file
        : {
            ...file,
            draft,
            answered: answeredBy(file.draft, draft, file.answered),
            state: standing(file.upload, draft),
            error: null,
          },
    );
    if (before?.upload != null && before.draft !== null && !sameColumns(before.draft, draft)) void this.judge(id);
  }

  /** Takes what is proposed for a question as the reader's own answer. */
  confirm(id: string, question: Question): void {
    this.change(id, (file) => confirmed(file, question));
  }

  private async judge(id: string): Promise<void> {
    const asked = this.find(id);
    if (asked?.upload == null || asked.draft === null) return;
    const { upload: before, draft, reading, answered } = asked;
    // What the reader did not choose is proposed again: the columns of a kind, or the kind once days are mapped.
    const said = {
      ...(draft.kind !== 'catalog' || answered.includes('kind') ? { kind: draft.kind } : {}),
      ...(answered.includes('mapping') ? { mapping: JSON.stringify(draft.mapping) } : {}),
    };
    this.change(id, { rereading: true, rereadError: null });
    let change: Change = { rereading: false };
    try {
      const upload = await this.effects.readAgain(before.upload_id, { ...reading, ...said });
      change = (file) => {
        // Chosen otherwise meanwhile: the answer to that is on its way.
        if (file.draft === null || !sameColumns(file.draft, draft)) return file;
        const next = judgedAnew(file.draft, before, upload, file.answered);
        const questions = questionsAnew(file, upload);
        return { ...file, upload, draft: next, questions, state: standing(upload, next), rereading: false };
      };
    } catch (error) {
      // A mapping that cannot be imported yet is no fault: what is missing is said below it.
      change = error instanceof ApiError && error.status === 422 ? change : { rereading: false, rereadError: error };
    }
    this.change(id, change);
  }

  keepProfile(id: string, keepProfile: boolean): void {
    this.change(id, { keepProfile });
  }

  /** Not before every question is answered. @param force although the same bytes are imported already */
  async import(id: string, force = false): Promise<void> {
    const file = this.find(id);
    if (file?.upload == null || file.draft === null || !isOpen(file) || openQuestions(file).length > 0) return;
    const before = file.state;
    this.change(id, { state: 'starting', error: null });
    try {
      const importId = await this.effects.start(requestOf(file.upload, file.draft, file.keepProfile), force);
      this.change(id, { state: 'importing', importId });
      this.onStarted();
      this.follow(id, importId);
    } catch (error) {
      const first =
        error instanceof ApiError && error.code === 'duplicate_import' ? error.errors[0]?.message : undefined;
      this.change(id, (now) =>
        first === undefined || now.upload === null
          ? { ...now, state: before, error }
          : { ...now, state: 'duplicate', upload: { ...now.upload, duplicate_of: first }, error },
      );
    }
  }

  /** Told of the imports as they are now: a file whose bytes were imported before is free again once that was undone. */
  heard(imports: readonly ImportRecord[]): void {
    for (const { id, state } of this.list)
      if (state === 'duplicate') this.change(id, (file) => withoutUndone(file, imports));
  }

  private follow(id: string, importId: string): void {
    this.effects.watch(
      importId,
      (record) => {
        this.change(id, (file) => followed(file, record));
        if (record.status !== 'queued' && record.status !== 'running') this.onEnded();
      },
      (error) => this.change(id, { state: 'failed', error }),
    );
  }

  /** Imports what needs no look, in an order in which each finds what it names. */
  async importReady(): Promise<void> {
    for (const { id } of importable(this.list)) await this.import(id);
  }

  async cancel(id: string): Promise<void> {
    const file = this.find(id);
    this.aborts.get(id)?.abort();
    if (file?.state !== 'importing' || file.importId === null) return;
    try {
      await this.effects.removeImport(file.importId);
    } catch (error) {
      this.change(id, { error });
    }
  }

  /** Sends a file once more, after it failed or was cancelled; what was chosen for it is kept. */
  again(id: string): void {
    // One that the server holds is asked about again, in the history.
    if (this.bodies.has(id)) this.change(id, sentAgain);
    else this.remove(id);
    void this.send();
  }

  /** Takes a file off the list; an upload under way is cut off, an import goes on. */
  remove(id: string): void {
    this.aborts.get(id)?.abort();
    this.bodies.delete(id);
    this.set(this.list.filter((file) => file.id !== id));
  }

  clearEnded(): void {
    for (const { id } of this.list.filter(hasEnded)) this.remove(id);
  }
}
