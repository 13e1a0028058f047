import type { Speed } from './buckets.ts';

export interface Fastest<T> {
  readonly unit: 'hours' | 'days';
  readonly value: number;
  /** All that are equally fast, the largest first. */
  readonly among: readonly T[];
}

/** Fewest hours if all are known, else fewest days. @param sizeOf cumulative views, for ties */
export function fastestOf<T>(
  crossed: readonly T[],
  speedOf: (one: T) => Speed,
  sizeOf: (one: T) => number,
): Fastest<T> | null {
  const speeds = crossed.map((one) => ({ one, ...speedOf(one) }));
  const byHour = speeds.length > 0 && speeds.every(({ hours_to }) => hours_to !== null);
  const timed = speeds.flatMap(({ one, hours_to, days_to }) => {
    const value = byHour ? hours_to : days_to;
    return value === null ? [] : [{ one, value }];
  });
  if (timed.length === 0) return null;
  const value = Math.min(...timed.map((found) => found.value));
  const among = timed.flatMap((found) => (found.value === value ? [found.one] : []));
  return { unit: byHour ? 'hours' : 'days', value, among: among.toSorted((a, b) => sizeOf(b) - sizeOf(a)) };
}
