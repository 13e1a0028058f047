import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type Field, fieldSchema, type ImportOptions, type Mapping, type Upload } from '../../contract/imports.ts';
import { findSameBytes } from '../../ledger/history.ts';
import { ProblemError } from '../../problem.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { Cancelled, type Warehouse } from '../../warehouse/warehouse.ts';
import type { Choices, FileImport } from '../propose/choices.ts';
import { doubtsOf } from '../propose/confidence.ts';
import { statesAlike } from '../propose/folders.ts';
import { readAcross } from '../propose/layout/across.ts';
import { nameWithFolders, withNamedPlatform } from '../propose/name-platform.ts';
import type { ProfileStore } from '../propose/profiles.ts';
import type { ProfiledProposal } from '../propose/proposal.ts';
import { proposeByProfile } from '../propose/propose-by-profile.ts';
import { proposeFile, proposeOpened, readsAlike, uploadOf } from '../propose/propose-file.ts';
import { type FileFacts, readFacts } from '../read/facts.ts';
import { openFile } from '../read/inspect.ts';
import type { ImportLimits } from '../read/limits.ts';
import type { OpenedFile, Watched } from '../read/opened.ts';
import { type ReadingOptions, readingName } from '../read/reading-options.ts';
import type { StoredUpload, UploadStore } from '../read/uploads.ts';
import { asMended, readingOfMended } from './mended.ts';
import { cannotOpenFile } from './messages.ts';

const sameMapping = (one: Mapping, other: Mapping) =>
  fieldSchema.options.every((field) => one[field]?.normalize('NFC') === other[field]?.normalize('NFC'));
const withoutViews = ({ views_are: _viewsAre, ...options }: ImportOptions) => options;

export interface UploadDeskOptions {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly profiles: ProfileStore;
  readonly limits: ImportLimits;
  readonly now: () => Date;
  /** Whether today's rules read an import differently: its bytes may be given again then. */
  readonly isOutdated: (importId: string) => Promise<boolean>;
}

interface Known {
  readonly proposal: ProfiledProposal;
  readonly profile: string | undefined;
  readonly options: ImportOptions;
}

const DECISIVE = [
  'source',
  'day',
  'time_zone',
  'covers',
  'date_order',
  'dates_up_to',
  'time_numbers',
  'decimal_mark',
  'currency',
  'rates_are',
] as const;
const OF_TIME = ['covers', 'date_order', 'dates_up_to', 'time_numbers', 'time_zone'] as const;
const OF_VIEWS = ['views_are', 'mode', 'decimal_mark'] as const;

export class UploadDesk {
  private readonly proposals = new Map<string, Known>();

  constructor(
    private readonly uploads: UploadStore,
    private readonly world: UploadDeskOptions,
  ) {}

  /** Streams a body to disk and says what it is. @throws ProblemError, and nothing is left then */
  async receive(
    body: Readable,
    filename: string,
    said: Choices & { declared?: number },
    signal?: AbortSignal,
  ): Promise<Upload> {
    const name = nameWithFolders(filename, this.world.vocabulary);
    const stored = await this.uploads.receive(body, name, said.declared);
    try {
      return await this.describe(stored, said, signal);
    } catch (error) {
      await this.discard(stored.id);
      throw error;
    }
  }

  /**
   * Reads an upload again, or judges it for a mapping; its import takes this answer.
   * @throws ProblemError `upload_not_found`, or if it cannot be read so: the old proposal stays
   */
  again(id: string, said: Choices, signal?: AbortSignal): Promise<Upload> {
    return this.describe(this.uploads.find(id), said, signal);
  }

  private async describe(stored: StoredUpload, said: Choices, signal?: AbortSignal): Promise<Upload> {
    const { options = {}, profile } = said;
    const proposal =
      said.mapping || said.kind
        ? await this.proposalOf(stored, said, { signal })
        : await this.propose(stored, said, { signal });
    this.proposals.set(stored.id, { proposal, profile, options });
    const same = await this.world.warehouse.read((session) =>
      findSameBytes(session, stored.facts.sha256, proposal.inspected.workbook?.sheet ?? null, (first) =>
        statesAlike(first, stored.filename, this.world.vocabulary),
      ),
    );
    const isDuplicate = same !== null && !(await this.world.isOutdated(same.import_id));
    return uploadOf(stored, proposal, isDuplicate ? same.import_id : null);
  }

  find(id: string): StoredUpload {
    return this.uploads.find(id);
  }

  has(id: string): boolean {
    return this.uploads.has(id);
  }

  async offer(path: string, name: string, signal?: AbortSignal): Promise<Upload> {
    const stored = await this.local(path, { name, ...(signal ? { signal } : {}) });
    const upload = await this.describe(stored, {}, signal);
    this.uploads.adopt(stored);
    return upload;
  }

  keep(id: string): void {
    this.uploads.keep(id);
  }

  async local(
    path: string,
    { name = basename(path), signal, onBytes }: Pick<FileImport, 'name' | 'signal' | 'onBytes'>,
  ): Promise<StoredUpload> {
    let facts: FileFacts;
    try {
      facts = await readFacts(path, signal, onBytes);
    } catch (cause) {
      if (signal?.aborted) throw new Cancelled({ cause });
      throw new ProblemError('unreadable_file', cannotOpenFile(basename(path)), undefined, { cause });
    }
    return { id: randomUUID(), path, filename: name, facts };
  }

