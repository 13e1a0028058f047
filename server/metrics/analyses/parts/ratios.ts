import type { Whole } from './counts.ts';

/** Null if there is nothing to divide by. */
export function ratioOf(a: Whole | null, b: Whole | null): number | null {
  if (a === null || b === null || Number(b) === 0) return null;
  return Number(a) / Number(b);
}
