import type { MoversAnswer } from '../../server/contract/analyses.ts';
import { toNumber } from '../i18n/numbers.ts';
import { knownOf } from './members.ts';

export type MoverRow = MoversAnswer['rows'][number];

/** Of known members the largest changes of each direction, from the greatest rise to the greatest fall, and how many are left. */
export function largestMoves(
  rows: readonly MoverRow[],
  eachSide: number,
): { moved: { row: MoverRow; delta: number }[]; left: number } {
  const all = knownOf(rows, ({ member }) => member)
    .map((row) => ({ row, delta: toNumber(row.delta) ?? 0 }))
    .filter(({ delta }) => delta !== 0)
    .sort((a, b) => b.delta - a.delta);
  const rises = all.filter(({ delta }) => delta > 0).slice(0, eachSide);
  const falls = all.filter(({ delta }) => delta < 0).slice(-eachSide);
  return { moved: [...rises, ...falls], left: all.length - rises.length - falls.length };
}
