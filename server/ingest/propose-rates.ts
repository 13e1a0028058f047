/** What is proposed for a file of exchange rates; pure. */
import { type ImportOptions, RATES_FIELDS } from '../contract/imports.ts';
import { currencyOf } from './currencies.ts';
import { decimalMarkOf } from './guess.ts';
import type { Matches, Proposal } from './propose.ts';
import { timeOptions } from './propose-time.ts';
import { isBlank } from './text.ts';

/**
 * @param source proposed from the file's name
 * @param matches with a time, a currency and a rate among them
 */
export function proposeRates(
  source: string,
  matches: Matches,
  context: { readonly filename: string; readonly today: string | null },
): Proposal {
  const kept = [...matches].filter(([field]) => RATES_FIELDS.some((own) => own === field));
  const base = matches.has('base_currency') ? null : (baseInHeader(matches) ?? 'CNY');
  const reasons = [
    { option: 'kind', reason: 'its columns are a day, a currency and a rate, and no series: exchange rates' },
    { option: 'source', reason: 'the file name without extension, dates and digits' },
    { option: 'currency', reason: readAs(matches, base) },
  ];
  return {
    kind: 'rates',
    mapping: Object.fromEntries(kept.map(([field, { column }]) => [field, column.name])),
    options: {
      source,
      ...(base === null ? {} : { currency: base }),
      ...readingOf(matches, context, (option, reason) => reasons.push({ option, reason })),
    },
    reasons,
    columns: new Map(kept.map(([field, { column, match }]) => [column.name, { field, reason: match.reason }])),
  };
}

/** How the dates and the rates are written. Rates are of days: what their time covers is no question. */
function readingOf(
  matches: Matches,
  context: { readonly filename: string; readonly today: string | null },
  say: (option: string, reason: string) => void,
): ImportOptions {
  const time = matches.get('time')?.column;
  const { covers: _covers, ...dates } = time
    ? timeOptions(time, { ...context, hours: false }, (option, reason) => {
        if (option !== 'covers') say(option, reason);
      })
    : {};
  const decimal = decimalMarkOf(matches.get('rate')?.column.cells ?? [], false);
  if (decimal?.mark !== 'comma') return dates;
  say('decimal_mark', `“${decimal.sample}” has a decimal comma`);
  return { ...dates, decimal_mark: 'comma' };
}

/** `汇率(人民币)`, `rate (USD)`: the currency that the rates are stated in. */
function baseInHeader(matches: Matches): string | null {
  const unit = /[（([【]([^）)\]】]*)[）)\]】]\s*$/u.exec(matches.get('rate')?.column.name ?? '')?.[1];
  return unit === undefined ? null : currencyOf(unit);
}

/** The direction in words, by the file's own first row: the one thing about rates that cannot be seen from numbers. */
function readAs(matches: Matches, base: string | null): string {
  const cells = (field: 'time' | 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const row = cells('rate').findIndex((cell, i) => !isBlank(cell) && currencyOf(cells('currency')[i] ?? '') !== null);
  const into = base ?? cells('base_currency')[row] ?? 'the base';
  const example =
    row < 0
      ? ''
      : `: 1 ${currencyOf(cells('currency')[row] ?? '')} = ${cells('rate')[row]} ${into} on ${cells('time')[row]}`;
  return `each rate is read as ${base ?? 'units of the base'} for one unit of the currency${example}`;
}
