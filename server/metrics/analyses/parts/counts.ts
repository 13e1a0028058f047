import { z } from 'zod';
import type { Count } from '../../../contract/analyses.ts';

/** A bigint if a number would lose digits. */
export const whole = z.union([z.number(), z.bigint()]);
export type Whole = z.infer<typeof whole>;

export const wholeOrZero = whole.nullable().transform((value): Whole => value ?? 0);

/** A number up to 2^53, then a string of digits. */
export function toCount(value: Whole): Count {
  const small = narrow(value);
  return typeof small === 'bigint' ? small.toString() : small;
}

export const plus = (a: Whole, b: Whole): Whole => narrow(BigInt(a) + BigInt(b));
export const minus = (a: Whole, b: Whole): Whole => narrow(BigInt(a) - BigInt(b));

function narrow(value: Whole): Whole {
  if (typeof value === 'number') return value;
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
}

/** Large first, exact beyond 2^53. */
export const descending = (a: Whole, b: Whole): number => (a > b ? -1 : a < b ? 1 : 0);
