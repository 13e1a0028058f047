import type { Whole } from './counts.ts';

/** a / b, or null where there is nothing to divide by: a ratio is never 0 or infinite for want of a denominator. */
export function ratioOf(a: Whole | null, b: Whole | null): number | null {
  if (a === null || b === null || Number(b) === 0) return null;
  return Number(a) / Number(b);
}
