import { expect } from 'vitest';
import type { Answer, QueryInput } from '../../../server/contract/query.ts';
import type { OracleRow } from './oracle.ts';

const keyOf = (row: Record<string, unknown>, query: QueryInput) =>
  JSON.stringify([...(query.dimensions ?? []).map((id) => row[id]), ...(query.time?.grain ? [row.period] : [])]);

/** Holds an answer's cells against the oracle's: none missing, none with views that the oracle does not know. */
export function expectSame(
  answer: Answer,
  query: QueryInput,
  expected: ReadonlyMap<string, OracleRow>,
  suffix = '',
): void {
  const got = new Map(answer.rows.map((row) => [keyOf(row, query), row]));
  for (const [key, cell] of expected) {
    const row = got.get(key);
    expect(row, `row ${key} of ${JSON.stringify(query)}`).toBeDefined();
    for (const [measure, value] of Object.entries(cell)) {
      const actual = row?.[`${measure}${suffix}`] ?? null;
      const where = `${measure}${suffix} of ${key} in ${JSON.stringify(query)}`;
      if (typeof value === 'number') expect(actual, where).toBeCloseTo(value, 8);
      else expect(actual, where).toBe(value);
    }
  }
  if (suffix === '') {
    const extra = [...got].filter(([key, row]) => !expected.has(key) && Number(row.views) > 0);
    expect(extra, JSON.stringify(query)).toEqual([]);
  }
}

/** Sums of doubles in another order differ in their last digits; integers stay as they are. */
export const rounded = (rows: Answer['rows']) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([id, v]) => [
        id,
        typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(10)) : v,
      ]),
    ),
  );
