import { stat } from 'node:fs/promises';
import type { DryRun, ImportRecord, Warning } from '../../contract/imports.ts';
import type { ReadingChange } from '../../contract/outdated.ts';
import { findEntry, type Import, recordOf } from '../../ledger/history.ts';
import { ProblemError } from '../../problem.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import {
  Cancelled,
  QueryError,
  type StagingSession,
  type Warehouse,
  type WriteSession,
} from '../../warehouse/warehouse.ts';
import { changesOf, keepStated, makePlace, readAgain } from '../commit/reread.ts';
import { phaseSchema, type RunResult, runImport } from '../commit/run.ts';
import { warnOfLeftOut } from '../propose/left-out.ts';
import type { ImportLimits } from '../read/limits.ts';
import type { OpenedFile } from '../read/opened.ts';
import { checkQuotes } from '../read/quotes.ts';
import { RowGauge } from '../read/row-gauge.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { TooManyRejects } from '../stage/rejects.ts';
import { dropStaged, type Staged, stage } from '../stage/stage.ts';
import { type Accepted, type ImportJournal, INTERRUPTED, recordEnd, storedText } from './journal.ts';
import { OUT_OF_MEMORY, PARQUET_DAMAGED, UNEXPECTED_ERROR } from './messages.ts';
import { ProgressMeter } from './progress.ts';
import type { Queued } from './queue.ts';

export interface PlannedFile extends OpenedFile {
  readonly plan: ImportPlan;
}

interface JobWorld {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly journal: ImportJournal;
  /** Called when its turn comes. @throws ProblemError if the file cannot be opened */
  readonly open: (signal: AbortSignal) => Promise<PlannedFile>;
  /** Refuses again when its turn comes: the same bytes may be committed by then. */
  readonly check: () => Promise<void>;
  /** The committed import in whose place it is read, asked when its turn comes; null for none. */
  readonly replaced: () => Promise<string | null>;
  /** Called right after the commit; must not throw. */
  readonly onCommitted: (work: PlannedFile) => Promise<void>;
  /** Removes what the import read, after its end; never throws. */
  readonly discard: () => Promise<void>;
  readonly limits: Pick<ImportLimits, 'keptRejects'>;
  readonly now: () => Date;
}

const POLL = 250;

interface RunOutcome extends RunResult {
  readonly changes: readonly ReadingChange[];
}

class DryRunDone extends Error {
  constructor(readonly result: RunOutcome) {
    super('dry run');
  }
}

/** One import on its way: it is queued, run or tried out in a transaction, cancelled or stopped; `record` tells. */
export class Job implements Queued {
  private current: Import;
  private readonly listeners = new Set<(record: ImportRecord) => void>();
  private readonly controller = new AbortController();
  private meter: ProgressMeter | null = null;
  private gauge: RowGauge | null = null;
  private stopped = false;
  private session: StagingSession | null = null;
  private settle: () => void = () => {};
  readonly ended = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  constructor(
    private readonly accepted: Accepted,
    private readonly world: JobWorld,
  ) {
    this.current = accepted.import;
  }

  get record(): ImportRecord {
    return recordOf(this.current);
  }

