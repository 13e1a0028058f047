/** One import on its way from the queue to the history. */
import { randomUUID } from 'node:crypto';
import type { DryRun, FileKind, ImportOptions, ImportRecord, Mapping } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled, type StagingSession, type Warehouse, type WriteSession } from '../warehouse/warehouse.ts';
import { recordOf } from './history.ts';
import { type ImportJournal, INTERRUPTED, type Promised, recordEnd } from './journal.ts';
import type { ImportLimits } from './limits.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { ProgressMeter } from './progress.ts';
import type { Proposal } from './propose.ts';
import type { Queued } from './queue.ts';
import { checkQuotes } from './quotes.ts';
import { asRefusal } from './refusal.ts';
import { phaseSchema, type RunResult, runImport } from './run.ts';
import type { DataFile } from './source.ts';
import { dropStaged, type Staged, stage } from './stage.ts';
import type { StoredUpload } from './uploads.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface JobInput {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly stored: StoredUpload;
  readonly file: DataFile;
  readonly proposed: Proposal;
  readonly chosen: { kind?: FileKind | undefined; mapping?: Mapping | undefined; options?: ImportOptions | undefined };
  readonly synthetic: boolean;
  readonly journal: ImportJournal;
  /** Refuses once more when its turn has come: the same bytes may have been committed while it waited. */
  readonly check: () => Promise<void>;
  /** Called in the moment after the commit; never fails. */
  readonly onCommitted: (plan: ImportPlan) => Promise<void>;
  /** Removes what the import read, once it has ended; never fails. */
  readonly discard: () => Promise<void>;
  readonly limits: Pick<ImportLimits, 'keptRejects'>;
  readonly now: () => Date;
}

const POLL = 250;

/** Thrown to roll a dry run back. */
class DryRunDone extends Error {
  constructor(readonly result: RunResult) {
    super('dry run');
  }
}

export class Job implements Queued {
  private current: ImportRecord;
  private readonly listeners = new Set<(record: ImportRecord) => void>();
  private readonly controller = new AbortController();
  readonly plan: ImportPlan;
  private meter: ProgressMeter | null = null;
  private stopped = false;
  private session: StagingSession | null = null;
  private settle: () => void = () => {};
  /** Fulfils when the import has reached its end, whichever. */
  readonly ended = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  /** @throws ProblemError `mapping_incomplete`, `invalid_request`: before anything is queued */
  constructor(private readonly input: JobInput) {
    const { stored } = input;
    this.plan = planImport(input.file, input.proposed, input.chosen, input.warehouse.state().timeZone);
    this.current = {
      import_id: randomUUID(),
      filename: stored.filename,
      source: this.plan.source,
      kind: this.plan.kind,
      status: 'queued',
      phase: null,
      rows_read: 0,
      rows_committed: 0,
      rows_rejected: 0,
      rows_unchanged: 0,
      bytes: stored.facts.bytes,
      bytes_read: 0,
      progress: 0,
      seconds_left: null,
      queue_position: null,
      error: null,
      warnings: [],
      from: null,
      to: null,
      started_at: input.now().toISOString(),
      finished_at: null,
      sha256: stored.facts.sha256,
      mapping: this.plan.mapping,
      options: this.plan.options,
      synthetic: input.synthetic,
    };
  }

  get record(): ImportRecord {
    return this.current;
  }

