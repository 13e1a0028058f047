interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 0.975 quantile of the normal distribution: a two-sided 95 % interval. */
const Z = 1.959964;

/** Wilson score interval, 95 % (E. B. Wilson, JASA 22 (1927) 209–212): inside 0 to 1. Null without trials. */
export function wilson(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const p = successes / trials;
  const z2 = Z * Z;
  const scale = 1 + z2 / trials;
  const centre = (p + z2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
