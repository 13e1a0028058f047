/** From a rates file to `staged`: day, currency, base, rate, and why a row cannot be used. */
import { currencySql } from '../cells/currency-sql.ts';
import { literal } from '../cells/sql.ts';
import * as values from '../cells/values.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from './plan.ts';
import { NOT_ABOVE_ZERO, OTHER_RATE, RATE_OF_BASE, UNKNOWN_CURRENCY } from './reject-messages.ts';
import type { StagedColumns, StageExtras } from './staged-columns.ts';
import { asText, Columns, isText, selectStaged } from './staged-columns-sql.ts';
import { addTime } from './staged-time-sql.ts';

export function stageRates(
  file: DataFile,
  plan: ImportPlan,
  extras: StageExtras,
): { sql: string; staged: StagedColumns } {
  const columns = new Columns();
  addTime(plan, columns, extras.plain ?? new Set());
  for (const field of ['currency', 'base_currency'] as const) {
    const use = plan.uses.get(field);
    const name = field === 'currency' ? 'currency' : 'base';
    columns.add(name, use ? currencySql(asText(use)) : literal(plan.currency ?? ''));
    columns.fault(field, `${name} IS NULL`, use && UNKNOWN_CURRENCY);
  }
  const rate = plan.uses.get('rate');
  if (rate) {
    const { sql: cell } = rate.column;
    const stated = isText(rate)
      ? values.textToDouble(cell, { ...rate, decimal: plan.decimal })
      : values.typedNumber(cell, 'DOUBLE', rate.scale);
    // Stored in one direction: units of the base for one of the currency.
    columns.add('rate', plan.ratesAre === 'units_per_base' ? `1 / nullif(${stated}, 0)` : stated);
  }
  columns.content.push('rate IS NULL');
  columns.fault('rate', 'rate IS NULL OR NOT isfinite(rate) OR rate <= 0', NOT_ABOVE_ZERO);
  columns.fault('rate', 'currency = base AND rate <> 1', RATE_OF_BASE);
  const same = 'OVER (PARTITION BY day, currency)';
  columns.fault('rate', `min(rate) ${same} <> max(rate) ${same} OR min(base) ${same} <> max(base) ${same}`, OTHER_RATE);
  return {
    sql: selectStaged(file, columns, extras),
    staged: {
      instant: false,
      platform: false,
      region: false,
      episode: false,
      currency: true,
      yearless: columns.has('yearless'),
      rounding: false,
      measures: [],
      catalog: [],
      faults: columns.faults.map(([field]) => field),
      reasons: columns.faults.map(([, , reason]) => reason),
    },
  };
}
