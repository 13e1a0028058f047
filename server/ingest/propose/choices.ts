import type { FileKind, ImportOptions, ImportRecord, Mapping } from '../../contract/imports.ts';
import type { Doubt } from '../read/doubt.ts';
import type { Watched } from '../read/opened.ts';
import type { ProfiledProposal } from './proposal.ts';

/** What the user says about a file; it goes before the proposal. */
export interface Choices {
  readonly kind?: FileKind | undefined;
  readonly mapping?: Mapping | undefined;
  readonly map?: Mapping | undefined;
  readonly options?: ImportOptions | undefined;
  /** A profile's name; `''` for none; left out for the one that matches the header. */
  readonly profile?: string | undefined;
}

export interface FileImport extends Choices, Watched {
  /** With the folders that tell it apart (`douyin/views.csv`); left out: the last part of its path. */
  readonly name?: string;
  readonly saveProfile?: string | undefined;
  readonly force?: boolean;
  readonly synthetic?: boolean;
  readonly onBytes?: (bytes: number) => void;
  readonly onProgress?: (record: ImportRecord) => void;
  /** Asked before the import is accepted; throws to refuse it. @param unconfirmed doubts without an answer */
  readonly accept?: (proposal: ProfiledProposal, unconfirmed: readonly Doubt[]) => void;
}
