/** One import on its way from the queue to the history. */
import { randomUUID } from 'node:crypto';
import type { DryRun, FileKind, ImportOptions, ImportRecord, Mapping } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import {
  Cancelled,
  QueryError,
  type StagingSession,
  type Warehouse,
  type WriteSession,
} from '../warehouse/warehouse.ts';
import { type HistoryEntry, insertEntry, nextImportNo, recordOf } from './history.ts';
import { keySource } from './keys.ts';
import { type ImportPlan, planImport } from './plan.ts';
import type { Proposal } from './propose.ts';
import { checkQuotes } from './quotes.ts';
import { type Phase, type RunResult, runImport } from './run.ts';
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
  /** Removes what the import read, once it has ended. */
  readonly discard: () => Promise<void>;
  readonly now: () => Date;
}

/** Share of the work that is done when a phase begins, and when it ends; measured on ten million rows. */
const SPANS: Record<Phase, readonly [number, number]> = {
  reading: [0, 0.4],
  keys: [0.4, 0.45],
  writing: [0.45, 0.75],
  settling: [0.75, 0.8],
  rollups: [0.8, 0.98],
  committing: [0.98, 1],
};
const POLL = 250;

/** Thrown to roll a dry run back. */
class DryRunDone extends Error {
  constructor(readonly result: RunResult) {
    super('dry run');
  }
}

export class Job {
  private current: ImportRecord;
  private readonly listeners = new Set<(record: ImportRecord) => void>();
  private readonly controller = new AbortController();
  private readonly plan: ImportPlan;
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
      progress: 0,
      error: null,
      warnings: [],
      from: null,
      to: null,
      started_at: input.now().toISOString(),
      finished_at: null,
      sha256: stored.facts.sha256,
      mapping: this.plan.mapping,
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

  cancel(): void {
    this.controller.abort();
  }

  private update(change: Partial<ImportRecord>): void {
    // A phase that begins again (a file read once more with care) never moves the bar back.
    const progress = Math.max(this.current.progress, change.progress ?? 0);
    this.current = { ...this.current, ...change, progress };
    for (const listener of this.listeners) listener(this.current);
  }

  /** Runs to its end. @throws ProblemError or Cancelled, after the failure is in the history */
  async run(): Promise<ImportRecord> {
    try {
      const { entry } = await this.transaction((result) => result);
      this.update(recordOf(entry));
      return this.current;
    } catch (thrown) {
      const error =
        this.controller.signal.aborted && !(thrown instanceof ProblemError)
          ? new Cancelled({ cause: thrown })
          : asRefusal(thrown);
      await this.recordFailure(error);
      throw error;
    } finally {
      await this.input.discard();
      this.settle();
    }
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
        now: this.input.now,
        report: (phase, counts) => this.update({ ...counts, phase, progress: SPANS[phase][0] }),
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
    const percentage = this.session?.progress() ?? null;
    const phase = this.current.phase;
    if (percentage === null || phase === null || !(phase in SPANS)) return;
    const span = Object.entries(SPANS).find(([name]) => name === phase)?.[1];
    if (!span) return;
    const progress = span[0] + ((span[1] - span[0]) * percentage) / 100;
    if (progress > this.current.progress) this.update({ progress });
  }

  private async recordFailure(error: ProblemError | Cancelled): Promise<void> {
    const failed = error instanceof ProblemError;
    this.update({
      status: failed ? 'failed' : 'cancelled',
      phase: null,
      error: failed ? { code: error.code, detail: error.message } : null,
      finished_at: this.input.now().toISOString(),
      rows_committed: 0,
    });
    const { plan } = this;
    await this.input.warehouse.write(
      async (session) => {
        const entry: HistoryEntry = {
          ...this.current,
          importNo: await nextImportNo(session),
          sourceKey: await keySource(session, plan.source),
          mode: plan.mode,
          viewsAre: plan.viewsAre,
          options: JSON.stringify(plan.options),
        };
        await insertEntry(session, entry);
      },
      { quiet: true },
    );
  }
}

/** The engine's complaints never reach the user; what is not foreseen is named by what the user can do. */
function asRefusal(thrown: unknown): ProblemError | Cancelled {
  if (thrown instanceof ProblemError || thrown instanceof Cancelled) return thrown;
  if (thrown instanceof QueryError && /Out of Memory|max_temp_directory|No space left/iu.test(thrown.message))
    return new ProblemError(
      'internal',
      'The machine ran out of memory or disk during the import; nothing was changed. Free some, or import the file in parts.',
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof QueryError && /parquet|thrift|snappy|zstd|metadata/iu.test(thrown.message))
    return new ProblemError(
      'unreadable_file',
      'The Parquet file is damaged: a part of it cannot be read. Export or copy it again.',
      undefined,
      { cause: thrown },
    );
  return new ProblemError(
    'internal',
    'The import met an error that it did not foresee; nothing was changed, and the server log has the details.',
    undefined,
    { cause: thrown },
  );
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
