import type { Answer, DimensionId, MeasureId } from '../../server/contract/query.ts';
import { type Hue, memberHue } from '../charts/look.ts';
import { type Mark, markOf } from '../filters/marks.ts';
import type { NumberLanguage } from '../i18n/numbers.ts';
import { memberName, numberCell, textCell } from './members.ts';

export interface PeriodPart {
  id: string;
  name: string;
  hue: Hue;
  /** One per period; null where the answer has no row. */
  values: readonly (number | null)[];
  mark: Mark | undefined;
}

export interface PeriodParts {
  periods: readonly string[];
  parts: readonly PeriodPart[];
}

/** Members of which colour and place are fixed, in that order: the steadiest first, so that what grows is seen growing. */
const ORDERS: Partial<Record<DimensionId, readonly string[]>> = {
  format: ['live_action', 'comic', 'ai', 'other'],
  production: ['human', 'hybrid', 'ai'],
  market: ['domestic', 'overseas'],
};

/** Rows of period × member as one part a member over all periods. */
export function periodParts(
  answer: Answer,
  { by, measure, language }: { by: DimensionId; measure: MeasureId; language: NumberLanguage },
): PeriodParts {
  const order = ORDERS[by] ?? [];
  const periods = [...new Set(answer.rows.map((row) => textCell(row.period)))].sort();
  const parts = new Map<string, { name: string; values: (number | null)[]; sum: number }>();
  for (const row of answer.rows) {
    const id = textCell(row[by]);
    const name = memberName(id, textCell(row[`${by}_label`]), language);
    const part = parts.get(id) ?? { name, values: periods.map(() => null), sum: 0 };
    const value = numberCell(row[measure]);
    part.values[periods.indexOf(textCell(row.period))] = value;
    part.sum += value ?? 0;
    parts.set(id, part);
  }
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return {
    periods,
    parts: [...parts]
      .sort(([a, one], [b, other]) => place(a) - place(b) || other.sum - one.sum)
      .map(([id, { name, values }]) => ({ id, name, hue: memberHue(by, id, []), values, mark: markOf(by, id, name) })),
  };
}
