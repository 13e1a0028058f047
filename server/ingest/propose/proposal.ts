import type { Field, FileKind, ImportOptions, Mapping, ViewsAre } from '../../contract/imports.ts';
import type { Profile } from '../../contract/profiles.ts';
import type { Label } from '../../contract/query.ts';
import type { HeaderMatch } from '../cells/headers.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { OpenedFile } from '../read/opened.ts';
import type { SampledColumn } from '../read/source.ts';

/** How to import a file: what `propose-columns.ts` finds, and then probes and profiles better. */
export interface Proposal {
  readonly kind: FileKind;
  readonly mapping: Mapping;
  readonly options: ImportOptions;
  readonly reasons: readonly OptionReason[];
  readonly columns: ReadonlyMap<string, ColumnRole>;
  /** By the header of the views and those beside it. */
  readonly headerSays?: Exclude<ViewsAre, 'event'>;
  /** By the steps of the file itself, if they decide. */
  readonly valuesSay?: Exclude<ViewsAre, 'event'>;
}

export interface ColumnRole {
  readonly field: Field;
  readonly reason: Label;
  /** Its name says nothing: only its values speak for it. */
  readonly byValues?: true;
}

export type Matches = Map<Field, { column: SampledColumn; match: HeaderMatch }>;

/** By `propose-file.ts`: an open file and its proposal. */
export interface FileProposal extends OpenedFile {
  readonly proposed: Proposal;
}

/** By `propose-by-profile.ts`; null if no saved profile fits. */
export interface ProfiledProposal extends FileProposal {
  readonly profile: Profile | null;
}
