/** One wild day cannot move these. */

/** 1 / Φ⁻¹(3/4): standard deviation over MAD of a normal distribution. */
export const MAD_TO_SIGMA = 1.4826;

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (upper + lower) / 2;
}

export function mad(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}

/** The smallest value that half of the weight does not exceed. */
export function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= half) return value;
  }
  return Number.NaN;
}

/** The ⌈p(n + 1)⌉-th smallest, or the largest (split conformal prediction; Lei et al., JASA 2018, §2). */
export function conformalQuantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.min(Math.ceil(p * (sorted.length + 1)), sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN;
}
