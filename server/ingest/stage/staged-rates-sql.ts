/** From a rates file to `staged`: day, currency, base and rate of each row, and why a row cannot be used. */
import { currencySql } from '../cells/currency-sql.ts';
import { literal } from '../cells/sql.ts';
import * as values from '../cells/values.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from './plan.ts';
import type { StagedColumns, StageExtras } from './staged-columns.ts';
import { asText, Columns, isText, selectStaged } from './staged-columns-sql.ts';
import { addTime } from './staged-time-sql.ts';

/** The select that stages a file of exchange rates. */
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
    columns.fault(
      field,
      `${name} IS NULL`,
      use && {
        en: 'not a currency that is known here; give its ISO 4217 code, such as USD',
        zh: '无法识别的币种，请用 ISO 4217 代码，如 USD',
      },
    );
  }
  const rate = plan.uses.get('rate');
  if (rate) {
    const { sql: cell } = rate.column;
    const stated = isText(rate)
      ? values.textToDouble(cell, { ...rate, decimal: plan.decimal })
      : values.typedNumber(cell, 'DOUBLE', rate.scale);
    // Kept in one direction: units of the base for one of the currency.
    columns.add('rate', plan.ratesAre === 'units_per_base' ? `1 / nullif(${stated}, 0)` : stated);
  }
  columns.content.push('rate IS NULL');
  columns.fault('rate', 'rate IS NULL OR NOT isfinite(rate) OR rate <= 0', {
    en: 'not a number above 0',
    zh: '不是大于 0 的数值',
  });
  columns.fault('rate', 'currency = base AND rate <> 1', {
    en: 'the rate of the base currency itself, which is 1',
    zh: '基准币种对自身的汇率只能为 1',
  });
  const same = 'OVER (PARTITION BY day, currency)';
  columns.fault('rate', `min(rate) ${same} <> max(rate) ${same} OR min(base) ${same} <> max(base) ${same}`, {
    en: 'another rate of this day and currency stands in the file',
    zh: '文件中同一天、同一币种另有不同的汇率',
  });
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
