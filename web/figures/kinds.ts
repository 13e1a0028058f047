import type { Unit } from '../../server/contract/query.ts';
import type { ValueKind } from '../charts/scale.ts';

const KINDS: Readonly<Partial<Record<Unit, ValueKind>>> = {
  fraction: 'fraction',
  ratio: 'ratio',
  seconds: 'ratio',
  index: 'index',
  days: 'days',
  percentage_points: 'points',
};

/** How values of a unit are written. */
export const kindOf = (unit: Unit): ValueKind => KINDS[unit] ?? 'count';

/** How differences of such values are written, and by what they are multiplied for it: those of shares are points. */
export const differenceOf = (kind: ValueKind): { kind: ValueKind; times: number } =>
  kind === 'fraction' ? { kind: 'points', times: 100 } : { kind, times: 1 };
