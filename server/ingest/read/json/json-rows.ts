/** From one JSON object to the cells of a row; pure. */
import type { Label } from '../../../contract/query.ts';
import { JSON_FAULTS } from './messages.ts';

export type JsonRow = { readonly cells: ReadonlyMap<string, string | null> } | { readonly fault: Label };

/** Reads an object: nested values stay JSON text, and integers of any size keep their digits. */
export function jsonRow(text: string): JsonRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
    // Only of what is sound JSON: in other text its search for the ends of strings might never end.
    if (hasLongInteger(text)) value = JSON.parse(longIntegersAsText(text));
  } catch {
    return { fault: JSON_FAULTS.invalid };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: JSON_FAULTS.noObject };
  try {
    return { cells: new Map(Object.entries(value).map(([key, cell]) => [key, textOf(cell)])) };
  } catch {
    // What can be read may be too deep to be written again.
    return { fault: JSON_FAULTS.tooDeep };
  }
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Sixteen digits in a row: no double is sure to hold so many. */
const hasLongInteger = (text: string) => /\d{16}/u.test(text);

/** Strings are skipped whole, so that digits in them stay as they are. */
function longIntegersAsText(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gu, (token) =>
    /^-?\d{16,}$/u.test(token) ? `"${token}"` : token,
  );
}
