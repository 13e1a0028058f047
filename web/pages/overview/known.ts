import type { Answer, Row } from '../../../server/contract/query.ts';
import { toNumber } from '../../i18n/numbers.ts';

/** What part of the views a share can be told of, in the range and in the compared one; null where there are no views. */
export interface Known {
  now: number | null;
  before: number | null;
}

/** From here on the unknown rest is not worth a word. */
const NEARLY_ALL = 0.995;

/** The part of an answer's views, and of the compared ones, whose members are known. */
export function knownPart(answer: Answer | undefined, isKnown: (row: Row) => boolean): Known {
  const part = (column: string): number | null => {
    const sum = (rows: readonly Row[]) =>
      rows.reduce((total, row) => {
        const value = row[column];
        return total + ((typeof value === 'boolean' ? null : toNumber(value)) ?? 0);
      }, 0);
    const rows = answer?.rows ?? [];
    const all = sum(rows);
    return all === 0 ? null : sum(rows.filter(isKnown)) / all;
  };
  return { now: part('views'), before: part('views__previous') };
}

/** Views with a region: what the overseas share is of. */
export const withMarket = (row: Row): boolean => row.market !== '(unknown)';
/** Views of series that state a format or how they were made: what the AI share can see. */
export const withMaking = (row: Row): boolean => row.format !== '(unknown)' || row.production !== '(unknown)';

/** Whether a reader must be told how much is known. */
export const partlyKnown = (part: number | null): part is number => part !== null && part < NEARLY_ALL;
