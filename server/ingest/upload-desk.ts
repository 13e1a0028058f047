/** Files that wait to be imported, with what was proposed for each. */
import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportOptions, Upload } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled, type Warehouse } from '../warehouse/warehouse.ts';
import { type FileFacts, readFacts } from './facts.ts';
import { statesAlike } from './folders.ts';
import { findSameBytes } from './history.ts';
import type { FileImport } from './imports.ts';
import { type InspectDesk, type OpenedFile, openFile } from './inspect.ts';
import type { ImportLimits } from './limits.ts';
import { asMended, readingOfMended } from './mended.ts';
import { nameWithFolders, withNamedPlatform } from './name-platform.ts';
import { type ProfiledProposal, proposeByProfile } from './profiled.ts';
import type { ProfileStore } from './profiles.ts';
import { proposalFor, readsAlike, uploadOf } from './proposal.ts';
import type { StoredUpload, UploadStore } from './uploads.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is said of a file before it is looked at. */
export interface Said {
  readonly options?: ImportOptions | undefined;
  /** A profile's name; `''` for none; left out for the one that matches the header. */
  readonly profile?: string | undefined;
}

/** Whom a look at a file tells what, and who may end it. */
export type Watched = Pick<InspectDesk, 'signal' | 'onPreparing'>;

/** Names a way to read a file, for its copies. */
const readingOf = ({ encoding, delimiter, sheet, header_row }: ImportOptions) =>
  encoding || delimiter || sheet || header_row !== undefined
    ? createHash('sha256')
        .update(JSON.stringify([encoding, delimiter, sheet, header_row]))
        .digest('hex')
        .slice(0, 12)
    : '';

export interface UploadDeskOptions {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly profiles: ProfileStore;
  readonly limits: ImportLimits;
  readonly now: () => Date;
}

export class UploadDesk {
  /** What was proposed for each upload, as long as it waits. */
  private readonly proposals = new Map<string, { proposal: ProfiledProposal; profile: string | undefined }>();

  constructor(
    private readonly uploads: UploadStore,
    private readonly world: UploadDeskOptions,
  ) {}

  /** Streams a body to disk and says what it is. @throws ProblemError, and then nothing is left of it */
  async receive(
    body: Readable,
    filename: string,
    said: Said & { declared?: number },
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
   * Reads a waiting upload anew, as is said; what is answered is then what an import of it takes.
   * @throws ProblemError `upload_not_found`, or where it cannot be read so: the proposal before stays
   */
  again(id: string, said: Said, signal?: AbortSignal): Promise<Upload> {
    return this.describe(this.uploads.find(id), said, signal);
  }

  private async describe(stored: StoredUpload, said: Said, signal?: AbortSignal): Promise<Upload> {
    const proposal = await this.propose(stored, said, { signal });
    this.proposals.set(stored.id, { proposal, profile: said.profile });
    const same = await this.world.warehouse.read((session) =>
      findSameBytes(session, stored.facts.sha256, proposal.inspected.workbook?.sheet ?? null, (first) =>
        statesAlike(first, stored.filename, this.world.vocabulary),
      ),
    );
    return uploadOf(stored, proposal, same?.import_id ?? null);
  }

  /** @throws ProblemError `upload_not_found` */
  find(id: string): StoredUpload {
    return this.uploads.find(id);
  }

  has(id: string): boolean {
    return this.uploads.has(id);
  }

  /** Offers a file of this machine as if it were uploaded, and says what it is. @throws ProblemError */
  async offer(path: string, name: string, signal?: AbortSignal): Promise<Upload> {
    const stored = await this.local(path, { name, ...(signal ? { signal } : {}) });
    const upload = await this.describe(stored, {}, signal);
    this.uploads.adopt(stored);
    return upload;
  }

  hold(id: string): void {
    this.uploads.hold(id);
  }

  /** A file of this machine, where it lies. @throws ProblemError `unreadable_file`, Cancelled */
  async local(
    path: string,
    { name = basename(path), signal, onBytes }: Pick<FileImport, 'name' | 'signal' | 'onBytes'>,
  ): Promise<StoredUpload> {
    let facts: FileFacts;
    try {
      facts = await readFacts(path, signal, onBytes);
    } catch (cause) {
      if (signal?.aborted) throw new Cancelled({ cause });
      throw new ProblemError(
        'unreadable_file',
        {
          en: `“${basename(path)}” cannot be opened: it is not there, is no file, or may not be read.`,
          zh: `无法打开“${basename(path)}”：文件不存在、不是文件，或没有读取权限。`,
        },
        undefined,
        { cause },
      );
    }
    return { id: randomUUID(), path, filename: name, facts };
  }

  /** What was proposed; said again or left out, how the file is read is what it was at the upload. */
  async proposalOf(stored: StoredUpload, said: Said, watched: Watched = {}): Promise<ProfiledProposal> {
    const known = this.proposals.get(stored.id);
    const { options = {}, profile = known?.profile } = said;
    if (known && profile === known.profile && readsAlike(known.proposal, options)) return known.proposal;
    return this.propose(stored, { options, profile }, watched);
  }

  private async propose(stored: StoredUpload, said: Said, watched: Watched): Promise<ProfiledProposal> {
    const { warehouse, vocabulary, limits, now } = this.world;
    const reading = await warehouse.read((session) => readingOfMended(session, stored.filename));
    const found = await proposeByProfile(
      await this.world.profiles.list(),
      said.profile,
      { ...reading, ...said.options },
      (options) => {
        const scratch = this.uploads.scratch(stored.id, readingOf(options));
        return proposalFor({ warehouse, limits, now, scratch, ...watched }, stored, vocabulary, options);
      },
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

  /** Opens a file in a way that was decided before. @throws ProblemError where it cannot be read so */
  open(stored: StoredUpload, reading: ImportOptions, watched: Watched): Promise<OpenedFile> {
    const { warehouse, limits, now } = this.world;
    const scratch = this.uploads.scratch(stored.id, readingOf(reading));
    return openFile({ warehouse, limits, now, scratch, ...watched }, stored.path, stored.facts, reading);
  }

  discard(id: string): Promise<void> {
    this.proposals.delete(id);
    return this.uploads.discard(id);
  }
}
