import type { Profile } from '../../contract/profiles.ts';
import type { OpenedFile } from '../read/opened.ts';
import type { Proposal } from './proposed.ts';

export interface FileProposal extends OpenedFile {
  readonly proposed: Proposal;
}

export interface ProfiledProposal extends FileProposal {
  readonly profile: Profile | null;
}
