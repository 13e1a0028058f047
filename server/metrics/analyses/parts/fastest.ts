import type { Speed } from './buckets.ts';

export interface Fastest<T> {
  readonly unit: 'hours' | 'days';
  readonly value: number;
  /** All that are equally fast, the largest first. */
  readonly among: readonly T[];
}

/**
 * The fastest of several crossings (docs/analyses/club.md): with the fewest hours if the hour of each is
 * known, else with the fewest days. Null if nothing tells how long one of them took.
 * @param sizeOf its cumulative views, which put equals in order
 */
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
