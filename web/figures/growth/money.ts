import type { Dataset, MeasureInfo } from '../../../server/contract/catalog.ts';
import type { AnalysisGiven } from '../calls.ts';

export interface MoneyView {
  /** Currencies to choose from; empty where there is nothing to choose. */
  readonly choices: readonly string[];
  /** The currency of the amounts shown; null for what is no money, or of no stated currency. */
  readonly currency: string | null;
  /** Whether amounts of other currencies are converted into it; else they are left out. */
  readonly converts: boolean;
  readonly params: Pick<AnalysisGiven<'growth'>, 'currency' | 'filters'>;
}

const NOTHING: MoneyView = { choices: [], currency: null, converts: false, params: {} };

/**
 * One currency at a time: where rates are there everything is converted into the chosen one, else only amounts stated
 * in it are shown.
 * @param wanted the reader's choice, whatever it is; the dataset's yuan, else its first currency, where it has no such
 */
export function moneyView(
  measure: Pick<MeasureInfo, 'money'> | undefined,
  dataset: Pick<Dataset, 'currency' | 'currencies' | 'rates'>,
  wanted: string,
): MoneyView {
  if (measure?.money !== true) return NOTHING;
  const { currencies, rates } = dataset;
  if (currencies.length < 2) return { ...NOTHING, currency: dataset.currency };
  const fallback = currencies.includes('CNY') ? 'CNY' : (currencies[0] ?? null);
  const currency = currencies.includes(wanted) ? wanted : fallback;
  if (currency === null) return NOTHING;
  return {
    choices: currencies,
    currency,
    converts: rates !== null,
    params: rates === null ? { filters: [{ dimension: 'currency', op: 'in', values: [currency] }] } : { currency },
  };
}
