import type { FileKind, ImportOptions, ImportRecord, Mapping } from '../../contract/imports.ts';
import type { Doubt } from '../read/doubt.ts';
import type { Preparing } from '../read/opened.ts';
import type { ProfiledProposal } from './file-proposal.ts';

/** What is said of a file before it is looked at. */
export interface Said {
  readonly options?: ImportOptions | undefined;
  /** A profile's name; `''` for none; left out for the one that matches the header. */
  readonly profile?: string | undefined;
}

export interface FileImport extends Said {
  /** The file's name, with the folders that tell it apart (`douyin/views.csv`); else the last part of its path. */
  readonly name?: string;
  readonly kind?: FileKind;
  readonly mapping?: Mapping;
  /** Single fields over the proposed mapping. */
  readonly map?: Mapping;
  readonly saveProfile?: string;
  /** Import although the same bytes are committed already. */
  readonly force?: boolean;
  readonly synthetic?: boolean;
  /** Told how many bytes are read before the import is accepted. */
  readonly onBytes?: (bytes: number) => void;
  /** Told what else is done with the file before it is accepted: unpacking, decoding, converting. */
  readonly onPreparing?: (what: Preparing) => void;
  readonly onProgress?: (record: ImportRecord) => void;
  /** Asked before the import is accepted. @param unconfirmed what must be asked about, and nothing answers @throws to refuse */
  readonly accept?: (proposal: ProfiledProposal, unconfirmed: readonly Doubt[]) => void;
  readonly signal?: AbortSignal;
}

/** What was confirmed or changed of a proposal. */
export type Chosen = Pick<FileImport, 'saveProfile' | 'force' | 'synthetic' | 'accept'> & {
  readonly [K in 'kind' | 'mapping' | 'map' | 'options' | 'profile']?: FileImport[K] | undefined;
};
