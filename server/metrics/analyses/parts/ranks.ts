import { ENOUGH_PEERS } from '../../../contract/analyses.ts';

/** Competition ranks, large first: 1, 2, 2, 4; null has none. In the order of `values`. */
export function ranksOf(values: readonly (number | null)[]): (number | null)[] {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => b - a);
  const first = new Map<number, number>();
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i + 1);
  });
  return values.map((value) => (value === null ? null : (first.get(value) ?? null)));
}

/** percent_rank (the part of the others that have less) among `n`; of fewer than 20 there is none. */
export function placeAmong(below: number, n: number): { percentile: number | null; reason: 'few_peers' | null } {
  return n < ENOUGH_PEERS ? { percentile: null, reason: 'few_peers' } : { percentile: below / (n - 1), reason: null };
}

interface RankChange {
  readonly rank: number | null;
  readonly rank_previous: number | null;
  /** Up is positive. */
  readonly rank_change: number | null;
  readonly rank_change_reason: 'new' | null;
}

/** Only values above 0 are ranked. @param comparable false: the earlier range is not wholly inside the log */
export function rankChanges(
  now: readonly (number | null)[],
  before: readonly (number | null)[],
  comparable: boolean,
): RankChange[] {
  const ranked = (values: readonly (number | null)[]) =>
    ranksOf(values.map((value) => (value === null || value <= 0 ? null : value)));
  const ranks = ranked(now);
  const previous = comparable ? ranked(before) : before.map(() => null);
  return ranks.map((rank, i) => {
    const rankPrevious = previous[i] ?? null;
    return {
      rank,
      rank_previous: rankPrevious,
      rank_change: rank === null || rankPrevious === null ? null : rankPrevious - rank,
      rank_change_reason: comparable && rank !== null && rankPrevious === null ? 'new' : null,
    };
  });
}
