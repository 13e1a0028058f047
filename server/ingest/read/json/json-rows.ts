import type { Label } from '../../../contract/query.ts';
import { JSON_FAULTS } from './messages.ts';

export type JsonRow = { readonly cells: ReadonlyMap<string, string | null> } | { readonly fault: Label };

/** Nested values stay JSON text, and long integers keep their digits. */
export function jsonRow(text: string): JsonRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
    // Only for sound JSON: in other text its search for the ends of strings may never end.
    if (hasLongInteger(text)) value = JSON.parse(longIntegersAsText(text));
  } catch {
    return { fault: JSON_FAULTS.invalid };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: JSON_FAULTS.noObject };
  try {
    return { cells: new Map(Object.entries(value).map(([key, cell]) => [key, textOf(cell)])) };
  } catch {
    // What can be read may be too deep to write.
    return { fault: JSON_FAULTS.tooDeep };
  }
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Sixteen digits: a double may lose some. */
const hasLongInteger = (text: string) => /\d{16}/u.test(text);

/** Strings are skipped whole, so that digits in them stay. */
function longIntegersAsText(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gu, (token) =>
    /^-?\d{16,}$/u.test(token) ? `"${token}"` : token,
  );
}
