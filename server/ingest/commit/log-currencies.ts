import { ProblemError } from '../../problem.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { currenciesWritten } from './keys-sql.ts';
import { NO_CURRENCIES, tooManyCurrencies } from './messages.ts';

/** With more distinct values than this a column is no currency. */
const MOST_CURRENCIES = 1000;

/** Each text → its code, else the text in upper case. @throws ProblemError `mapping_incomplete` for too many */
export async function stagedCurrencies(session: ReadSession): Promise<ReadonlyMap<string, string>> {
  const rows = await session.all(currenciesWritten(MOST_CURRENCIES + 1));
  if (rows.length > MOST_CURRENCIES)
    throw new ProblemError('mapping_incomplete', tooManyCurrencies(MOST_CURRENCIES), [
      { path: 'mapping.currency', message: NO_CURRENCIES },
    ]);
  const texts = rows.map((row) => textOf(row, 'currency')).filter((text) => !isBlank(text));
  return new Map(texts.map((text) => [text, currencyOf(text) ?? text.trim().toUpperCase()]));
}
