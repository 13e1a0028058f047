/** Rows that could not be read while a copy of the file was made. */
import { LONGEST_KEPT, MOST_KEPT, type Reject } from './rejects.ts';

export interface Refused {
  kept: Reject[];
  total: number;
}

export const nothingRefused = (): Refused => ({ kept: [], total: 0 });

export function keepReject(refused: Refused, reject: Reject): void {
  refused.total++;
  if (refused.kept.length < MOST_KEPT) refused.kept.push({ ...reject, raw: reject.raw.slice(0, LONGEST_KEPT) });
}
