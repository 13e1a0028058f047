/** What a log's currency column says. */

import { ProblemError } from '../../problem.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { currenciesWritten } from './keys-sql.ts';
import { NO_CURRENCIES, tooManyCurrencies } from './messages.ts';

/** More different texts than this, and the column is no such thing. */
const MOST_CURRENCIES = 1000;

/**
 * What the rows of a staged log call their currencies, and what that is: a code if it is known, else the text in
 * upper case; blank cells are not among them.
 * @throws ProblemError `mapping_incomplete` if the column holds something else
 */
export async function stagedCurrencies(session: ReadSession): Promise<ReadonlyMap<string, string>> {
  const rows = await session.all(currenciesWritten(MOST_CURRENCIES + 1));
  if (rows.length > MOST_CURRENCIES)
    throw new ProblemError('mapping_incomplete', tooManyCurrencies(MOST_CURRENCIES), [
      { path: 'mapping.currency', message: NO_CURRENCIES },
    ]);
  const texts = rows.map((row) => textOf(row, 'currency')).filter((text) => !isBlank(text));
  return new Map(texts.map((text) => [text, currencyOf(text) ?? text.trim().toUpperCase()]));
}
