import { afterAll, beforeAll, expect } from 'vitest';
import type { DimensionFilter } from '../../../../../server/contract/query.ts';
import { addDays } from '../../../../../server/metrics/language/calendar.ts';
import type { Engine } from '../../../../../server/metrics/language/engine.ts';
import { Desk } from '../../../ingest/desk.ts';
import { withEngine } from '../../fixture.ts';
import { importNasty, NASTY_DAYS, NASTY_FROM, nastyFiles } from '../../nasty-files.ts';
import type { OracleRow } from '../oracle.ts';

export const LAST = addDays(NASTY_FROM, NASTY_DAYS - 1);
const FILTERS: DimensionFilter[][] = [
  [],
  [{ dimension: 'platform', op: 'not_in', values: ['reelshort'] }],
  [{ dimension: 'genre', op: 'in', values: ['urban', '(unknown)'] }],
];

/** The nasty files of a seed, imported for the tests of the block; `cases` are its tests' filters, with names. */
export function overNastyFiles(seed: number) {
  const nasty = nastyFiles(seed);
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
    await importNasty(desk, nasty);
  });
  afterAll(() => desk.close());
  return {
    nasty,
    ask: <T>(work: (engine: Engine) => Promise<T>) => withEngine(desk.warehouse, work),
    cases: FILTERS.map((filters) => [JSON.stringify(filters), filters] as const),
  };
}

export const close = (value: number | null) => (value === null ? null : expect.closeTo(value, 9));
export const isIncrement = (row: OracleRow) => row.kind !== 'opening';

/** Growth of two sums of an earlier range inside the log (docs/definitions.md#growth). */
export function growthBetween(now: number, before: number): [number | null, string | null] {
  if (before === 0) return [null, now === 0 ? 'both_zero' : 'new'];
  return [now / before - 1, null];
}

/** 1 + how many are larger, of those above 0. */
export const rankOf = (value: number, all: readonly number[]) =>
  value > 0 ? 1 + all.filter((other) => other > value).length : null;

/** Wilson's interval by its other form: the p at which |p̂ − p| is z standard errors of p, by bisection. */
export function wilsonBySearch(hits: number, n: number): [number, number] | [null, null] {
  if (n === 0) return [null, null];
  const rate = hits / n;
  const far = (p: number) => (rate - p) ** 2 - (1.959964 ** 2 * p * (1 - p)) / n;
  const edge = (inside: number, outside: number) => {
    let [a, b] = [inside, outside];
    for (let i = 0; i < 100; i++) {
      const middle = (a + b) / 2;
      if (far(middle) <= 0) a = middle;
      else b = middle;
    }
    return a;
  };
  return [edge(rate, 0), edge(rate, 1)];
}
