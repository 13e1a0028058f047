/** Exchange rates from files; for one day and currency the latest import counts. */
import { maybeText } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { type Comparison, outcomesOf } from './compare.ts';
import {
  changedRates,
  countOutcomes,
  daysOfRates,
  dropComparedRates,
  insertRates,
  makeComparedRates,
} from './compare-sql.ts';

export interface WrittenRates {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly comparison: Comparison;
  readonly fresh: null;
}

export async function writeRates(session: WriteSession, importNo: number): Promise<WrittenRates> {
  await session.run(insertRates(importNo));
  await session.run(makeComparedRates(importNo));
  const of = outcomesOf(await session.all(countOutcomes('compared_rates')));
  const samples = await session.all(changedRates);
  const [span] = await session.all(daysOfRates);
  await session.run(dropComparedRates);
  return {
    rows: of('new') + of('changed') + of('identical'),
    from: maybeText(span, 'from'),
    to: maybeText(span, 'to'),
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