  /** Read as at the upload, judged for the choices. @throws ProblemError `mapping_incomplete` for an unknown column */
  async proposalOf(stored: StoredUpload, said: Choices, watched: Watched = {}): Promise<ProfiledProposal> {
    const known = this.proposals.get(stored.id);
    const { options = {}, profile = known?.profile } = said;
    const alike = known && profile === known.profile && readsAlike(known.proposal, options);
    const base = alike ? known.proposal : await this.propose(stored, { options, profile }, watched);
    return this.judged(
      stored,
      base,
      { ...said, options: { ...(alike ? known.options : {}), ...options } },
      !alike,
      watched,
    );
  }

  private async judged(
    stored: StoredUpload,
    base: ProfiledProposal,
    { options = {}, kind, mapping, map }: Choices,
    fresh: boolean,
    watched: Watched,
  ): Promise<ProfiledProposal> {
    const { proposed } = base;
    const merged = mapping ?? (map && Object.keys(map).length > 0 ? { ...proposed.mapping, ...map } : undefined);
    const moved = (fields: readonly Field[]) =>
      fields.some((f) => merged?.[f] !== undefined && merged[f] !== proposed.mapping[f]);
    const same =
      (merged === undefined || sameMapping(merged, proposed.mapping)) && (kind === undefined || kind === proposed.kind);
    const decided = DECISIVE.some((o) => options[o] !== undefined && options[o] !== proposed.options[o]);
    const kept = base.profile !== null || proposed.options.mends !== undefined;
    // An import of the source since the upload may have answered it.
    const open = doubtsOf(base).some(({ doubt }) => doubt === 'answer');
    if (same && (kept || fresh || !(decided || open))) return base;
    const { vocabulary } = this.world;
    const byValues = new Set(
      [...proposed.columns].flatMap(([column, role]) =>
        role.byValues && !mapping && merged?.[role.field] === column && map?.[role.field] === undefined
          ? [role.field]
          : [],
      ),
    );
    const stillRates = proposed.kind === 'rates' && merged?.title === undefined && merged?.series_id === undefined;
    const { source = proposed.options.source, ...others } = options;
    const found = await proposeOpened(
      { ...this.world, ...watched },
      stored.filename,
      base,
      vocabulary,
      { ...others, ...(source === undefined ? {} : { source }) },
      { kind: kind ?? (stillRates ? 'rates' : undefined), ...(merged ? { mapping: merged, byValues } : {}) },
    );
    const viewsMoved = moved(['views']);
    const timeMoved = moved(['time']);
    const apart = new Set<string>([...(viewsMoved ? OF_VIEWS : []), ...(timeMoved ? OF_TIME : [])]);
    const stay = kept ? Object.fromEntries(Object.entries(proposed.options).filter(([o]) => !apart.has(o))) : {};
    const judged = {
      ...found,
      proposed: {
        ...found.proposed,
        options: { ...found.proposed.options, ...(source === undefined ? {} : { source }), ...stay },
      },
      // A profile for other columns answers nothing about these.
      profile: viewsMoved || timeMoved ? null : base.profile,
    };
    const withPlatform = await this.world.warehouse.read((session) =>
      withNamedPlatform(session, stored.filename, judged, options, vocabulary),
    );
    return { ...judged, proposed: withPlatform };
  }

  private async propose(stored: StoredUpload, said: Choices, watched: Watched): Promise<ProfiledProposal> {
    const { warehouse, vocabulary, limits, now } = this.world;
    const reading = await warehouse.read((session) => readingOfMended(session, stored.filename));
    const found = await proposeByProfile(
      await this.world.profiles.list(),
      said.profile,
      { ...reading, ...said.options },
      (options) => {
        const scratch = this.uploads.scratch(stored.id, readingName(options));
        return proposeFile({ warehouse, limits, now, scratch, ...watched }, stored, vocabulary, options);
      },
      async (proposal, { kind, mapping, options }) =>
        // Rates are plausible or not in the base of the profile.
        kind !== 'rates' && kind === proposal.proposed.kind && sameMapping(mapping, proposal.proposed.mapping)
          ? proposal
          : proposeOpened(
              { warehouse, now, ...watched },
              stored.filename,
              proposal,
              vocabulary,
              { ...reading, ...withoutViews(options), ...said.options },
              { kind, mapping },
            ),
    );
    const mended = said.profile
      ? found.proposed
      : await warehouse.read((session) => asMended(session, stored.filename, found));
    if (mended !== found.proposed) return { ...found, proposed: mended, profile: null };
    const proposed = await warehouse.read((session) =>
      withNamedPlatform(session, stored.filename, found, said.options ?? {}, vocabulary),
    );
    return { ...found, proposed };
  }

  /** @throws ProblemError if it cannot be read in this way */
  async open(stored: StoredUpload, reading: ReadingOptions, watched: Watched): Promise<OpenedFile> {
    const { warehouse, limits, now, vocabulary } = this.world;
    const desk = { warehouse, limits, now, scratch: this.uploads.scratch(stored.id, readingName(reading)), ...watched };
    const opened = await openFile(desk, stored.path, stored.facts, reading);
    return readAcross(desk, stored.filename, opened, reading, vocabulary);
  }

  discard(id: string): Promise<void> {
    this.proposals.delete(id);
    return this.uploads.discard(id);
  }
}
