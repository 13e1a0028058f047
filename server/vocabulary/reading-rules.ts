/** By which rules a file was read: kept with each import, to find those with older rules. */
import { createHash } from 'node:crypto';
import type { Vocabulary } from './vocabulary.ts';

/** Raise this if a cell is read as something else. */
const RULES = 1;

const known = new WeakMap<Vocabulary, string>();

export function rulesOf(vocabulary: Vocabulary): string {
  const before = known.get(vocabulary);
  if (before !== undefined) return before;
  const { headers, genres, platforms, totals } = vocabulary;
  const words = [headers, [...genres], [...platforms], Object.values(totals).map((set) => [...set])];
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12);
  const rules = `${RULES}.${digest}`;
  known.set(vocabulary, rules);
  return rules;
}
