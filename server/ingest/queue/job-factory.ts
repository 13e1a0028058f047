/** Makes the jobs of the queue: from a file and the user's choices, from the journal, or of an import to read again. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ImportOptions, ViewsAre } from '../../contract/imports.ts';
import type { HistoryEntry, Import } from '../../ledger/history.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { dayAfter } from '../cells/times.ts';
import type { FileImport } from '../propose/choices.ts';
import { refuseUnanswered, unconfirmedOf, warnOfUnconfirmed, warnOfUnlikelyRates } from '../propose/confidence.ts';
import { filledAgain, warnOfClashes } from '../propose/folders.ts';
import { warnOfUnlikelyViews } from '../propose/increment-or-counter.ts';
import type { ProfileStore } from '../propose/profiles.ts';
import { profileOf } from '../propose/propose-by-profile.ts';
import type { Doubt } from '../read/doubt.ts';
import type { ImportLimits } from '../read/limits.ts';
import type { Inspection, OpenedFile } from '../read/opened.ts';
import { type ReadingOptions, readingOf } from '../read/reading-options.ts';
import type { StoredUpload } from '../read/uploads.ts';
import { type ImportPlan, planImport } from '../stage/plan.ts';
import { Job, type PlannedFile } from './job.ts';
import type { Accepted, ImportJournal, KeptUpload } from './journal.ts';
import type { UploadDesk } from './upload-desk.ts';

export interface JobFactoryWorld {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly state: { readonly profiles: ProfileStore; readonly journal: ImportJournal };
  readonly desk: UploadDesk;
  readonly limits: ImportLimits;
  readonly now: () => Date;
  readonly logger?: Logger | undefined;
  /** The import of the same bytes that is undone for this one, as today's rules read it differently; null for none. */
  readonly outdated: (stored: StoredUpload, sheet: string | null) => Promise<string | null>;
  /** @throws ProblemError `duplicate_import` if the same bytes were committed meanwhile */
  readonly refuseDuplicate: (stored: StoredUpload, sheet: string | null) => Promise<void>;
  readonly discard: (uploadId: string) => Promise<void>;
}

export class JobFactory {
  constructor(private readonly world: JobFactoryWorld) {}

  /**
   * Judges the choices and plans the import.
   * @param how `kept`: the server keeps the file, and the import survives a restart; `dry`: only tried out
   * @throws ProblemError `unconfirmed`, `mapping_incomplete`, `invalid_request` …, before anything is queued
   */
  async fromChoices(
    stored: StoredUpload,
    chosen: FileImport,
    { kept = false, dry = false }: { kept?: boolean; dry?: boolean },
  ): Promise<Job> {
    const { signal, onPreparing } = chosen;
    const { desk, warehouse, now } = this.world;
    const proposal = await desk.proposalOf(stored, chosen, { signal, onPreparing });
    const doubts = unconfirmedOf(proposal, chosen);
    chosen.accept?.(proposal, doubts);
    // Without a day there is nothing to plan.
    if (proposal.proposed.kind === 'log')
      refuseUnanswered(proposal, doubts.some(isOfDay) && !dry ? doubts : doubts.filter(isOfDay));
    const { saveProfile, force = false } = chosen;
    const mapping = chosen.mapping ?? (chosen.map ? { ...proposal.proposed.mapping, ...chosen.map } : undefined);
    const options = { ...(saveProfile ? { source: saveProfile } : {}), ...chosen.options };
    const { timeZone } = warehouse.state();
    const said = { kind: chosen.kind, mapping, options };
    const plan = planImport(proposal.file, proposal.proposed, said, timeZone, this.tomorrow(chosen.synthetic ?? false));
    refuseUnanswered(proposal, dry ? doubts.filter((doubt) => leavesNothingToTry(plan, doubt)) : doubts);
    const warning = warnOfUnconfirmed(
      // Other sheets have a warning of their own, which knows what other imports took.
      doubts.filter(({ option }) => option !== 'sheet'),
      { ...plan.options, ...(plan.kind === 'log' ? { views_are: plan.viewsAre } : {}) },
    );
    const views = chosen.options?.views_are;
    const unlikely =
      views === proposal.proposed.valuesSay
        ? null
        : await warehouse.read(
            (session) => warnOfUnlikelyViews(session, proposal.file, plan, views),
            signal ? { signal } : {},
          );
    const rates = warnOfUnlikelyRates(proposal, chosen);
    const reading = readingFound(proposal.inspected, plan.options);
    const upload = { id: stored.id, filename: stored.filename, facts: stored.facts };
    const { source, kind, mapping: mapped, mode, viewsAre } = plan;
    const accepted: Accepted = {
      import: {
        ...newRecord(stored, chosen.synthetic ?? false, now()),
        ...{ source, kind, mapping: mapped, options: plan.options, mode, viewsAre },
        warnings: [warning, unlikely, rates].filter((one) => one !== null).concat(warnOfClashes(proposal.proposed)),
      },
      kept: kept ? { upload, reading, force, begun: 0, ...(saveProfile ? { saveProfile } : {}) } : null,
    };
    const planned = { inspected: proposal.inspected, file: proposal.file, plan };
    return this.job(stored, accepted, { saveProfile, force, open: async () => planned });
  }

