import type { Answer } from '../../../server/contract/query.ts';
import { toNumber } from '../../i18n/numbers.ts';

export function courseOf(answer: Answer | undefined, measure: string): (number | null)[] {
  return (answer?.rows ?? []).map((row) => {
    const value = row[measure];
    return typeof value === 'number' || typeof value === 'string' ? toNumber(value) : null;
  });
}

/** Whether the last period of the answer is one that the data cut. */
export function endsPartial(answer: Answer | undefined): boolean {
  const last = answer?.rows[answer.rows.length - 1]?.period;
  return typeof last === 'string' && (answer?.meta.partial_periods.includes(last) ?? false);
}
