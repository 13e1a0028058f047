/** Rows that could not be read while a copy of the file was made. */
import { DEFAULT_LIMITS } from './limits.ts';
import { LONGEST_KEPT, type Reject } from './rejects.ts';

export interface Refused {
  kept: Reject[];
  total: number;
}

export const nothingRefused = (): Refused => ({ kept: [], total: 0 });

export function keepReject(refused: Refused, reject: Reject): void {
  refused.total++;
  if (refused.kept.length < DEFAULT_LIMITS.keptRejects)
    refused.kept.push({ ...reject, raw: reject.raw.slice(0, LONGEST_KEPT) });
}
