import type { FileKind, ImportOptions, ImportRecord, Mapping } from '../../contract/imports.ts';
import type { Doubt } from '../read/doubt.ts';
import type { Watched } from '../read/opened.ts';
import type { ProfiledProposal } from './proposed.ts';

/** What somebody says of a file, before it is looked at or of what was proposed: each goes before the proposal. */
export interface Choices {
  readonly kind?: FileKind | undefined;
  readonly mapping?: Mapping | undefined;
  readonly map?: Mapping | undefined;
  readonly options?: ImportOptions | undefined;
  /** A profile's name; `''` for none; left out for the one that matches the header. */
  readonly profile?: string | undefined;
}

/** A file that is to be imported: what is said of it, and what is to be done besides. */
export interface FileImport extends Choices, Watched {
  /** The file's name, with the folders that tell it apart (`douyin/views.csv`); else the last part of its path. */
  readonly name?: string;
  readonly saveProfile?: string | undefined;
  readonly force?: boolean;
  readonly synthetic?: boolean;
  readonly onBytes?: (bytes: number) => void;
  readonly onProgress?: (record: ImportRecord) => void;
  /** Asked before the import is accepted. @param unconfirmed what must be asked about, and nothing answers @throws to refuse */
  readonly accept?: (proposal: ProfiledProposal, unconfirmed: readonly Doubt[]) => void;
}
