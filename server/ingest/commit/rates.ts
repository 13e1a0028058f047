/** Exchange rates that files state; of several statements of one day and currency the latest import's holds. */
import { numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { STAGED } from '../stage/stage.ts';
import type { Comparison } from './compare.ts';

export interface WrittenRates {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly comparison: Comparison;
  readonly fresh: null;
}

/** Writes the staged rates, identical lines once, and tells what they change of the rates that held before. */
export async function writeRates(session: WriteSession, importNo: number): Promise<WrittenRates> {
  await session.run({
    text: `INSERT INTO currency_rate (import_no, day, currency, base, rate)
      SELECT DISTINCT $1::INTEGER, day, currency, base, rate FROM ${STAGED} WHERE bad = 0`,
    values: [importNo],
  });
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE compared_rates AS
      WITH before AS (
        SELECT day, currency, arg_max(base, import_no) AS base, arg_max(rate, import_no) AS rate
        FROM currency_rate WHERE import_no <> $1 GROUP BY day, currency)
      SELECT r.*, b.base AS was_base, b.rate AS was_rate, CASE WHEN b.day IS NULL THEN 'new'
        WHEN b.base = r.base AND b.rate = r.rate THEN 'identical' ELSE 'changed' END AS outcome
      FROM currency_rate r LEFT JOIN before b ON b.day = r.day AND b.currency = r.currency WHERE r.import_no = $1`,
    values: [importNo],
  });
  const ask = async (text: string) => session.all({ text, values: [] });
  const counted = await ask('SELECT outcome, count(*) AS n FROM compared_rates GROUP BY outcome');
  const of = (outcome: string) =>
    counted.filter((row) => row.outcome === outcome).reduce((sum, row) => sum + numberOf(row, 'n'), 0);
  const samples = await ask(
    `SELECT currency, day::VARCHAR AS day, base, rate, was_base, was_rate FROM compared_rates
      WHERE outcome = 'changed' ORDER BY day, currency LIMIT 10`,
  );
  const [span] = await ask('SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM compared_rates');
  await session.run({ text: 'DROP TABLE compared_rates', values: [] });
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    rows: of('new') + of('changed') + of('identical'),
    from: text(span?.from),
    to: text(span?.to),
    fresh: null,
    comparison: {
      overlaps: of('changed') + of('identical') > 0,
      new: of('new'),
      changed: of('changed'),
      identical: of('identical'),
      samples: samples.map((row) => {
        const change = {
          key: `${row.currency} · ${row.day}`,
          before: `${row.was_rate} ${row.was_base}`,
          after: `${row.rate} ${row.base}`,
        };
        return { ...change, label: { en: change, zh: change } };
      }),
    },
  };
}