  /** An accepted import, whose file is opened when its turn comes. */
  fromJournal(left: Accepted & { readonly kept: KeptUpload }, stored: StoredUpload): Job {
    const { kept } = left;
    return this.job(stored, left, {
      ...kept,
      open: (signal) => this.openAgain(stored, kept.reading, left.import, signal),
    });
  }

  /** The file of a committed import again, as confirmed and by today's rules, in that import's place. */
  toReread(stored: StoredUpload, entry: HistoryEntry, viewsAre: ViewsAre): Job {
    const { kind, source, mapping, mode, synthetic } = entry;
    const options = { ...entry.options, ...(kind === 'log' ? { views_are: viewsAre } : {}) };
    const again: Import = {
      ...newRecord(stored, synthetic, this.world.now()),
      ...{ kind, source, mapping, options, mode, viewsAre },
    };
    const reading = { across: 'none' as const, ...readingOf(options) };
    return this.job(
      stored,
      { import: again, kept: null },
      {
        force: true,
        replaces: entry.import_id,
        open: (signal) => this.openAgain(stored, reading, again, signal),
      },
    );
  }

  private async openAgain(
    stored: StoredUpload,
    reading: ReadingOptions,
    accepted: Import,
    signal: AbortSignal,
  ): Promise<PlannedFile> {
    const bare = await this.world.desk.open(stored, reading, { signal });
    const opened = filledAgain(bare, stored.filename, accepted.mapping, this.world.vocabulary);
    return { ...opened, plan: this.planAgain(opened, accepted) };
  }

  private planAgain({ file }: OpenedFile, accepted: Import): ImportPlan {
    const { kind, mapping, options, mode, viewsAre, synthetic } = accepted;
    const decided = { ...options, mode, views_are: viewsAre };
    const { timeZone } = this.world.warehouse.state();
    const tomorrow = this.tomorrow(synthetic);
    return { ...planImport(file, { kind, mapping, options }, { options: decided }, timeZone, tomorrow), options };
  }

  /** The last day of rows; the demo has its own. */
  private tomorrow(synthetic: boolean): string | null {
    return synthetic ? null : dayAfter(this.world.now(), this.world.warehouse.state().timeZone);
  }

  private job(
    stored: StoredUpload,
    accepted: Accepted,
    how: {
      saveProfile?: string | undefined;
      force: boolean;
      open: (signal: AbortSignal) => Promise<PlannedFile>;
      /** The import in whose place it is read again; left out: one of the same bytes that is outdated. */
      replaces?: string;
    },
  ): Job {
    const { warehouse, vocabulary, state, limits, now, refuseDuplicate, outdated, discard } = this.world;
    const sheet = accepted.import.options.sheet ?? null;
    return new Job(accepted, {
      warehouse,
      vocabulary,
      journal: state.journal,
      open: how.open,
      check: async () => {
        if (!how.force) await refuseDuplicate(stored, sheet);
      },
      replaced: async () => how.replaces ?? (how.force ? null : outdated(stored, sheet)),
      onCommitted: async (work) => {
        if (how.saveProfile) await this.saveProfile(how.saveProfile, work);
      },
      discard: () => discard(stored.id),
      limits,
      now,
    });
  }

  private async saveProfile(name: string, { inspected, plan }: PlannedFile): Promise<void> {
    const { state, now, logger } = this.world;
    try {
      await state.profiles.put(name, profileOf(inspected, plan), now());
    } catch (error) {
      // The rows are committed: a profile that cannot be saved is no failure of the import.
      logger?.error({ err: error, profile: name }, 'profile not saved');
    }
  }
}

const isOfDay = ({ option }: Doubt) => option === 'day';
const leavesNothingToTry = ({ kind, mapping }: ImportPlan, { option }: Doubt) =>
  kind === 'log' && option === 'views' && mapping.views === undefined;

function readingFound(
  { encoding, delimiter, workbook, wide }: Inspection,
  { header_row }: ImportOptions,
): ReadingOptions {
  return {
    ...(encoding ? { encoding: encoding.encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(workbook ? { sheet: workbook.sheet } : {}),
    ...(header_row === undefined ? {} : { header_row }),
    across: wide?.across ?? 'none',
  };
}

type Confirmed = 'source' | 'kind' | 'mapping' | 'options' | 'mode' | 'viewsAre';
function newRecord(stored: StoredUpload, synthetic: boolean, now: Date): Omit<Import, Confirmed> {
  return {
    import_id: randomUUID(),
    filename: stored.filename,
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
    started_at: now.toISOString(),
    finished_at: null,
    sha256: stored.facts.sha256,
    synthetic,
  };
}
