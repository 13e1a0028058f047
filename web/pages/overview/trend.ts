import type { Answer } from '../../../server/contract/query.ts';
import { toNumber } from '../../i18n/numbers.ts';

/** The values of one measure in period order. */
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

export interface MemberCourse {
  id: string;
  label: string;
  values: (number | null)[];
}

/** Rows of period × member as one line per member over all periods, largest total first. */
export function coursesByMember(
  answer: Answer,
  dimension: string,
  measure: string,
): { periods: string[]; members: MemberCourse[] } {
  const periods = [...new Set(answer.rows.map((row) => String(row.period)))].sort();
  const members = new Map<string, MemberCourse>();
  for (const row of answer.rows) {
    const id = String(row[dimension]);
    const member = members.get(id) ?? {
      id,
      label: String(row[`${dimension}_label`] ?? id),
      values: periods.map(() => null),
    };
    const value = row[measure];
    member.values[periods.indexOf(String(row.period))] = typeof value === 'boolean' ? null : toNumber(value);
    members.set(id, member);
  }
  const total = (course: MemberCourse) => course.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return { periods, members: [...members.values()].sort((a, b) => total(b) - total(a)) };
}
