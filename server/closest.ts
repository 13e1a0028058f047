export function closest(given: unknown, known: readonly string[]): string | undefined {
  if (typeof given !== 'string' || given.length === 0 || given.length > 40) return undefined;
  const meant = folded(given);
  const near = known
    .map((word) => ({ word, steps: editDistance(meant, folded(word)) }))
    .filter(({ word, steps }) => steps <= farthest(Math.min(word.length, given.length)))
    .toSorted((a, b) => a.steps - b.steps);
  return near[0]?.word;
}

/** Steps to a word that may still be meant: of four letters two, as in form for from. */
const farthest = (length: number): number => (length < 4 ? 1 : Math.max(2, Math.floor(length / 3)));

const folded = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/gu, '');

/** Letters to insert, drop, change or swap with their neighbour until one text is the other. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      rows[i]?.push(swapped ? Math.min(least, at(i - 2, j - 2) + 1) : least);
    }
  }
  return at(a.length, b.length);
}
