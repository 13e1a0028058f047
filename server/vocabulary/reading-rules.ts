/** By which rules a file was read: kept with each import, so that those of other rules can be looked at again. */
import { createHash } from 'node:crypto';
import type { Vocabulary } from './vocabulary.ts';

/** To be raised by whoever changes what a cell is read as. */
const RULES = 1;

const known = new WeakMap<Vocabulary, string>();

/** Names the rules of this version with this vocabulary. */
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
