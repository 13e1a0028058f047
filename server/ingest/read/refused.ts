import type { Label } from '../../contract/query.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { cellsOfAnotherWidth, QUOTE_IN_CELL } from './messages.ts';
import type { TextRecord } from './records.ts';

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

export interface Reject {
  /** Line of the file or row of the sheet, from 1; the row's number in Parquet. */
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: Label;
  readonly raw: string;
}

export const LONGEST_KEPT = 65_536;

/** So few rejects never fail a file, whatever their share. */
const A_FEW = 10;

const LARGEST_SHARE = 0.1;

export function isTooMany(rows: number, rejected: number): boolean {
  if (rejected === 0) return false;
  return rejected >= rows || (rejected > A_FEW && rejected > rows * LARGEST_SHARE);
}

/** Why a line cannot be split into cells, or null. @param wanted cells of the header */
export function brokenRecord({ quote, fields }: TextRecord, wanted: number): Label | null {
  if (quote) return QUOTE_IN_CELL;
  return fields.length === wanted ? null : cellsOfAnotherWidth(fields.length, wanted);
}
