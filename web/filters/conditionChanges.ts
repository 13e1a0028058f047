import type { MeasureFilter, MeasureId } from '../../server/contract/query.ts';
import { type Condition, totalMeasure } from './conditions.ts';

/** Whether a series has a total of it, so that it can choose series on every page. */
export const choosesSeries = ({ measure }: Pick<Condition, 'measure'>): boolean => totalMeasure(measure) !== undefined;

/** With one more condition; a measure has one. */
export const withCondition = (conditions: readonly Condition[], added: Condition): Condition[] => [
  ...withoutMeasure(conditions, added.measure),
  added,
];

export const withoutMeasure = (conditions: readonly Condition[], measure: MeasureId): Condition[] =>
  conditions.filter((one) => one.measure !== measure);

/** What it is among the rows of a table of series; null for `top`. */
export function rowFilterOf({ measure, op, values }: Condition): MeasureFilter | null {
  const [first = 0, second = 0] = values;
  if (op === 'top') return null;
  return op === 'between' ? { measure, op, values: [first, second] } : { measure, op, value: first };
}