  watch(listener: (record: ImportRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes it down as accepted, so that not even a crash makes it vanish unseen. */
  promise(): Promise<void> {
    return this.input.journal.add(this.current.import_id, JSON.stringify(this.promised()));
  }

  queuedAt(position: number): void {
    this.update({ queue_position: position });
  }

  cancel(): void {
    this.controller.abort();
  }

  /** Cancels because the process stops: nobody asked for it, so it is told as a failure. */
  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private update(change: Partial<ImportRecord>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener(this.current);
  }

  private promised(): Promised {
    const { mode, viewsAre, options } = this.plan;
    return { record: this.current, mode, viewsAre, options: JSON.stringify(options) };
  }

  /** Runs to its end. @throws ProblemError or Cancelled, after the failure is in the history */
  async run(): Promise<ImportRecord> {
    let result: RunResult;
    try {
      if (!this.controller.signal.aborted) this.update({ status: 'running', queue_position: null });
      await this.input.check();
      result = await this.transaction((done) => done);
    } catch (thrown) {
      const error = this.refusal(thrown);
      await this.fail(error);
      throw error;
    }
    await this.input.onCommitted(this.plan);
    await this.input.discard();
    this.update(recordOf(result.entry));
    this.settle();
    await this.input.journal.remove(this.current.import_id);
    return this.current;
  }

  private refusal(thrown: unknown): ProblemError | Cancelled {
    if (!this.controller.signal.aborted || thrown instanceof ProblemError) return asRefusal(thrown);
    if (this.stopped) return new ProblemError(INTERRUPTED.code, INTERRUPTED.detail, undefined, { cause: thrown });
    return new Cancelled({ cause: thrown });
  }

  /** Told at once; the history follows when the writer is free. */
  private async fail(error: ProblemError | Cancelled): Promise<void> {
    const failed = error instanceof ProblemError;
    this.update({
      status: failed ? 'failed' : 'cancelled',
      phase: null,
      queue_position: null,
      seconds_left: null,
      error: failed ? { code: error.code, detail: error.detail } : null,
      finished_at: this.input.now().toISOString(),
      rows_committed: 0,
    });
    await this.input.discard();
    this.settle();
    await recordEnd(this.input.warehouse, this.promised());
    await this.input.journal.remove(this.current.import_id);
  }

  /** What the import would do; the transaction is rolled back. */
  async dryRun(): Promise<DryRun> {
    try {
      await this.transaction((result) => {
        throw new DryRunDone(result);
      });
      throw new Error('a dry run was committed');
    } catch (thrown) {
      if (thrown instanceof DryRunDone) return dryRunOf(thrown.result);
      throw asRefusal(thrown);
    }
  }

  private async transaction(finish: (result: RunResult) => RunResult): Promise<RunResult> {
    const { input, plan } = this;
    const { signal } = this.controller;
    if (signal.aborted) throw new Cancelled();
    this.update({ status: 'running', phase: 'reading' });
    const ticking = setInterval(() => this.tick(), POLL);
    try {
      // Beside the engine's work: the engine reads, this looks for quotes that swallow lines.
      const { file } = input;
      const quotes = file.text
        ? checkQuotes(file.path, file.text.delimiter, signal).then(
            () => null,
            (error: unknown) => error,
          )
        : Promise.resolve(null);
      let staged: Promise<Staged> | null = null;
      return await input.warehouse.write(
        async (session) => {
          this.session = session;
          return finish(await this.importInto(session, staged, plan, quotes));
        },
        {
          signal,
          staging: {
            prepare: async (session) => {
              this.session = session;
              this.meter = new ProgressMeter(this.current.bytes, () => performance.now(), input.file.format);
              staged = stage(session, input.file, plan);
              // A file that cannot be staged fails in the transaction, where the quotes may explain it better.
              await staged.catch(() => undefined);
            },
            discard: dropStaged,
          },
        },
      );
    } finally {
      this.session = null;
      clearInterval(ticking);
    }
  }

  private async importInto(
    session: WriteSession,
    staging: Promise<Staged> | null,
    plan: ImportPlan,
    quotes: Promise<unknown>,
  ): Promise<RunResult> {
    const { mode, viewsAre, options } = plan;
    const draft = { ...this.current, mode, viewsAre, options: JSON.stringify(options) };
    try {
      if (staging === null) throw new Error('nothing was staged');
      const result = await runImport(session, await staging, {
        file: this.input.file,
        plan,
        vocabulary: this.input.vocabulary,
        draft,
        keptRejects: this.input.limits.keptRejects,
        now: this.input.now,
        report: (phase, counts) => this.update({ ...counts, phase, ...this.meter?.at(phase, null) }),
      });
      const fault = await quotes;
      if (fault) throw fault;
      return result;
    } catch (thrown) {
      // A quote that swallowed lines explains whatever else went wrong better than that does.
      throw (await quotes) ?? thrown;
    }
  }

  private tick(): void {
    const phase = phaseSchema.safeParse(this.current.phase);
    if (!phase.success || !this.meter) return;
    this.update(this.meter.at(phase.data, this.session?.progress() ?? null));
  }
}

function dryRunOf({ entry, comparison, rejects }: RunResult): DryRun {
  return {
    rows_read: entry.rows_read,
    new: comparison.new,
    changed: comparison.changed,
    identical: comparison.identical,
    rejected: entry.rows_rejected,
    from: entry.from,
    to: entry.to,
    changed_samples: [...comparison.samples],
    reject_samples: rejects.slice(0, 10).map(({ line, column, value, reason }) => ({ line, column, value, reason })),
    warnings: entry.warnings,
  };
}
