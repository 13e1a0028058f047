/** Seeded chance, so that every round and every file of a soak can be made again by its number. */
import { createHash } from 'node:crypto';
import { seeded } from '../unit/metrics/random-dataset.ts';

export interface Dice {
  /** 0 to 1. */
  next(): number;
  /** A whole number from 0 to below `below`. */
  int(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
}

/** Dice of their own for each name: what one draws does not move another. */
export function diceOf(...name: readonly (string | number)[]): Dice {
  const next = seeded(createHash('sha256').update(name.join('|')).digest().readUInt32LE(0));
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => {
      const value = values[int(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