  watch(listener: (record: ImportRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes it to the journal, so that no crash loses it. */
  writeDown(): Promise<void> {
    return this.note(0);
  }

  async keepChoice(): Promise<void> {
    await this.world.onCommitted(await this.world.open(this.controller.signal));
  }

  private note(begunMore: 0 | 1): Promise<void> {
    const { import: accepted, kept } = this.accepted;
    const entry = { import: accepted, kept: kept && { ...kept, begun: kept.begun + begunMore } };
    return this.world.journal.put(accepted.import_id, storedText(entry));
  }

  queuedAt(position: number): void {
    this.update({ queue_position: position });
  }

  cancel(): void {
    this.controller.abort();
  }

  /** Ends with the process; continues at the next start if the server keeps its file, else it fails. */
  stop(): void {
    // Whoever cancelled it before does not want it to continue.
    this.stopped ||= !this.controller.signal.aborted;
    this.cancel();
  }

  private update(change: Partial<Import>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener(this.record);
  }

  /** @throws ProblemError or Cancelled, once the failure is in the history */
  async run(): Promise<ImportRecord> {
    let ended: { result: RunResult; work: PlannedFile };
    try {
      ended = await this.begin();
    } catch (thrown) {
      const error = this.refusal(thrown);
      if (error.code === INTERRUPTED.code && this.accepted.kept) await this.leave();
      else await this.fail(error);
      throw error;
    }
    await this.world.onCommitted(ended.work);
    await this.world.discard();
    this.update({ ...ended.result.entry, bytes_read: this.current.bytes, seconds_left: null });
    this.settle();
    await this.world.journal.remove(this.current.import_id);
    return this.record;
  }

  private async begin(): Promise<{ result: RunResult; work: PlannedFile }> {
    const { signal } = this.controller;
    if (!signal.aborted) this.update({ status: 'running', queue_position: null });
    // Before the file is opened: if it brings the process down, the journal must show it.
    if (this.accepted.kept && !signal.aborted) await this.note(1);
    await this.world.check();
    if (signal.aborted) throw new Cancelled();
    const replaced = await this.world.replaced();
    const work = await this.world.open(signal);
    return { work, result: await this.transaction(work, replaced, (done) => done) };
  }

  /** A stop of the server is not the file's fault. */
  private async leave(): Promise<void> {
    this.settle();
    await this.note(0);
  }

  private refusal(thrown: unknown): ProblemError | Cancelled {
    if (!this.controller.signal.aborted || thrown instanceof ProblemError) return asRefusal(thrown);
    if (this.stopped) return new ProblemError(INTERRUPTED.code, INTERRUPTED.detail, undefined, { cause: thrown });
    return new Cancelled({ cause: thrown });
  }

  /** Told at once; the history follows when the writer is free. */
  private async fail(error: ProblemError | Cancelled): Promise<void> {
    const failed = error instanceof ProblemError;
    const refused = error instanceof TooManyRejects ? error : null;
    this.update({
      status: failed ? 'failed' : 'cancelled',
      phase: null,
      queue_position: null,
      seconds_left: null,
      error: failed ? { code: error.code, detail: error.detail } : null,
      finished_at: this.world.now().toISOString(),
      rows_committed: 0,
      ...(refused ? { rows_rejected: refused.found.total } : {}),
    });
    await this.world.discard();
    this.settle();
    await recordEnd(this.world.warehouse, this.current, refused);
    await this.world.journal.remove(this.current.import_id);
  }

  async dryRun(): Promise<DryRun & Pick<RunOutcome, 'changes'>> {
    try {
      const replaced = await this.world.replaced();
      const work = await this.world.open(this.controller.signal);
      await this.transaction(work, replaced, (result) => {
        throw new DryRunDone(result);
      });
      throw new Error('a dry run was committed');
    } catch (thrown) {
      if (thrown instanceof DryRunDone) return { ...dryRunOf(thrown.result), changes: thrown.result.changes };
      throw asRefusal(thrown);
    }
  }

  private async transaction(
    work: PlannedFile,
    replaced: string | null,
    finish: (result: RunOutcome) => RunOutcome,
  ): Promise<RunOutcome> {
    const { world } = this;
    const { file, plan } = work;
    const { signal } = this.controller;
    if (signal.aborted) throw new Cancelled();
    this.update({ status: 'running', phase: 'reading' });
    const ticking = setInterval(() => this.tick(), POLL);
    try {
      // While the engine reads, this looks for quotes that swallow lines.
      const gauge = new RowGauge(file.rows, file.text ? (await stat(file.path)).size : 0);
      this.gauge = gauge;
      const quotes = file.text
        ? checkQuotes(file.path, file.text.delimiter, signal, (text, whole) => gauge.push(text, whole)).then(
            () => null,
            (error: unknown) => error,
          )
        : Promise.resolve(null);
      let staged: Promise<Staged> | null = null;
      return await world.warehouse.write(
        async (session) => {
          this.session = session;
          return finish(await this.importInto(session, staged, { work, replaced }, quotes));
        },
        {
          signal,
          staging: {
            prepare: async (session) => {
              this.session = session;
              this.meter = new ProgressMeter(this.current.bytes, () => performance.now(), file.format);
              staged = stage(session, file, plan, { totals: world.vocabulary.totals });
              // A file that cannot be staged fails in the transaction, unless the quotes explain it better.
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
    { work, replaced }: { work: PlannedFile; replaced: string | null },
    quotes: Promise<unknown>,
  ): Promise<RunOutcome> {
    const { inspected, file, plan } = work;
    const { vocabulary, now } = this.world;
    const { mode, viewsAre, options } = plan;
    const draft = { ...this.current, mode, viewsAre, options };
    try {
      if (staging === null) throw new Error('nothing was staged');
      const noticed: Warning[] = [];
      const { sha256 } = this.current;
      const found = replaced === null ? null : await findEntry(session, replaced);
      const before = found?.status === 'committed' ? found : null;
      if (before) {
        await keepStated(session, before);
        await makePlace(session, before, vocabulary, now());
        noticed.push(readAgain(before));
      }
      await warnOfLeftOut(session, { inspected, plan, sha256 }, vocabulary, noticed);
      const result = await runImport(session, await staging, {
        ...{ file, plan, vocabulary, draft, noticed, now },
        replaces: before,
        keptRejects: this.world.limits.keptRejects,
        report: (phase, counts) => this.update({ ...counts, phase, ...this.meter?.at(phase, null) }),
      });
      const fault = await quotes;
      if (fault) throw fault;
      return { ...result, changes: before ? await changesOf(session, before, result.entry) : [] };
    } catch (thrown) {
      // A quote that swallowed lines explains anything else that failed.
      throw (await quotes) ?? thrown;
    }
  }

  private tick(): void {
    const phase = phaseSchema.safeParse(this.current.phase);
    if (!phase.success || !this.meter) return;
    const told = this.meter.at(phase.data, this.session?.progress() ?? null);
    const share = told.bytes_read / Math.max(1, this.current.bytes);
    // Rows are counted once the file is read.
    this.update(phase.data === 'reading' ? { ...told, rows_read: this.gauge?.at(share) ?? 0 } : told);
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

/** Turns errors of the engine, which users never see, into something they can act on. */
function asRefusal(thrown: unknown): ProblemError | Cancelled {
  if (thrown instanceof ProblemError || thrown instanceof Cancelled) return thrown;
  const said = thrown instanceof QueryError ? thrown.message : '';
  if (/Out of Memory|max_temp_directory|No space left/iu.test(said))
    return new ProblemError('internal', OUT_OF_MEMORY, undefined, { cause: thrown });
  if (/parquet|thrift|snappy|zstd|metadata/iu.test(said))
    return new ProblemError('unreadable_file', PARQUET_DAMAGED, undefined, { cause: thrown });
  return new ProblemError('internal', UNEXPECTED_ERROR, undefined, { cause: thrown });
}
